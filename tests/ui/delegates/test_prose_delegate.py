from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem

from reviewer.domain.settings import ThemeChoice
from reviewer.ui.delegates.prose import ProseDelegate, _setting
from reviewer.ui.theme.theme import Theme
from reviewer.ui.viewmodels.prose import Cell, Row, Tone
from reviewer.ui.viewmodels.prose_tree import ProseTree

WORDS = "The Supplier is liable without limit for every loss. " * 4
STATE = QStyle.StateFlag


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    theme = Theme(qapp, ThemeChoice.LIGHT)
    yield theme
    theme.deleteLater()


def model_of(cell: Cell, tone: Tone = Tone.BODY) -> ProseTree:
    model = ProseTree()
    model.grow([Row("a", (cell,), tone)])
    return model


def option(width: int, height: int = 60, state: QStyle.StateFlag = STATE.State_None) -> QStyleOptionViewItem:
    made = QStyleOptionViewItem()
    made.rect = QRect(0, 0, width, height)
    made.state = state
    made.font = QApplication.font()
    return made


def height(theme: Theme, cell: Cell, width: int = 300, tone: Tone = Tone.BODY) -> int:
    model = model_of(cell, tone)
    return ProseDelegate(theme).sizeHint(option(width), model.index(0, 0)).height()


def painted(theme: Theme, cell: Cell, state: QStyle.StateFlag = STATE.State_None) -> QImage:
    image = QImage(300, 60, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.palette.surface))
    model = model_of(cell)
    painter = QPainter(image)
    ProseDelegate(theme).paint(painter, option(300, 60, state), model.index(0, 0))
    painter.end()
    return image


def has(image: QImage, colour: str) -> bool:
    wanted = QColor(colour).rgb()
    return any(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def test_row_is_as_high_as_its_words_need(theme: Theme) -> None:
    one = height(theme, Cell("One."))
    assert height(theme, Cell(WORDS)) > 2 * one
    assert height(theme, Cell(WORDS), 150) > height(theme, Cell(WORDS), 300)
    assert height(theme, Cell("One.", note="Page 1")) > one
    assert height(theme, Cell("One.", aside=WORDS)) > one
    assert height(theme, Cell("One."), tone=Tone.HEADING) > one


def test_words_longer_than_the_column_are_broken(theme: Theme) -> None:
    assert height(theme, Cell("x" * 400), 100) > 5 * height(theme, Cell("x"), 100)


def test_height_is_the_same_when_asked_again(theme: Theme) -> None:
    delegate, model = ProseDelegate(theme), model_of(Cell(WORDS, note="Page 1"))
    first = delegate.sizeHint(option(300), model.index(0, 0))
    assert delegate.sizeHint(option(300), model.index(0, 0)) == first


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_row_shows_that_it_is_selected_hovered_or_focused(theme: Theme, choice: ThemeChoice) -> None:
    theme.choose(choice)
    palette, cell = theme.palette, Cell("Words")

    assert painted(theme, cell).pixelColor(290, 30) == QColor(palette.surface)
    assert painted(theme, cell, STATE.State_Selected).pixelColor(290, 30) == QColor(palette.chosen)
    assert painted(theme, cell, STATE.State_MouseOver).pixelColor(290, 30) == QColor(palette.hover)
    assert has(painted(theme, cell, STATE.State_HasFocus), palette.focus)
    assert not has(painted(theme, cell), palette.focus)


def test_note_that_needs_a_look_has_a_sign_besides_its_colour(theme: Theme) -> None:
    quiet, loud = (painted(theme, Cell("Words", note="Numbers differ", needs_look=look)) for look in (False, True))
    assert has(loud, theme.palette.warning)
    assert not has(quiet, theme.palette.warning)


def test_aside_is_found_after_characters_of_two_units(theme: Theme) -> None:
    """Counted in code points, the quiet part would begin within the words; they would then take less room."""
    wide = "𝒜" * 12
    model = model_of(Cell(wide, aside="aside"))
    layout = ProseDelegate(theme)._text(_setting(model.index(0, 0)), 900, QFont())
    quiet = layout.formats()[0]
    assert layout.text().encode("utf-16-le")[2 * quiet.start :].decode("utf-16-le").strip() == "aside"


def test_markup_takes_the_room_of_its_characters(theme: Theme) -> None:
    assert height(theme, Cell("<br><br><br><br>"), 400) == height(theme, Cell("x"), 400)
