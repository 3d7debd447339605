"""Garbage is collected on the window's thread, and only there."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from reviewer.ui.garbage import Garbage
from reviewer.ui.turns import Turns


class Knot:
    """Refers to itself."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def garbage(qtbot: QtBot) -> Iterator[Garbage]:
    made = Garbage(Turns())
    yield made
    made.close()


def test_knot_is_collected_by_the_timer(garbage: Garbage, qtbot: QtBot) -> None:
    knot = weakref.ref(Knot())
    assert knot() is not None

    qtbot.waitUntil(lambda: knot() is None)


def test_other_threads_collect_nothing(garbage: Garbage) -> None:
    knot = weakref.ref(Knot())

    thread = threading.Thread(target=lambda: [Knot() for _ in range(20_000)])
    thread.start()
    thread.join()

    assert knot() is not None


def test_python_collects_again_when_it_is_closed(qtbot: QtBot) -> None:
    garbage = Garbage(Turns())
    assert not gc.isenabled()

    garbage.close()

    assert gc.isenabled()
