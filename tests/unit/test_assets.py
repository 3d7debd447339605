import sys
from pathlib import Path

import pytest

from reviewer import assets
from reviewer.assets import asset_names, asset_path, asset_text, resources_dir
from reviewer.domain.errors import ConfigError


def test_resources_of_the_checkout_are_found() -> None:
    assert (resources_dir() / "workflows" / "contract-review.toml").is_file()
    assert "contract-review" in asset_names("workflows", ".toml")
    assert 'id = "contract-review"' in asset_text("workflows", "contract-review.toml")
    assert asset_names("workflows", ".none") == ()


def test_frozen_folder_is_looked_into_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = tmp_path / "reviewer" / "_resources"
    (packed / "workflows").mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    resources_dir.cache_clear()
    try:
        assert resources_dir() == packed
    finally:
        resources_dir.cache_clear()


def test_missing_resources_are_an_error_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        assets._first_folder((tmp_path,))
    assert caught.value.code == "no_resources"
    assert caught.value.hint


def test_unknown_file_is_an_error() -> None:
    with pytest.raises(ConfigError) as caught:
        asset_text("workflows", "nothing.toml")
    assert caught.value.code == "no_resource"


@pytest.mark.parametrize("name", ["", "../pyproject.toml", "/etc/hosts", "a/b.toml"])
def test_only_plain_names_are_taken(name: str) -> None:
    with pytest.raises(ConfigError):
        asset_path("workflows", name)
