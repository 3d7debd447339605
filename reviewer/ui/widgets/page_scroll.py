"""Pages one below the other, before anything is drawn on them: scrolling, zoom, and where things are."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QAbstractSlider, QFrame, QWidget

from reviewer.domain.anchor import Box
from reviewer.domain.document import Page
from reviewer.ui.theme.tokens import Space
from reviewer.ui.widgets.page_layout import POINT, PageLayout, fitting_scale

LEAST_ZOOM, MOST_ZOOM = 0.5, 4.0
_LEAST_FIT = 0.1
_ZOOMS = (0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
_WHEEL_STEP, _WHEEL_NOTCH = 1.1, 120
_MARGIN = 28  # beside the widest page; a badge has room in it
_STEP = 32  # of the scroll bars, in device-independent pixels
_FROM_TOP = 3  # words that are scrolled to stand at a third of the height


class PageScroll(QAbstractScrollArea):
    """Lays pages out and scrolls through them. What they look like is for a subclass to say.

    All its own coordinates are device pixels, scroll bars included, so that pages stay sharp.
    """

    page_changed = Signal(int)
    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: Sequence[Page] = ()
        self._layout = PageLayout((), 1.0)
        self._zoom = self._told_zoom = 1.0
        self._is_moving = False  # while bars are set one after the other, what is in sight is no place yet
        self._fits_width = True
        self._goal: tuple[int, Box | None] | None = None
        self._page = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # Always: a bar that comes and goes would change the width that pages are fitted to, and so come and go.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    def show_pages(self, pages: Sequence[Page]) -> None:
        """Shows these pages from the first, or from where `scroll_to` went while there were none."""
        goal, self._goal = self._goal, None
        self._pages = pages
        self._page = 0
        self._layout = PageLayout((), 1.0)
        self._lay_out()
        self.horizontalScrollBar().setValue((self._layout.width - self._view().width()) // 2)
        self.verticalScrollBar().setValue(0)
        self._notice()
        if goal is not None:
            self.scroll_to(*goal)

    def clear(self) -> None:
        """Shows no pages."""
        self._goal = None
        self.show_pages(())

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
        smaller = [zoom for zoom in _ZOOMS if zoom < self._zoom / 1.01]
        if smaller:
            self.set_zoom(smaller[-1])

    def set_zoom(self, zoom: float) -> None:
        """Sets the size, from 0.5 to 4.0; the pages do not follow the width any more. What is looked at stays there."""
        self._set_zoom(zoom, None)

    def fit_width(self) -> None:
        """Makes the widest page as wide as the view, and keeps it so."""
        self._fits_width = True
        self._lay_out()

    def _set_zoom(self, zoom: float, fixed: QPointF | None) -> None:
        self._fits_width = False
        self._zoom = min(max(zoom, LEAST_ZOOM), MOST_ZOOM)
        self._lay_out(fixed)

    # -------------------------------------------------------------------------------------------------------- layout

    def _lay_out(self, fixed: QPointF | None = None) -> None:
        """Lays the pages out anew.

        Args:
            fixed: the point of the view, in device pixels, that keeps its place on its page.
        """
        ratio, view, margin = self.devicePixelRatioF(), self._view(), self._scaled(_MARGIN)
        if self._fits_width:
            fitting = fitting_scale(self._pages, view.width() - 2 * margin) / (POINT * ratio)
            self._zoom = min(max(fitting, _LEAST_FIT), MOST_ZOOM)
        point = fixed if fixed is not None else QPointF(view.width() / 2, view.height() / _FROM_TOP)
        is_at_top = view.top() == 0 and fixed is None
        place = self._layout.to_page(point + QPointF(view.topLeft())) if len(self._layout) else None
        scale = self._zoom * POINT * ratio
        self._layout = PageLayout(
            self._pages, scale, view_width=view.width(), margin=margin, gap=self._scaled(Space.LARGE)
        )
        self._is_moving = True
        self._set_bars(view.size())
        if place is not None:
            corner = self._layout.from_page(*place) - point
            self.horizontalScrollBar().setValue(round(corner.x()))
            self.verticalScrollBar().setValue(0 if is_at_top else round(corner.y()))
        self._is_moving = False
        self._pages_resized()
        self._notice()

    def _set_bars(self, view: QSize) -> None:
        for bar, whole, part in (
            (self.horizontalScrollBar(), self._layout.width, view.width()),
            (self.verticalScrollBar(), self._layout.height, view.height()),
        ):
            step = self._scaled(_STEP)
            bar.setSingleStep(step)
            bar.setPageStep(max(step, part - step))
            bar.setRange(0, max(0, whole - part))

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Nothing is moved about: what is in sight is painted anew."""
        if not self._is_moving:
            self._notice()
            self._pages_moved()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pages follow the width, if they are to."""
        super().resizeEvent(event)
        self._lay_out()

    def event(self, event: QEvent) -> bool:
        """On another screen, pages have other pixels."""
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._lay_out()
        return super().event(event)

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

    def _notice(self) -> None:
        """Tells of another page or zoom, once where it has its place."""
        page = self.current_page()
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)
        if self._zoom != self._told_zoom:
            self._told_zoom = self._zoom
            self.zoom_changed.emit(self._zoom)

    # ------------------------------------------------------------------------------------------------- for a subclass

    def _pages_moved(self) -> None:
        """Other pages may be in sight."""
        self.viewport().update()

    def _pages_resized(self) -> None:
        """The layout is another."""
        self.viewport().update()


def _scroll_action(event: QKeyEvent) -> QAbstractSlider.SliderAction | None:
    action = QAbstractSlider.SliderAction
    key, is_shifted = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if key == Qt.Key.Key_Home:
        return action.SliderToMinimum
    if key == Qt.Key.Key_End:
        return action.SliderToMaximum
    if key == Qt.Key.Key_Space:
        return action.SliderPageStepSub if is_shifted else action.SliderPageStepAdd
    return None
