"""One module opens connections: whoever else wants to is told by the linter."""

import ast
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
HARMLESS = {
    "aiohttp": {"ClientResponse", "ConnectionTimeoutError", "ClientPayloadError"},
    "httpx": {"URL", "InvalidURL"},
    "socket": {"AddressFamily", "AF_INET", "AI_NUMERICHOST", "IPPROTO_TCP", "gaierror"},
}
"""What the pieces of `http.py` may use besides aiohttp's errors: nothing that opens a connection."""
PIECES = {f"reviewer/providers/{name}.py" for name in ("http_body", "http_errors", "addresses", "resolver")}


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

    assert {
        name for name, rules in ignored.items() if "TID251" in rules and name.startswith("reviewer/")
    } == MAY | PIECES
    assert not any("TID251" in path.read_text(encoding="utf-8") for path in (ROOT / "reviewer").rglob("*.py"))


@pytest.mark.parametrize("piece", sorted(PIECES))
def test_piece_of_http_uses_nothing_that_opens_a_connection(piece: str) -> None:
    used = {
        (node.value.id, node.attr)
        for node in ast.walk(ast.parse((ROOT / piece).read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in HARMLESS
    }

    assert [use for use in used if use[1] not in HARMLESS[use[0]] and not use[1].endswith("Error")] == []
