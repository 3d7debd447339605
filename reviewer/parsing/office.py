"""LibreOffice, where it is installed: turns documents of Word 97 to 2003 into Word documents that can be read here.

It runs in the parent, as a process of its own with a profile and a folder of its own that are gone afterwards, and is
ended with all its children when its time is over. What it makes is foreign bytes like any other.
"""

import os
import shutil
import tempfile
from pathlib import Path

from reviewer.parsing.outcomes import OutcomeCode, failure
from reviewer.parsing.program import ForeignProgram, ProgramError, ProgramTimeoutError

TIME_LIMIT_S = 60.0
_NAMES = ("soffice", "libreoffice")
_USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
)
_WINDOWS_PLACE = ("LibreOffice", "program", "soffice.exe")
_WINDOWS_FOLDERS = ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)")
_NO_START = "LibreOffice could not be started to read this document."
_MACROS_OFF = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    '<item oor:path="/org.openoffice.Office.Common/Security/Scripting">'
    '<prop oor:name="MacroSecurityLevel"><value>3</value></prop>'
    '<prop oor:name="DisableMacrosExecution"><value>true</value></prop>'
    '<prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item></oor:items>'
)


def find_office() -> ForeignProgram | None:
    """LibreOffice's program; None where it is not installed, or not where it usually is."""
    path = _find()
    return ForeignProgram(path) if path else None


def _find() -> Path | None:
    for name in _NAMES:
        found = shutil.which(name)
        if found is not None:
            return Path(found)
    places = [Path(place) for place in _USUAL_PLACES]
    places += [Path(os.environ[name], *_WINDOWS_PLACE) for name in _WINDOWS_FOLDERS if name in os.environ]
    return next((place for place in places if place.is_file()), None)


def convert_to_docx(data: bytes, office: ForeignProgram, time_limit_s: float = TIME_LIMIT_S) -> bytes:
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
        arguments = [
            f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck", "--nodefault",
            "--convert-to", "docx", "--outdir", str(made), str(source),
        ]  # fmt: skip
        try:
            office.run(arguments, time_limit_s, folder=folder)
        except ProgramTimeoutError as error:
            raise failure(OutcomeCode.TIMEOUT) from error
        except ProgramError as error:
            raise failure(OutcomeCode.NOT_SUPPORTED, _NO_START) from error
        target = made / "source.docx"
        if not target.is_file():
            raise failure(OutcomeCode.CORRUPT)
        return target.read_bytes()


def _write_profile(profile: Path) -> None:
    """A profile in which no macro runs."""
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_MACROS_OFF, encoding="utf-8")
