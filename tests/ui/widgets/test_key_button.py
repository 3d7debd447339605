from pytestqt.qtbot import QtBot

from reviewer.domain.settings import ThemeChoice
from reviewer.ui.theme.theme import Theme
from reviewer.ui.widgets.key_button import CAP, KeyButton


def test_button_shows_its_key_and_says_it_in_the_tool_tip(theme: Theme, qtbot: QtBot) -> None:
    with_key, without = KeyButton(theme, "Agree", "agree", "A"), KeyButton(theme, "Agree", "agree", "")
    for button in (with_key, without):
        qtbot.addWidget(button)
        button.resize(120, 32)

    assert with_key.toolTip() == "Agree (A)"
    assert (with_key.objectName(), with_key.accessibleName()) == ("agree", "Agree")
    assert with_key.grab().toImage() != without.grab().toImage()


def test_button_has_room_for_text_icon_and_key(theme: Theme, qtbot: QtBot) -> None:
    button = KeyButton(theme, "Agree", "agree", "A")
    qtbot.addWidget(button)
    button.show_icon("agree", "good")

    text = button.fontMetrics().horizontalAdvance("Agree")
    assert button.sizeHint().width() >= text + button.iconSize().width() + CAP


def test_icon_follows_the_theme(theme: Theme, qtbot: QtBot) -> None:
    button = KeyButton(theme, "Agree", "agree", "A")
    qtbot.addWidget(button)
    button.show_icon("agree", "good")
    light = button.icon().pixmap(18, 18).toImage()
    theme.choose(ThemeChoice.DARK)

    assert button.icon().pixmap(18, 18).toImage() != light
