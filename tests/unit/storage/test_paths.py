"""Where files go."""

from pathlib import Path

import pytest

from reviewer.domain.errors import ConfigError
from reviewer.storage.paths import Locations, locate


def test_home_variable_relocates_everything(tmp_path: Path) -> None:
    home = tmp_path / "mein Platz ü"
    assert locate({"REVIEWER_HOME": str(home)}) == Locations(
        home / "config", home / "data", home / "cache", home / "data" / "workspace"
    )
    assert not home.exists()


def test_home_variable_may_be_relative_or_name_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert locate({"REVIEWER_HOME": "here"}).data_dir == tmp_path / "here" / "data"
    assert locate({"REVIEWER_HOME": "~/there"}).data_dir == Path.home() / "there" / "data"


def test_home_of_an_unknown_user_is_refused() -> None:
    with pytest.raises(ConfigError) as caught:
        locate({"REVIEWER_HOME": "~no-such-user-here/x"})
    assert caught.value.hint


@pytest.mark.parametrize("environ", [{}, {"REVIEWER_HOME": ""}])
def test_platform_decides_where_no_home_is_named(environ: dict[str, str]) -> None:
    found = locate(environ)
    assert found.workspace_dir.parent == found.data_dir
    for path in (found.config_dir, found.data_dir, found.cache_dir):
        assert path.is_absolute()
        assert "reviewer" in path.parts
