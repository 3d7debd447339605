"""Turns of the interpreter: the engine's thread waits while the window works."""

import threading

from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QObject
from PySide6.QtWidgets import QWidget

PATIENCE_S = 0.05
"""How long the engine waits for its turn at most: work of the window that takes longer must not stop a run."""


class Turns(QObject):
    """Says when the window is at work. To be made on its thread, once there is a Qt application.

    Qt gives the interpreter away in each of the hundreds of calls that a repaint makes. With an engine that always has
    something to do, each costs a wait, and two milliseconds of work become twenty-five: both would share one processor
    and the window would stutter. So the engine pauses between two of its own pieces of work until the window rests.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._resting = threading.Event()
        self._resting.set()
        QAbstractEventDispatcher.instance().aboutToBlock.connect(self.rest)

    def watch(self, window: QWidget) -> None:
        """Takes a turn whenever a window repaints what changed in it."""
        window.installEventFilter(self)

    def take(self) -> None:
        """The window works, until its loop next waits for events. To be called where work of any length begins."""
        self._resting.clear()

    def rest(self) -> None:
        """The window waits: for events, or for the engine."""
        self._resting.set()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Sees repaints coming; stops nothing."""
        if event.type() == QEvent.Type.UpdateRequest:
            self.take()
        return False

    def wait(self) -> None:
        """Blocks while the window works, for `PATIENCE_S` at most. For the engine's thread."""
        self._resting.wait(PATIENCE_S)
