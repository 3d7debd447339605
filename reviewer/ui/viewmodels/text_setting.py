"""A document as a typesetter would set it: paragraphs with their roles, the text as shown, and the map between the two.

Only what a reading shows is set. Pure Python; what it looks like is the widget's business.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import groupby

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, BlockKind, Document, Style, Visibility
from reviewer.domain.projection import View, is_change
from reviewer.domain.section import Section
from reviewer.ui.viewmodels.text_flow import Flow, Flowed, LineEnds, one_line
from reviewer.ui.viewmodels.text_headings import FoundHeading, Headings, in_text_number
from reviewer.ui.viewmodels.text_map import Piece, TextMap, make_map
from reviewer.ui.viewmodels.text_paragraphs import SourceParagraph, source_paragraphs

_LONG_HEADING = 180
_LONG_SENTENCE = 90
_LONG_CAPITALS = 80
_POINTS_PER_EM = 11.0
_SPACES_PER_EM = 2.0
_MOST_INDENT = 8.0
HANG = 2.6
"""Room for a number before its text, in ems."""

_LARGE = 1.4  # of the body's size: what a title has at least
_MARKDOWN = "text/markdown"


class Role(StrEnum):
    """What a paragraph is to its reader. *Page* is a mark of our own where a page begins."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    CAPTION = "caption"
    NOTE = "note"
    PAGE = "page"


_ROLES = {
    BlockKind.LIST_ITEM: Role.LIST_ITEM,
    BlockKind.TABLE_CELL: Role.TABLE,
    BlockKind.CAPTION: Role.CAPTION,
    BlockKind.NOTE: Role.NOTE,
}
_WITH_RUN_IN = {Role.PARAGRAPH, Role.LIST_ITEM}


@dataclass(frozen=True, slots=True)
class ChangedWords:
    """Words of a paragraph that were inserted or deleted.

    Attributes:
        span: code points of the paragraph's text.
        author: as the file claims, or empty.
    """

    span: TextSpan
    is_deleted: bool
    author: str = ""


@dataclass(frozen=True, slots=True)
class SetParagraph:
    """A paragraph as it is set.

    Attributes:
        text: as shown, number first; a tab stands between the two.
        spans: what it shows of ``Document.text``; empty for a mark of our own.
        start: UTF-16 position of its first unit in the whole text.
        number: as printed, or empty; a tab stands behind it in the text.
        lead_chars: how many code points at the text's beginning are its number and a heading run into it; else 0.
        level: of a heading, from 1.
        indent: of the text's left edge, in ems.
        is_ruled: a table's cell with a hairline over it.
        is_last_cell: of its table.
        changes: words to mark, in order; only where the view marks changes.
    """

    text: str
    spans: tuple[TextSpan, ...]
    role: Role
    start: int
    number: str = ""
    lead_chars: int = 0
    level: int = 1
    indent: float = 0.0
    style: Style = field(default_factory=Style)
    is_ruled: bool = False
    is_last_cell: bool = False
    changes: tuple[ChangedWords, ...] = ()


@dataclass(frozen=True, slots=True)
class TextSetting:
    """A document as it is set.

    Attributes:
        text: the paragraphs' texts, a line end between them: what Qt's plain text must be.
        paragraphs: in order.
        map: between ``Document.text`` and positions in the shown text, in UTF-16 units.
    """

    text: str
    paragraphs: tuple[SetParagraph, ...]
    map: TextMap

    def shown_text(self, span: TextSpan) -> str:
        """The words that are shown of a span of the document, a line end between paragraphs."""
        code_point = self.map.code_point
        return "\n".join(self.text[code_point(s.start) : code_point(s.end)] for s in self.map.shown(span))


EMPTY = TextSetting("", (), make_map(()))
"""Nothing, set."""


def page_words(number: int) -> str:
    """What a page mark says, in English."""
    return f"Page {number}"


def set_text(
    document: Document,
    sections: Sequence[Section],
    words_of_page: Callable[[int], str] = page_words,
    view: View = View.VISIBLE,
) -> TextSetting:
    """Sets a document. Linear in its characters.

    Args:
        document: what to set.
        sections: of the document; they tell where headings are that the file does not name. May be empty.
        words_of_page: what to write where a page begins, by its number from 1.
        view: how to read it. *Changes* sets the paragraphs that hold any, whole and marked.
    """
    setter = _Setter(document, sections, marks_changes=view in {View.MARKED, View.CHANGES})
    drafts: list[_Draft] = []
    page = document.blocks[0].page if document.blocks else None
    is_first = True
    for source in source_paragraphs(document, View.MARKED if view is View.CHANGES else view):
        draft = setter.draft(source, is_first=is_first)
        is_first = is_first and not draft.pieces
        if not draft.pieces or (view is View.CHANGES and not draft.paragraph.changes):
            continue
        if source.block.page is not None and source.block.page != page:
            page = source.block.page
            words = words_of_page(page)
            drafts.append(_Draft(SetParagraph(words, (), Role.PAGE, 0), [Piece(words)]))
        drafts.append(draft)
    return _assembled(drafts)


@dataclass(frozen=True, slots=True)
class _Draft:
    paragraph: SetParagraph
    pieces: list[Piece]


def _assembled(drafts: Sequence[_Draft]) -> TextSetting:
    pieces: list[Piece] = []
    paragraphs: list[SetParagraph] = []
    start = 0
    for draft in drafts:
        if paragraphs:
            pieces.append(Piece("\n"))
        pieces += draft.pieces
        paragraphs.append(replace(draft.paragraph, start=start))
        start += units(draft.paragraph.text) + 1
    _centre_title(paragraphs)
    _rule_tables(paragraphs)
    return TextSetting("".join(piece.text for piece in pieces), tuple(paragraphs), make_map(pieces))


def _centre_title(paragraphs: list[SetParagraph]) -> None:
    """A long title has no margins that tell; what stands below it does."""
    if len(paragraphs) > 1 and paragraphs[0].role is Role.TITLE and paragraphs[1].style.centered:
        paragraphs[0] = replace(paragraphs[0], style=replace(paragraphs[0].style, centered=True))


def _rule_tables(paragraphs: list[SetParagraph]) -> None:
    """Where a table has bold cells, each of them begins a row or stands over one; else every cell gets its rule."""
    for is_table, group in groupby(enumerate(paragraphs), key=lambda item: item[1].role is Role.TABLE):
        if not is_table:
            continue
        cells = list(group)
        has_bold = any(cell.style.bold for _, cell in cells)
        for count, (index, cell) in enumerate(cells):
            is_ruled = count == 0 or not has_bold or cell.style.bold
            paragraphs[index] = replace(cell, is_ruled=is_ruled, is_last_cell=count == len(cells) - 1)


class _Setter:
    """Sets the paragraphs of one document, first to last."""

    def __init__(self, document: Document, sections: Sequence[Section], *, marks_changes: bool) -> None:
        self._changed = [block for block in document.blocks if marks_changes and is_change(block)]
        self._flow = Flow(document.text, is_markdown=document.source.media_type == _MARKDOWN)
        self._headings = Headings(sections)
        self._body_size = _body_size(document)
        self._end = 0

    def draft(self, source: SourceParagraph, *, is_first: bool) -> _Draft:
        flowed = self._flow.flow(source.text, source.ends)
        shown = "".join(piece.text for piece in source.pieces(flowed.text, flowed.dropped))
        heading = self._headings.find(self._end, source.start, shown)
        self._end = source.end
        role = self._role(source, shown, heading, is_first=is_first)
        number, pieces = _numbered(source, flowed, heading)
        text = "".join(piece.text for piece in pieces)
        added = len(text) - len(shown)
        lead = heading.length + added if heading and role in _WITH_RUN_IN and not heading.is_whole else 0
        paragraph = SetParagraph(
            text=text,
            spans=source.spans,
            role=role,
            start=0,
            number=number,
            lead_chars=max(0, lead),
            level=source.block.level or (heading.section.level if heading else 1),
            indent=_indent(source, has_number=bool(number)),
            style=source.block.style,
            changes=tuple(self._changes(pieces)),
        )
        return _Draft(paragraph, pieces)

    def _changes(self, pieces: Sequence[Piece]) -> Iterator[ChangedWords]:
        at = 0
        for piece in pieces:
            if piece.origin is not None:
                for block in self._changed_in(TextSpan(piece.origin, piece.origin + len(piece.text))):
                    start = max(0, block.span.start - piece.origin)
                    end = min(len(piece.text), block.span.end - piece.origin)
                    is_deleted = block.visibility is Visibility.DELETED
                    yield ChangedWords(TextSpan(at + start, at + end), is_deleted, block.author)
            at += len(piece.text)

    def _changed_in(self, span: TextSpan) -> Iterator[Block]:
        index = bisect_right(self._changed, span.start, key=lambda block: block.span.end)
        while index < len(self._changed) and self._changed[index].span.start < span.end:
            if len(self._changed[index].span):
                yield self._changed[index]
            index += 1

    def _role(self, source: SourceParagraph, shown: str, heading: FoundHeading | None, *, is_first: bool) -> Role:
        block = source.block
        is_heading = block.kind is BlockKind.HEADING or (heading is not None and heading.is_whole)
        if block.kind in _ROLES and not (is_heading and block.kind is BlockKind.LIST_ITEM):
            return _ROLES[block.kind]
        if len(shown) > _LONG_HEADING or (len(shown) > _LONG_SENTENCE and shown.endswith(".")):
            return Role.LIST_ITEM if block.number else Role.PARAGRAPH
        is_large = 0 < self._body_size * _LARGE <= block.style.size
        if block.style.name.lower() == "title" or (is_first and (is_heading or is_large)):
            return Role.TITLE
        if is_heading:
            return Role.CAPTION if heading is not None and heading.is_float else Role.HEADING
        is_loud = source.ends is LineEnds.WRAPPED and shown.isupper() and len(shown) <= _LONG_CAPITALS
        return Role.HEADING if is_loud else Role.PARAGRAPH


def _numbered(source: SourceParagraph, flowed: Flowed, heading: FoundHeading | None) -> tuple[str, list[Piece]]:
    """The number and the pieces, a tab behind the number: one of our own, or in place of the space that is there."""
    number = one_line(source.block.number or "")
    if number:
        return number, [Piece(f"{number}\t"), *source.pieces(flowed.text, flowed.dropped)]
    known = heading.section.number if heading else ""
    length, gap = in_text_number(flowed.text, known, may_be_tabbed=source.ends is LineEnds.MEANT)
    if not length or any(span.start < length for span in flowed.dropped):
        return "", list(source.pieces(flowed.text, flowed.dropped))
    text = f"{flowed.text[:length]}\t{flowed.text[length + 1 :]}"
    rest = TextSpan(length + 1, length + gap)
    dropped = [span for span in flowed.dropped if not span.overlaps(rest)] + ([rest] if len(rest) else [])
    return flowed.text[:length], list(source.pieces(text, sorted(dropped)))


def _indent(source: SourceParagraph, *, has_number: bool) -> float:
    """Where the text begins, in ems.

    Word says so. On a printed page only whole paragraphs and items have an indent; in plain text blanks make it. In
    both it is the number that stands there.
    """
    indent = source.block.style.indent / _POINTS_PER_EM
    if source.ends is LineEnds.WRAPPED:
        indent = source.lead / _SPACES_PER_EM
    elif source.ends is LineEnds.PRINTED and not has_number and ("\n" not in source.text or indent < 1):
        indent = 0.0
    indent = indent if 0 < indent <= _MOST_INDENT else 0.0
    return indent + (HANG if has_number and source.ends is not LineEnds.MEANT else 0.0)


def _body_size(document: Document) -> float:
    """The size most characters are set in, in points, or 0 where the file does not say."""
    sizes: Counter[float] = Counter()
    for block in document.blocks:
        sizes[block.style.size] += len(block.span)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def units(text: str) -> int:
    """How many UTF-16 units a text takes."""
    return len(text) if text.isascii() else len(text) + sum(1 for each in text if each > "\uffff")
