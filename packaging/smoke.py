"""Tries the frozen build as a user's machine would: no network, a display of its own, a fresh home.

    python packaging/smoke.py dist/reviewer

Reads a document in a spawned worker process, opens the window with a PDF, has it draw the pages and takes a picture.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = "services-agreement.pdf"
TIMEOUT_S = 180
SMALLEST_PICTURE_BYTES = 20_000
"""A window with a page of text in it; an empty one packs into a few thousand."""
MEGABYTE = 1024 * 1024


class SmokeError(Exception):
    """The build does not do what it should; the message says what."""


def main(arguments: list[str]) -> int:
    """Gives the exit code: 0 where everything worked."""
    folder = Path(arguments[0]).resolve() if arguments else ROOT / "dist" / "reviewer"
    program = folder / ("reviewer.exe" if os.name == "nt" else "reviewer")
    if not program.exists():
        print(f"There is no {program}. Build it first: python3 packaging/dev.py package --smoke")
        return 2
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    print(f"{folder.name}: {size / MEGABYTE:.0f} MB")
    try:
        with tempfile.TemporaryDirectory() as home, display() as variables:
            try_all(program, Path(home), {**os.environ, **variables, "REVIEWER_HOME": home})
    except SmokeError as error:
        print(f"FAILED: {error}")
        return 1
    return 0


def try_all(program: Path, home: Path, environment: dict[str, str]) -> None:
    """Each thing a build can break.

    Raises:
        SmokeError: one of them is broken.
    """
    sample = ROOT / "resources" / "samples" / SAMPLE
    call(program, environment, "version")
    checks = json.loads(call(program, environment, "doctor", "--json"))["checks"]
    failed = [check["name"] for check in checks if not check["passed"]]
    if failed:
        raise SmokeError(f"the doctor finds: {', '.join(failed)}")
    if not json.loads(call(program, environment, "parse", str(sample), "--json"))["text"]:
        raise SmokeError("a PDF was read as an empty text")
    report = json.loads(call(program, environment, "demo", "--json"))
    if not any(document["findings"] for document in report["documents"]):
        raise SmokeError("the demo finds nothing")
    picture = home / "window.png"
    call(program, environment, "gui", str(sample), "--screenshot", str(picture))
    if not picture.exists() or picture.stat().st_size < SMALLEST_PICTURE_BYTES:
        raise SmokeError("the window did not show the document")
    kept = ROOT / "build" / "smoke.png"
    shutil.copyfile(picture, kept)
    print(f"The window's picture is {kept.relative_to(ROOT)}.")


def call(program: Path, environment: dict[str, str], *arguments: str) -> str:
    """Runs the program without a network; gives what it prints.

    Raises:
        SmokeError: it fails, or does not end.
    """
    started = time.monotonic()
    command = [*without_network(), str(program), *arguments]
    try:
        result = subprocess.run(
            command, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=TIMEOUT_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise SmokeError(f"{arguments[0]} did not end within {TIMEOUT_S} s") from error
    if result.returncode != 0:
        raise SmokeError(f"{arguments[0]} ended with {result.returncode}: {result.stderr.strip()[-500:]}")
    print(f"ok: {arguments[0]}, {time.monotonic() - started:.1f} s")
    return result.stdout


def without_network() -> list[str]:
    """What to put before a command so that it has no network, where the system can do that."""
    prefix = ["unshare", "--map-root-user", "--net"]
    if not shutil.which("unshare") or subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode:
        return []
    return prefix


@contextmanager
def display() -> Iterator[dict[str, str]]:
    """Variables that give a program a display: the real one, a virtual one, or none that is drawn in memory."""
    if not sys.platform.startswith("linux") or os.environ.get("DISPLAY"):
        yield {}
    elif not shutil.which("Xvfb"):
        print("There is no Xvfb: the window is drawn in memory only.")
        yield {"QT_QPA_PLATFORM": "offscreen"}
    else:
        with virtual_display() as name:
            yield {"DISPLAY": name}


@contextmanager
def virtual_display() -> Iterator[str]:
    """Xvfb on a free display; gives the display's name."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1440x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as numbers:
            yield f":{numbers.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
