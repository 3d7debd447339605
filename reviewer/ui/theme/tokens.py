"""The two palettes and the scales of spacing and type. Plain values, so that contrast can be computed in a test.

Colours are ``#rrggbb``. Text colours reach a contrast of 4.5 to 1 on every ground they are used on (WCAG 2.2, 1.4.3),
lines and shapes that carry meaning 3 to 1 (1.4.11).
"""

from dataclasses import dataclass

from reviewer.domain.outcome import Severity


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme.

    Attributes:
        window: behind everything; ``surface`` is what panes are made of, ``sunken`` lies below them, ``desk`` is what
            pages lie on, ``paper`` what a text is set on.
        line: hairlines between panes; ``edge`` outlines controls.
        text, muted: main and secondary text, on window, surface, sunken and paper.
        accent: buttons and links; ``on_accent`` is text on it; ``chosen`` the ground of a selected row.
        focus: the focus ring.
        good, warning, danger: states of success, of what needs a look, of failure; ``*_soft`` their grounds.
        inserted, deleted: words of tracked changes, on paper and on highlights.
        severities: text and shape colour of each severity; ``tints`` the ground of highlighted words on paper.
    """

    is_dark: bool
    window: str
    surface: str
    sunken: str
    desk: str
    paper: str
    line: str
    edge: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    chosen: str
    hover: str
    focus: str
    good: str
    good_soft: str
    warning: str
    warning_soft: str
    danger: str
    danger_soft: str
    inserted: str
    deleted: str
    severities: dict[Severity, str]
    tints: dict[Severity, str]


LIGHT = Palette(
    is_dark=False,
    window="#f3f4f6",
    surface="#ffffff",
    sunken="#f8f9fb",
    desk="#e4e7ec",
    paper="#ffffff",
    line="#dfe3e8",
    edge="#7f8896",
    text="#1b2330",
    muted="#566070",
    accent="#1f56a5",
    accent_hover="#17447f",
    on_accent="#ffffff",
    chosen="#dfeafa",
    hover="#eff3f9",
    focus="#1f56a5",
    good="#14693c",
    good_soft="#e2f3e8",
    warning="#835200",
    warning_soft="#fdf1d8",
    danger="#a81e22",
    danger_soft="#fce8e7",
    inserted="#0d5a31",
    deleted="#98181d",
    severities={
        Severity.CRITICAL: "#a3123a",
        Severity.HIGH: "#a83a00",
        Severity.MEDIUM: "#7a5800",
        Severity.LOW: "#1c5f96",
        Severity.INFO: "#566070",
    },
    tints={
        Severity.CRITICAL: "#f9c6d3",
        Severity.HIGH: "#ffd3b3",
        Severity.MEDIUM: "#fdeaa0",
        Severity.LOW: "#c5e1f8",
        Severity.INFO: "#dde2e9",
    },
)

DARK = Palette(
    is_dark=True,
    window="#14181f",
    surface="#1b2029",
    sunken="#171b23",
    desk="#0f1217",
    paper="#1e242e",
    line="#2c3440",
    edge="#6f7b8c",
    text="#e6e9ee",
    muted="#a3adbb",
    accent="#7fb2f5",
    accent_hover="#a3c9fa",
    on_accent="#0d1b2e",
    chosen="#24405f",
    hover="#252d39",
    focus="#8fbcf8",
    good="#7fd3a2",
    good_soft="#193527",
    warning="#edc06a",
    warning_soft="#3a2e14",
    danger="#ff9d97",
    danger_soft="#421f20",
    inserted="#9be3b9",
    deleted="#ffc4bf",
    severities={
        Severity.CRITICAL: "#ff9db5",
        Severity.HIGH: "#ffb084",
        Severity.MEDIUM: "#ecc968",
        Severity.LOW: "#8fc5f3",
        Severity.INFO: "#a3adbb",
    },
    tints={
        Severity.CRITICAL: "#6b2038",
        Severity.HIGH: "#6b3516",
        Severity.MEDIUM: "#5c4a10",
        Severity.LOW: "#1e4668",
        Severity.INFO: "#3a4453",
    },
)


class Space:
    """Distances in device-independent pixels; nothing else is used."""

    HAIR = 2
    TINY = 4
    SMALL = 8
    MEDIUM = 12
    LARGE = 16
    HUGE = 24
    VAST = 40


class Scale:
    """Type sizes as factors of the system's font size."""

    SMALL = 0.88
    BODY = 1.0
    TITLE = 1.15
    HEADING = 1.4
    DISPLAY = 1.9


RADIUS = 6
"""Corners of buttons, chips and cards in device-independent pixels."""

ICON_SIZE = 18
"""Edge of an icon in device-independent pixels."""


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two ``#rrggbb`` colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2, "relative luminance")."""
    red, green, blue = (_linear(int(colour[index : index + 2], 16) / 255) for index in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
