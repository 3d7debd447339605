"""Where the paragraphs of a Word document stand, and what kind and style of block each of them is."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from reviewer.domain.document import BlockKind, Cell, Style
from reviewer.parsing.docx_colours import WHITE
from reviewer.parsing.docx_numbering import Numbering
from reviewer.parsing.docx_runs import Change, Inline
from reviewer.parsing.docx_styles import Layout, ParagraphFormat, Styles

_BODY_OUTLINE = 9
_HEADING_NAME = re.compile(r"heading ([1-9])\b")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands.

    Attributes:
        change: the tracked changes around it.
        note: number of the note it is part of.
        author: who wrote the comment it is part of.
        ground: colour of what it stands on, None where that is not known.
        is_covered: it stands in a cell that another reaches over.
        cell: the place of its cell in its table.
    """

    change: Change = field(default_factory=Change)
    in_table: bool = False
    note: str | None = None
    author: str = ""
    ground: str | None = WHITE
    is_covered: bool = False
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class Rank:
    """Where paragraphs with one layout stand among others.

    Attributes:
        outline: heading level from 0; None for what is no heading.
        list_level: level in their list, from 0; None outside of lists.
        indent: left indent in points where they are counted in their list.
    """

    outline: int | None
    list_level: int | None
    indent: float | None


def rank_of(layout: Layout, styles: Styles, numbering: Numbering) -> Rank:
    """The rank of paragraphs with a layout."""
    level = _list_level(layout, styles, numbering)
    return Rank(_outline(layout.format, layout.names), level, _indent(layout, numbering, level))


def _list_level(layout: Layout, styles: Styles, numbering: Numbering) -> int | None:
    """The level a paragraph has in its list: its own word, else the level linked to its style, else the style's."""
    own, list_id = layout.own, layout.format.list_id
    if not list_id or list_id == "0":
        return None
    if own.list_level is not None:
        return own.list_level
    linked = numbering.level_of_style(list_id, styles.chain(layout.style))
    if linked is not None:
        return linked
    return 0 if own.list_id else layout.format.list_level or 0


def _indent(layout: Layout, numbering: Numbering, level: int | None) -> float | None:
    """The paragraph's own word goes first; a list it was put in by hand goes before its style, else after it."""
    own, result = layout.own, layout.format
    listed = numbering.level(result.list_id or "", level) if level is not None else None
    of_list = listed.indent if listed is not None else None
    if own.indent is not None or of_list is None:
        return result.indent
    return of_list if own.list_id or result.indent is None else result.indent


def _outline(layout: ParagraphFormat, names: tuple[str, ...]) -> int | None:
    """Heading level from 0, from the outline or from the name of a built-in heading style."""
    if layout.outline is not None:
        return layout.outline if 0 <= layout.outline < _BODY_OUTLINE else None
    found = next(filter(None, map(_HEADING_NAME.match, names)), None)
    return int(found.group(1)) - 1 if found is not None else None


def kind_of(place: Place, names: tuple[str, ...], outline: int | None, number: str | None) -> BlockKind:
    """What a paragraph is; ``names`` are those of its styles, nearest first, in lower case."""
    if place.note is not None:
        return BlockKind.NOTE
    if place.in_table:
        return BlockKind.TABLE_CELL
    if outline is not None or names[:1] == ("title",):
        return BlockKind.HEADING
    if names[:1] == ("caption",):
        return BlockKind.CAPTION
    return BlockKind.LIST_ITEM if number is not None else BlockKind.PARAGRAPH


def style_of(inline: Inline, layout: Layout, indent: float | None) -> Style:
    """How a paragraph is set: the size most of its characters have, and what all of them have in common."""
    bold = italic = underline = bool(inline.formats)
    sizes: dict[float, int] = {}
    for shown_as, weight in inline.formats:
        if weight:
            sizes[shown_as.size or 0.0] = sizes.get(shown_as.size or 0.0, 0) + weight
            bold, italic = bool(bold and shown_as.bold), bool(italic and shown_as.italic)
            underline = bool(underline and shown_as.underline)
    if not sizes:
        bold = italic = underline = False
    size = max(sizes, key=sizes.__getitem__, default=0.0)
    return _style(size, bold, italic, underline, layout.name, indent or 0.0, bool(layout.format.centered))


_style = lru_cache(maxsize=1024)(Style)  # few are made, and used for thousands of paragraphs
