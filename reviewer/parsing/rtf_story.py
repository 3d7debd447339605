"""One story of a rich text file (the body, a note, a header) while its paragraphs are put together."""

from collections.abc import Callable
from dataclasses import dataclass, field

from reviewer.domain.document import Visibility
from reviewer.parsing.block_writer import Piece
from reviewer.parsing.inline_text import InlineText
from reviewer.parsing.rtf_words import BULLETS

_MAX_NUMBER = 100
_MAX_TWIPS = 100_000
_BODY_OUTLINE = 9


@dataclass(frozen=True, slots=True)
class RtfLook:
    """How characters are set. Size in points, 0 where it is not said."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    size: float = 0.0


@dataclass(slots=True)
class ParagraphFormat:
    """What is said about the paragraph that is being read; holds for those after it until it is taken back.

    Attributes:
        outline: heading level from 1.
        level: list level from 1.
        indent: in points.
        fill: place of the colour of its shading in the table of colours; 0 where it has none.
    """

    in_table: bool = False
    centered: bool = False
    outline: int | None = None
    level: int = 1
    indent: float = 0.0
    style: int = 0
    fill: int = 0

    @property
    def ground(self) -> int | None:
        """Place of the colour it stands on; None in a table, whose cells have colours of their own."""
        return self.fill or (None if self.in_table else 0)


def set_format(layout: ParagraphFormat, word: str, value: int) -> None:
    """Does what a control word says about the paragraph; nothing where it says nothing."""
    if word == "intbl":
        layout.in_table = True
    elif word in {"ql", "qr", "qj", "qc"}:
        layout.centered = word == "qc"
    elif word == "outlinelevel":
        layout.outline = outline_level(value)
    elif word == "cbpat":
        layout.fill = value
    elif word == "s":
        layout.style = value
    elif word == "ilvl":
        layout.level = max(0, min(value, _BODY_OUTLINE)) + 1
    elif word in {"li", "lin"}:
        layout.indent = max(-_MAX_TWIPS, min(value, _MAX_TWIPS)) / 20


def outline_level(value: int) -> int | None:
    """A heading level from 1; None for body text."""
    return value + 1 if 0 <= value < _BODY_OUTLINE else None


@dataclass(frozen=True, slots=True)
class RtfParagraph:
    """A paragraph that is read to its end."""

    pieces: list[Piece]
    end: Visibility
    number: str | None
    looks: tuple[tuple[RtfLook, int], ...]
    in_table: bool
    centered: bool
    outline: int | None
    level: int
    indent: float
    style: str
    is_note: bool


@dataclass(slots=True)
class RtfStory:
    """A story.

    Attributes:
        visibility: who sees plain characters of it.
        write: takes its paragraphs.
        note: its number where it is a note.
        attached: paragraphs of notes and boxes that hang on the current paragraph and come after it.
    """

    visibility: Visibility
    write: Callable[[RtfParagraph], None]
    note: str | None = None
    attached: list[RtfParagraph] = field(default_factory=list)
    format: ParagraphFormat = field(default_factory=ParagraphFormat)
    number: list[str] = field(default_factory=list)
    _inline: InlineText = field(default_factory=InlineText)
    _looks: list[tuple[RtfLook, int]] = field(default_factory=list)

    def add(self, text: str, visibility: Visibility, look: RtfLook) -> None:
        """Adds characters to the current paragraph."""
        self._inline.keep(text, visibility)
        weight = len(text) - text.count(" ")
        if weight and visibility not in {Visibility.DELETED, Visibility.HIDDEN}:
            self._looks.append((look, weight))

    def end_paragraph(self, end: Visibility, styles: dict[int, tuple[str, int | None]], *, in_table: bool) -> None:
        """Hands over the current paragraph and what hangs on it. Begins the next."""
        pieces, looks = self._inline.take(), tuple(self._looks)
        number = "".join(self.number).strip()[:_MAX_NUMBER]
        self._looks, self.number = [], []
        name, outline = styles.get(self.format.style, ("", None))
        if pieces:
            self.write(
                RtfParagraph(
                    pieces,
                    end,
                    self.note or BULLETS.get(number, number) or None,
                    looks,
                    in_table=in_table or self.format.in_table,
                    centered=self.format.centered,
                    outline=self.format.outline or outline,
                    level=self.format.level,
                    indent=self.format.indent,
                    style=name,
                    is_note=self.note is not None,
                )
            )
        attached, self.attached = self.attached, []
        for paragraph in attached:
            self.write(paragraph)
