"""The text view: the exact words, in sight, in the theme's colours."""

import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QUrl
from PySide6.QtGui import QHelpEvent, QTextCharFormat, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, BlockKind, Document, Page, Style, Visibility
from reviewer.domain.outcome import Severity
from reviewer.domain.projection import View
from reviewer.domain.settings import ThemeChoice
from reviewer.ui.theme.theme import Theme
from reviewer.ui.theme.tokens import DARK, LIGHT, Palette, contrast
from reviewer.ui.viewmodels.mark import Mark
from reviewer.ui.viewmodels.text_setting import set_text, units
from reviewer.ui.widgets.text_paint import selected_ground
from reviewer.ui.widgets.text_view import TextView
from reviewer.ui.widgets.typesetting import Typesetter
from tests.fakes.documents import make_document
from tests.fakes.reading import SAMPLES, read_document

WORDS = "The Supplier may terminate this Agreement for convenience"


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, ThemeChoice.LIGHT)


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> TextView:
    made = TextView(theme)
    qtbot.addWidget(made)
    made.resize(800, 600)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture(scope="module")
def agreement() -> Document:
    return read_document(SAMPLES / "services-agreement.docx")


def mark_of(document: Document, words: str, mark_id: str = "m", severity: Severity = Severity.HIGH) -> Mark:
    start = document.text.index(words)
    return Mark(mark_id, TextSpan(start, start + len(words)), (), severity, f"{severity}: <b>{mark_id}</b>")


def show(view: TextView, document: Document, *marks: Mark) -> None:
    view.show_document(document, ())
    view.set_marks(marks)


def middle_of(view: TextView, mark_id: str = "m") -> QPoint:
    return view.mark_boxes(mark_id)[0].center().toPoint()


def colour_at(view: TextView, point: QPoint) -> str:
    return view.viewport().grab().toImage().pixelColor(point).name()


def ground_of(view: TextView, mark_id: str = "m") -> str:
    """The colour beside the first letter, above all letters."""
    return colour_at(view, view.mark_boxes(mark_id)[0].topLeft().toPoint() + QPoint(4, 1))


def is_in_sight(view: TextView, boxes: list[QRectF]) -> bool:
    return all(box.top() >= 0 and box.bottom() <= view.viewport().height() for box in boxes)


def test_view_highlights_the_exact_words(view: TextView, agreement: Document) -> None:
    show(view, agreement, mark_of(agreement, WORDS))

    assert view.highlighted_text("m") == WORDS
    assert view.highlighted_text("other") == ""
    box = view.mark_boxes("m")[0]
    cursor = view.cursorForPosition(QPoint(round(box.left()), round(box.center().y())))
    cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, 12)
    assert cursor.selectedText() == "The Supplier"


def test_view_highlights_words_behind_characters_of_two_units(view: TextView) -> None:
    document = make_document("😀😀 The 𝔄 word\nand more")

    show(view, document, mark_of(document, "𝔄 word\nand"))

    assert view.highlighted_text("m") == "𝔄 word\nand"
    assert view.toPlainText() == document.text


def test_view_shows_numbers_and_leaves_their_place_out_of_the_text(view: TextView, agreement: Document) -> None:
    show(view, agreement)

    assert "6.1\tThe Supplier may terminate" in view.toPlainText()
    assert "6.1" not in agreement.text


def changed() -> Document:
    """*30* inserted and *10* deleted, between words that stayed."""
    pieces = (
        ("The Customer pays within ", Visibility.VISIBLE), ("10", Visibility.DELETED), ("30", Visibility.INSERTED),
        (" days of the invoice.", Visibility.VISIBLE),
    )  # fmt: skip
    text, blocks = "", []
    for words, visibility in pieces:
        span = TextSpan(len(text), len(text) + len(words))
        kind = BlockKind.CONTINUATION if blocks else BlockKind.PARAGRAPH
        author = "" if visibility is Visibility.VISIBLE else "<b>Ada"
        blocks.append(Block(span, kind, visibility=visibility, locator="p", author=author))
        text += words
    return make_document(text, blocks=tuple(blocks))


def format_of(view: TextView, words: str) -> QTextCharFormat:
    cursor = view.document().find(words)
    return cursor.charFormat()


def test_view_underlines_what_was_inserted_and_strikes_out_what_was_deleted(view: TextView) -> None:
    view.show_document(changed(), (), View.MARKED)

    assert view.toPlainText() == "The Customer pays within 1030 days of the invoice."
    assert (format_of(view, "30").fontUnderline(), format_of(view, "30").fontStrikeOut()) == (True, False)
    assert (format_of(view, "10").fontUnderline(), format_of(view, "10").fontStrikeOut()) == (False, True)
    assert (format_of(view, "days").fontUnderline(), format_of(view, "days").fontStrikeOut()) == (False, False)


def test_view_keeps_marks_on_their_words_when_it_is_read_in_another_way(view: TextView) -> None:
    document = changed()
    start = document.text.index("within")
    mark = Mark("m", TextSpan(start, document.text.index(" of")), (), Severity.HIGH, "m")
    show(view, document, mark)
    assert view.highlighted_text("m") == "within 30 days"

    view.change_view(document, (), View.ORIGINAL)
    assert view.highlighted_text("m") == "within 10 days"
    assert ground_of(view) == LIGHT.tints[Severity.HIGH]

    view.change_view(document, (), View.MARKED)
    assert view.highlighted_text("m") == "within 1030 days"
    assert view.scroll_to(mark.span)


def test_view_says_that_words_are_not_in_a_reading(view: TextView) -> None:
    document = changed()
    view.show_document(document, (), View.ORIGINAL)
    inserted = next(block.span for block in document.blocks if block.visibility is Visibility.INSERTED)
    assert not view.scroll_to(inserted)


def test_view_stays_at_the_words_that_were_at_the_top_when_it_is_read_in_another_way(view: TextView) -> None:
    text = "".join(f"Paragraph {index} of many.\n" for index in range(200))
    document = make_document(text)
    blocks = [replace(block, visibility=Visibility.DELETED) for block in document.blocks[:50]]
    document = replace(document, blocks=(*blocks, *document.blocks[50:]))
    view.show_document(document, ())
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    first = view.cursorForPosition(QPoint(40, 12)).block().text()

    view.change_view(document, (), View.ORIGINAL)

    assert view.cursorForPosition(QPoint(40, 12)).block().text() == first


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_view_tells_who_changed_words_as_plain_text(view: TextView, qtbot: QtBot) -> None:
    view.show_document(changed(), (), View.MARKED)
    cursor = view.document().find("30")
    point = view.cursorRect(cursor).center() - QPoint(4, 0)
    QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, point, view.mapToGlobal(point)))
    qtbot.waitUntil(lambda: QToolTip.text() == "<p>Inserted by &lt;b&gt;Ada</p>")
    QToolTip.hideText()


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_changed_words_can_be_read_on_paper_and_on_every_highlight(palette: Palette) -> None:
    grounds = {palette.paper, *palette.tints.values(), *(selected_ground(each, palette) for each in Severity)}
    for ground in grounds:
        assert contrast(palette.inserted, ground) >= 4.5
        assert contrast(palette.deleted, ground) >= 4.5


def test_view_paints_highlights_in_the_colours_of_the_theme(view: TextView, theme: Theme, agreement: Document) -> None:
    show(view, agreement, mark_of(agreement, "Services Agreement"))
    assert ground_of(view) == LIGHT.tints[Severity.HIGH]
    assert colour_at(view, QPoint(2, 2)) == LIGHT.paper

    theme.choose(ThemeChoice.DARK)

    assert ground_of(view) == DARK.tints[Severity.HIGH]
    assert colour_at(view, QPoint(2, 2)) == DARK.paper
    assert view.highlighted_text("m") == "Services Agreement"


def test_view_shows_the_selected_mark_stronger_and_outlined(view: TextView, agreement: Document) -> None:
    show(view, agreement, mark_of(agreement, "Services Agreement"))
    edge = view.mark_boxes("m")[0].topLeft().toPoint() + QPoint(20, -1)
    before = colour_at(view, edge)

    view.select_mark("m")

    assert ground_of(view) == selected_ground(Severity.HIGH, LIGHT)
    assert colour_at(view, edge) != before
    view.select_mark(None)
    assert ground_of(view) == LIGHT.tints[Severity.HIGH]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("severity", Severity)
def test_selected_words_can_be_read(palette: object, severity: Severity) -> None:
    chosen = LIGHT if palette is LIGHT else DARK
    ground = selected_ground(severity, chosen)

    assert ground != chosen.tints[severity]
    assert contrast(chosen.text, ground) >= 4.5
    assert contrast(chosen.severities[severity], ground) >= 3.0


def test_view_scrolls_words_into_sight_a_third_from_the_top(view: TextView, agreement: Document) -> None:
    mark = mark_of(agreement, WORDS)
    show(view, agreement, mark)
    assert not is_in_sight(view, view.mark_boxes("m"))

    view.scroll_to(mark.span)

    assert is_in_sight(view, view.mark_boxes("m"))
    assert view.mark_boxes("m")[0].top() == pytest.approx(view.viewport().height() / 3, abs=2)
    assert view.textCursor().block().text().startswith("6.1\tThe Supplier")


def test_view_does_not_jump_when_the_words_are_in_sight(view: TextView, agreement: Document) -> None:
    mark = mark_of(agreement, WORDS)
    show(view, agreement, mark)
    view.scroll_to(mark.span)
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() - 60)
    before = view.verticalScrollBar().value()

    view.scroll_to(mark.span)

    assert view.verticalScrollBar().value() == before


def test_view_stays_when_nothing_of_a_span_is_shown(view: TextView, agreement: Document) -> None:
    show(view, agreement)

    view.scroll_to(TextSpan(len(agreement.text), len(agreement.text)))

    assert view.verticalScrollBar().value() == 0


def test_click_on_highlighted_words_activates_the_innermost_mark(
    view: TextView, agreement: Document, qtbot: QtBot
) -> None:
    show(view, agreement, mark_of(agreement, "Services Agreement", "outer"), mark_of(agreement, "Agreement", "inner"))

    with qtbot.waitSignal(view.mark_activated) as activated:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(view, "inner"))

    assert activated.args == ["inner"]


def test_click_beside_highlighted_words_activates_nothing(view: TextView, agreement: Document, qtbot: QtBot) -> None:
    show(view, agreement, mark_of(agreement, "Services Agreement"))

    with qtbot.assertNotEmitted(view.mark_activated):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))


def test_selecting_over_highlighted_words_activates_nothing(view: TextView, agreement: Document, qtbot: QtBot) -> None:
    show(view, agreement, mark_of(agreement, "Services Agreement"))
    start = middle_of(view)

    with qtbot.assertNotEmitted(view.mark_activated):
        qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
        qtbot.mouseMove(view.viewport(), start + QPoint(60, 0))
        qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(60, 0))


def test_return_on_highlighted_words_activates_their_mark(view: TextView, agreement: Document, qtbot: QtBot) -> None:
    mark = mark_of(agreement, WORDS)
    show(view, agreement, mark)
    with qtbot.assertNotEmitted(view.mark_activated):
        qtbot.keyClick(view, Qt.Key.Key_Return)
    view.scroll_to(mark.span)

    with qtbot.waitSignal(view.mark_activated) as activated:
        qtbot.keyClick(view, Qt.Key.Key_Return)

    assert activated.args == ["m"]


def test_keys_move_the_caret_and_change_nothing(view: TextView, agreement: Document, qtbot: QtBot) -> None:
    show(view, agreement)
    before = view.toPlainText()

    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_X)

    assert view.textCursor().position() == 1
    assert view.toPlainText() == before


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_tool_tip_says_the_mark_in_plain_text(view: TextView, agreement: Document, qtbot: QtBot) -> None:
    show(view, agreement, mark_of(agreement, "Services Agreement"))
    point = middle_of(view)

    QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, point, view.viewport().mapToGlobal(point)))

    qtbot.waitUntil(lambda: QToolTip.text() == "<p>high: &lt;b&gt;m&lt;/b&gt;</p>")
    QToolTip.hideText()


def test_pointer_is_a_hand_over_highlighted_words(view: TextView, agreement: Document, qtbot: QtBot) -> None:
    show(view, agreement, mark_of(agreement, "Services Agreement"))

    qtbot.mouseMove(view.viewport(), middle_of(view))
    assert view.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    qtbot.mouseMove(view.viewport(), QPoint(5, 5))
    assert view.viewport().cursor().shape() is Qt.CursorShape.IBeamCursor


def test_zoom_changes_the_size_within_its_limits(view: TextView, agreement: Document, qtbot: QtBot) -> None:
    show(view, agreement, mark_of(agreement, "Services Agreement"))
    width = view.mark_boxes("m")[0].width()

    with qtbot.waitSignal(view.zoom_changed) as changed:
        view.zoom_in()

    assert changed.args == [pytest.approx(1.1)]
    assert view.mark_boxes("m")[0].width() > width
    assert view.highlighted_text("m") == "Services Agreement"
    view.set_zoom(9.0)
    assert view.zoom == 3.0
    with qtbot.assertNotEmitted(view.zoom_changed):
        view.zoom_in()
    view.set_zoom(0.1)
    view.zoom_out()
    assert view.zoom == 0.8


def test_zoom_keeps_the_place(view: TextView, agreement: Document) -> None:
    mark = mark_of(agreement, WORDS)
    show(view, agreement, mark)
    view.scroll_to(mark.span)

    view.set_zoom(1.4)

    assert -200 < view.mark_boxes("m")[0].top() < view.viewport().height()
    assert view.verticalScrollBar().value() > 0


def test_wheel_with_control_zooms(view: TextView, agreement: Document) -> None:
    show(view, agreement)

    for modifier in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
        QApplication.sendEvent(view.viewport(), wheel(view, modifier))

    assert view.zoom == pytest.approx(1.1)


def wheel(view: TextView, modifier: Qt.KeyboardModifier) -> QWheelEvent:
    middle = QPointF(view.viewport().rect().center())
    where = QPointF(view.viewport().mapToGlobal(middle.toPoint()))
    no_button, no_phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    return QWheelEvent(middle, where, QPoint(), QPoint(0, 120), no_button, modifier, no_phase, False)


def test_column_is_never_wider_than_is_good_to_read(view: TextView, agreement: Document, qtbot: QtBot) -> None:
    show(view, agreement)
    wide = Typesetter(LIGHT, 1.0).column_width()

    for width in (400, 1800):
        view.resize(width, 600)
        qtbot.waitUntil(lambda width=width: view.width() == width)
        column = view.viewport().width()
        assert column <= wide + 60
        left = view.viewport().mapTo(view, QPoint(0, 0)).x()
        assert left == pytest.approx(width - left - column, abs=24)


def test_copy_gives_plain_text_with_numbers_and_without_page_marks(view: TextView) -> None:
    text = "1 Fees\nare due\n\nLast"
    blocks = (Block(TextSpan(0, 14), page=1), Block(TextSpan(16, 20), page=2))
    show(view, make_document(text, blocks=blocks, pages=(Page(1, 1, 1), Page(2, 1, 1))))
    assert "Page 2" in view.toPlainText()

    view.selectAll()
    data = view.createMimeDataFromSelection()

    assert data.formats() == ["text/plain"]
    assert data.text() == "1 Fees are due\nLast"


def test_copy_of_a_part_gives_that_part(view: TextView, agreement: Document) -> None:
    show(view, agreement)
    start = view.toPlainText().index("6.1\tThe Supplier")
    cursor = view.textCursor()
    cursor.setPosition(start + 2)
    cursor.setPosition(start + 12, QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)

    assert view.createMimeDataFromSelection().text() == "1\tThe Supp"


def test_view_loads_and_takes_nothing(view: TextView) -> None:
    document = make_document('<img src="file:///etc/passwd"> <a href="x">words</a>')
    show(view, document)

    assert view.toPlainText() == document.text
    assert view.loadResource(2, QUrl("file:///etc/passwd")) is None
    assert not view.canInsertFromMimeData(view.createMimeDataFromSelection())


def test_clear_shows_nothing(view: TextView, agreement: Document) -> None:
    show(view, agreement, mark_of(agreement, WORDS))

    view.clear()
    view.grab()

    assert view.toPlainText() == ""
    assert view.highlighted_text("m") == ""


def test_tables_have_hairlines(view: TextView) -> None:
    text = "Fee\n100"
    blocks = tuple(
        Block(span, BlockKind.TABLE_CELL, locator="p", style=Style(bold=is_bold))
        for span, is_bold in ((TextSpan(0, 3), True), (TextSpan(4, 7), False))
    )
    show(view, make_document(text, blocks=blocks))

    image, x = view.viewport().grab().toImage(), view.viewport().width() // 2
    lines = [y for y in range(image.height()) if image.pixelColor(x, y).name() == LIGHT.line]

    assert len(lines) == 2


def test_view_can_be_named_and_reached(view: TextView) -> None:
    assert view.objectName() == "textView"
    assert view.accessibleName()
    assert view.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert view.isReadOnly()


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.*")), ids=lambda path: path.name)
def test_qt_holds_the_text_position_by_position(view: TextView, path: Path) -> None:
    document = read_document(path)
    setting = set_text(document, ())

    made = Typesetter(LIGHT, 1.0).typeset(setting, view)

    assert made.characterCount() == units(setting.text) + 1
    assert [made.findBlockByNumber(index).position() for index in range(made.blockCount())] == [
        paragraph.start for paragraph in setting.paragraphs
    ]


def test_large_text_with_many_marks_is_shown(view: TextView) -> None:
    clause = "The Supplier shall provide the Services from the Commencement Date with reasonable skill and care. " * 6
    document = make_document(f"{clause}\n" * (1_000_000 // len(clause)))
    step = len(document.text) // 500
    marks = [
        Mark(str(at), TextSpan(at, at + 80), (), Severity.LOW, "") for at in range(0, len(document.text) - 80, step)
    ]
    times = [time.perf_counter()]

    for act in (
        lambda: show(view, document, *marks),
        view.grab,
        lambda: view.scroll_to(marks[-1].span),
        view.grab,
        lambda: view.select_mark(marks[-1].id),
        view.grab,
    ):
        act()
        times.append(time.perf_counter())

    took = [round(1000 * (after - before), 1) for before, after in pairwise(times)]
    print(f"1 MB, {len(marks)} marks: show, paint, scroll, paint, select, paint in ms: {took}")
    assert is_in_sight(view, view.mark_boxes(marks[-1].id))
