"""The main window: menus, toolbar, notices, the first screen, and room for the review room.

It is all that the first paint needs, and imports nothing more: what it shows and does comes from
`reviewer.ui.window_control`, which is loaded when the window is up.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from reviewer.ui.actions import Actions
from reviewer.ui.menus import fill_menus
from reviewer.ui.theme.icons import application_icon
from reviewer.ui.theme.theme import Theme
from reviewer.ui.viewmodels.drop import dropped_paths
from reviewer.ui.views.banner import Banner
from reviewer.ui.views.first_screen import FirstScreen
from reviewer.ui.views.progress_strip import ProgressStrip
from reviewer.ui.views.top_bar import TopBar

if TYPE_CHECKING:
    from reviewer.ui.views.room import Room

SMALLEST = (1024, 640)
USUAL = (1440, 900)


class MainWindow(QMainWindow):
    """The window and its parts. Decides nothing.

    Args:
        geometry: where sizes are kept.

    Attributes:
        may_close: asked before the window closes; False keeps it open.
    """

    painted = Signal()
    """The window was painted for the first time."""
    closed = Signal()
    dropped = Signal(object)
    """The paths of what was dropped; empty where there was no file behind it."""

    def __init__(self, theme: Theme, geometry: QSettings) -> None:
        super().__init__()
        self._geometry = geometry
        self._has_painted = False
        self._room: Room | None = None
        self.may_close: Callable[[], bool] = _always
        self.setObjectName("mainWindow")
        self.setWindowTitle("Reviewer")
        self.setWindowIcon(application_icon())
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)
        self.actions_table = Actions(theme, self)
        self.top = TopBar(theme, self.actions_table)
        self.banner = Banner(theme)
        self.strip = ProgressStrip(theme)
        table = self.actions_table
        self.first = FirstScreen(theme, table["add_files"], table["add_folder"], table["models"])
        self.first.dropped.connect(self.dropped)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.first)
        self._lay_out()
        fill_menus(self.menuBar(), table)
        self._restore()

    @property
    def room(self) -> "Room":
        """The review room.

        Raises:
            RuntimeError: it was not put in yet.
        """
        if self._room is None:
            raise RuntimeError("the window has no room yet")
        return self._room

    def put_in(self, room: "Room") -> None:
        """Takes the review room in; it is shown by `show_room`."""
        self._room = room
        self._stack.addWidget(room)
        layout = self._geometry.value("layout")
        if isinstance(layout, list):
            room.restore_layout(layout)

    def put_above(self, strip: QWidget) -> None:
        """Takes in what is said above the first screen and the review room, below notices."""
        self._middle.insertWidget(1, strip)

    @property
    def is_in_room(self) -> bool:
        """True while the review room is shown, and not the first screen."""
        return self._stack.currentWidget() is not self.first

    def show_first(self) -> None:
        """Shows the first screen."""
        self._stack.setCurrentWidget(self.first)

    def show_room(self) -> None:
        """Shows the review room."""
        self._stack.setCurrentWidget(self.room)

    def toggle_full_screen(self) -> None:
        """Full screen and back."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tells when the window is there."""
        super().paintEvent(event)
        if not self._has_painted:
            self._has_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Anything may be dropped: what cannot be read is told, never ignored."""
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Says what was dropped."""
        event.acceptProposedAction()
        self.dropped.emit(dropped_paths(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closes where it may, and keeps its sizes."""
        if not self.may_close():
            event.ignore()
            return
        self._geometry.setValue("geometry", self.saveGeometry())
        if self._room is not None:
            self._geometry.setValue("layout", self._room.layout_state())
        event.accept()
        self.closed.emit()

    def _lay_out(self) -> None:
        middle = QWidget()
        self._middle = layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.strip)
        self.addToolBar(self.top)
        self.setCentralWidget(middle)

    def _restore(self) -> None:
        geometry = self._geometry.value("geometry")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        else:
            self.resize(*USUAL)


def _always() -> bool:
    return True
