"""One module opens connections: whoever else wants to is told by the linter."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WRONG = (
    "import socket",
    "import urllib.request",
    "from urllib.request import urlopen",
    "import http.client",
    "from PySide6.QtNetwork import QTcpSocket",
    "import asyncio\n\nopened = asyncio.open_connection",
    "import webbrowser",
)
MAY = {"reviewer/providers/http.py", "reviewer/providers/trust.py", "reviewer/border.py"}


@pytest.mark.parametrize("line", WRONG)
def test_connection_elsewhere_is_noticed(line: str) -> None:
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--select", "TID251", "--stdin-filename"]

    done = subprocess.run(
        [*command, "reviewer/services/wrong.py", "-"], input=line, capture_output=True, text=True, cwd=ROOT, check=False
    )

    assert done.returncode == 1
    assert "TID251" in done.stdout


def test_three_modules_are_let_through() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    ignored = settings["tool"]["ruff"]["lint"]["per-file-ignores"]

    assert {name for name, rules in ignored.items() if "TID251" in rules and name.startswith("reviewer/")} == MAY
    assert not any("TID251" in path.read_text(encoding="utf-8") for path in (ROOT / "reviewer").rglob("*.py"))
