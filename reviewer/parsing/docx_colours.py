"""Colours of a Word document: what characters are written in, and what they stand on.

A colour is six hexadecimal digits, or ``AUTO``: as ink Word's own choice, which can always be read; as shading none.
"""

import colorsys
from collections.abc import Callable

from reviewer.parsing.docx_package import DRAWING, W
from reviewer.parsing.zip_parts import Element

AUTO = "auto"
WHITE = "FFFFFF"
_BLACK = "000000"
_MIN_CONTRAST = 1.15  # a contrast ratio as WCAG 2 defines it: 1 for the same colour, 21 for black on white
_HEX_DIGITS = set("0123456789ABCDEF")
_OFFICE_THEME = {
    "dk1": _BLACK, "lt1": WHITE, "dk2": "44546A", "lt2": "E7E6E6", "accent1": "4472C4", "accent2": "ED7D31",
    "accent3": "A5A5A5", "accent4": "FFC000", "accent5": "5B9BD5", "accent6": "70AD47", "hlink": "0563C1",
    "folHlink": "954F72",
}  # fmt: skip
_THEME_NAMES = {
    "dark1": "dk1", "light1": "lt1", "dark2": "dk2", "light2": "lt2", "hyperlink": "hlink",
    "followedHyperlink": "folHlink", "text1": "t1", "background1": "bg1", "text2": "t2", "background2": "bg2",
    "tx1": "t1", "tx2": "t2",
}  # fmt: skip
_MAPPED = {"t1": "dk1", "bg1": "lt1", "t2": "dk2", "bg2": "lt2"}
_HIGHLIGHTS = {
    "black": _BLACK, "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF", "red": "FF0000",
    "yellow": "FFFF00", "white": WHITE, "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000",
    "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip


class Palette:
    """The colours a document names by their place in its theme.

    Args:
        theme: ``theme1.xml``; without it the colours of Office are taken.
        settings: ``settings.xml``, which may say that text is light and the background dark.
    """

    def __init__(self, theme: Element | None = None, settings: Element | None = None) -> None:
        self._theme = dict(_OFFICE_THEME)
        for scheme in theme.iter(DRAWING + "clrScheme") if theme is not None else ():
            for slot in scheme:
                for colour in slot:
                    value = str(colour.get("lastClr") or colour.get("val", ""))
                    self._theme[slot.tag.rpartition("}")[2]] = _hex(value) or AUTO
        self._mapped = dict(_MAPPED)
        mapping = settings.find(W + "clrSchemeMapping") if settings is not None else None
        for name in _MAPPED if mapping is not None else ():
            given = mapping.get(W + name, "") if mapping is not None else ""
            self._mapped[name] = _THEME_NAMES.get(given, given) if given else _MAPPED[name]

    def ink(self, element: Element | None) -> str | None:
        """What a ``w:color`` says; None where there is none."""
        return None if element is None else self._colour(element, "val", "theme", "Color")

    def fill(self, element: Element | None) -> str | None:
        """What a ``w:shd`` says: the fill, mixed with its pattern; None where there is none."""
        if element is None:
            return None
        pattern = element.get(W + "val", "clear")
        fill = self._colour(element, "fill", "theme", "Fill")
        if pattern == "solid":
            front = self._colour(element, "color", "theme", "Color")
            return _BLACK if front == AUTO else front
        if pattern.startswith("pct") and pattern[3:].isdigit():
            front = self._colour(element, "color", "theme", "Color")
            return _mixed(_BLACK if front == AUTO else front, WHITE if fill == AUTO else fill, int(pattern[3:]) / 100)
        return fill

    def page(self, background: Element | None) -> str | None:
        """What a ``w:background`` makes of the page; None where it is a picture."""
        if background is None:
            return WHITE
        colour = self._colour(background, "color", "theme", "Color")
        return None if len(background) else WHITE if colour == AUTO else colour

    def named(self, name: str) -> str:
        """A colour of the theme, such as ``accent1`` or ``background1``; ``AUTO`` where it has none."""
        name = _THEME_NAMES.get(name, name)
        return self._theme.get(self._mapped.get(name, name), AUTO)

    def _colour(self, element: Element, plain: str, theme: str, kind: str) -> str:
        given = _hex(element.get(W + plain, "")) or AUTO
        name = element.get(W + theme + kind)
        if not name or name == "none" or self.named(name) == AUTO:
            return given
        part = "" if kind == "Color" else kind
        tint, shade = element.get(f"{W}theme{part}Tint"), element.get(f"{W}theme{part}Shade")
        colour = self.named(name)
        if tint:
            colour = _with_lightness(colour, lambda lightness: lightness * _share(tint) + 1 - _share(tint))
        if shade:
            colour = _with_lightness(colour, lambda lightness: lightness * _share(shade))
        return colour


def highlight(name: str | None) -> str | None:
    """The colour of a ``w:highlight``; None where nothing is said."""
    return None if name is None else _HIGHLIGHTS.get(name, AUTO)


def is_readable(ink: str | None, ground: str | None) -> bool:
    """True unless characters have so nearly the colour of what they stand on that nobody sees them.

    Args:
        ink: None or ``AUTO``: Word takes what can be read.
        ground: None where it is not known, such as a picture.
    """
    if ink in {None, AUTO} or ground in {None, AUTO}:
        return True
    light, dark = sorted((_luminance(ink or ""), _luminance(ground or "")), reverse=True)
    return (light + 0.05) / (dark + 0.05) >= _MIN_CONTRAST


def plain_colour(text: str) -> str | None:
    """Six hexadecimal digits out of ``#FFF``, ``#ffffff``, ``FFFFFF``, ``white``; None where it is none of these."""
    text = text.split(" ", maxsplit=1)[0].lstrip("#")
    if text.lower() in {"white", "black"}:
        return WHITE if text.lower() == "white" else _BLACK
    if len(text) == 3:  # noqa: PLR2004 - one digit a channel
        text = "".join(digit * 2 for digit in text)
    return _hex(text)


def _hex(text: str) -> str | None:
    text = text.upper()
    return text if len(text) == 6 and set(text) <= _HEX_DIGITS else None  # noqa: PLR2004 - two digits a channel


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = bytes.fromhex(colour)
    return red / 255, green / 255, blue / 255


def _written(channels: tuple[float, float, float]) -> str:
    return bytes(round(255 * min(1.0, max(0.0, channel))) for channel in channels).hex().upper()


def _mixed(front: str, back: str, share: float) -> str:
    pairs = zip(_channels(front), _channels(back), strict=True)
    red, green, blue = (one * share + other * (1 - share) for one, other in pairs)
    return _written((red, green, blue))


def _with_lightness(colour: str, change: Callable[[float], float]) -> str:
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    return _written(colorsys.hls_to_rgb(hue, change(lightness), saturation))


def _share(text: str) -> float:
    try:
        return min(255, max(0, int(text, 16))) / 255
    except ValueError:
        return 1.0


def _luminance(colour: str) -> float:
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in _channels(colour)]  # noqa: PLR2004 - the curve of sRGB
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
