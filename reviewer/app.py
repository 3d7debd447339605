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
from reviewer.storage.paths import locate
from reviewer.ui.async_tasks import TaskScope
from reviewer.ui.backend import Backend
from reviewer.ui.crash import CrashHandler
from reviewer.ui.garbage import Garbage
from reviewer.ui.main_window import MainWindow
from reviewer.ui.theme.fonts import load_fonts
from reviewer.ui.theme.icons import application_icon
from reviewer.ui.theme.theme import Theme, ThemeChoice
from reviewer.ui.turns import Turns

if TYPE_CHECKING:
    from reviewer.services.container import Services
    from reviewer.services.requests import ModelChoice
    from reviewer.ui.commands import Commands
    from reviewer.ui.viewmodels.decisions import DecisionDesk
    from reviewer.ui.viewmodels.session import Session
    from reviewer.ui.window_control import WindowControl

PATIENCE_S = 60.0
PAINT_S = 0.3
SWITCH_INTERVAL_S = 0.00005
"""How long the engine's thread may keep the interpreter while the window waits; Python's own is a hundred times that.

Qt's calls give the interpreter away and want it back, hundreds of times a repaint: the wait is what makes a stutter.
"""


class Application:
    """Everything that lives as long as the window: the Qt application, the engine's thread, the window, its control."""

    def __init__(self, qt: QApplication, workspace: Path | None, settings: QSettings) -> None:
        self.qt = qt
        self._turns = Turns(qt)
        self._garbage = Garbage(self._turns, qt)
        self.theme = Theme(qt, _theme_choice(settings))
        self.crashes = CrashHandler(locate(os.environ).data_dir / "crashes.log", qt)
        self.backend = Backend(lambda: _open_services(workspace), self._turns)
        self.tasks = TaskScope(self.crashes.report, qt)
        self.window: MainWindow | None = None
        self._settings = settings
        self._control: WindowControl | None = None

    def open_window(self) -> MainWindow:
        """Makes the window, which shows its first screen. On the running loop; the rest comes after the first paint."""
        self.window = MainWindow(self.theme, self._settings)
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
            self._control = open_control(self.window, self.backend, self.tasks, self.theme, self._settings)
            self.crashes.crashed.connect(self._control.show_error)

    async def run(
        self, paths: Sequence[Path], models: "tuple[ModelChoice, ...]", votes: int | None, picture: Path | None = None
    ) -> None:
        """Shows the window and waits until it is closed and everything is kept. With a picture, draws it and closes."""
        closed = asyncio.Event()
        window = self.open_window()
        window.closed.connect(closed.set)
        painted = asyncio.Event()
        window.painted.connect(painted.set)
        window.show()
        await painted.wait()
        self.control.choose_models(models, votes)
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
        self._garbage.close()


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


def run_gui(namespace: argparse.Namespace, models: "tuple[ModelChoice, ...]") -> int:
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
            runner.run(application.run(tuple(namespace.paths), models, namespace.votes, namespace.screenshot))
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
