"""The layer rules hold, and they would notice."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMED_IN_CONTRACTS = ("bootstrap.py", "assets.py", "providers/openai_chat.py")
WRONG_IMPORTS = {
    "domain/wrong.py": ("import lxml", "The domain imports the standard library only"),
    "ui/wrong.py": ("import reviewer.engine", "The window reads services and domain only"),
    "handlers/wrong.py": ("import reviewer.engine", "Adapters implement ports and never call use cases"),
    "cli/wrong.py": ("import PySide6.QtCore", "No Qt below the window"),
    "services/wrong.py": ("import httpx", "One module talks HTTP"),
    "parsing/wrong.py": ("import reviewer.storage", "Layers: calls go down, events come up"),
}


def lint_imports(checkout: Path) -> subprocess.CompletedProcess[str]:
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache"], cwd=checkout, capture_output=True, text=True, check=False
    )


def test_import_contracts_are_kept() -> None:
    result = lint_imports(ROOT)

    assert result.returncode == 0, result.stdout


@pytest.fixture(scope="module")
def broken_report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the linter says about a copy of the package with one wrong import for each rule."""
    checkout = tmp_path_factory.mktemp("checkout")
    shutil.copy(ROOT / "pyproject.toml", checkout)
    shutil.copytree(
        ROOT / "reviewer", checkout / "reviewer", ignore=shutil.ignore_patterns("__pycache__", "_resources")
    )
    for path in NAMED_IN_CONTRACTS:
        (checkout / "reviewer" / path).touch()
    for path, (line, _) in WRONG_IMPORTS.items():
        (checkout / "reviewer" / path).write_text(f"{line}\n")
    result = lint_imports(checkout)
    assert result.returncode == 1, result.stdout
    return result.stdout


@pytest.mark.parametrize("path", WRONG_IMPORTS)
def test_contract_is_broken_when_a_wrong_import_is_added(path: str, broken_report: str) -> None:
    contract = WRONG_IMPORTS[path][1]

    assert f"{contract} BROKEN" in " ".join(broken_report.split())


def test_every_contract_is_tried_with_a_wrong_import() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]}

    assert contracts == {contract for _, contract in WRONG_IMPORTS.values()}
