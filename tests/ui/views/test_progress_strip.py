import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from reviewer.domain.settings import ThemeChoice
from reviewer.ui.theme.theme import Theme
from reviewer.ui.views.progress_strip import ProgressStrip

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


@pytest.fixture
def strip(theme: Theme, qtbot: QtBot) -> ProgressStrip:
    made = ProgressStrip(theme)
    qtbot.addWidget(made)
    made.resize(640, 60)
    return made


def stop(strip: ProgressStrip) -> QPushButton:
    found = strip.findChild(QPushButton, "progressStop")
    assert found is not None
    return found


def sentence(strip: ProgressStrip) -> str:
    found = strip.findChild(QLabel, "progressSentence")
    assert found is not None
    return found.text()


def test_strip_is_hidden_until_something_runs(strip: ProgressStrip) -> None:
    assert strip.isHidden()
    strip.set_progress(0.5, "22 of 44 sections")
    bar = strip.findChild(QProgressBar, "progressBar")
    assert bar is not None
    assert strip.isVisible()
    assert (bar.value(), bar.maximum(), bar.accessibleDescription()) == (500, 1000, "22 of 44 sections")
    assert bar.accessibleName()
    assert sentence(strip) == "22 of 44 sections"


def test_strip_asks_to_stop_once(strip: ProgressStrip, qtbot: QtBot) -> None:
    strip.set_progress(0.5, "22 of 44 sections")
    with qtbot.waitSignal(strip.stop_requested):
        qtbot.mouseClick(stop(strip), Qt.MouseButton.LeftButton)
    strip.set_stopping()
    assert not stop(strip).isEnabled()
    assert sentence(strip) == "Stopping. What is done is kept."
    strip.set_progress(0.0, "Reading the documents")
    assert stop(strip).isEnabled()


def test_strip_never_asks_for_more_room_than_there_is(strip: ProgressStrip) -> None:
    strip.set_progress(0.5, "22 of 44 sections, " * 30)
    assert strip.minimumSizeHint().width() < 300


def test_strip_takes_the_colours_of_another_theme(strip: ProgressStrip, theme: Theme) -> None:
    strip.set_progress(0.5, "22 of 44 sections")
    theme.choose(ThemeChoice.DARK)
    image = strip.grab().toImage()
    assert image.pixelColor(2, 5).name() == theme.palette.window
    assert image.pixelColor(2, 0).name() == theme.palette.line
