"""Everything that is to be read can be."""

import pytest

from reviewer.domain.outcome import Severity
from reviewer.ui.theme.tokens import DARK, LIGHT, Palette, contrast

PALETTES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
TEXT = 4.5
SHAPE = 3.0


def grounds(palette: Palette) -> list[str]:
    return [palette.window, palette.surface, palette.sunken, palette.paper, palette.chosen, palette.hover]


def test_contrast_is_that_of_the_guideline() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@PALETTES
@pytest.mark.parametrize("role", ["text", "muted", "accent", "good", "warning", "danger"])
def test_text_can_be_read_on_every_ground(palette: Palette, role: str) -> None:
    ratios = {ground: contrast(getattr(palette, role), ground) for ground in grounds(palette)}

    assert min(ratios.values()) >= TEXT, ratios


@PALETTES
@pytest.mark.parametrize("severity", list(Severity))
def test_severity_can_be_read_on_every_ground(palette: Palette, severity: Severity) -> None:
    ratios = {ground: contrast(palette.severities[severity], ground) for ground in grounds(palette)}

    assert min(ratios.values()) >= TEXT, ratios


@PALETTES
def test_highlighted_words_can_be_read(palette: Palette) -> None:
    assert min(contrast(palette.text, tint) for tint in palette.tints.values()) >= TEXT
    # The paper of a page is white in both themes, and so are its highlights.
    assert min(contrast("#000000", tint) for tint in LIGHT.tints.values()) >= TEXT


@PALETTES
def test_state_can_be_read_on_its_own_ground(palette: Palette) -> None:
    pairs = [(palette.good, palette.good_soft), (palette.warning, palette.warning_soft)]
    pairs += [(palette.danger, palette.danger_soft), (palette.on_accent, palette.accent)]
    pairs += [(palette.on_accent, palette.accent_hover), (palette.text, palette.good_soft)]
    pairs += [(palette.text, palette.warning_soft), (palette.text, palette.danger_soft)]

    assert min(contrast(text, ground) for text, ground in pairs) >= TEXT


@PALETTES
def test_edges_and_focus_can_be_seen(palette: Palette) -> None:
    for colour in (palette.edge, palette.focus):
        assert contrast(colour, palette.surface) >= SHAPE
        assert contrast(colour, palette.window) >= SHAPE
