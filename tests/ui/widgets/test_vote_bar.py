from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage, QRegion
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reviewer.domain.settings import ThemeChoice
from reviewer.ui.theme.theme import Theme
from reviewer.ui.viewmodels.vote_shares import shares_of
from reviewer.ui.widgets.vote_bar import HEIGHT, VoteBar

SHARES = shares_of([("deviates", True), ("deviates", True), ("as wanted", True), ("missing", False)], "deviates")


def colours(picture: QImage, left: int, right: int) -> int:
    """How much of a piece is in colour."""
    white = QColor("white").rgb()
    return sum(picture.pixel(x, y) != white for x in range(left, right) for y in range(1, HEIGHT - 1))


def drawn(bar: VoteBar) -> QImage:
    """The bar on white."""
    picture = QImage(400, HEIGHT, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    bar.resize(400, HEIGHT)
    bar.render(picture, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    return picture


def test_bar_says_the_votes_as_a_sentence(theme: Theme, qtbot: QtBot) -> None:
    bar = VoteBar(theme)
    qtbot.addWidget(bar)
    bar.show_shares(SHARES)

    assert bar.sentence() == "2 say deviates, 1 says as wanted, 1 not counted"
    assert bar.accessibleName() == bar.sentence()


def test_winner_is_full_dissent_hatched_and_what_does_not_count_hollow(theme: Theme, qtbot: QtBot) -> None:
    bar = VoteBar(theme)
    qtbot.addWidget(bar)
    bar.show_shares(SHARES)
    picture = drawn(bar)

    full, hatched, hollow = (colours(picture, left, left + 90) for left in (5, 205, 305))

    assert picture.pixelColor(50, HEIGHT // 2) == QColor(theme.palette.accent)
    assert full > hatched > hollow


def test_answers_that_did_not_win_have_patterns_of_their_own(theme: Theme, qtbot: QtBot) -> None:
    bar = VoteBar(theme)
    qtbot.addWidget(bar)
    bar.show_shares(shares_of([("deviates", True), ("as wanted", True)], ""))
    picture = drawn(bar)

    assert picture.copy(5, 0, 180, HEIGHT) != picture.copy(206, 0, 180, HEIGHT)


def test_bar_without_votes_draws_nothing_and_a_theme_draws_it_anew(theme: Theme, qtbot: QtBot) -> None:
    bar = VoteBar(theme)
    qtbot.addWidget(bar)
    empty = drawn(bar)
    bar.show_shares(SHARES)
    light = drawn(bar)
    theme.choose(ThemeChoice.DARK)

    assert colours(empty, 0, 400) == 0
    assert drawn(bar) != light
