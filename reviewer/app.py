"""The window's entry: builds the application and runs it until the window is closed."""

import argparse
import asyncio
import contextlib
import logging
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import qasync
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from reviewer import __version__
from reviewer.domain.errors import ReviewerError
from reviewer.domain.settings import Settings
from reviewer.storage.lock import OWNER_NAME, WorkspaceLock, read_holder
from reviewer.storage.paths import locate
from reviewer.ui.async_tasks import TaskScope
from reviewer.ui.backend import Backend
from reviewer.ui.crash import CrashHandler
from reviewer.ui.garbage import Garbage
from reviewer.ui.handover import Handover, hand_over
from reviewer.ui.main_window import MainWindow
from reviewer.ui.theme.fonts import load_fonts
from reviewer.ui.theme.icons import application_icon
from reviewer.ui.theme.theme import Theme
from reviewer.ui.turns import Turns

if TYPE_CHECKING:
    from reviewer.services.care import CareService
    from reviewer.services.container import Services
    from reviewer.ui.commands import Commands
    from reviewer.ui.viewmodels.decisions import DecisionDesk
    from reviewer.ui.viewmodels.session import Session
    from reviewer.ui.window_control import WindowControl

PATIENCE_S = 60.0
PURPOSE = "window"
"""What others are told who want to write in the workspace; and how a second start knows that a window has it."""

PAINT_S = 0.3
SWITCH_INTERVAL_S = 0.00005
"""How long the engine's thread may keep the interpreter while the window waits; Python's own is a hundred times that.

Qt's calls give the interpreter away and want it back, hundreds of times a repaint: the wait is what makes a stutter.
"""


class Application:
    """Everything that lives as long as the window: the Qt application, the engine's thread, the window, its control.

    Args:
        geometry: where sizes are kept, and nothing else.
        settings: what is set.
        config: the file of settings in place of the user's.
    """

    def __init__(
        self,
        qt: QApplication,
        workspace: Path | None,
        geometry: QSettings,
        settings: Settings | None = None,
        config: Path | None = None,
    ) -> None:
        self.qt = qt
        self._turns = Turns(qt)
        self._garbage = Garbage(self._turns, qt)
        self._settings = settings or Settings()
        self.theme = Theme(qt, self._settings.theme)
        self.crashes = CrashHandler(locate(os.environ).data_dir / "crashes.log", qt)
        self._workspace = workspace or locate(os.environ).workspace_dir
        self.backend = Backend(lambda: _open_services(workspace, config), self._turns, lambda: _open_care(workspace))
        self.tasks = TaskScope(self.crashes.report, qt)
        self.window: MainWindow | None = None
        self._handover: Handover | None = None
        self._geometry = geometry
        self._control: WindowControl | None = None
        self._is_closed = False

    def open_window(self) -> MainWindow:
        """Makes the window, which shows its first screen. On the running loop; the rest comes after the first paint."""
        self.window = MainWindow(self.theme, self._geometry)
        self.window.painted.connect(self._complete)
        return self.window

    @property
    def control(self) -> "WindowControl":
        """What the window shows and does, over the engine's thread; both start when this is first asked for.

        Raises:
            RuntimeError: there is no window yet.
        """
        if self._control is None:
            self._complete()
        if self._control is None:
            raise RuntimeError("there is no window yet")
        return self._control

    @property
    def session(self) -> "Session":
        """What the window shows."""
        return self.control.session

    @property
    def decisions(self) -> "DecisionDesk":
        """What was decided."""
        return self.control.decisions

    @property
    def commands(self) -> "Commands":
        """What the window can have done."""
        return self.control.commands

    def _complete(self) -> None:
        from reviewer.ui.window_control import open_control

        if self._control is None and self.window is not None:
            self._turns.watch(self.window)
            self.backend.start()
            self._control = open_control(self.window, self.backend, self.tasks, self.theme)
            self._control.use(self._settings)
            self.crashes.crashed.connect(self._control.show_error)
            self._handover = Handover(self._workspace, self.qt)
            self._handover.received.connect(self._control.take_over)

    async def run(
        self, paths: Sequence[Path], problem: ReviewerError | None = None, picture: Path | None = None
    ) -> None:
        """Shows the window and waits until it is closed and everything is kept. With a picture, draws it and closes.

        Args:
            paths: files and folders to open.
            problem: what is to be said first.
            picture: where the window is drawn to.
        """
        closed = asyncio.Event()
        window = self.open_window()
        window.closed.connect(closed.set)
        painted = asyncio.Event()
        window.painted.connect(painted.set)
        window.show()
        await painted.wait()
        if problem is not None:
            self.control.show_error(problem)
        if paths:
            self.commands.add(paths)
        if picture is not None:
            await self._drawn()
            window.grab().save(str(picture))
            window.close()
        await closed.wait()
        await self.tasks.wait()

    async def _drawn(self) -> None:
        """Waits until everything that was opened is read and drawn, but not for ever."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_S):
                while True:
                    # A picture that is drawn may make the view ask for the next one.
                    await asyncio.sleep(PAINT_S)
                    if self.tasks.is_idle:
                        return
                    await self.tasks.wait()

    def close(self) -> None:
        """Ends the engine's thread. Blocks until the workspace is closed. Idempotent."""
        if self._is_closed:
            return
        self._is_closed = True
        self.backend.stop()
        self._garbage.close()
        # They are children of the Qt application, which may outlive this one: as in tests, one after the other.
        for part in (self.tasks, self.crashes, self.theme, self._garbage, self._turns, self._handover):
            if part is not None:
                part.deleteLater()


def _open_services(workspace: Path | None, config: Path | None) -> "AbstractContextManager[Services]":
    """On the engine's thread: what the services need is imported there, while the window is up already."""
    from reviewer.bootstrap import open_services
    from reviewer.ports.storage import Access

    return open_services(workspace, access=Access.EITHER, purpose=PURPOSE, config=config)


def _open_care(workspace: Path | None) -> "CareService":
    from reviewer.bootstrap import care_service

    return care_service(workspace)


def make_qt_application(arguments: Sequence[str]) -> QApplication:
    """The Qt application with our name, font and icon."""
    QGuiApplication.setDesktopFileName("io.github.reviewer.Reviewer")
    qt = QApplication(list(arguments))
    qt.setApplicationName("Reviewer")
    qt.setOrganizationName("Reviewer")
    qt.setApplicationVersion(__version__)
    # Closing is a conversation: the loop must outlive the window until what runs has been kept.
    qt.setQuitOnLastWindowClosed(False)
    load_fonts(qt)
    qt.setWindowIcon(application_icon())
    return qt


def run_gui(namespace: argparse.Namespace, settings: Settings, problem: ReviewerError | None) -> int:
    """Opens the window; gives the exit code once it is closed.

    Args:
        namespace: the arguments of ``gui``.
        settings: what is set, by the arguments and else.
        problem: why nothing else is set.
    """
    directory = settings.workspace or locate(os.environ).workspace_dir
    if namespace.screenshot is None and _is_taken_over(directory, namespace.paths):
        print("Reviewer is open already; its window was told.", file=sys.stderr)  # noqa: T201 - there is no window to say it
        return 0
    logging.getLogger("qasync").setLevel(logging.WARNING)
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    qt = make_qt_application(sys.argv[:1])
    geometry = QSettings(str(locate(os.environ).config_dir / "window.ini"), QSettings.Format.IniFormat)
    application = Application(qt, settings.workspace, geometry, settings, namespace.config)
    application.crashes.install()
    _close_on_interrupt(application)
    try:
        with asyncio.Runner(loop_factory=lambda: _loop(qt, application.crashes)) as runner:
            runner.run(application.run(tuple(namespace.paths), problem, namespace.screenshot))
    finally:
        application.close()
    return 0


def _is_taken_over(directory: Path, paths: Sequence[Path]) -> bool:
    """Whether a window that has the workspace open took the files of this start; blocks until it did."""
    holder = read_holder(directory / OWNER_NAME)
    if holder is None or holder.purpose != PURPOSE:
        return False
    lock = WorkspaceLock(directory)
    try:
        if lock.acquire(PURPOSE):  # whoever said so is gone
            lock.release()
            return False
    except OSError:
        return False
    return hand_over(directory, paths)


def _loop(qt: QApplication, crashes: CrashHandler) -> asyncio.AbstractEventLoop:
    loop: asyncio.AbstractEventLoop = qasync.QEventLoop(qt)
    crashes.watch(loop)
    return loop


def _close_on_interrupt(application: Application) -> None:
    """Ctrl-C in the terminal closes the window as a click would. Qt must give Python a turn to see it."""
    signal.signal(signal.SIGINT, lambda *_: application.window and application.window.close())
    turn = QTimer(application.qt)
    turn.timeout.connect(lambda: None)
    turn.start(500)
