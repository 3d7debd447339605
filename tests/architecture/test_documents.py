"""The documents for people name files that exist and commands that work."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / name for name in ("README.md", "reviewer/ARCHITECTURE.md", "packaging/CHANGELOG.md")]
NAMED_PATH = re.compile(r"(?<![\w./])((?:reviewer|resources|packaging|tests)/[\w./-]*[\w/])")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_document_names_paths_that_exist(document: Path) -> None:
    named = set(NAMED_PATH.findall(document.read_text(encoding="utf-8")))

    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_readme_gives_both_commands_in_both_forms() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    for command in ("run", "test"):
        assert f"python3 packaging/dev.py {command}" in readme
        assert rf"py packaging\dev.py {command}" in readme
