"""Calls of PDFium made for each character or object of a page: by ctypes' usual way they cost several times as much.

What costs is not PDFium but to turn each argument into what C wants. Numbers for addresses cost a third of pypdfium2's
typed pointers; addresses that were turned once and are handed over again and again cost half of that.
"""

import ctypes
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

_ROWS = 4096


def plain_call(function: Any, result: Any, *arguments: Any) -> Any:
    """A function of PDFium that takes and gives plain numbers, after the ctypes types named here.

    Arguments behind these that say where to write are handed over as they are: `ctypes.byref` made them ready.
    """
    return ctypes.PYFUNCTYPE(result, *arguments)(_address(function))


def bare_call(function: Any, result: Any) -> Any:
    """A function of PDFium that takes what `ready` made, and numbers where C has an ``int``; checks nothing."""
    return ctypes.PYFUNCTYPE(result)(_address(function))


def _address(function: Any) -> int:
    return ctypes.cast(function, ctypes.c_void_p).value or 0


def ready(handle: Any) -> Any:
    """The address in one of pypdfium2's typed pointers, for `bare_call`; holds as long as what it points to."""
    return ctypes.byref(handle.contents)


class AnswerTable:
    """Room for what PDFium answers about one character or object after the other, each in a row of numbers.

    For one thread, as PDFium is.

    Args:
        kind: the ctypes type of the numbers.
        width: how many are in a row.
        columns: for each argument that says where to write, which number of the row it writes first.
    """

    def __init__(self, kind: Any, width: int, columns: Sequence[int]) -> None:
        numbers = (kind * (_ROWS * width))()
        self._rows = np.frombuffer(numbers, kind).reshape(_ROWS, width)
        step = ctypes.sizeof(kind)
        self._places = [
            [ctypes.byref(numbers, step * (width * row + column)) for row in range(_ROWS)] for column in columns
        ]

    def ask(self, call: Any, count: int, *about: Iterable[Any]) -> tuple[NDArray[Any], NDArray[np.bool_]]:
        """What a call answers about so many (zeros where it has no answer), and where it has one.

        Args:
            call: a `bare_call` or a `plain_call` that says whether it has an answer.
            count: how many are asked about.
            about: for each argument before the places its values, one for each that is asked about.
        """
        answers, known = self._room(count), np.zeros(count, np.bool_)
        for begin, end, asking in self._asking(call, count, about):
            known[begin:end] = np.fromiter(asking, np.bool_, end - begin)
            answers[begin:end] = self._rows[: end - begin]
        return answers, known

    def note(self, call: Any, count: int, *about: Iterable[Any]) -> NDArray[Any]:
        """As `ask`, of a call that gives nothing (a fifth faster)."""
        answers = self._room(count)
        for begin, end, asking in self._asking(call, count, about):
            deque(asking, maxlen=0)
            answers[begin:end] = self._rows[: end - begin]
        return answers

    def _room(self, count: int) -> NDArray[Any]:
        return np.empty((count, self._rows.shape[1]), self._rows.dtype)

    def _asking(
        self, call: Any, count: int, about: Sequence[Iterable[Any]]
    ) -> Iterator[tuple[int, int, Iterator[Any]]]:
        values = [iter(each) for each in about]
        for begin in range(0, count, _ROWS):
            size = min(_ROWS, count - begin)
            self._rows[:size] = 0
            yield begin, begin + size, map(call, *(islice(each, size) for each in values), *self._places)
