"""Windows are tested off the screen where there is none; the window's loop is qasync's, and really runs."""

import asyncio
import gc
import itertools
import os
import sys
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest
import qasync
from PySide6.QtWidgets import QApplication

if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

PATIENCE_S = 60.0

Drive = Callable[[Coroutine[Any, Any, None]], None]


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["reviewer"]


@pytest.fixture(scope="session", autouse=True)
def fonts(qapp: QApplication) -> None:
    """The application's typeface: what fits in the window does so in the tests."""
    from reviewer.ui.theme.fonts import load_fonts

    load_fonts(qapp)


_TESTS = itertools.count(1)
_COLLECT_EVERY = 25


@pytest.fixture(scope="session", autouse=True)
def collected_here() -> Iterator[None]:
    """As in the application: a collection on the engine's thread would destroy Qt objects of this one."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def collected_sometimes() -> Iterator[None]:
    """In place of Python's own collections."""
    yield
    gc.disable()
    if next(_TESTS) % _COLLECT_EVERY == 0:
        gc.collect()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Any]:
    """The light theme on the test's application."""
    from reviewer.domain.settings import ThemeChoice
    from reviewer.ui.theme.theme import Theme

    made = Theme(qapp, ThemeChoice.LIGHT)
    yield made
    made.deleteLater()


@pytest.fixture
def drive(qapp: QApplication) -> Iterator[Drive]:
    """Runs a coroutine on a window's loop, to its end."""
    loop = qasync.QEventLoop(qapp, already_running=False)

    def run(story: Coroutine[Any, Any, None]) -> None:
        loop.run_until_complete(asyncio.wait_for(story, PATIENCE_S))

    yield run
    loop.close()
