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
from reviewer.domain.decision import Standing
from reviewer.domain.errors import ReviewerError
from reviewer.domain.ids import FindingId
from reviewer.services.requests import ModelChoice
from reviewer.storage.paths import locate
from reviewer.ui.async_tasks import TaskScope
from reviewer.ui.backend import Backend
from reviewer.ui.commands import Commands
from reviewer.ui.crash import CrashHandler
from reviewer.ui.main_window import MainWindow
from reviewer.ui.theme.fonts import load_fonts
from reviewer.ui.theme.icons import application_icon
from reviewer.ui.theme.theme import Theme, ThemeChoice
from reviewer.ui.viewmodels.decisions import DecisionDesk
from reviewer.ui.viewmodels.notice import notice_of
from reviewer.ui.viewmodels.session import Panel, Session

if TYPE_CHECKING:
    from reviewer.services.container import Services

PATIENCE_S = 60.0
PAINT_S = 0.3
SWITCH_INTERVAL_S = 0.001
"""How long the engine's thread may keep the interpreter while the window waits; Python's own is five times that."""


class Application:
    """Everything that lives as long as the window: the Qt application, its loop, the engine's thread, the window."""

    def __init__(self, qt: QApplication, workspace: Path | None, settings: QSettings) -> None:
        self.qt = qt
        self.theme = Theme(qt, _theme_choice(settings))
        self.session = Session(qt)
        self.crashes = CrashHandler(locate(os.environ).data_dir / "crashes.log", qt)
        self.backend = Backend(lambda: _open_services(workspace))
        self.tasks = TaskScope(self.crashes.report, qt)
        self.decisions = DecisionDesk(self._keep, qt)
        self.commands = Commands(self.session, self.decisions, self.backend, self.tasks)
        self._settings = settings
        self.window: MainWindow | None = None

    def _keep(self, finding: FindingId, standing: Standing) -> None:
        self.commands.keep(finding, standing)

    def open_window(self) -> MainWindow:
        """Makes the window. On the running loop; the engine's thread starts when the window has been painted."""
        self.window = MainWindow(self.session, self.decisions, self.commands, self.theme, self._settings)
        self.crashes.crashed.connect(self._tell)
        self.window.painted.connect(self._start)
        return self.window

    def _start(self) -> None:
        self.backend.start()
        if self.window is not None:
            self.window.load()

    def _tell(self, error: ReviewerError) -> None:
        if self.window is not None:
            self.window.show_notice(notice_of(error))

    async def run(self, paths: Sequence[Path], panel: Panel, picture: Path | None = None) -> None:
        """Shows the window and waits until it is closed and everything is kept. With a picture, draws it and closes."""
        closed = asyncio.Event()
        window = self.open_window()
        window.closed.connect(closed.set)
        painted = asyncio.Event()
        window.painted.connect(painted.set)
        window.show()
        await painted.wait()
        if panel.models:
            self.commands.choose_panel(panel)
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
        """Ends the engine's thread. Blocks until the workspace is closed."""
        self.backend.stop()


def _open_services(workspace: Path | None) -> "AbstractContextManager[Services]":
    """On the engine's thread: what the services need is imported there, while the window is up already."""
    from reviewer.bootstrap import open_services

    return open_services(workspace)


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


def run_gui(namespace: argparse.Namespace, models: tuple[ModelChoice, ...]) -> int:
    """Opens the window; gives the exit code once it is closed."""
    logging.getLogger("qasync").setLevel(logging.WARNING)
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    qt = make_qt_application(sys.argv[:1])
    settings_file = locate(os.environ).config_dir / "window.ini"
    application = Application(qt, namespace.workspace, QSettings(str(settings_file), QSettings.Format.IniFormat))
    application.crashes.install()
    _close_on_interrupt(application)
    try:
        with asyncio.Runner(loop_factory=lambda: _loop(qt, application.crashes)) as runner:
            panel = Panel(models, votes=namespace.votes)
            runner.run(application.run(tuple(namespace.paths), panel, namespace.screenshot))
    finally:
        application.close()
    return 0


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


def _theme_choice(settings: QSettings) -> ThemeChoice:
    kept = str(settings.value("theme", ""))
    return ThemeChoice(kept) if kept in set(ThemeChoice) else ThemeChoice.SYSTEM
