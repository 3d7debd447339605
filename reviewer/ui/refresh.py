"""What has to be shown anew, a part at a time: the window stays smooth while results stream in."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from reviewer.ui.turns import Turns

INTERVAL_MS = 100
"""With eight parts asked for all the time, each is shown anew about once a second: faster than anyone reads."""


class Refresh(QObject):
    """Calls the parts that were asked for, one a tick, in the order they were asked for; each once however often asked.

    Ten small pieces of work leave the window responsive between them; the same work in one piece is a stutter.
    """

    def __init__(self, turns: Turns, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turns = turns
        self._asked: dict[Callable[[], None], None] = {}
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._show_next)

    def ask(self, *parts: Callable[[], None]) -> None:
        """Has parts called soon."""
        self._asked.update(dict.fromkeys(parts))
        if not self._timer.isActive():
            self._timer.start(INTERVAL_MS)

    def hurry(self) -> None:
        """Calls what is asked for, and what that asks for in turn, as soon as the window has drawn what came before."""
        self._timer.start(0)

    @property
    def is_done(self) -> bool:
        """True when nothing is asked for."""
        return not self._asked

    def _show_next(self) -> None:
        self._turns.take()
        part = next(iter(self._asked), None)
        if part is None:
            self._timer.stop()
            return
        del self._asked[part]
        part()
