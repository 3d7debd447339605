"""Collects garbage on the window's thread, in small portions."""

import gc

from PySide6.QtCore import QObject, QTimer

from reviewer.ui.turns import Turns

INTERVAL_MS = 100
"""The time a collection takes grows with what was made since the last one: a run makes enough for 50 ms in 500."""

_OLDER_EVERY = 100
_ALL_EVERY = 1200


class Garbage(QObject):
    """Takes the collection of reference cycles over from Python, from construction to `close`.

    Python collects on whichever thread happens to allocate: on the engine's thread that would destroy Qt objects which
    belong to the window, and a full collection in the midst of a run stops all threads for a tenth of a second.
    """

    def __init__(self, turns: Turns, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turns = turns
        self._ticks = 0
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """What is young ten times a second, what is older every ten seconds, everything every two minutes."""
        self._turns.take()
        self._ticks += 1
        gc.collect(2 if self._ticks % _ALL_EVERY == 0 else 1 if self._ticks % _OLDER_EVERY == 0 else 0)

    def close(self) -> None:
        """Gives the work back to Python."""
        self._timer.stop()
        gc.enable()
