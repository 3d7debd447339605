"""Nothing that is committed names a registry's host or a path of somebody's machine."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
TEXT_SUFFIXES = {".py", ".md", ".txt", ".toml", ".yaml", ".json", ".cfg", ""}
FORBIDDEN = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|crates\.io|(?<![\w.~])/(?:work|root|home|opt|tmp)/\w"
)


def text_files() -> list[Path]:
    trees = [ROOT / name for name in ("reviewer", "resources", "packaging", "tests", ".ci")]
    found = [path for tree in trees for path in tree.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    found += [ROOT / name for name in ("pyproject.toml", "README.md", ".gitignore", ".pre-commit-config.yaml")]
    return [path for path in found if path.suffix in TEXT_SUFFIXES]


@pytest.mark.parametrize("path", text_files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_file_names_no_registry_host_and_no_machine_path(path: Path) -> None:
    assert FORBIDDEN.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("bad", ["see https://pypi" + ".org/simple", "in " + "/home" + "/ada/x", "'" + "/tmp" + "/x'"])
def test_pattern_finds_what_must_not_be_there(bad: str) -> None:
    assert FORBIDDEN.search(bad)
