"""Styles of a Word document, with what each inherits from those it is based on."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar

from reviewer.parsing.docx_colours import AUTO, WHITE, Palette, highlight, is_readable
from reviewer.parsing.docx_package import W, leading
from reviewer.parsing.lengths import length, twips
from reviewer.parsing.zip_parts import Element

_MAX_CHAIN = 32
_OFF = {"0", "false", "off", "none"}
_BODY_OUTLINE = 9
_T = TypeVar("_T", "RunFormat", "ParagraphFormat")
_Key: TypeAlias = tuple[Any, ...]
_PARAGRAPH_STYLE, _VAL = W + "pStyle", W + "val"
# Of properties, what `run_format`, `paragraph_format` and `Styles` read: those that are equal in it are read once.
# Of most of them only one attribute is read.
_VALUED = frozenset(
    W + name
    for name in ("b", "i", "u", "vanish", "sz", "highlight", "rStyle", "pStyle", "numId", "ilvl", "outlineLvl", "jc")
)
_READ = _VALUED | {W + name for name in ("color", "shd", "numPr", "ind")}


@dataclass(frozen=True, slots=True)
class RunFormat:
    """How characters are set; None where it is not said. Size in points; colours as in `docx_colours`.

    Attributes:
        ink: colour of the characters.
        fill, highlight: colour of their shading, and of the marker pen over it.
    """

    bold: bool | None = None
    italic: bool | None = None
    underline: bool | None = None
    hidden: bool | None = None
    size: float | None = None
    ink: str | None = None
    fill: str | None = None
    highlight: str | None = None


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """How a paragraph is set; None where it is not said.

    Attributes:
        list_id: ``numId``; "0" says: no list, whatever the style thinks.
        list_level: from 0.
        outline: heading level from 0; 9 is body text.
        indent: left indent in points.
        fill: colour of the shading, as in `docx_colours`.
    """

    list_id: str | None = None
    list_level: int | None = None
    outline: int | None = None
    centered: bool | None = None
    indent: float | None = None
    fill: str | None = None


@dataclass(slots=True)
class Shown:
    """How characters look, and whether they are readable on the grounds that were asked for so far."""

    format: RunFormat
    _readable: dict[tuple[str | None, bool], bool] = field(default_factory=dict)

    def is_readable(self, ground: str | None, *, on_white: bool = False) -> bool:
        """Whether their colour is another than that of what they stand on, or of white paper.

        Args:
            ground: what they stand on where they have no shading of their own; None where it is not known.
            on_white: white paper instead, whatever they stand on.
        """
        key = ground, on_white
        if key not in self._readable:
            own = (each for each in (self.format.highlight, self.format.fill) if each not in {None, AUTO})
            self._readable[key] = is_readable(self.format.ink, WHITE if on_white else next(own, None) or ground)
        return self._readable[key]


@dataclass(frozen=True, slots=True, eq=False)  # one object for all equal ones
class Layout:
    """What the properties of a paragraph come to.

    Attributes:
        style: id of its style.
        name: the style's name as Word shows it.
        names: of the style and those it is based on, nearest first, in lower case.
        own: what the paragraph says by itself.
        format: the same, and what the style says where it says nothing.
    """

    style: str
    name: str
    names: tuple[str, ...]
    own: ParagraphFormat
    format: ParagraphFormat


_PLAIN_RUN, _PLAIN_PARAGRAPH = RunFormat(), ParagraphFormat()


def run_format(properties: Element | None, palette: Palette) -> RunFormat:
    """What an ``rPr`` says."""
    if properties is None:
        return RunFormat()
    size = _attribute(properties, "sz")
    return RunFormat(
        bold=_toggle(properties, "b"),
        italic=_toggle(properties, "i"),
        underline=_toggle(properties, "u"),
        hidden=_toggle(properties, "vanish"),
        size=_size(size),
        ink=palette.ink(properties.find(W + "color")),
        fill=palette.fill(properties.find(W + "shd")),
        highlight=highlight(_attribute(properties, "highlight")),
    )


def _size(text: str | None) -> float | None:
    """Half points, or as strict files may write it, with a unit."""
    if not text:
        return None
    in_points = length(text)
    return _number(text, 0) / 2 if in_points is None else in_points


def paragraph_format(properties: Element | None, palette: Palette) -> ParagraphFormat:
    """What a ``pPr`` says."""
    if properties is None:
        return ParagraphFormat()
    numbering, indent = properties.find(W + "numPr"), properties.find(W + "ind")
    level = _attribute(numbering, "ilvl") if numbering is not None else None
    outline, alignment = _attribute(properties, "outlineLvl"), _attribute(properties, "jc")
    left = (indent.get(W + "left") or indent.get(W + "start")) if indent is not None else None
    return ParagraphFormat(
        list_id=_attribute(numbering, "numId") if numbering is not None else None,
        list_level=_number(level, 0) if level else None,
        outline=_number(outline, _BODY_OUTLINE) if outline else None,
        centered=alignment == "center" if alignment else None,
        indent=twips(left),
        fill=palette.fill(properties.find(W + "shd")),
    )


def over(upper: _T, lower: _T) -> _T:
    """What the upper format says, and the lower where the upper says nothing."""
    result: _T = _over(upper, lower)  # a document has thousands of runs and a few dozen formats
    return result


@lru_cache(maxsize=4096)
def _over(upper: _T, lower: _T) -> _T:
    names = [field.name for field in fields(upper)]
    values = [getattr(upper, name) for name in names]
    return type(upper)(*(getattr(lower, n) if v is None else v for n, v in zip(names, values, strict=True)))


class Styles:
    """The styles of a document by id; an unknown id is the default style.

    Args:
        root: ``styles.xml``, or None where there is none.
        palette: the colours of the document's theme.
    """

    def __init__(self, root: Element | None, palette: Palette | None = None) -> None:
        self.palette = palette or Palette()
        self._elements: dict[str, Element] = {}
        self._default = ""
        self._chains: dict[str, tuple[str, ...]] = {}
        self._runs: dict[str, RunFormat] = {}
        self._paragraphs: dict[str, ParagraphFormat] = {}
        self._run_formats: dict[_Key, RunFormat] = {}
        self._paragraph_formats: dict[_Key, ParagraphFormat] = {}
        self._shown: dict[tuple[str, _Key], Shown] = {}
        self._layouts: dict[tuple[str, _Key], Layout] = {}
        self._base = RunFormat()
        if root is not None:
            self._load(root)

    @property
    def elements(self) -> Mapping[str, Element]:
        """The ``w:style`` of each id."""
        return self._elements

    def run_format(self, properties: Element | None) -> RunFormat:
        """What an ``rPr`` says by itself. Equal ones, of which a document has thousands, are read once."""
        if properties is None:
            return _PLAIN_RUN
        key = _key(properties)
        kept = self._run_formats.get(key)
        if kept is None:
            kept = self._run_formats[key] = run_format(properties, self.palette)
        return kept

    def paragraph_format(self, properties: Element | None) -> ParagraphFormat:
        """What a ``pPr`` says by itself; equal ones are read once."""
        if properties is None:
            return _PLAIN_PARAGRAPH
        key = _key(properties)
        kept = self._paragraph_formats.get(key)
        if kept is None:
            kept = self._paragraph_formats[key] = paragraph_format(properties, self.palette)
        return kept

    def shown(self, style: str, properties: Element | None) -> Shown:
        """How characters with these properties look in a paragraph of a style. The same value for equal ones."""
        key = style, _key(properties) if properties is not None else ()
        kept = self._shown.get(key)
        if kept is None:
            kept = self._shown[key] = Shown(self._shown_as(style, properties))
        return kept

    def hides_mark(self, style: str, properties: Element | None) -> bool:
        """Whether the end of a paragraph of a style is hidden, when it has these properties."""
        own = _toggle(properties, "vanish") if properties is not None else None
        return bool(self.run(style).hidden if own is None else own)

    def layout(self, properties: Element | None) -> Layout:
        """What a ``pPr`` comes to with the style it names. The same value for equal ones."""
        named = leading(properties, _PARAGRAPH_STYLE) if properties is not None else None
        style = named.get(_VAL, "") if named is not None else ""
        key = style, _key(properties) if properties is not None else ()
        kept = self._layouts.get(key)
        if kept is None:
            own = self.paragraph_format(properties)
            names = tuple(name.lower() for name in self.names(style))
            kept = Layout(style, self.name(style), names, own, over(own, self.paragraph(style)))
            self._layouts[key] = kept
        return kept

    def chain(self, style: str) -> tuple[str, ...]:
        """A paragraph style and those it is based on, nearest first."""
        style = style if style in self._elements else self._default
        if style not in self._chains:
            chain: list[str] = []
            at = style
            while at in self._elements and at not in chain and len(chain) < _MAX_CHAIN:
                chain.append(at)
                at = _attribute(self._elements[at], "basedOn") or ""
            self._chains[style] = tuple(chain)
        return self._chains[style]

    def name(self, style: str) -> str:
        """The name of a paragraph style as Word shows it, such as ``heading 1``."""
        chain = self.chain(style)
        return (_attribute(self._elements[chain[0]], "name") or "") if chain else ""

    def names(self, style: str) -> tuple[str, ...]:
        """Names of a paragraph style and those it is based on, nearest first."""
        return tuple(_attribute(self._elements[at], "name") or "" for at in self.chain(style))

    def paragraph(self, style: str) -> ParagraphFormat:
        """What a paragraph style comes to."""
        if style not in self._paragraphs:
            result = ParagraphFormat()
            for at in self.chain(style):
                result = over(result, self.paragraph_format(self._elements[at].find(W + "pPr")))
            self._paragraphs[style] = result
        return self._paragraphs[style]

    def run(self, style: str) -> RunFormat:
        """What a paragraph style says about its characters, document defaults included."""
        if style not in self._runs:
            self._runs[style] = over(self._chain_run(self.chain(style)), self._base)
        return self._runs[style]

    def character(self, style: str) -> RunFormat:
        """What a character style comes to; nothing for an unknown one."""
        key = "c " + style
        if key not in self._runs:
            self._runs[key] = self._chain_run(self.chain(style)) if style in self._elements else RunFormat()
        return self._runs[key]

    def lists(self) -> dict[str, str]:
        """List id of each style that has one of its own."""
        listed = f"{W}pPr/{W}numPr"
        found = {
            style: self.paragraph_format(element.find(W + "pPr")).list_id
            for style, element in self._elements.items()
            if element.find(listed) is not None
        }
        return {style: list_id for style, list_id in found.items() if list_id}

    def _shown_as(self, style: str, properties: Element | None) -> RunFormat:
        of_paragraph = self.run(style)
        if properties is None:
            return of_paragraph
        own = self.run_format(properties)
        named = properties.find(W + "rStyle")
        if named is None:
            return over(own, of_paragraph)
        of_characters = self.character(named.get(W + "val", ""))
        if of_characters.bold and of_paragraph.bold:  # bold on bold is not bold: styles toggle
            of_characters = replace(of_characters, bold=False)
        return over(own, over(of_characters, of_paragraph))

    def _chain_run(self, chain: tuple[str, ...]) -> RunFormat:
        result = RunFormat()
        for at in chain:
            result = over(result, self.run_format(self._elements[at].find(W + "rPr")))
        return result

    def _load(self, root: Element) -> None:
        self._base = self.run_format(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for element in root.iterchildren(W + "style"):
            style = element.get(W + "styleId", "")
            self._elements[style] = element
            if element.get(W + "type") == "paragraph" and element.get(W + "default") in {"1", "true", "on"}:
                self._default = style


def _key(element: Element) -> _Key:
    """What is read of properties, as a value: faster than reading it, and equal for equal ones."""
    return (
        element.tag,
        *[
            (tag, child.get(_VAL)) if tag in _VALUED else _key(child) if len(child) else (tag, *child.items())
            for child in element
            if (tag := child.tag) in _READ
        ],
    )


def _toggle(properties: Element, name: str) -> bool | None:
    found = next(properties.iterchildren(W + name), None)
    return None if found is None else found.get(_VAL, "1") not in _OFF


def _attribute(element: Element, name: str) -> str | None:
    found = next(element.iterchildren(W + name), None)
    return None if found is None else found.get(_VAL)


def _number(text: str | None, default: int) -> int:
    try:
        return max(-(2**20), min(2**20, int(float(text or default))))
    except (ValueError, OverflowError):
        return default
