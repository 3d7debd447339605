"""Tesseract, where it is installed: text recognition (OCR) of pictures of pages.

It runs as a process of its own on one core and gets pixels alone, so nothing of a foreign file reaches it. What it
answers is checked like anything foreign.
"""

import math
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from reviewer.parsing.program import ForeignProgram, ProgramError
from reviewer.parsing.scan import MAX_WORDS, Picture, Word

PAGE_LIMIT_S = 30.0
LANGUAGES = {"en": "eng", "de": "deu", "fr": "fra", "es": "spa", "zh": "chi_sim"}
"""Tesseract's names of the languages that are recognised."""

_LIST_LIMIT_S = 10.0
_NAME = "tesseract"
_USUAL_PLACES = (Path("/usr/local/bin/tesseract"), Path("/usr/bin/tesseract"))
_WINDOWS_FOLDERS = ("ProgramFiles", "ProgramW6432", "LOCALAPPDATA")
_KEPT_VARIABLES = ("PATH", "TESSDATA_PREFIX", "SYSTEMROOT", "LANG", "HOME", "TMPDIR", "TEMP", "TMP")
_WORD_LEVEL = "5"
_COLUMNS = 12
_ORIENTATION = re.compile(r"^Rotate: (0|90|180|270)$", re.MULTILINE)
_SCRIPT = re.compile(r"^Script: (\w+)$", re.MULTILINE)
_INSTALL = {
    "linux": "sudo apt install tesseract-ocr "
    + " ".join(f"tesseract-ocr-{name}" for name in ("deu", "fra", "spa", "chi-sim")),
    "darwin": "brew install tesseract tesseract-lang",
    "win32": "winget install --id UB-Mannheim.TesseractOCR",
}


def install_hint() -> str:
    """How to have scans read here: the one command that installs Tesseract with its languages."""
    command = _INSTALL.get(sys.platform, _INSTALL["linux"])
    return f"Install Tesseract for text recognition (OCR) with “{command}”, then add the document again."


def find_tesseract() -> "Tesseract | None":
    """The program; None where it is not installed, or not where it usually is."""
    path = _find()
    return Tesseract(path) if path else None


def describe_tesseract(tesseract: "Tesseract | None") -> str:
    """Whether scans can be read, in which languages, and how to have what is missing; one sentence or two."""
    if tesseract is None:
        return f"Scans cannot be read. {install_hint()}"
    installed = tesseract.languages()
    if not installed:
        return f"Tesseract ({tesseract.path}) does not work or knows none of its languages. {install_hint()}"
    known = f"Tesseract ({tesseract.path}) reads scans in {', '.join(installed)}."
    missing = [name for name in LANGUAGES.values() if name not in installed]
    return f"{known} Not installed: {', '.join(missing)}." if missing else known


def _find() -> Path | None:
    found = shutil.which(_NAME)
    if found is not None:
        return Path(found)
    places = [
        *_USUAL_PLACES,
        *(Path(os.environ[name], "Tesseract-OCR", "tesseract.exe") for name in _WINDOWS_FOLDERS if name in os.environ),
    ]
    return next((place for place in places if place.is_file()), None)


class Tesseract:
    """Recognises words on pictures. Safe from several threads; each call is a process of its own."""

    def __init__(self, path: Path, page_limit_s: float = PAGE_LIMIT_S) -> None:
        kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
        self._program = ForeignProgram(path, {**kept, "OMP_THREAD_LIMIT": "1"})
        self._page_limit_s = page_limit_s
        self.path = path

    def languages(self) -> tuple[str, ...]:
        """Those of `LANGUAGES` that are installed, as Tesseract calls them; none where it does not work."""
        try:
            listed = self._program.run(["--list-langs"], _LIST_LIMIT_S).decode("utf-8", "replace").split()
        except ProgramError:
            return ()
        return tuple(name for name in LANGUAGES.values() if name in listed)

    def words(self, picture: Picture, language: str) -> tuple[Word, ...]:
        """The words of a picture, in reading order.

        Raises:
            ProgramError: Tesseract did not start, or took longer than a page may take.
        """
        arguments = ["-", "-", "-l", language, "--dpi", str(picture.dpi), "--psm", "3", "tsv"]
        output = self._program.run(arguments, self._page_limit_s, _portable_greymap(picture))
        return tuple(_words(output.decode("utf-8", "replace"), picture))

    def orientation(self, picture: Picture) -> tuple[int, str]:
        """Quarter turns clockwise that make the picture upright, and its script (``Latin``, ``Han``).

        No turns and an empty name where there is too little to tell by.

        Raises:
            ProgramError: Tesseract did not start, or took longer than a page may take.
        """
        arguments = ["-", "-", "--dpi", str(picture.dpi), "--psm", "0"]
        output = self._program.run(arguments, self._page_limit_s, _portable_greymap(picture)).decode("utf-8", "replace")
        turn, script = _ORIENTATION.search(output), _SCRIPT.search(output)
        return int(turn.group(1)) // 90 if turn else 0, script.group(1) if script else ""

    def close(self) -> None:
        """Ends what is running. Nothing can be recognised afterwards."""
        self._program.close()


def _portable_greymap(picture: Picture) -> bytes:
    return b"P5 %d %d 255\n" % (picture.width, picture.height) + picture.pixels


def _words(table: str, picture: Picture) -> Iterator[Word]:
    """Reads tab-separated values; rows that make no sense are left out.

    Their columns: level, page, block, paragraph, line, word, left, top, width, height, confidence in percent, text.
    """
    lines: dict[tuple[str, ...], int] = {}
    for count, row in enumerate(row for row in table.split("\n") if row.startswith(f"{_WORD_LEVEL}\t")):
        cells = row.rstrip("\r").split("\t")
        if count >= MAX_WORDS or len(cells) != _COLUMNS:
            return
        text = "".join(sign for sign in cells[11] if sign.isprintable() and not sign.isspace())
        try:
            left, top, width, height = map(int, cells[6:10])
            confidence = float(cells[10]) / 100
        except ValueError:
            continue
        is_inside = 0 <= left < left + width <= picture.width and 0 <= top < top + height <= picture.height
        if text and is_inside and math.isfinite(confidence):
            line = lines.setdefault(tuple(cells[2:5]), len(lines))
            yield Word(text, line, left, top, left + width, top + height, min(1.0, max(0.0, confidence)))
