from importlib.metadata import PackageNotFoundError

import pytest

from reviewer import __version__
from reviewer.services import versions as module
from reviewer.services.versions import versions


@pytest.fixture(autouse=True)
def _forget() -> None:
    versions.cache_clear()


def test_versions_name_this_program_python_and_its_libraries() -> None:
    found = dict(versions())
    assert found["reviewer"] == __version__
    assert found["python"].count(".") == 2
    assert found["httpx"]
    assert "pytest" not in found


def test_versions_of_a_frozen_build_without_a_list_are_the_first_two(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_name: str) -> list[str]:
        raise PackageNotFoundError

    monkeypatch.setattr(module, "requires", none)
    assert [name for name, _ in versions()] == ["reviewer", "python"]


def test_what_is_not_installed_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        module, "requires", lambda _name: ["httpx>=0.1", "surely-not-installed>=1; sys_platform == 'x'"]
    )
    assert [name for name, _ in versions()] == ["reviewer", "python", "httpx"]
