"""LibreOffice, where it is installed: turns documents of Word 97 to 2003 into Word documents that can be read here.

It runs in the parent, as a process of its own with a profile and a folder of its own that are gone afterwards, and is
ended with all its children when its time is over. What it makes is foreign bytes like any other.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from reviewer.parsing.outcomes import OutcomeCode, failure

TIME_LIMIT_S = 60.0
_REAP_S = 5.0
_NAMES = ("soffice", "libreoffice")
_USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
)
_WINDOWS_PLACE = ("LibreOffice", "program", "soffice.exe")
_WINDOWS_FOLDERS = ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)")
_MACROS_OFF = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    '<item oor:path="/org.openoffice.Office.Common/Security/Scripting">'
    '<prop oor:name="MacroSecurityLevel"><value>3</value></prop>'
    '<prop oor:name="DisableMacrosExecution"><value>true</value></prop>'
    '<prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item></oor:items>'
)


def find_office() -> Path | None:
    """Where LibreOffice's program is; None where it is not installed, or not where it usually is."""
    for name in _NAMES:
        found = shutil.which(name)
        if found is not None:
            return Path(found)
    places = [Path(place) for place in _USUAL_PLACES]
    places += [Path(os.environ[name], *_WINDOWS_PLACE) for name in _WINDOWS_FOLDERS if name in os.environ]
    return next((place for place in places if place.is_file()), None)


def convert_to_docx(data: bytes, office: Path, time_limit_s: float = TIME_LIMIT_S) -> bytes:
    """The document as Word document (.docx). Blocks for up to the time limit; call it from a thread.

    Args:
        data: a document that LibreOffice knows.
        office: its program.
        time_limit_s: after so many seconds it is ended.

    Raises:
        InputError: it took too long, did not start, or made nothing of the document.
    """
    with tempfile.TemporaryDirectory(prefix="reviewer-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, made, profile = folder / "source.doc", folder / "made", folder / "profile"
        source.write_bytes(data)
        _write_profile(profile)
        command = [
            str(office), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck",
            "--nodefault", "--convert-to", "docx", "--outdir", str(made), str(source),
        ]  # fmt: skip
        _run(command, folder, time_limit_s)
        target = made / "source.docx"
        if not target.is_file():
            raise failure(OutcomeCode.CORRUPT)
        return target.read_bytes()


def _write_profile(profile: Path) -> None:
    """A profile in which no macro runs."""
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_MACROS_OFF, encoding="utf-8")


def _run(command: Sequence[str], folder: Path, time_limit_s: float) -> None:
    try:
        process = subprocess.Popen(  # noqa: S603 - a program that was looked for by name, arguments of ours
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise failure(OutcomeCode.NOT_SUPPORTED, "LibreOffice could not be started to read this document.") from error
    try:
        process.wait(time_limit_s)
    except subprocess.TimeoutExpired as error:
        raise failure(OutcomeCode.TIMEOUT) from error
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Ends the process and all its children: its starter goes before the program that does the work."""
    if sys.platform == "win32":
        taskkill = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "taskkill.exe")
        if process.poll() is None:
            with suppress(OSError):
                subprocess.run([str(taskkill), "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)  # noqa: S603
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):
        process.wait(_REAP_S)
