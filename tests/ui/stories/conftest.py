"""The whole application over a workspace of its own, driven like a person would: by object name, mouse and keys."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
import qasync
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget

from reviewer.app import Application
from reviewer.bootstrap import settings_service
from reviewer.ui.main_window import MainWindow

Open = Callable[[], "Desk"]
PAINT_S = 0.1
POLL_S = 0.02
PATIENCE_S = 60.0
Found = TypeVar("Found", bound=QWidget)


class Desk:
    """An open window, and the loop it lives on."""

    def __init__(self, application: Application, loop: qasync.QEventLoop) -> None:
        self.application = application
        self.window: MainWindow = application.open_window()
        self._loop = loop
        self.window.resize(1280, 800)
        self.window.show()
        self.act(lambda: application.control)

    def find(self, kind: type[Found], name: str) -> Found:
        """The widget of this name."""
        found = self.window.findChild(kind, name)
        assert found is not None, name
        return found

    def act(self, what: Callable[[], object]) -> None:
        """Does something on the window's loop; until everything that it begins has ended, and is painted."""
        self._loop.run_until_complete(asyncio.wait_for(self._act(what), PATIENCE_S))

    def begin(self, what: Callable[[], object], until: Callable[[], bool]) -> None:
        """Does something on the window's loop; returns in the middle of it, once this is so."""
        self._loop.run_until_complete(asyncio.wait_for(self._begin(what, until), PATIENCE_S))

    async def _begin(self, what: Callable[[], object], until: Callable[[], bool]) -> None:
        what()
        while not until():  # noqa: ASYNC110 - what is waited for need not have an event
            await asyncio.sleep(POLL_S)

    def do(self, action: str) -> None:
        """Chooses an action of the menus, and waits for what comes of it."""
        self.act(self.window.actions_table[action].trigger)

    async def _act(self, what: Callable[[], object]) -> None:
        what()
        await asyncio.sleep(PAINT_S)
        while not self.application.tasks.is_idle:
            await self.application.tasks.wait()
            await asyncio.sleep(PAINT_S)


@pytest.fixture
def open_desk(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Opens the application; every time over the same workspace and settings: those in ``config`` of the test."""
    monkeypatch.setenv("REVIEWER_HOME", str(tmp_path))
    qapp.setQuitOnLastWindowClosed(False)  # as the application does
    opened: list[tuple[Desk, qasync.QEventLoop]] = []

    def open_one() -> Desk:
        geometry = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
        settings = settings_service(None).effective().settings
        application = Application(qapp, tmp_path / "workspace", geometry, settings)
        loop = qasync.QEventLoop(qapp)
        desk = Desk(application, loop)
        opened.append((desk, loop))
        return desk

    yield open_one
    for desk, loop in opened:
        desk.application.close()
        desk.window.deleteLater()
        loop.close()
