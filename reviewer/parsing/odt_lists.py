"""List numbers of an OpenDocument text, counted from its list styles."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from reviewer.parsing.docx_numerals import write_letters, write_number
from reviewer.parsing.odt_names import LOEXT, STYLE, TEXT
from reviewer.parsing.odt_styles import integer
from reviewer.parsing.zip_parts import Element

LEVELS = 10
_PLACEHOLDER = re.compile(r"%(10|[1-9])%")
_FORMATS = {
    "1": "decimal", "i": "lowerRoman", "I": "upperRoman", "01": "decimalZero", "一, 二, 三, ...": "chineseCounting",
    "①, ②, ③, ...": "decimalEnclosedCircle", "1st": "ordinal", "One": "cardinalText", "First": "ordinalText",
    "א, י, ק, ...": "hebrew1", "أ, ب, ت, ...": "arabicAlpha", "أ, ب, ج, ...": "arabicAbjad",
    "１, ２, ３, ...": "decimalFullWidth",
}  # fmt: skip
_BULLETS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0a8": "◻", "\uf076": "❖", "\ue00c": "•"}


@dataclass(frozen=True, slots=True)
class OdtLevel:
    """One level of a list style: how it counts and prints.

    Attributes:
        pattern: the whole number with places such as ``%1%``; None where prefix, levels and suffix make it.
        displayed: how many levels are printed, this one included.
        bullet: what is printed instead of a number.
    """

    number_format: str = ""
    start: int = 1
    prefix: str = ""
    suffix: str = ""
    displayed: int = 1
    pattern: str | None = None
    is_doubled: bool = False
    bullet: str | None = None

    def write(self, value: int) -> str:
        """The number alone."""
        if self.number_format in {"a", "A"} and not self.is_doubled:
            letters = write_letters(value)
            return letters.upper() if self.number_format == "A" else letters
        named = {"a": "lowerLetter", "A": "upperLetter"}.get(self.number_format, _FORMATS.get(self.number_format))
        return write_number(value, named or "decimal")


@dataclass(slots=True)
class Counters:
    """How far one list has counted, for each level; None where it has not begun."""

    values: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


class ListStyles:
    """List styles by name, and the outline that numbers headings.

    Args:
        containers: ``office:styles``, then ``office:automatic-styles``.
    """

    def __init__(self, *containers: Element | None) -> None:
        self._styles: dict[str, Mapping[int, OdtLevel]] = {}
        self.outline: Mapping[int, OdtLevel] = {}
        for container in containers:
            if container is None:
                continue
            for style in container.iterchildren(TEXT + "list-style"):
                self._styles[style.get(STYLE + "name", "")] = _levels(style)
            for style in container.iterchildren(TEXT + "outline-style"):
                self.outline = _levels(style)

    def levels(self, name: str) -> Mapping[int, OdtLevel]:
        """The levels of a style by index from 0; none where the style is not known."""
        return self._styles.get(name, {})


def count(levels: Mapping[int, OdtLevel], counters: Counters, index: int, start: int | None = None) -> str | None:
    """Counts an item and gives its number as printed, bullets included; None where nothing is printed.

    Args:
        levels: of the list's style.
        counters: of the list; changed.
        index: the item's level from 0.
        start: what the item itself wants to be.
    """
    if not 0 <= index < LEVELS:
        return None
    values = counters.values
    before = values[index]
    first = levels[index].start if index in levels else 1
    values[index] = start if start is not None else (first if before is None else before + 1)
    values[index + 1 :] = [None] * (LEVELS - index - 1)
    return (_printed(levels, values, index) or None) if index in levels else None


def _printed(levels: Mapping[int, OdtLevel], values: list[int | None], index: int) -> str:
    level = levels[index]
    if level.bullet is not None:
        return _BULLETS.get(level.bullet, level.bullet)

    def written(place: int) -> str:
        shown = levels.get(place)
        if shown is None or shown.bullet is not None or not shown.number_format:
            return ""
        value = values[place]
        return shown.write(shown.start if value is None else value)

    if level.pattern is not None:
        return _PLACEHOLDER.sub(lambda match: written(int(match.group(1)) - 1), level.pattern).strip()
    first = max(0, index + 1 - level.displayed)
    numbers = [number for number in map(written, range(first, index + 1)) if number]
    return f"{level.prefix}{'.'.join(numbers)}{level.suffix}".strip()


def _levels(style: Element) -> dict[int, OdtLevel]:
    levels = {}
    for element in style:
        index = integer(element.get(TEXT + "level"), 0) - 1
        if 0 <= index < LEVELS:
            levels[index] = _level(element)
    return levels


def _level(element: Element) -> OdtLevel:
    pattern = element.get(STYLE + "num-list-format", element.get(LOEXT + "num-list-format"))
    bullet = element.tag == TEXT + "list-level-style-bullet"
    return OdtLevel(
        number_format=element.get(STYLE + "num-format", ""),
        start=integer(element.get(TEXT + "start-value"), 1),
        prefix=element.get(STYLE + "num-prefix", ""),
        suffix=element.get(STYLE + "num-suffix", ""),
        displayed=max(1, integer(element.get(TEXT + "display-levels"), 1)),
        pattern=pattern,
        is_doubled=element.get(STYLE + "num-letter-sync") == "true",
        bullet=element.get(TEXT + "bullet-char", "•") if bullet else None,
    )
