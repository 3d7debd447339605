"""The page view: pages as they are drawn elsewhere, the exact words highlighted, in sight."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from reviewer.domain.anchor import Box, TextSpan
from reviewer.domain.document import Page
from reviewer.domain.outcome import Severity
from reviewer.domain.raster import Raster, Tile
from reviewer.domain.settings import ThemeChoice
from reviewer.parsing.page_drawing import PdfiumDrawer
from reviewer.ui.theme.theme import Theme
from reviewer.ui.theme.tokens import DARK, LIGHT
from reviewer.ui.viewmodels.mark import Mark, PageBoxes
from reviewer.ui.widgets.page_layout import POINT
from reviewer.ui.widgets.page_tiles import MAX_IN_FLIGHT
from reviewer.ui.widgets.page_view import PageView
from tests.fakes.reading import SAMPLES, read_document

WORDS = Box(100.0, 300.0, 220.0, 314.0)
GREEN = (0, 200, 0)


class Press:
    """Draws every tile in one colour, once it is let to."""

    def __init__(self, view: PageView, colour: tuple[int, int, int] = (255, 255, 255)) -> None:
        self.view = view
        self.asked: list[Tile] = []
        self.waiting: list[Tile] = []
        red, green, blue = colour
        self._pixel = bytes((blue, green, red, 255))
        view.tile_wanted.connect(self._note)

    def _note(self, tile: Tile) -> None:
        self.asked.append(tile)
        self.waiting.append(tile)

    def draw(self, qtbot: QtBot) -> None:
        """Answers until nothing is asked for any more."""

        def is_idle() -> bool:
            while self.waiting:
                tile = self.waiting.pop(0)
                self.view.take_tile(tile, Raster(tile.width, tile.height, self._pixel * (tile.width * tile.height)))
            return bool(self.asked) and not self.view._timer.isActive()

        qtbot.waitUntil(is_idle)


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> PageView:
    made = PageView(theme)
    qtbot.addWidget(made)
    made.resize(700, 600)
    with qtbot.waitExposed(made):
        made.show()
    return made


class DenseView(PageView):
    """As on a screen with two device pixels to one."""

    def devicePixelRatioF(self) -> float:  # noqa: N802 - Qt's name
        return 2.0


def _pages(count: int = 5, width: float = 595.0) -> list[Page]:
    return [Page(number, width, 842.0) for number in range(1, count + 1)]


def _mark(mark_id: str = "m", page: int = 1, severity: Severity = Severity.HIGH, *boxes: Box) -> Mark:
    return Mark(mark_id, TextSpan(0, 5), (PageBoxes(page, boxes or (WORDS,)),), severity, f"High: <b>{mark_id}</b>")


def _image(view: PageView) -> QImage:
    return view.viewport().grab().toImage()


def _middle(rect: QRectF) -> QPoint:
    return rect.center().toPoint()


def _colour(view: PageView, point: QPoint) -> str:
    return _image(view).pixelColor(point).name()


def _colours(view: PageView, rect: QRectF) -> set[str]:
    image, area = _image(view), rect.toAlignedRect()
    return {
        image.pixelColor(x, y).name()
        for x in range(max(0, area.left()), area.right() + 1)
        for y in range(max(0, area.top()), area.bottom() + 1)
    }


def _multiplied(first: str, second: tuple[int, int, int]) -> tuple[int, ...]:
    return tuple(round(a * b / 255) for a, b in zip(QColor(first).getRgb()[:3], second, strict=True))  # type: ignore[index]


def _wheel(view: PageView, notches: int, point: QPoint, modifiers: Qt.KeyboardModifier) -> None:
    event = QWheelEvent(
        QPointF(point),
        QPointF(view.viewport().mapToGlobal(point)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


# Tiles


def test_pages_are_white_until_they_are_drawn(view: PageView) -> None:
    view.show_pages(_pages())
    assert _colour(view, QPoint(350, 300)) == LIGHT.paper
    assert _colour(view, QPoint(10, 300)) == LIGHT.desk


def test_pages_are_drawn_from_tiles(view: PageView, qtbot: QtBot) -> None:
    press = Press(view, GREEN)
    view.show_pages(_pages())
    press.draw(qtbot)
    assert _colour(view, QPoint(350, 300)) == QColor(*GREEN).name()
    assert _colour(view, QPoint(10, 300)) == LIGHT.desk
    assert press.asked[0].page == 1
    assert press.asked[0].scale == pytest.approx(view.zoom * POINT)


def test_few_tiles_are_asked_for_at_a_time(view: PageView, qtbot: QtBot) -> None:
    press = Press(view)
    view.show_pages(_pages())
    view.set_zoom(4.0)
    qtbot.waitUntil(lambda: bool(press.asked))
    view.verticalScrollBar().setValue(2000)
    qtbot.waitUntil(lambda: not view._timer.isActive())
    assert len(press.asked) == MAX_IN_FLIGHT


def test_a_thousand_pages_ask_for_no_more_tiles_than_five(view: PageView, qtbot: QtBot) -> None:
    counts = []
    for count in (5, 1000):
        press = Press(view)
        view.show_pages(_pages(count))
        press.draw(qtbot)
        counts.append(len(press.asked))
        view.tile_wanted.disconnect(press._note)
    assert counts[0] == counts[1] <= 4


def test_pages_that_were_passed_by_are_never_asked_for(view: PageView, qtbot: QtBot) -> None:
    press = Press(view)
    view.show_pages(_pages(200))
    bar = view.verticalScrollBar()
    for value in range(0, bar.maximum(), bar.maximum() // 50):
        bar.setValue(value)
    view.scroll_to(150, None)
    press.draw(qtbot)
    assert {tile.page for tile in press.asked} <= {149, 150, 151}


def test_tiles_have_device_pixels(qtbot: QtBot, theme: Theme) -> None:
    view = DenseView(theme)
    qtbot.addWidget(view)
    view.resize(700, 600)
    press = Press(view, GREEN)
    with qtbot.waitExposed(view):
        view.show()
    view.show_pages(_pages())
    press.draw(qtbot)
    assert press.asked[0].scale == pytest.approx(2 * view.zoom * POINT)
    assert _colour(view, QPoint(350, 300)) == QColor(*GREEN).name()
    view.set_marks([_mark()])
    assert QColor(_colour(view, _middle(view.box_rect(1, WORDS)))).getRgb()[:3] == _multiplied(
        LIGHT.tints[Severity.HIGH], GREEN
    )


def test_a_page_stays_in_sight_while_it_is_drawn_larger(view: PageView, qtbot: QtBot) -> None:
    press = Press(view, GREEN)
    view.show_pages(_pages())
    press.draw(qtbot)
    view.set_zoom(2.0)
    assert _colour(view, QPoint(350, 300)) == QColor(*GREEN).name()


def test_a_late_tile_of_another_document_is_dropped(view: PageView, qtbot: QtBot) -> None:
    press = Press(view, GREEN)
    view.show_pages(_pages())
    qtbot.waitUntil(lambda: bool(press.asked))
    late = list(press.waiting)
    view.show_pages(_pages())
    for tile in late:
        view.take_tile(tile, Raster(tile.width, tile.height, b"\0" * (4 * tile.width * tile.height)))
        view.refuse_tile(tile, "Not this one.")
    assert _colour(view, QPoint(350, 300)) == LIGHT.paper
    press.waiting = [tile for tile in press.waiting if not any(tile is other for other in late)]
    press.draw(qtbot)
    assert _colour(view, QPoint(350, 300)) == QColor(*GREEN).name()


def test_a_page_that_cannot_be_drawn_says_so_and_is_not_asked_for_again(view: PageView, qtbot: QtBot) -> None:
    press = Press(view)
    view.show_pages(_pages(1))
    qtbot.waitUntil(lambda: bool(press.asked))
    view.refuse_tile(press.waiting.pop(), "Drawing the page took <b>too long</b>.")
    assert "took <b>too long</b>." in view.accessibleDescription()
    assert len(_colours(view, QRectF(200, 280, 300, 40))) > 2
    view.zoom_in()
    qtbot.waitUntil(lambda: not view._timer.isActive())
    assert len(press.asked) == 1


def test_nothing_is_asked_for_while_nothing_is_seen(qtbot: QtBot, theme: Theme) -> None:
    view = PageView(theme)
    qtbot.addWidget(view)
    press = Press(view)
    view.show_pages(_pages())
    qtbot.waitUntil(lambda: not view._timer.isActive())
    assert not press.asked
    view.show()
    qtbot.waitUntil(lambda: bool(press.asked))


# Marks


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
@pytest.mark.parametrize("severity", Severity)
def test_words_are_tinted_on_white_paper_in_both_themes(
    view: PageView, theme: Theme, choice: ThemeChoice, severity: Severity
) -> None:
    theme.choose(choice)
    view.show_pages(_pages())
    view.set_marks([_mark("m", 1, severity)])
    box = view.box_rect(1, WORDS)
    assert _colour(view, _middle(box)) == LIGHT.tints[severity]
    assert _colour(view, _middle(box.translated(0, 2 * box.height()))) == LIGHT.paper
    assert _colour(view, _middle(box.translated(1.1 * box.width(), 0))) == LIGHT.paper


def test_print_shows_through_a_highlight(view: PageView, qtbot: QtBot) -> None:
    press = Press(view, (90, 90, 90))
    view.show_pages(_pages())
    view.set_marks([_mark()])
    press.draw(qtbot)
    seen = QColor(_colour(view, _middle(view.box_rect(1, WORDS)))).getRgb()[:3]
    assert seen == _multiplied(LIGHT.tints[Severity.HIGH], (90, 90, 90))


def test_the_worse_of_two_marks_has_the_ground(view: PageView) -> None:
    view.show_pages(_pages())
    view.set_marks([_mark("low", 1, Severity.LOW), _mark("critical", 1, Severity.CRITICAL)])
    assert _colour(view, _middle(view.box_rect(1, WORDS))) == LIGHT.tints[Severity.CRITICAL]


def test_the_selected_mark_has_an_outline(view: PageView) -> None:
    view.show_pages(_pages())
    view.set_marks([_mark()])
    above = view.box_rect(1, WORDS).translated(0, -4)
    above.setHeight(4)
    assert LIGHT.severities[Severity.HIGH] not in _colours(view, above)
    view.select_mark("m")
    edge = min(QColor(colour).lightness() for colour in _colours(view, above))
    assert edge < QColor(LIGHT.tints[Severity.HIGH]).lightness() - 60
    assert view.highlighted_boxes() == (PageBoxes(1, (WORDS,)),)
    view.select_mark(None)
    assert view.highlighted_boxes() == ()


def test_selection_stays_while_marks_come_in(view: PageView) -> None:
    view.show_pages(_pages())
    view.select_mark("m")
    assert view.highlighted_boxes() == ()
    view.set_marks([_mark("a"), _mark("m", 2)])
    assert view.highlighted_boxes() == (PageBoxes(2, (WORDS,)),)


def test_badges_beside_the_page_have_the_severity_colour(view: PageView, theme: Theme) -> None:
    theme.choose(ThemeChoice.DARK)
    view.show_pages(_pages())
    view.set_marks([_mark()])
    box = view.box_rect(1, WORDS)
    assert DARK.severities[Severity.HIGH] in _colours(view, QRectF(0, box.top() - 4, 28, box.height() + 8))


def test_badges_of_one_line_do_not_cover_each_other(view: PageView) -> None:
    view.show_pages(_pages())
    view.set_marks([_mark(name) for name in "abc"])
    rects = [box for _, box in view._badges(1)]
    assert all(not a.intersects(b) for a, b in pairwise(rects))


def test_a_click_on_words_activates_their_mark(view: PageView, qtbot: QtBot) -> None:
    view.show_pages(_pages())
    view.set_marks([_mark()])
    with qtbot.waitSignal(view.mark_activated) as caught:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=_middle(view.box_rect(1, WORDS)))
    assert caught.args == ["m"]


def test_a_click_on_a_badge_activates_its_mark(view: PageView, qtbot: QtBot) -> None:
    view.show_pages(_pages())
    view.set_marks([_mark()])
    with qtbot.waitSignal(view.mark_activated):
        qtbot.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(15, int(view.box_rect(1, WORDS).center().y()))
        )


def test_a_click_where_marks_meet_activates_the_smallest(view: PageView, qtbot: QtBot) -> None:
    wide = Box(50.0, 290.0, 500.0, 330.0)
    view.show_pages(_pages())
    view.set_marks([_mark("wide", 1, Severity.CRITICAL, wide), _mark("narrow", 1, Severity.LOW)])
    with qtbot.waitSignal(view.mark_activated) as caught:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=_middle(view.box_rect(1, WORDS)))
    assert caught.args == ["narrow"]


def test_a_click_beside_words_or_a_drag_activates_nothing(view: PageView, qtbot: QtBot) -> None:
    view.show_pages(_pages())
    view.set_marks([_mark()])
    with qtbot.assertNotEmitted(view.mark_activated):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(350, 500))
        qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(350, 500))
        qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=_middle(view.box_rect(1, WORDS)))
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=_middle(view.box_rect(1, WORDS)))


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_a_mark_says_its_label_as_plain_text(view: PageView, qtbot: QtBot) -> None:
    view.show_pages(_pages())
    view.set_marks([_mark()])
    point = _middle(view.box_rect(1, WORDS))
    QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, point, view.viewport().mapToGlobal(point)))
    qtbot.waitUntil(lambda: QToolTip.text() == "<p>High: &lt;b&gt;m&lt;/b&gt;</p>")
    QToolTip.hideText()


def test_the_pointer_shows_what_can_be_clicked(view: PageView, qtbot: QtBot) -> None:
    view.show_pages(_pages())
    view.set_marks([_mark()])
    qtbot.mouseMove(view.viewport(), _middle(view.box_rect(1, WORDS)))
    qtbot.waitUntil(lambda: view.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor)
    qtbot.mouseMove(view.viewport(), QPoint(350, 580))
    qtbot.waitUntil(lambda: view.viewport().cursor().shape() is Qt.CursorShape.ArrowCursor)


# Places


def test_words_are_brought_to_a_third_of_the_height(view: PageView, qtbot: QtBot) -> None:
    view.show_pages(_pages())
    with qtbot.waitSignal(view.page_changed) as caught:
        view.scroll_to(4, WORDS)
    assert caught.args == [4]
    assert view.current_page() == 4
    assert view.box_rect(4, WORDS).top() == pytest.approx(view.viewport().height() / 3, abs=2)


def test_words_in_sight_are_not_moved(view: PageView) -> None:
    view.show_pages(_pages())
    view.scroll_to(4, WORDS)
    before = view.verticalScrollBar().value()
    view.scroll_to(4, Box(100.0, 400.0, 200.0, 414.0))
    assert view.verticalScrollBar().value() == before


def test_words_beside_the_view_are_brought_in(view: PageView) -> None:
    view.show_pages(_pages())
    view.set_zoom(4.0)
    view.horizontalScrollBar().setValue(0)
    box = Box(500.0, 400.0, 560.0, 414.0)
    view.scroll_to(2, box)
    rect = view.box_rect(2, box)
    assert 0 <= rect.left() < rect.right() <= view.viewport().width()


def test_a_page_is_brought_to_the_top(view: PageView) -> None:
    view.show_pages(_pages())
    view.scroll_to(3, None)
    assert view.current_page() == 3
    assert 0 <= view.box_rect(3, Box(0, 0, 1, 1)).top() < 20


def test_a_place_is_found_when_the_pages_come_after_it(view: PageView) -> None:
    view.scroll_to(4, WORDS)
    assert view.current_page() == 0
    view.show_pages(_pages())
    assert view.current_page() == 4
    view.clear()
    view.show_pages(_pages())
    assert view.current_page() == 1


@pytest.mark.parametrize("page", [0, 6, -1])
def test_a_page_that_is_not_there_is_no_place(view: PageView, page: int) -> None:
    view.show_pages(_pages())
    view.scroll_to(page, WORDS)
    assert view.verticalScrollBar().value() == 0


def test_clearing_leaves_an_empty_desk(view: PageView) -> None:
    view.show_pages(_pages())
    view.set_marks([_mark()])
    view.select_mark("m")
    view.clear()
    assert _colours(view, QRectF(5, 5, 200, 200)) == {LIGHT.desk}
    assert view.highlighted_boxes() == ()
    assert view.verticalScrollBar().maximum() == 0


# Zoom


def test_the_widest_page_is_as_wide_as_the_view_and_stays_so(view: PageView, qtbot: QtBot) -> None:
    view.show_pages([*_pages(2), Page(3, 700.0, 300.0)])
    for width in (900, 600):
        view.resize(width, 600)
        rect = view.box_rect(3, Box(0.0, 0.0, 700.0, 300.0))
        assert rect.left() == pytest.approx(28, abs=1.5)
        assert rect.right() == pytest.approx(view.viewport().width() - 28, abs=1.5)
        assert view.horizontalScrollBar().maximum() == 0


def test_a_chosen_zoom_does_not_follow_the_width(view: PageView) -> None:
    view.show_pages(_pages())
    view.set_zoom(1.25)
    view.resize(900, 600)
    assert view.zoom == 1.25
    view.fit_width()
    assert view.zoom != 1.25


def test_zoom_goes_in_steps_within_bounds(view: PageView) -> None:
    view.show_pages(_pages())
    view.set_zoom(1.0)
    told: list[float] = []
    view.zoom_changed.connect(told.append)
    for _ in range(20):
        view.zoom_in()
    assert told == [1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0]
    for _ in range(20):
        view.zoom_out()
    assert view.zoom == 0.5
    view.set_zoom(100.0)
    assert view.zoom == 4.0


def test_a_page_fitted_into_little_room_is_not_made_larger_by_zooming_out(view: PageView) -> None:
    view.resize(250, 600)
    view.show_pages(_pages())
    before = view.zoom
    assert before < 0.5
    view.zoom_out()
    assert view.zoom == before


def test_what_is_looked_at_stays_when_the_zoom_changes(view: PageView) -> None:
    view.show_pages(_pages())
    view.scroll_to(3, WORDS)
    for zoom in (2.0, 0.6, 3.0):
        view.set_zoom(zoom)
        assert view.current_page() == 3
        assert view.box_rect(3, WORDS).top() == pytest.approx(view.viewport().height() / 3, abs=8)


def test_pages_are_told_of_once_when_the_zoom_changes(view: PageView) -> None:
    view.show_pages(_pages(50))
    view.scroll_to(30, WORDS)
    told: list[int] = []
    view.page_changed.connect(told.append)
    view.set_zoom(3.0)
    view.set_zoom(0.5)
    assert told == []


def test_the_wheel_zooms_around_the_pointer(view: PageView) -> None:
    view.show_pages(_pages())
    view.set_zoom(1.0)
    view.scroll_to(2, WORDS)
    point = _middle(view.box_rect(2, WORDS))
    _wheel(view, 3, point, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom == pytest.approx(1.1**3)
    moved = _middle(view.box_rect(2, WORDS)) - point
    assert moved.manhattanLength() <= 3
    before = view.verticalScrollBar().value()
    _wheel(view, -1, point, Qt.KeyboardModifier.NoModifier)
    assert view.verticalScrollBar().value() > before


# Keys and readers


@pytest.mark.parametrize(
    ("key", "modifier", "moves"),
    [
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, 1),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier, -1),
        (Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, 1),
        (Qt.Key.Key_PageUp, Qt.KeyboardModifier.NoModifier, -1),
        (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, 1),
        (Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier, -1),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, 1),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, -1),
    ],
)
def test_keys_scroll(view: PageView, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier, moves: int) -> None:
    view.show_pages(_pages())
    view.scroll_to(3, None)
    bar = view.verticalScrollBar()
    before = bar.value()
    qtbot.keyClick(view, key, modifier)
    assert (bar.value() - before) * moves > 0
    if key is Qt.Key.Key_End:
        assert bar.value() == bar.maximum()


def test_keys_scroll_sideways(view: PageView, qtbot: QtBot) -> None:
    view.show_pages(_pages())
    view.set_zoom(3.0)
    before = view.horizontalScrollBar().value()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.horizontalScrollBar().value() > before


def test_readers_are_told_which_page_is_in_sight(view: PageView) -> None:
    assert view.accessibleName() == "Document pages"
    assert view.accessibleDescription() == "No pages"
    view.show_pages(_pages())
    assert view.accessibleDescription() == "Page 1 of 5"
    view.scroll_to(4, WORDS)
    assert view.accessibleDescription() == "Page 4 of 5"
    view.clear()
    assert view.accessibleDescription() == "No pages"


def test_focus_is_seen(view: PageView, qtbot: QtBot) -> None:
    view.show_pages(_pages())
    assert view.focusPolicy() is Qt.FocusPolicy.StrongFocus
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    assert _colour(view, QPoint(1, 300)) == LIGHT.focus
    view.clearFocus()
    assert _colour(view, QPoint(1, 300)) == LIGHT.desk


# From bytes to words


def test_highlights_lie_on_the_printed_words(view: PageView, qtbot: QtBot) -> None:
    document = read_document(SAMPLES / "services-agreement.pdf")
    drawer = PdfiumDrawer(1)
    drawer.open("a", (SAMPLES / "services-agreement.pdf").read_bytes())
    view.tile_wanted.connect(lambda tile: view.take_tile(tile, Raster(tile.width, tile.height, drawer.draw("a", tile))))
    start = document.text.index("Supplier", len(document.text) // 2)
    anchor = document.anchor(TextSpan(start, start + len("Supplier")))
    assert anchor.page is not None
    view.show_pages(document.pages)
    view.scroll_to(anchor.page, anchor.boxes[0])
    box = view.box_rect(anchor.page, anchor.boxes[0])
    qtbot.waitUntil(lambda: _darkest(view, box) < 100)
    gap = box.translated(0, -box.height())
    view.set_marks([_mark("m", anchor.page, Severity.LOW, *anchor.boxes)])
    assert LIGHT.tints[Severity.LOW] in _colours(view, box)
    assert _darkest(view, box) < 100
    assert LIGHT.tints[Severity.LOW] not in _colours(view, gap.adjusted(0, 0, 0, -2))


def _darkest(view: PageView, rect: QRectF) -> int:
    return min(QColor(colour).lightness() for colour in _colours(view, rect))
