"""Styles of an OpenDocument text, with what each inherits from its parents."""

import re
from dataclasses import dataclass, fields

from reviewer.parsing.lengths import length
from reviewer.parsing.odt_names import FO, STYLE, TEXT
from reviewer.parsing.zip_parts import Element

_MAX_CHAIN = 32
_BOLD_FROM = 600
_TINY = 1.6  # points
_PAPER = "#ffffff"
_WHITE = 0xF5
_HEX = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", re.IGNORECASE)
UNKNOWN = "unknown"
"""The ground of a table's cell, which is a matter of other styles."""


@dataclass(frozen=True, slots=True)
class OdtFormat:
    """How a paragraph and its characters are set; None where it is not said. Lengths in points.

    Attributes:
        list_style: name of the list style that belongs to the style; empty says: no numbers.
        outline: heading level from 1 that belongs to the style; 0 for none.
        colour, ground: as the file writes them; the ground `UNKNOWN` where something else may lie under the text.
    """

    hidden: bool | None = None
    bold: bool | None = None
    italic: bool | None = None
    underline: bool | None = None
    size: float | None = None
    centered: bool | None = None
    indent: float | None = None
    list_style: str | None = None
    outline: int | None = None
    colour: str | None = None
    ground: str | None = None

    @property
    def is_unseen(self) -> bool:
        """Whether nobody sees the text: hidden, tiny, or nearly white on white."""
        is_tiny = self.size is not None and 0 < self.size <= _TINY
        return bool(self.hidden) or is_tiny or (_is_white(self.colour) and _is_white(self.ground or _PAPER))

    def over(self, lower: "OdtFormat") -> "OdtFormat":
        """What this format says, and the lower where this says nothing."""
        names = [field.name for field in fields(self)]
        values = [getattr(self, name) for name in names]
        return OdtFormat(*(getattr(lower, n) if v is None else v for n, v in zip(names, values, strict=True)))


class OdtStyles:
    """The styles of a part by family and name.

    Args:
        common: ``office:styles``, those a person knows.
        automatic: ``office:automatic-styles``, made up by a program; they hide others of their name.
    """

    def __init__(self, common: Element | None, automatic: Element | None) -> None:
        self._elements: dict[tuple[str, str], Element] = {}
        self._automatic = set(automatic) if automatic is not None else set()
        self._known: dict[tuple[str, str], OdtFormat] = {}
        for container in (common, automatic):
            for style in container.iterchildren(STYLE + "style") if container is not None else ():
                self._elements[style.get(STYLE + "family", ""), style.get(STYLE + "name", "")] = style

    def format(self, family: str, name: str) -> OdtFormat:
        """How a style, such as of the family ``paragraph``, sets text; an unknown one says nothing."""
        key = (family, name)
        if key not in self._known:
            merged = OdtFormat()
            for style in self._chain(family, name):
                merged = merged.over(_format(style))
            self._known[key] = merged
        return self._known[key]

    def title(self, name: str) -> str:
        """The name a person sees of a paragraph style; of an automatic one, that of its parent."""
        for style in self._chain("paragraph", name):
            if style not in self._automatic:
                return str(style.get(STYLE + "display-name") or style.get(STYLE + "name", ""))
        return ""

    def _chain(self, family: str, name: str) -> list[Element]:
        chain: list[Element] = []
        seen: set[str] = set()
        while (family, name) in self._elements and name not in seen and len(chain) < _MAX_CHAIN:
            seen.add(name)
            chain.append(self._elements[family, name])
            name = chain[-1].get(STYLE + "parent-style-name", "")
        return chain


def _format(style: Element) -> OdtFormat:
    characters, paragraph = style.find(STYLE + "text-properties"), style.find(STYLE + "paragraph-properties")
    display, weight, slant, line, size = (
        _get(characters, name)
        for name in (TEXT + "display", FO + "font-weight", FO + "font-style", _UNDERLINE, FO + "font-size")
    )
    align, indent = _get(paragraph, FO + "text-align"), _get(paragraph, FO + "margin-left")
    outline = style.get(STYLE + "default-outline-level")
    return OdtFormat(
        hidden=None if display is None else display == "none",
        bold=None if weight is None else _is_bold(weight),
        italic=None if slant is None else slant in {"italic", "oblique"},
        underline=None if line is None else line != "none",
        size=length(size),
        centered=None if align is None else align == "center",
        indent=length(indent),
        list_style=style.get(STYLE + "list-style-name"),
        outline=None if outline is None else integer(outline, 0),
        colour=_get(characters, FO + "color"),
        ground=_ground(characters) or _ground(paragraph),
    )


def _ground(properties: Element | None) -> str | None:
    ground = _get(properties, FO + "background-color")
    return None if ground == "transparent" else ground


def _is_white(colour: str | None) -> bool:
    """Nearly white, such as ``#fdfdfd``."""
    found = _HEX.fullmatch(colour or "")
    return found is not None and all(int(part, 16) >= _WHITE for part in found.groups())


_UNDERLINE = STYLE + "text-underline-style"


def integer(text: str | None, default: int) -> int:
    """A number from an attribute; the default where it is none, or one that no document needs."""
    try:
        value = int(text or default)
    except ValueError:
        return default
    return value if abs(value) < 2**31 else default


def _get(properties: Element | None, name: str) -> str | None:
    return None if properties is None else properties.get(name)


def _is_bold(weight: str) -> bool:
    return weight == "bold" or integer(weight, 0) >= _BOLD_FROM
