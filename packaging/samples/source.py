"""The texts of the samples: one paragraph a line, its kind, a blank, its words; ``;`` begins a remark.

``{name=}`` at the start of a paragraph names its number, ``{name}`` anywhere stands for it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

WRITTEN_AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
AUTHOR = "The Reviewer authors"
SAMPLE_NOTE = "Invented sample, shipped with Reviewer. Not legal advice."
SIGNATURE_LINES = (
    "Signed for and on behalf of\n{party}",
    "Signature: ____________________",
    "Name:",
    "Position:",
    "Date:",
)

LABEL = re.compile(r"\{(\w+)=\}")
REFERENCE = re.compile(r"\{(\w+)\}")
DEFINED_TERM = re.compile(r"^“[^”]+”")


class Line(NamedTuple):
    """One paragraph of a source file. ``number`` is what is printed before it, as ``4.2`` or ``(a)``."""

    kind: str
    text: str
    number: str = ""


@dataclass
class Counters:
    """Counts paragraphs the way a word processor counts a multi-level list."""

    clauses: tuple[int, int, int] = (0, 0, 0)
    parties: int = 0
    recitals: int = 0

    def next(self, kind: str) -> str:
        """The number of the next paragraph of a kind; empty for kinds that are not counted."""
        top, middle, low = self.clauses
        match kind:
            case "1":
                self.clauses = (top + 1, 0, 0)
                return f"{top + 1}."
            case "2":
                self.clauses = (top, middle + 1, 0)
                return f"{top}.{middle + 1}"
            case "3":
                self.clauses = (top, middle, low + 1)
                return f"({chr(ord('a') + low)})"
            case "party":
                self.parties += 1
                return f"({self.parties})"
            case "recital":
                self.recitals += 1
                return f"({chr(ord('A') + self.recitals - 1)})"
            case _:
                return ""


def read_source(path: Path) -> list[Line]:
    """The paragraphs of a source file, numbered, with references to clauses filled in."""
    counters, labels, lines = Counters(), {}, []
    for raw in path.read_text(encoding="utf-8").splitlines():
        if not raw or raw.startswith(";"):
            continue
        kind, text = raw.split(" ", 1)
        number = counters.next(kind)
        if match := LABEL.search(text):
            labels[match[1]] = number.rstrip(".")
        lines.append(Line(kind, LABEL.sub("", text), number))
    return [line._replace(text=REFERENCE.sub(lambda found: labels[found[1]], line.text)) for line in lines]


def texts(lines: Iterable[Line], kind: str) -> list[str]:
    """The texts of all paragraphs of one kind."""
    return [line.text for line in lines if line.kind == kind]
