"""A document's text, well set, with highlights on the exact words."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QTextEdit, QToolTip, QWidget

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Document
from reviewer.domain.projection import View
from reviewer.domain.section import Section
from reviewer.ui.theme.theme import Theme
from reviewer.ui.theme.tokens import Space
from reviewer.ui.translation import QT_TRANSLATE_NOOP
from reviewer.ui.viewmodels.mark import Mark
from reviewer.ui.viewmodels.text_setting import EMPTY, ChangedWords, Role, SetParagraph, TextSetting, set_text
from reviewer.ui.widgets.text_geometry import blocks_in_sight, word_boxes
from reviewer.ui.widgets.text_paint import paint_cell_rule, paint_mark, paint_page_rules
from reviewer.ui.widgets.typesetting import CELL_GAP, Typesetter

_LEAST_ZOOM = 0.8
_MOST_ZOOM = 3.0
_ZOOM_STEP = 1.1
_FROM_TOP = 3  # words that are scrolled to stand at a third of the height
_LINE_SEPARATOR = "\u2028"
_WHEEL_NOTCH = 120
_CHANGES = {
    (False, False): QT_TRANSLATE_NOOP("TextView", "Inserted"),
    (False, True): QT_TRANSLATE_NOOP("TextView", "Inserted by %1"),
    (True, False): QT_TRANSLATE_NOOP("TextView", "Deleted"),
    (True, True): QT_TRANSLATE_NOOP("TextView", "Deleted by %1"),
}


@dataclass(frozen=True, slots=True)
class _PlacedMark:
    """A mark, and the UTF-16 positions of its words."""

    mark: Mark
    places: tuple[TextSpan, ...]


class TextView(QTextEdit):
    """Shows a document as text: read-only, selectable, readable by a screen reader.

    Highlights are painted behind the words, and only those in sight, so their number does not matter.

    Args:
        theme: colours; the text is set anew when they change.
    """

    mark_activated = Signal(str)
    """Highlighted words were clicked, or Return was pressed in them: the mark's id."""
    zoom_changed = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._zoom = 1.0
        self._setting: TextSetting = EMPTY
        self._marks: list[_PlacedMark] = []
        self._selected: str | None = None
        self._pressed: QPoint | None = None
        self._typesetter = Typesetter(theme.palette, self._zoom)
        self._document = QTextDocument(self)
        self._prepare()
        theme.changed.connect(self._follow_theme)
        self._follow_theme()

    def _prepare(self) -> None:
        self.setObjectName("textView")
        self.setAccessibleName(self.tr("Text of the document"))
        self.setProperty("role", "paper")
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.viewport().setMouseTracking(True)

    # What is shown

    def show_document(self, document: Document, sections: Sequence[Section], view: View = View.VISIBLE) -> None:
        """Shows a document from its beginning, without marks. Linear in its characters.

        Args:
            document: what to show.
            sections: of the document; they tell where headings are. May be empty.
            view: how its tracked changes are read; *marked* and *changes* mark them.
        """
        self._setting = set_text(document, sections, _words_of_page, view)
        self._selected = None
        self.set_marks(())
        self._typeset()

    def change_view(self, document: Document, sections: Sequence[Section], view: View) -> None:
        """Shows the same document read in another way; marks stay, and so does the place where it is shown there."""
        position = self._top_position()
        top = self._setting.map.offset_near(position) if position else 0
        self._setting = set_text(document, sections, _words_of_page, view)
        marks, self._marks = [each.mark for each in self._marks], []
        self.set_marks(marks)
        self._typeset()
        self._scroll_to_top(self._setting.map.shown(TextSpan(top, len(document.text)))[:1] if top else ())

    def clear(self) -> None:
        """Shows nothing."""
        self._setting = EMPTY
        self._selected = None
        self.set_marks(())
        self._typeset()

    @property
    def selected_offset(self) -> int | None:
        """Where the selected words begin in the document; None where nothing of it is selected."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        places = range(cursor.selectionStart(), cursor.selectionEnd())
        return next((offset for offset in map(self._setting.map.offset, places) if offset is not None), None)

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Highlights these words and no others. Cheap: nothing is laid out or placed anew."""
        known = {id(each.mark): each for each in self._marks}
        place = self._setting.map.shown
        self._marks = [known.get(id(mark)) or _PlacedMark(mark, place(mark.span)) for mark in marks]
        self.viewport().update()

    def select_mark(self, mark_id: str | None) -> None:
        """Shows one mark as the chosen one; None or an unknown id chooses none."""
        self._selected = mark_id
        self.viewport().update()

    def highlighted_text(self, mark_id: str) -> str:
        """The words under a highlight as they are shown; empty where there are none."""
        spans = [each.mark.span for each in self._marks if each.mark.id == mark_id]
        return "\n".join(self._setting.shown_text(span) for span in spans)

    def scroll_to(self, span: TextSpan) -> bool:
        """Brings words of the document into sight, a third from the top, and puts the caret there.

        Does not move what is in sight already. Does nothing where nothing of the span is shown, and says so: False.
        """
        places = self._setting.map.shown(span)
        if not places:
            return False
        box = QRectF()
        for rect in word_boxes(self._document, places):
            box = box.united(rect)
        bar, height = self.verticalScrollBar(), self.viewport().height()
        before = bar.value()
        is_in_sight = before <= box.top() and box.bottom() <= before + height
        cursor = QTextCursor(self._document)
        cursor.setPosition(places[0].start)
        self.setTextCursor(cursor)
        bar.setValue(before if is_in_sight else int(box.top()) - height // _FROM_TOP)
        return True

    def mark_boxes(self, mark_id: str) -> list[QRectF]:
        """Where a mark's words are painted, one box a line, in viewport coordinates; in sight or not."""
        places = [place for each in self._marks if each.mark.id == mark_id for place in each.places]
        return [box.translated(0, -self._scrolled()) for box in word_boxes(self._document, places)]

    # Zoom

    @property
    def zoom(self) -> float:
        """1.0 for the usual size."""
        return self._zoom

    def zoom_in(self) -> None:
        """One step larger."""
        self.set_zoom(self._zoom * _ZOOM_STEP)

    def zoom_out(self) -> None:
        """One step smaller."""
        self.set_zoom(self._zoom / _ZOOM_STEP)

    def set_zoom(self, zoom: float) -> None:
        """Sets the size of the text, from 0.8 to 3.0 of the usual one; what is at the top stays there."""
        zoom = min(max(zoom, _LEAST_ZOOM), _MOST_ZOOM)
        if zoom != self._zoom:
            self._zoom = zoom
            self._typeset(keep_place=True)
            self.zoom_changed.emit(zoom)

    # Setting

    def _follow_theme(self) -> None:
        palette = self._theme.palette
        self.setStyleSheet(
            f"TextView {{ border: 2px solid {palette.paper}; background: {palette.paper}; }}"
            f"TextView:focus {{ border-color: {palette.focus}; }}"
        )
        self._typeset(keep_place=True)

    def _typeset(self, *, keep_place: bool = False) -> None:
        top = self._top_position() if keep_place else 0
        caret = self.textCursor().position() if keep_place else 0
        self._typesetter = Typesetter(self._theme.palette, self._zoom)
        old, self._document = self._document, self._typesetter.typeset(self._setting, self)
        self._document.setDocumentMargin(Space.HUGE)
        self._centre()
        self.setDocument(self._document)
        old.deleteLater()
        cursor = QTextCursor(self._document)
        cursor.setPosition(caret)
        self.setTextCursor(cursor)
        self._scroll_to_top((TextSpan(top, top + 1),) if top else ())

    def _scroll_to_top(self, places: Sequence[TextSpan]) -> None:
        """Puts words at the top; none: the beginning."""
        first = [TextSpan(each.start, each.start + 1) for each in places[:1]]
        self.verticalScrollBar().setValue(int(next(word_boxes(self._document, first), QRectF()).top()))

    def _centre(self) -> None:
        """Gives the column the room it needs and leaves the rest to both sides."""
        frame = self.contentsRect().width() - self.verticalScrollBar().sizeHint().width()
        side = int(max(0.0, frame - self._typesetter.column_width() - 2 * Space.HUGE) / 2)
        self.setViewportMargins(side, 0, side, 0)

    # Places

    def _scrolled(self) -> int:
        return self.verticalScrollBar().value()

    def _blocks_in_sight(self) -> Iterator[QTextBlock]:
        top = self._scrolled()
        return blocks_in_sight(self._document, top, top + self.viewport().height())

    def _top_position(self) -> int:
        """The first position in sight; 0 where the text stands at its beginning."""
        if not self._scrolled():
            return 0
        return self._document.documentLayout().hitTest(QPointF(0, self._scrolled()), Qt.HitTestAccuracy.FuzzyHit)

    def _mark_at(self, point: QPoint) -> Mark | None:
        """The shortest mark at a point of the viewport."""
        layout = self._document.documentLayout()
        position = layout.hitTest(QPointF(point) + QPointF(0, self._scrolled()), Qt.HitTestAccuracy.ExactHit)
        return self._mark_in(position) if position >= 0 else None

    def _change_at(self, point: QPoint) -> ChangedWords | None:
        """The tracked change at a point of the viewport."""
        layout = self._document.documentLayout()
        position = layout.hitTest(QPointF(point) + QPointF(0, self._scrolled()), Qt.HitTestAccuracy.ExactHit)
        paragraph = self._paragraph(self._document.findBlock(position).blockNumber()) if position >= 0 else None
        if paragraph is None:
            return None
        at = self._setting.map.code_point(position) - self._setting.map.code_point(paragraph.start)
        return next((each for each in paragraph.changes if each.span.start <= at < each.span.end), None)

    def _mark_in(self, position: int) -> Mark | None:
        hit = [each.mark for each in self._marks if any(place.start <= position < place.end for place in each.places)]
        return min(hit, key=lambda mark: len(mark.span), default=None)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Highlights first, then the words on them."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, -self._scrolled())
        blocks = list(self._blocks_in_sight())
        if blocks:
            self._paint_rules(painter, blocks)
            self._paint_marks(painter, TextSpan(blocks[0].position(), blocks[-1].position() + blocks[-1].length()))
        painter.end()
        super().paintEvent(event)

    def _paint_rules(self, painter: QPainter, blocks: Sequence[QTextBlock]) -> None:
        layout, em, palette = self._document.documentLayout(), self._typesetter.em, self._theme.palette
        left, right = float(Space.HUGE), self._document.size().width() - Space.HUGE
        for block in blocks:
            paragraph, box = self._paragraph(block.blockNumber()), layout.blockBoundingRect(block)
            if paragraph is None:
                continue
            if paragraph.role is Role.PAGE:
                paint_page_rules(painter, box, em, palette)
            if paragraph.is_ruled:
                paint_cell_rule(painter, left, right, box.top() - CELL_GAP * em, palette)
            if paragraph.is_last_cell:
                paint_cell_rule(painter, left, right, box.bottom() + CELL_GAP * em, palette)

    def _paragraph(self, index: int) -> SetParagraph | None:
        paragraphs = self._setting.paragraphs
        return paragraphs[index] if index < len(paragraphs) else None

    def _paint_marks(self, painter: QPainter, visible: TextSpan) -> None:
        """The chosen one last, so that it lies on top."""
        palette = self._theme.palette
        for each in sorted(self._marks, key=lambda each: each.mark.id == self._selected):
            boxes = list(word_boxes(self._document, [place for place in each.places if place.overlaps(visible)]))
            paint_mark(painter, boxes, each.mark.severity, palette, is_selected=each.mark.id == self._selected)

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The column stays in the middle."""
        self._centre()
        super().resizeEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Answers for a tool tip with the mark's label, and who changed the words; as plain text."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            mark, change = self._mark_at(event.pos()), self._change_at(event.pos())
            words = ([mark.label] if mark else []) + ([_words_of_change(change)] if change else [])
            text = "".join(f"<p>{escape(each)}</p>" for each in words)
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remembers where, to tell a click from a selection."""
        self._pressed = event.position().toPoint() if event.button() is Qt.MouseButton.LeftButton else None
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on highlighted words activates their mark."""
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        here = event.position().toPoint()
        if pressed is None or (here - pressed).manhattanLength() >= QApplication.startDragDistance():
            return
        self._activate(self._mark_at(here))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The pointer says that highlighted words can be clicked."""
        super().mouseMoveEvent(event)
        is_over = self._mark_at(event.position().toPoint()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if is_over else Qt.CursorShape.IBeamCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return on highlighted words activates their mark."""
        mark = self._mark_in(self.textCursor().position())
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and mark is not None:
            self._activate(mark)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl it zooms, by way of `set_zoom`."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._zoom * _ZOOM_STEP ** (event.angleDelta().y() / _WHEEL_NOTCH))
            event.accept()
        else:
            super().wheelEvent(event)

    def _activate(self, mark: Mark | None) -> None:
        if mark is not None:
            self.mark_activated.emit(mark.id)

    # Nothing comes in, and only words go out

    def loadResource(self, _type: int, _name: object) -> object:
        """No picture, no style sheet, no file."""
        return None

    def canInsertFromMimeData(self, _source: QMimeData) -> bool:
        """Nothing can be dropped or pasted."""
        return False

    def createMimeDataFromSelection(self) -> QMimeData:
        """The selected words with their numbers, as plain text, without page marks."""
        data = QMimeData()
        cursor = self.textCursor()
        data.setText(self._words(TextSpan(cursor.selectionStart(), cursor.selectionEnd())))
        return data

    def _words(self, selected: TextSpan) -> str:
        code_point, paragraphs = self._setting.map.code_point, self._setting.paragraphs
        first = bisect_right(paragraphs, selected.start, key=lambda paragraph: paragraph.start) - 1
        words = []
        for paragraph in paragraphs[max(0, first) :]:
            if paragraph.start >= selected.end:
                break
            if paragraph.role is not Role.PAGE:
                base = code_point(paragraph.start)
                start, end = code_point(max(selected.start, paragraph.start)) - base, code_point(selected.end) - base
                words.append(paragraph.text[start:end])
        return "\n".join(words).replace(_LINE_SEPARATOR, "\n")


def _words_of_page(number: int) -> str:
    return QCoreApplication.translate("TextView", "Page {number}").format(number=number)


def _words_of_change(change: ChangedWords) -> str:
    words = _CHANGES[change.is_deleted, bool(change.author)]
    return QCoreApplication.translate("TextView", words).replace("%1", change.author)
