"""The engine's thread waits while the window works, but not for ever."""

import threading
import time

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reviewer.ui import turns as module
from reviewer.ui.turns import PATIENCE_S, Turns


def blocked_s(turns: Turns) -> float:
    """How long another thread waits for its turn."""
    waited = list[float]()

    def wait() -> None:
        started = time.perf_counter()
        turns.wait()
        waited.append(time.perf_counter() - started)

    thread = threading.Thread(target=wait)
    thread.start()
    thread.join()
    return waited[0]


def test_nobody_waits_while_the_window_rests(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_S", 60.0)
    turns = Turns()

    assert blocked_s(turns) < 30.0


def test_the_engine_waits_while_the_window_works_but_loses_patience(qtbot: QtBot) -> None:
    turns = Turns()
    turns.take()

    assert blocked_s(turns) >= PATIENCE_S


def test_the_engine_goes_on_when_the_window_waits_for_events(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_S", 60.0)
    turns = Turns()
    turns.take()

    qtbot.wait(20)

    assert blocked_s(turns) < 30.0


def test_a_repaint_of_a_watched_window_is_a_turn(qtbot: QtBot) -> None:
    taken = list[str]()

    class Turn(Turns):
        def take(self) -> None:
            taken.append("turn")

    window, turns = QWidget(), Turn()
    qtbot.addWidget(window)
    turns.watch(window)
    with qtbot.waitExposed(window):
        window.show()
    taken.clear()

    window.update()

    qtbot.waitUntil(lambda: bool(taken))
