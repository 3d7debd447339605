"""A document's pages as they are printed, with highlights on the exact words."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QAbstractSlider, QApplication, QFrame, QScrollBar, QToolTip, QWidget

from reviewer.domain.anchor import Box
from reviewer.domain.document import Page
from reviewer.domain.raster import Raster, Tile
from reviewer.ui.theme.theme import Theme
from reviewer.ui.theme.tokens import Space
from reviewer.ui.viewmodels.mark import Mark, PageBoxes
from reviewer.ui.widgets import page_paint as paint
from reviewer.ui.widgets.page_layout import POINT, PageLayout, fitting_scale
from reviewer.ui.widgets.page_marks import PageMarks, Spot
from reviewer.ui.widgets.page_tiles import Picture, TileCache, TileQueue, tiles_in_order

LEAST_ZOOM, MOST_ZOOM = 0.5, 4.0
_LEAST_FIT = 0.1
_ZOOMS = (0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
_WHEEL_STEP, _WHEEL_NOTCH = 1.1, 120
_MARGIN = 28  # beside the widest page; a badge has room in it
_BADGE = 18
_STEP = 32  # of the scroll bars, in device-independent pixels
_FROM_TOP = 3  # words that are scrolled to stand at a third of the height
_SETTLE_MS = 80  # after a change of zoom, before pages are drawn anew


class PageView(QAbstractScrollArea):
    """Shows pages one below the other. They are drawn elsewhere: it says which tile it wants, and is given it.

    Each `tile_wanted` is answered once, with the same `Tile` object, by `take_tile` or `refuse_tile`. At most two are
    asked for at a time. All its own coordinates are device pixels, scroll bars included, so that pages stay sharp.

    Args:
        theme: colours around the pages; the paper is white in all of them.
    """

    tile_wanted = Signal(object)
    mark_activated = Signal(str)
    """Highlighted words or the badge beside them were clicked: the mark's id."""
    page_changed = Signal(int)
    zoom_changed = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pages: Sequence[Page] = ()
        self._layout = PageLayout((), 1.0)
        self._zoom = 1.0
        self._fits_width = True
        self._marks = PageMarks()
        self._cache = TileCache()
        self._queue = TileQueue()
        self._refusals: dict[int, str] = {}
        self._goal: tuple[int, Box | None] | None = None
        self._page = 0
        self._pressed: QPoint | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._ask)
        self._prepare()

    def _prepare(self) -> None:
        self.setObjectName("pageView")
        self.setAccessibleName(self.tr("Document pages"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # Always: a bar that comes and goes would change the width that pages are fitted to, and so come and go.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setMouseTracking(True)
        self._theme.changed.connect(self.viewport().update)
        self._notice_page()

    # ------------------------------------------------------------------------------------------------- what is shown

    def show_pages(self, pages: Sequence[Page]) -> None:
        """Shows these pages from the first, or from where `scroll_to` went while there were none. Marks stay."""
        goal = self._goal
        self._show(pages)
        if goal is not None:
            self.scroll_to(*goal)

    def clear(self) -> None:
        """Shows nothing, without marks."""
        self._marks.selected = None
        self._marks.replace(())
        self._show(())

    def take_tile(self, tile: Tile, raster: Raster) -> None:
        """Puts a picture on its page. One that nobody waits for any more is dropped."""
        if self._queue.settle(tile):
            self._cache.put(tile, Picture.of(raster))
            self.viewport().update()
            self._ask_soon()

    def refuse_tile(self, tile: Tile, message: str) -> None:
        """Shows a sentence in place of a page; the page is not asked for again."""
        if self._queue.settle(tile):
            self._refusals[tile.page] = message
            self._describe()
            self.viewport().update()
            self._ask_soon()

    def _show(self, pages: Sequence[Page]) -> None:
        self._pages = pages
        self._cache.clear()
        self._queue.clear()
        self._refusals = {}
        self._goal = None
        self._page = 0
        self._layout = PageLayout((), 1.0)
        self._lay_out()
        self.horizontalScrollBar().setValue((self._layout.width - self._view().width()) // 2)
        self.verticalScrollBar().setValue(0)
        self._notice_page()

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

    # -------------------------------------------------------------------------------------------------------- places

    def current_page(self) -> int:
        """The page a reader looks at: the one at a third of the height. 0 where there are none."""
        bar = self.verticalScrollBar()
        if not self._pages or bar.value() == bar.minimum():
            return min(1, len(self._pages))
        view = self._view()
        return self._layout.page_at(view.top() + view.height() / _FROM_TOP)

    def scroll_to(self, page: int, box: Box | None) -> None:
        """Brings a box of a page, in points, to a third of the height; nothing moves where all of it is in sight.

        Without a box it is the top of the page that is brought into sight. Where there are no pages yet, it is done
        when there are.
        """
        if not self._pages:
            self._goal = (page, box)
        elif 1 <= page <= len(self._pages):
            self._bring(page, box)

    def box_rect(self, page: int, box: Box) -> QRectF:
        """A box of a page, in points, as a rectangle of the viewport, in device-independent pixels."""
        rect = self._layout.to_content(page, box).translated(-QPointF(self._view().topLeft()))
        ratio = self.devicePixelRatioF()
        return QRectF(rect.topLeft() / ratio, rect.size() / ratio)

    def _bring(self, page: int, box: Box | None) -> None:
        view, sheet = self._view(), self._layout.page_rect(page)
        if box is None:
            if not view.contains(sheet.topLeft()):
                self.verticalScrollBar().setValue(sheet.top() - self._scaled(Space.MEDIUM))
            return
        rect = self._layout.to_content(page, box).toAlignedRect()
        if rect.top() < view.top() or rect.bottom() > view.bottom():
            self.verticalScrollBar().setValue(rect.top() - view.height() // _FROM_TOP)
        if rect.left() < view.left() or rect.right() > view.right():
            self.horizontalScrollBar().setValue(rect.left() - view.width() // _FROM_TOP)

    def _view(self) -> QRect:
        """What is in sight, in content coordinates."""
        size = self.viewport().size() * self.devicePixelRatioF()
        return QRect(QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value()), size)

    def _content_point(self, point: QPointF) -> QPointF:
        """A point of the viewport in content coordinates."""
        return point * self.devicePixelRatioF() + QPointF(self._view().topLeft())

    def _scaled(self, distance: float) -> int:
        """Device-independent pixels as device pixels."""
        return round(distance * self.devicePixelRatioF())

    # ---------------------------------------------------------------------------------------------------------- zoom

    @property
    def zoom(self) -> float:
        """1.0 for the size of the paper, at 96 pixels an inch."""
        return self._zoom

    def zoom_in(self) -> None:
        """One step larger."""
        self.set_zoom(next((zoom for zoom in _ZOOMS if zoom > self._zoom * 1.01), MOST_ZOOM))

    def zoom_out(self) -> None:
        """One step smaller."""
        self.set_zoom(next((zoom for zoom in reversed(_ZOOMS) if zoom < self._zoom / 1.01), LEAST_ZOOM))

    def set_zoom(self, zoom: float) -> None:
        """Sets the size, from 0.5 to 4.0; the pages do not follow the width any more. What is looked at stays there."""
        self._set_zoom(zoom, None)

    def fit_width(self) -> None:
        """Makes the widest page as wide as the view, and keeps it so."""
        self._fits_width = True
        self._lay_out()

    def _set_zoom(self, zoom: float, fixed: QPointF | None) -> None:
        self._fits_width = False
        self._change_zoom(min(max(zoom, LEAST_ZOOM), MOST_ZOOM))
        self._lay_out(fixed)

    def _change_zoom(self, zoom: float) -> None:
        if zoom != self._zoom:
            self._zoom = zoom
            self.zoom_changed.emit(zoom)

    # -------------------------------------------------------------------------------------------------------- layout

    def _lay_out(self, fixed: QPointF | None = None) -> None:
        """Lays the pages out anew.

        Args:
            fixed: the point of the view, in device pixels, that keeps its place on its page.
        """
        ratio, view, margin = self.devicePixelRatioF(), self._view(), self._scaled(_MARGIN)
        if self._fits_width:
            fitting = fitting_scale(self._pages, view.width() - 2 * margin) / (POINT * ratio)
            self._change_zoom(min(max(fitting, _LEAST_FIT), MOST_ZOOM))
        point = fixed if fixed is not None else QPointF(view.width() / 2, view.height() / _FROM_TOP)
        is_at_top = view.top() == 0 and fixed is None
        place = self._layout.to_page(point + QPointF(view.topLeft())) if len(self._layout) else None
        scale = self._zoom * POINT * ratio
        self._layout = PageLayout(
            self._pages, scale, view_width=view.width(), margin=margin, gap=self._scaled(Space.LARGE)
        )
        self._set_bars(view.size())
        if place is not None:
            corner = self._layout.from_page(*place) - point
            self.horizontalScrollBar().setValue(round(corner.x()))
            self.verticalScrollBar().setValue(0 if is_at_top else round(corner.y()))
        self.viewport().update()
        self._timer.start(_SETTLE_MS)

    def _set_bars(self, view: QSize) -> None:
        for bar, whole, part in (
            (self.horizontalScrollBar(), self._layout.width, view.width()),
            (self.verticalScrollBar(), self._layout.height, view.height()),
        ):
            step = self._scaled(_STEP)
            bar.setSingleStep(step)
            bar.setPageStep(max(step, part - step))
            bar.setRange(0, max(0, whole - part))

    # --------------------------------------------------------------------------------------------------------- tiles

    def _ask_soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start(0)

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

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Nothing is moved about: what is in sight is painted anew."""
        self.viewport().update()
        self._notice_page()
        self._ask_soon()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pages follow the width, if they are to."""
        super().resizeEvent(event)
        self._lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        """Now pages are wanted."""
        super().showEvent(event)
        self._ask_soon()

    def event(self, event: QEvent) -> bool:
        """On another screen, pages have other pixels."""
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._lay_out()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows the ring."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Takes the ring away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home, End and Space besides the keys every scroll area has."""
        action = _scroll_action(event)
        if action is None:
            super().keyPressEvent(event)
        else:
            self.verticalScrollBar().triggerAction(action)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl it zooms around the pointer."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            zoom = self._zoom * _WHEEL_STEP ** (event.angleDelta().y() / _WHEEL_NOTCH)
            self._set_zoom(zoom, event.position() * self.devicePixelRatioF())
            event.accept()
        else:
            super().wheelEvent(event)

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
        moved = pressed is None or (event.position().toPoint() - pressed).manhattanLength()
        mark = self._mark_at(event.position())
        if mark is not None and pressed is not None and moved < QApplication.startDragDistance():
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

    def _notice_page(self) -> None:
        page = self.current_page()
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)
        self._describe()

    def _describe(self) -> None:
        """Says for screen readers which page is in sight; its words are in the text view."""
        words = self.tr("No pages")
        if self._pages:
            words = self.tr("Page {number} of {count}").format(number=self._page, count=len(self._pages))
            words = f"{words}. {self._refusals.get(self._page, '')}".strip(". ")
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)


def _scroll_action(event: QKeyEvent) -> QAbstractSlider.SliderAction | None:
    action = QScrollBar.SliderAction
    key, is_shifted = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if key == Qt.Key.Key_Home:
        return action.SliderToMinimum
    if key == Qt.Key.Key_End:
        return action.SliderToMaximum
    if key == Qt.Key.Key_Space:
        return action.SliderPageStepSub if is_shifted else action.SliderPageStepAdd
    return None
