"""What must start fast and without a window imports neither Qt nor the heavy libraries."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = {
    "PySide6",
    "shiboken6",
    "qasync",
    "httpx",
    "aiohttp",
    "pypdfium2",
    "pypdf",
    "docx",
    "keyring",
    "numpy",
    "xllamacpp",
}


def imported_by(statement: str) -> set[str]:
    """Top-level names of all modules in a fresh interpreter after a statement."""
    program = f"{statement}\nimport sys\nprint(' '.join({{name.split('.')[0] for name in sys.modules}}))"
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(result.stdout.split())


@pytest.mark.parametrize("module", ["reviewer.domain.report", "reviewer.ports.handling", "reviewer.cli.main"])
def test_module_imports_no_qt_and_nothing_heavy(module: str) -> None:
    assert not imported_by(f"import {module}") & HEAVY


def test_probe_notices_a_heavy_import() -> None:
    assert "pypdf" in imported_by("import pypdf") & HEAVY
