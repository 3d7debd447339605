"""Calls that wait for an endpoint: first what the user looks at, then in the order they came."""

import asyncio
from collections import deque
from collections.abc import Collection

from reviewer.engine.gate import Gate, Pass


class Waiter:
    """A call that waits.

    Attributes:
        gates: any of them will do.
        tokens: what it may use at most.
        subjects: what it is about, such as a section and its document.
        leave: resolved with the leave to be sent.
    """

    __slots__ = ("gates", "leave", "subjects", "tokens")

    def __init__(self, gates: tuple[Gate, ...], tokens: int, subjects: tuple[str, ...]) -> None:
        self.gates = gates
        self.tokens = tokens
        self.subjects = subjects
        self.leave: asyncio.Future[Pass] = asyncio.get_running_loop().create_future()


class Line:
    """The waiting calls of one run that may use the same gates. Each operation takes constant time, spread out."""

    def __init__(self) -> None:
        self._in_turn: deque[Waiter] = deque()
        self._by_subject: dict[str, deque[Waiter]] = {}
        self._size = 0

    def add(self, waiter: Waiter) -> None:
        """Puts a call at the end."""
        self._in_turn.append(waiter)
        for subject in waiter.subjects:
            self._by_subject.setdefault(subject, deque()).append(waiter)
        self._size += 1

    def first(self, looked_at: Collection[str]) -> Waiter | None:
        """Whose turn it is; stays in the line until it is removed."""
        for subject in looked_at:
            found = _head(self._by_subject.get(subject, deque()))
            if found is not None:
                return found
            self._by_subject.pop(subject, None)
        return _head(self._in_turn)

    def removed(self) -> None:
        """A call got its leave or was cancelled; it is dropped when it comes to the front."""
        self._size -= 1
        if not self._size:
            self._in_turn.clear()
            self._by_subject.clear()


def _head(waiters: deque[Waiter]) -> Waiter | None:
    while waiters and waiters[0].leave.done():
        waiters.popleft()
    return waiters[0] if waiters else None
