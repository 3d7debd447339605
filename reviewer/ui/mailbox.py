"""The way from the engine's thread to the window: a deque, emptied by a timer."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Qt, QTimer, Signal

INTERVAL_MS = 33
"""Thirty deliveries a second: a queued signal per event costs 21 times as much, and stalls the window in a burst."""


class Mailbox(QObject):
    """Takes items from any thread and delivers them in batches, in order, on the thread it lives on."""

    delivered = Signal(list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: deque[object] = deque()
        self._listeners = 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.deliver)

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
        """Delivers everything that is in."""
        batch = []
        while self._items:
            batch.append(self._items.popleft())
        if batch:
            self.delivered.emit(batch)
