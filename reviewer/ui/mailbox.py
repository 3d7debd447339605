"""The way from the engine's thread to the window: a deque, emptied by a timer."""

import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from reviewer.ui.turns import Turns

INTERVAL_MS = 33
"""Thirty deliveries a second: a queued signal per event costs 21 times as much, and stalls the window in a burst."""

BATCH = 16
SLICE_S = 0.004
"""A delivery takes no new batch after so long: what is left of a burst waits, so that the window is drawn between."""

_SOON_MS = 8


class Mailbox(QObject):
    """Takes items from any thread and delivers them in batches, in order, on the thread it lives on."""

    delivered = Signal(list)

    def __init__(self, turns: Turns, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turns = turns
        self._items: deque[object] = deque()
        self._listeners = 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._deliver_slice)

    def post(self, item: object) -> None:
        """Puts an item in; for any thread. It is delivered while somebody is `listening`."""
        self._items.append(item)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Delivers in intervals meanwhile, and what is left at the end. Between times no timer runs."""
        self._listeners += 1
        self._timer.start()
        try:
            yield
        finally:
            self._listeners -= 1
            if not self._listeners:
                self._timer.stop()
            self.deliver()

    def deliver(self) -> None:
        """Delivers everything that is in, however long it takes."""
        self._deliver(len(self._items))

    def _deliver_slice(self) -> None:
        self._turns.take()
        until = time.perf_counter() + SLICE_S
        while self._items and time.perf_counter() < until:
            self._deliver(BATCH)
        self._timer.setInterval(_SOON_MS if self._items else INTERVAL_MS)

    def _deliver(self, most: int) -> None:
        batch = [self._items.popleft() for _ in range(min(most, len(self._items)))]
        if batch:
            self.delivered.emit(batch)
