"""Prose as the panels under the source set it: rows of cells, and where each leads."""

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.anchor import Anchor
from reviewer.domain.citation import Citation
from reviewer.domain.ids import DocumentId, SectionId


class Tone(StrEnum):
    """How a row is set: a *heading* over others, *body* text, or a *notice* in the place of what is not there."""

    HEADING = "heading"
    BODY = "body"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row leads: to a citation's words where it has any, else to a section."""

    document: DocumentId
    section: SectionId | None
    citation: Citation | None = None

    @property
    def anchor(self) -> Anchor | None:
        """The cited words, or None where they are not in the document."""
        return self.citation.anchor if self.citation else None


@dataclass(frozen=True, slots=True)
class Cell:
    """What one column says. Plain text: markup in it is shown, never followed.

    Attributes:
        aside: follows the text on its line, quietly.
        note: a second, quiet line.
        needs_look: the note says something a person should look at.
        tip: what a tool tip says besides; the text and the note where it is empty.
    """

    text: str
    aside: str = ""
    note: str = ""
    needs_look: bool = False
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row and what is under it.

    Attributes:
        key: tells it from its siblings, and is the same when more is known about it.
        is_closed: what is under it is shown when somebody opens it.
    """

    key: Hashable
    cells: tuple[Cell, ...]
    tone: Tone = Tone.BODY
    place: Place | None = None
    rows: tuple["Row", ...] = ()
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """All that setting a cell takes, in one value; ``depth`` is 0 at the top, ``spans`` where the row has one cell."""

    cell: Cell
    tone: Tone
    depth: int
    spans: bool


def one_line(text: str) -> str:
    """The same words with single spaces between them."""
    return " ".join(text.split())
