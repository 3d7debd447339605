"""The paragraphs of a web page, written out as blocks. Walks without recursion, however deep a page is nested."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from lxml import etree

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, BlockKind, Cell, Style, Visibility
from reviewer.parsing.block_writer import BlockWriter
from reviewer.parsing.html_lists import HtmlList, whole
from reviewer.parsing.html_sheet import Sheet
from reviewer.parsing.html_styles import Look, look_of
from reviewer.parsing.inline_text import InlineText
from reviewer.parsing.table_headings import TableCount
from reviewer.parsing.zip_parts import Element

_DROPPED = {
    "head", "script", "style", "noscript", "template", "iframe", "object", "embed", "canvas", "audio", "video", "svg",
    "datalist", "noframes", "applet", "map",
}  # fmt: skip
_BLOCKS = {
    "html", "body", "address", "article", "aside", "blockquote", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "plaintext", "pre", "search",
    "section", "summary", "table", "caption", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "ul", "xmp",
    "listing", "button",
}  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_PLAIN = {"p", "div", "span", "br", "a", "tr", "tbody", "table", "section", "html", "body"}
_LISTS = {"ol", "ul", "menu", "dir"}
_MARGINS = {"footer": Visibility.FOOTER, "nav": Visibility.HEADER}


@dataclass(slots=True)
class _Item:
    """A list item: its number is given to its first paragraph."""

    number: str | None
    level: int
    is_begun: bool = False


@dataclass(frozen=True, slots=True)
class _Scope:
    """What holds inside an element."""

    look: Look
    story: Visibility = Visibility.VISIBLE
    heading: int | None = None
    in_table: bool = False
    cell: Cell | None = None
    is_caption: bool = False
    deleted: bool = False
    inserted: bool = False
    list: HtmlList | None = None
    item: _Item | None = None

    @property
    def visibility(self) -> Visibility:
        """Who sees characters here."""
        if self.deleted:
            return Visibility.DELETED
        if self.look.is_hidden:
            return Visibility.HIDDEN
        if self.story is not Visibility.VISIBLE:
            return self.story
        return Visibility.INSERTED if self.inserted else Visibility.VISIBLE


class HtmlStory:
    """Reads the elements of one page.

    Args:
        tick: called for each element.
    """

    def __init__(self, tick: Callable[[], None], sheet: Sheet) -> None:
        self.writer = BlockWriter()
        self.tables = TableCount()
        self.has_changes = False
        self._tick = tick
        self._sheet = sheet
        self._inline = InlineText()
        self._looks: list[tuple[Look, int]] = []
        self._scopes = [_Scope(Look())]

    def read(self, root: Element) -> None:
        """Writes the paragraphs of a page in order."""
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            name = local_name(element)
            if event == "end":
                self._leave(element, name, is_root=element is root)
            elif name in _DROPPED:
                self._scopes.append(self._scopes[-1])
                walk.skip_subtree()
            else:
                self._enter(element, name)
        self._end_paragraph()

    def _enter(self, element: Element, name: str) -> None:
        self._tick()
        if name in _BLOCKS:
            self._end_paragraph()
        scope = _inside(element, name, self._scopes[-1], self._sheet)
        if name == "table":
            self.tables.begin_table()
        elif name == "tr":
            self.tables.next_row(is_head=_is_head(element))
        elif name in {"td", "th"}:
            columns, rows = whole(element.get("colspan"), 1), whole(element.get("rowspan"), 1)
            scope = replace(scope, cell=self.tables.next_cell(columns, rows))
        self.has_changes = self.has_changes or name in {"del", "ins"}
        self._scopes.append(scope)
        if name == "br":
            self._inline.keep("\n", scope.visibility)
        self._flow(element.text)

    def _leave(self, element: Element, name: str, *, is_root: bool) -> None:
        if name in _BLOCKS:
            self._end_paragraph()
        if name == "table":
            self.tables.end_table()
        self._scopes.pop()
        if not is_root:
            self._flow(element.tail)

    def _flow(self, text: str | None) -> None:
        if not text:
            return
        scope = self._scopes[-1]
        if scope.look.keeps_space:
            self._inline.keep(text, scope.visibility)
        else:
            self._inline.flow(text, scope.visibility)
        weight = len("".join(text.split()))
        if weight and not scope.look.is_hidden:
            self._looks.append((scope.look, weight))

    def _end_paragraph(self) -> None:
        pieces = self._inline.take()
        looks, self._looks = self._looks, []
        scope = self._scopes[-1]
        if any(piece.text.strip() for piece in pieces):
            block = replace(_block(scope, looks), locator=f"page#p{len(self.writer.blocks)}")
            self.writer.add(pieces, block, scope.visibility, in_table=scope.in_table)


def local_name(element: Element) -> str:
    """An element's name without its namespace, in small letters; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _attributes(element: Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def _inside(element: Element, name: str, outer: _Scope, sheet: Sheet) -> _Scope:
    if name in _PLAIN and not element.attrib and not sheet.declarations(name, {}):
        return outer
    scope = replace(outer, look=look_of(name, _attributes(element), outer.look, sheet))
    if name in _HEADINGS:
        return replace(scope, heading=_HEADINGS[name])
    if name in _LISTS:
        return replace(scope, list=_list(element, name, outer.list), item=None)
    if name == "li":
        return replace(scope, item=_item(element, outer.list))
    if name in {"td", "th"}:
        return replace(scope, in_table=True, item=None, list=None)
    if name in {"caption", "figcaption"}:
        return replace(scope, is_caption=True)
    if name in {"del", "ins"}:
        return replace(scope, deleted=scope.deleted or name == "del", inserted=scope.inserted or name == "ins")
    return replace(scope, story=_MARGINS.get(name, scope.story))


def _is_head(row: Element) -> bool:
    """All its cells are headings."""
    cells = {local_name(child) for child in row}
    return "th" in cells and "td" not in cells


def _list(element: Element, name: str, outer: HtmlList | None) -> HtmlList:
    style = _list_style(element) or element.get("type", "")
    is_ordered = name == "ol"
    counts_down = is_ordered and "reversed" in element.attrib
    items = sum(1 for child in element if local_name(child) == "li") if counts_down else 1
    level = outer.level + 1 if outer is not None else 1
    return HtmlList(is_ordered, style, whole(element.get("start"), items), level, -1 if counts_down else 1)


def _item(element: Element, around: HtmlList | None) -> _Item:
    around = around or HtmlList(is_ordered=False, style="", next=1, level=1)
    own = _list_style(element) or element.get("type", "")
    if own:
        general, around.style = around.style, own
        number = around.number(element.get("value"))
        around.style = general
    else:
        number = around.number(element.get("value"))
    return _Item(number, around.level)


def _list_style(element: Element) -> str:
    for declaration in element.get("style", "")[:5000].lower().split(";"):
        name, _, value = declaration.partition(":")
        if name.strip() in {"list-style", "list-style-type"} and value.strip():
            return value.split()[0]
    return ""


def _block(scope: _Scope, looks: list[tuple[Look, int]]) -> Block:
    kind, number, level = BlockKind.PARAGRAPH, None, None
    if scope.item is not None and not scope.item.is_begun:
        scope.item.is_begun = True
        number, level = scope.item.number, scope.item.level
        kind = BlockKind.LIST_ITEM if number is not None else kind
    if scope.in_table:
        kind = BlockKind.TABLE_CELL
    elif scope.heading is not None:
        kind, level = BlockKind.HEADING, scope.heading
    elif scope.is_caption:
        kind = BlockKind.CAPTION
    style = Style(
        bold=bool(looks) and all(look.bold for look, _ in looks),
        italic=bool(looks) and all(look.italic for look, _ in looks),
        underline=bool(looks) and all(look.underline for look, _ in looks),
        centered=scope.look.centered,
    )
    cell = scope.cell if scope.in_table else None
    return Block(TextSpan(0, 0), kind, number=number, level=level, visibility=scope.visibility, style=style, cell=cell)
