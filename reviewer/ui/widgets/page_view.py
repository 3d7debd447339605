"""A document's pages as they are printed, with highlights on the exact words."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from reviewer.domain.document import Page
from reviewer.domain.raster import Raster, Tile
from reviewer.ui.theme.theme import Theme
from reviewer.ui.theme.tokens import Space
from reviewer.ui.viewmodels.mark import Mark, PageBoxes
from reviewer.ui.widgets import page_paint as paint
from reviewer.ui.widgets.page_marks import PageMarks, Spot
from reviewer.ui.widgets.page_scroll import PageScroll
from reviewer.ui.widgets.page_tiles import Picture, TileCache, TileQueue, tiles_in_order

_BADGE = 18
_SETTLE_MS = 80  # after a change of zoom, before pages are drawn anew


class PageView(PageScroll):
    """Shows pages one below the other. They are drawn elsewhere: it says which tile it wants, and is given it.

    Each `tile_wanted` is answered once, with the same `Tile` object, by `take_tile` or `refuse_tile`. At most two are
    asked for at a time.

    Args:
        theme: colours around the pages; the paper is white in all of them.
    """

    tile_wanted = Signal(object)
    mark_activated = Signal(str)
    """Highlighted words or the badge beside them were clicked: the mark's id."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._marks = PageMarks()
        self._cache = TileCache()
        self._queue = TileQueue()
        self._refusals: dict[int, str] = {}
        self._pressed: QPoint | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._ask)
        self.setObjectName("pageView")
        self.setAccessibleName(self.tr("Document pages"))
        self.viewport().setMouseTracking(True)
        self.page_changed.connect(self._describe)
        theme.changed.connect(self.viewport().update)
        self._describe()

    # ------------------------------------------------------------------------------------------------- what is shown

    def show_pages(self, pages: Sequence[Page]) -> None:
        """Shows these pages from the first, or from where `scroll_to` went while there were none. Marks stay."""
        self._cache.clear()
        self._queue.clear()
        self._refusals = {}
        super().show_pages(pages)
        self._describe()

    def clear(self) -> None:
        """Shows nothing, without marks."""
        self._marks.selected = None
        self._marks.replace(())
        super().clear()

    def take_tile(self, tile: Tile, raster: Raster) -> None:
        """Puts a picture on its page. One that nobody waits for any more is dropped."""
        if self._queue.settle(tile):
            self._cache.put(tile, Picture.of(raster))
            self._pages_moved()

    def refuse_tile(self, tile: Tile, message: str) -> None:
        """Shows a sentence in place of a page; the page is not asked for again."""
        if self._queue.settle(tile):
            self._refusals[tile.page] = message
            self._describe()
            self._pages_moved()

    # --------------------------------------------------------------------------------------------------------- marks

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Highlights these words and no others. A selected mark stays selected if it is among them."""
        self._marks.replace(marks)
        self.viewport().update()

    def select_mark(self, mark_id: str | None) -> None:
        """Makes one mark stand out; None or an unknown id none."""
        self._marks.selected = mark_id
        self.viewport().update()

    def highlighted_boxes(self) -> tuple[PageBoxes, ...]:
        """Where the selected mark's words are; empty where none is selected."""
        return self._marks.selected_places()

    # --------------------------------------------------------------------------------------------------------- tiles

    def _pages_moved(self) -> None:
        self.viewport().update()
        if not self._timer.isActive():
            self._timer.start(0)

    def _pages_resized(self) -> None:
        self.viewport().update()
        self._timer.start(_SETTLE_MS)

    def _ask(self) -> None:
        """Asks for what is missing, most urgent first."""
        if not self.isVisible():
            return
        tiles = tiles_in_order(self._layout, self._view(), self._cache.max_bytes)
        self._queue.want(tile for tile in tiles if self._cache.get(tile) is None and tile.page not in self._refusals)
        while (tile := self._queue.next()) is not None:
            self.tile_wanted.emit(tile)

    # ------------------------------------------------------------------------------------------------------ painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Pages in sight, highlights on them, badges beside them."""
        ratio, view, palette = self.devicePixelRatioF(), self._view(), self._theme.palette
        painter = QPainter(self.viewport())
        painter.scale(1 / ratio, 1 / ratio)
        painter.fillRect(QRect(QPoint(), view.size()), QColor(palette.desk))
        painter.translate(-view.topLeft())
        for number in self._layout.pages_between(view.top(), view.bottom() + 1):
            sheet = self._layout.page_rect(number)
            paint.paint_paper(painter, sheet, palette, ratio)
            self._paint_print(painter, number, view)
            self._paint_marks(painter, number)
        painter.translate(view.topLeft())
        if self.hasFocus():
            paint.paint_focus(painter, QRectF(QPointF(), view.size()), palette, ratio)
        painter.end()

    def _paint_print(self, painter: QPainter, number: int, view: QRect) -> None:
        sheet = self._layout.page_rect(number)
        if number in self._refusals:
            in_sight = QRectF(sheet.intersected(view))
            paint.paint_sentence(painter, in_sight, self._refusals[number], self.devicePixelRatioF())
            return
        found = [(tile, self._cache.get(tile)) for tile in self._layout.tiles(number, view)]
        shown = [(tile, picture) for tile, picture in found if picture is not None]
        stand_ins = self._cache.stand_ins(number, self._layout.scale) if len(shown) < len(found) else []
        pictures = [(self._layout.tile_rect(tile), picture) for tile, picture in (*stand_ins, *shown)]
        paint.paint_pictures(painter, sheet, pictures)

    def _paint_marks(self, painter: QPainter, number: int) -> None:
        ratio, spots = self.devicePixelRatioF(), self._marks.on(number)
        selected = [spot for spot in spots if spot.mark.id == self._marks.selected]
        others = [(spot.mark.severity, self._rects(number, spot)) for spot in spots if spot not in selected]
        reserved = [rect for spot in selected for rect in self._rects(number, spot)]
        paint.paint_marks(painter, others, reserved, ratio)
        for spot in selected:
            paint.paint_selected_mark(painter, spot.mark.severity, self._rects(number, spot), ratio)
        for mark, box in self._badges(number):
            is_selected = mark.id == self._marks.selected
            paint.paint_badge(painter, box, mark.severity, self._theme.palette, is_selected=is_selected)

    def _rects(self, number: int, spot: Spot) -> list[QRectF]:
        return [self._layout.to_content(number, box) for box in spot.boxes]

    def _badges(self, number: int) -> list[tuple[Mark, QRectF]]:
        return list(self._marks.badges(self._layout, number, self._scaled(_BADGE), self._scaled(Space.TINY)))

    # -------------------------------------------------------------------------------------------------------- events

    def showEvent(self, event: QShowEvent) -> None:
        """Now pages are wanted."""
        super().showEvent(event)
        self._pages_moved()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows the ring."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Takes the ring away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Answers for a tool tip with the mark's label, as plain text."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            mark = self._mark_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), f"<p>{escape(mark.label)}</p>" if mark else "", self.viewport())
            return True
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remembers where, to tell a click from a movement."""
        self._pressed = event.position().toPoint() if event.button() is Qt.MouseButton.LeftButton else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on highlighted words or on a badge activates their mark."""
        pressed, self._pressed = self._pressed, None
        here = event.position().toPoint()
        if pressed is None or (here - pressed).manhattanLength() >= QApplication.startDragDistance():
            return
        mark = self._mark_at(event.position())
        if mark is not None:
            self.mark_activated.emit(mark.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The pointer says what can be clicked."""
        is_over = self._mark_at(event.position()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if is_over else Qt.CursorShape.ArrowCursor)

    def _mark_at(self, point: QPointF) -> Mark | None:
        """The mark at a point of the viewport."""
        if not self._pages:
            return None
        place = self._content_point(point)
        badges = self._badges(self._layout.page_at(place.y()))
        return next((mark for mark, box in badges if box.contains(place)), None) or self._marks.at(self._layout, place)

    # ---------------------------------------------------------------------------------------------------- for readers

    def _describe(self) -> None:
        """Says for screen readers which page is in sight; its words are in the text view."""
        words = self.tr("No pages")
        if self._pages:
            words = self.tr("Page {number} of {count}").format(number=self._page, count=len(self._pages))
            words = ". ".join(filter(None, (words, self._refusals.get(self._page))))
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
