"""Runs tests in a network of nothing but loopback, every system call that names an address traced.

Prints what tried to go beyond loopback, and ends with 1 where anything did. Without arguments: all unit and window
tests. A program that does go beyond is traced in the same run, to show that the tracer would see it.

    python tests/benchmarks/offline_proof.py [TEST ...]
"""

import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.offline.tracing import Traced, missing, traced  # noqa: E402 - found beside this file

ALL = ("tests/unit", "tests/ui")
LONGEST_S = 6 * 3600.0
_SHOWN = 20


def main(tests: list[str]) -> int:
    """Gives the exit code."""
    lacking = missing()
    if lacking:
        print(f"Nothing was proven: {lacking}.")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        reference = _run(Path(folder), sys.executable, "-c", _BEYOND)
        found = _run(Path(folder), sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *(tests or ALL))
    print(found.output[-2000:])
    print(f"tests ended with {found.code}")
    print(f"calls that name an internet address: {found.calls}; beyond loopback: {len(found.beyond)}")
    print(f"reference, a program that goes beyond once: {len(reference.beyond)}")
    for call, count in Counter(found.beyond).most_common(_SHOWN):
        print(f"  {count} x {call}")
    return 1 if found.beyond or len(reference.beyond) != 1 or found.code else 0


_BEYOND = "import socket; s = socket.socket(); s.settimeout(1); s.connect_ex(('192.0.2.1', 9))"


def _run(folder: Path, *command: str) -> Traced:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    environment = {name: value for name, value in environment.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    return traced(command, folder / "calls.txt", environment, LONGEST_S)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
