"""List numbers of a Word document, counted as Word counts them.

Counters belong to the abstract list, not to the paragraphs' list instance: instances that share an abstract list go on
counting together, unless an instance says where it starts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from reviewer.parsing.docx_numerals import write_number
from reviewer.parsing.docx_package import MC, W
from reviewer.parsing.lengths import twips
from reviewer.parsing.zip_parts import Element

LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_ZERO_PADDED = re.compile(r"0+1(?=\D|$)")
# Word's own list "Article I, Section 1.01" is legal and keeps the zero.
_KEPT_BY_LEGAL = {"none", "decimalZero"}
# What the symbol fonts' private characters look like, for the bullets in use.
_BULLETS = {
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0d8": "➢",
    "\uf0fc": "✓",
    "\uf0a8": "◻",
    "\uf076": "❖",
    "o": "◦",
    "·": "•",
}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts and how it prints.

    Attributes:
        restart: levels up to this one (from 1) restart it; None for any level above, 0 for never.
        pad: smallest number of digits.
        indent: left indent in points, None where the level says nothing.
    """

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    is_legal: bool = False
    restart: int | None = None
    style: str = ""
    pad: int = 0
    indent: float | None = None


@dataclass(frozen=True, slots=True)
class _Instance:
    abstract: str
    levels: tuple[Level, ...]
    starts: Mapping[int, int]
    by_style: Mapping[str, int]


class Numbering:
    """The lists of a document and how far each has counted.

    Args:
        root: ``numbering.xml``, or None where the document has no lists.
        style_lists: list id per numbering style, for lists that are defined through one.
    """

    def __init__(self, root: Element | None, style_lists: Mapping[str, str]) -> None:
        self._abstract: dict[str, Element] = {}
        self._lists: dict[str, tuple[Element, str]] = {}  # the w:num of each list, and its abstract list
        self._instances: dict[str, _Instance | None] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()
        if root is not None:
            self._load(root, style_lists)

    def level(self, list_id: str, index: int) -> Level | None:
        """A level of a list, from 0; None where there is no such list."""
        instance = self._instance(list_id)
        return instance.levels[index] if instance is not None and 0 <= index < LEVELS else None

    def level_of_style(self, list_id: str, styles: tuple[str, ...]) -> int | None:
        """The level of a list that belongs to a paragraph style, the first of those given."""
        instance = self._instance(list_id)
        if instance is None:
            return None
        return next((instance.by_style[style] for style in styles if style in instance.by_style), None)

    def count(self, list_id: str, index: int) -> str | None:
        """Counts a paragraph and gives its number as printed, bullets included; None where nothing is printed.

        Call once for each paragraph, in order.
        """
        instance = self._instance(list_id)
        if instance is None or not 0 <= index < LEVELS:
            return None
        counters = self._counters.setdefault(instance.abstract, [None] * LEVELS)
        counters[index] = self._next(list_id, instance, counters[index], index)
        for deeper in range(index + 1, LEVELS):
            restart = instance.levels[deeper].restart
            if restart is None or index < restart:
                counters[deeper] = None
        return _printed(instance, counters, index) or None

    def _instance(self, list_id: str) -> _Instance | None:
        """Files define far more lists than they use, so each is read when it is first asked for."""
        if list_id not in self._instances:
            found = self._lists.get(list_id)
            self._instances[list_id] = _instance(*found, self._abstract[found[1]]) if found else None
        return self._instances[list_id]

    def _next(self, list_id: str, instance: _Instance, counter: int | None, index: int) -> int:
        own_start = instance.starts.get(index)
        if own_start is not None and (list_id, index) not in self._started:
            self._started.add((list_id, index))
            return own_start
        return _start(instance, index) if counter is None else counter + 1

    def _load(self, root: Element, style_lists: Mapping[str, str]) -> None:
        for abstract in root.iterchildren(W + "abstractNum"):
            self._abstract[abstract.get(W + "abstractNumId", "")] = abstract
        numbers = {number.get(W + "numId", ""): number for number in root.iterchildren(W + "num")}
        for list_id, number in numbers.items():
            abstract_id = self._resolve(number, numbers, style_lists)
            if abstract_id in self._abstract:
                self._lists[list_id] = number, abstract_id

    def _resolve(self, number: Element, numbers: Mapping[str, Element], style_lists: Mapping[str, str]) -> str:
        """Follows a list that borrows its levels from a numbering style to the list that defines them."""
        abstract_id = _value(number, "abstractNumId")
        for _ in range(LEVELS):
            abstract = self._abstract.get(abstract_id)
            link = _value(abstract, "numStyleLink") if abstract is not None else ""
            lender = numbers.get(style_lists.get(link, ""))
            if lender is None:
                break
            abstract_id = _value(lender, "abstractNumId")
        return abstract_id


def _instance(number: Element, abstract_id: str, abstract: Element) -> _Instance:
    levels = [Level() for _ in range(LEVELS)]
    for element in abstract.iterchildren(W + "lvl"):
        _put(levels, element)
    starts: dict[int, int] = {}
    for override in number.iterchildren(W + "lvlOverride"):
        index = _integer(override.get(W + "ilvl"), -1)
        for element in override.iterchildren(W + "lvl"):
            _put(levels, element)
        start = _value(override, "startOverride")
        if start and 0 <= index < LEVELS:
            starts[index] = _integer(start, 1)
    by_style = {level.style: index for index, level in reversed(list(enumerate(levels)))}
    return _Instance(abstract_id, tuple(levels), starts, by_style)


def _put(levels: list[Level], element: Element) -> None:
    index = _integer(element.get(W + "ilvl"), -1)
    if 0 <= index < LEVELS:
        levels[index] = _level(element)


def _level(element: Element) -> Level:
    restart = _value(element, "lvlRestart")
    legal = element.find(W + "isLgl")
    level = Level(
        start=_integer(_value(element, "start"), 0),
        number_format=_value(element, "numFmt") or "decimal",
        text=_value(element, "lvlText"),
        is_legal=legal is not None and legal.get(W + "val", "1") not in {"0", "false", "off"},
        restart=_integer(restart, 0) if restart else None,
        style=_value(element, "pStyle"),
        indent=_indent(element),
    )
    return _with_custom_format(level, element)


def _with_custom_format(level: Level, element: Element) -> Level:
    """Newer formats stand in an alternative; the pattern ``001, 002`` is the one in use."""
    for found in element.iterfind(f"{MC}AlternateContent/{MC}Choice/{W}numFmt"):
        padded = _ZERO_PADDED.match(found.get(W + "format", ""))
        if padded is not None:
            return replace(level, number_format="decimal", pad=len(padded.group()))
        return replace(level, number_format=found.get(W + "val", "decimal"))
    return level


def _printed(instance: _Instance, counters: list[int | None], index: int) -> str:
    level = instance.levels[index]
    if level.number_format == "bullet":
        return _BULLETS.get(level.text, level.text)
    if level.number_format == "none" and not _PLACEHOLDER.search(level.text):
        return level.text

    def write(match: re.Match[str]) -> str:
        place = int(match.group(1)) - 1
        value = counters[place]
        shown = instance.levels[place]
        is_kept = not level.is_legal or shown.number_format in _KEPT_BY_LEGAL
        number_format = shown.number_format if is_kept else "decimal"
        written = write_number(_start(instance, place) if value is None else value, number_format)
        return written.zfill(shown.pad) if shown.pad and written else written

    return _PLACEHOLDER.sub(write, level.text).strip()


def _start(instance: _Instance, index: int) -> int:
    return instance.starts.get(index, instance.levels[index].start)


def _indent(element: Element) -> float | None:
    found = element.find(f"{W}pPr/{W}ind")
    if found is None:
        return None
    return twips(found.get(W + "left") or found.get(W + "start"))


def _value(element: Element, name: str) -> str:
    found = element.find(W + name)
    return found.get(W + "val", "") if found is not None else ""


def _integer(text: str | None, default: int) -> int:
    try:
        value = int(text or default)
    except ValueError:
        return default
    return value if abs(value) < 2**31 else default
