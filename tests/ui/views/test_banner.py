import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from reviewer.domain.settings import ThemeChoice
from reviewer.ui.theme.theme import Theme
from reviewer.ui.views.banner import Banner, Kind

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


@pytest.fixture
def host(theme: Theme, qtbot: QtBot) -> QWidget:
    """A window with a field that has the focus, and the banner above it."""
    window = QWidget()
    layout = QVBoxLayout(window)
    layout.addWidget(Banner(theme))
    field = QLineEdit()
    layout.addWidget(field)
    qtbot.addWidget(window)
    window.resize(640, 300)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    field.setFocus()
    return window


@pytest.fixture
def banner(host: QWidget) -> Banner:
    found = host.findChild(Banner, "banner")
    assert found is not None
    return found


def part(banner: Banner, kind: type, name: str) -> QWidget:
    found = banner.findChild(kind, name)
    assert found is not None
    return found


def test_banner_is_hidden_until_there_is_something_to_say(banner: Banner) -> None:
    assert banner.isHidden()
    banner.show_message("info", "A sentence.")
    assert banner.isVisible()
    assert part(banner, QPushButton, "bannerAction").isHidden()
    assert part(banner, QPushButton, "bannerMore").isHidden()
    banner.dismiss()
    assert banner.isHidden()


@pytest.mark.parametrize(
    ("kind", "word"), [("info", "Information"), ("good", "Done"), ("warning", "Warning"), ("danger", "Error")]
)
def test_banner_says_its_kind_by_word_and_ground(banner: Banner, theme: Theme, kind: Kind, word: str) -> None:
    grounds = {
        "info": theme.palette.chosen,
        "good": theme.palette.good_soft,
        "warning": theme.palette.warning_soft,
        "danger": theme.palette.danger_soft,
    }
    banner.show_message("good" if kind == "info" else "info", "Before.")
    banner.show_message(kind, "A sentence.")
    assert banner.accessibleName() == f"{word}: A sentence."
    assert banner.grab().toImage().pixelColor(3, 3).name() == grounds[kind]


def test_banner_takes_the_colours_of_another_theme(banner: Banner, theme: Theme) -> None:
    banner.show_message("danger", "A sentence.")
    theme.choose(ThemeChoice.DARK)
    assert banner.grab().toImage().pixelColor(3, 3).name() == theme.palette.danger_soft


def test_banner_never_takes_the_focus(banner: Banner, host: QWidget) -> None:
    banner.show_message("danger", "A sentence.", "Try again", "More.")
    assert isinstance(host.focusWidget(), QLineEdit)


def test_banner_asks_for_its_action(banner: Banner, qtbot: QtBot) -> None:
    banner.show_message("warning", "A sentence.", "Try again")
    button = part(banner, QPushButton, "bannerAction")
    assert (button.text(), button.accessibleName()) == ("Try again", "Try again")
    with qtbot.waitSignal(banner.action_requested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_banner_can_be_closed(banner: Banner, qtbot: QtBot) -> None:
    banner.show_message("warning", "A sentence.")
    with qtbot.waitSignal(banner.dismissed):
        qtbot.mouseClick(part(banner, QToolButton, "bannerClose"), Qt.MouseButton.LeftButton)
    assert banner.isHidden()


def test_banner_shows_details_on_demand(banner: Banner, qtbot: QtBot) -> None:
    banner.show_message("warning", "A sentence.", details="Why.")
    details = part(banner, QLabel, "bannerDetails")
    assert details.isHidden()
    qtbot.mouseClick(part(banner, QPushButton, "bannerMore"), Qt.MouseButton.LeftButton)
    assert (details.isVisible(), details.text()) == (True, "Why.")
    banner.show_message("warning", "Another.", details="Why else.")
    assert details.isHidden()


def test_banner_shows_markup_as_it_is_written(banner: Banner) -> None:
    banner.show_message("info", "<img src='x.png'><b>bold</b>")
    text = part(banner, QLabel, "bannerText")
    assert isinstance(text, QLabel)
    assert (text.textFormat(), text.text()) == (Qt.TextFormat.PlainText, "<img src='x.png'><b>bold</b>")


@pytest.mark.parametrize("text", ["Some words. " * 30, "/home/" + "x" * 300])
def test_banner_wraps_what_does_not_fit_on_a_line(banner: Banner, host: QWidget, qtbot: QtBot, text: str) -> None:
    banner.show_message("info", "Short.", "Run")
    low = banner.sizeHint().height()
    banner.show_message("info", text, "Run")
    host.resize(600, 300)
    qtbot.waitUntil(lambda: banner.height() > low)
    assert host.width() == 600
    label = part(banner, QLabel, "bannerText")
    assert label.height() >= label.heightForWidth(label.width())
    assert banner.accessibleName().endswith(text)


def test_banner_names_all_its_buttons(banner: Banner) -> None:
    banner.show_message("info", "A sentence.", "Run", "More.")
    takers = [each for each in banner.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [each.objectName() for each in takers] == ["bannerMore", "bannerAction", "bannerClose"]
    assert all(each.accessibleName() for each in takers)
