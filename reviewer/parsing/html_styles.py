"""What an element's attributes, and the page's style sheet, say about who sees its text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from reviewer.parsing.html_sheet import Sheet

_MAX_STYLE = 5000
_SIZE = re.compile(r"([\d.]{1,10})\s*(px|pt|em|rem|%|vw|vh|)")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*(?:[,/]\s*([\d.]{1,8}%?)\s*)?\)")
_FAR_AWAY = re.compile(r"-\s*(\d{3,6})(?:\.\d{0,6})?(?:px|pt|em|rem|%)")
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})")
_NAMES = {
    "white": (255, 255, 255), "black": (0, 0, 0), "snow": (255, 250, 250), "ivory": (255, 255, 240),
    "whitesmoke": (245, 245, 245), "ghostwhite": (248, 248, 255), "red": (255, 0, 0), "green": (0, 128, 0),
    "blue": (0, 0, 255), "yellow": (255, 255, 0), "gray": (128, 128, 128), "grey": (128, 128, 128),
    "silver": (192, 192, 192), "navy": (0, 0, 128),
}  # fmt: skip
_SAME_WITHIN = 8
_TINY_PIXELS = 1.0
_RELATIVE = {"em", "%"}
_BOLD = re.compile(r"bold|bolder|[6-9]00")
_Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks at a place, as far as attributes say. A background of None is a picture or not known."""

    is_removed: bool = False
    is_invisible: bool = False
    is_tiny: bool = False
    colour: _Colour | None = None
    background: _Colour | None = (255, 255, 255)
    is_transparent: bool = False
    bold: bool = False
    italic: bool = False
    underline: bool = False
    centered: bool = False
    keeps_space: bool = False

    @property
    def is_hidden(self) -> bool:
        """True where nobody sees the text."""
        return (
            self.is_removed
            or self.is_invisible
            or self.is_tiny
            or self.is_transparent
            or (self.colour is not None and self.background is not None and _same(self.colour, self.background))
        )


def look_of(tag: str, attributes: Mapping[str, str], outer: Look, sheet: Sheet) -> Look:
    """How text looks inside an element.

    Args:
        tag: the element's name.
        attributes: its attributes.
        outer: how text looks around it.
        sheet: the page's; what the element itself says weighs more.
    """
    look = _by_tag(tag, outer)
    if "hidden" in attributes or (tag == "dialog" and "open" not in attributes):
        look = replace(look, is_removed=True)
    if tag == "font" and "color" in attributes:
        look = _coloured(look, attributes["color"])
    if "bgcolor" in attributes:
        look = replace(look, background=_colour(attributes["bgcolor"]))
    if tag == "center" or attributes.get("align", "").lower() == "center":
        look = replace(look, centered=True)
    style = {**sheet.declarations(tag, attributes), **_declarations(attributes.get("style", ""))}
    return _styled(look, style) if style else look


def _by_tag(tag: str, look: Look) -> Look:
    if tag in {"b", "strong", "th"} or (len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()):  # noqa: PLR2004 - h1 to h6
        return replace(look, bold=True)
    if tag in {"i", "em", "cite", "var", "dfn"}:
        return replace(look, italic=True)
    if tag == "u":
        return replace(look, underline=True)
    if tag in {"pre", "textarea", "listing", "xmp", "plaintext"}:
        return replace(look, keeps_space=True)
    return look


def _declarations(style: str) -> dict[str, str]:
    found = {}
    for declaration in style[:_MAX_STYLE].lower().replace("!important", "").split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            found[name.strip()] = value.strip()
    return found


def _styled(look: Look, style: Mapping[str, str]) -> Look:
    if style.get("display") == "none" or style.get("opacity") in {"0", "0.0", "0%"} or _is_out_of_sight(style):
        look = replace(look, is_removed=True)
    if "visibility" in style:
        look = replace(look, is_invisible=style["visibility"] in {"hidden", "collapse"})
    if "font-size" in style:
        look = replace(look, is_tiny=_is_tiny(style["font-size"], look.is_tiny))
    background = style.get("background-color", style.get("background", ""))
    if background and background not in {"transparent", "none", "inherit", "initial"}:
        look = replace(look, background=_colour(background))
    if "color" in style and style["color"] != "inherit":
        look = _coloured(look, style["color"])
    return _set(look, style)


def _set(look: Look, style: Mapping[str, str]) -> Look:
    """What has no say in who sees the text."""
    if "font-weight" in style:
        look = replace(look, bold=_BOLD.fullmatch(style["font-weight"]) is not None)
    if "font-style" in style:
        look = replace(look, italic=style["font-style"] in {"italic", "oblique"})
    if "text-decoration" in style:
        look = replace(look, underline="underline" in style["text-decoration"])
    if "text-align" in style:
        look = replace(look, centered=style["text-align"] == "center")
    if "white-space" in style:
        look = replace(look, keeps_space=style["white-space"] in {"pre", "pre-wrap", "break-spaces"})
    return look


def _is_out_of_sight(style: Mapping[str, str]) -> bool:
    """Text pushed off the page, or in a box without height."""
    if any(_FAR_AWAY.match(style.get(name, "")) for name in ("left", "top", "text-indent", "margin-left")):
        return True
    heights = (style.get("height", ""), style.get("max-height", ""))
    return style.get("overflow") == "hidden" and any(height in {"0", "0px"} for height in heights)


def _is_tiny(size: str, is_tiny: bool) -> bool:  # noqa: FBT001 - what holds around it
    found = _SIZE.fullmatch(size)
    if found is None:
        return False if size[:1].isalpha() and size not in {"inherit", "smaller", "larger"} else is_tiny
    try:
        value = float(found.group(1))
    except ValueError:
        return is_tiny
    if found.group(2) in _RELATIVE:
        return is_tiny or value == 0
    return (value <= _TINY_PIXELS and found.group(2) in {"px", "pt", ""}) or value == 0


def _coloured(look: Look, text: str) -> Look:
    value = text.strip().lower()
    return replace(look, colour=_colour(value), is_transparent=value == "transparent" or _has_no_alpha(value))


def _has_no_alpha(value: str) -> bool:
    found = _RGB.fullmatch(value)
    return found is not None and found.group(4) is not None and found.group(4).strip("0.%") == ""


def _colour(text: str) -> _Colour | None:
    value = text.strip().lower()
    if value in _NAMES:
        return _NAMES[value]
    found = _HEX.fullmatch(value)
    if found is not None:
        digits = found.group(1) if len(found.group(1)) > 3 else "".join(digit * 2 for digit in found.group(1))  # noqa: PLR2004
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    numbers = _RGB.fullmatch(value)
    if numbers is not None:
        return int(numbers.group(1)), int(numbers.group(2)), int(numbers.group(3))
    return None


def _same(one: _Colour, other: _Colour) -> bool:
    return all(abs(a - b) <= _SAME_WITHIN for a, b in zip(one, other, strict=True))
