"""Calls of PDFium made for each character or object of a page: by ctypes' usual way they cost several times as much.

What costs is not PDFium but to turn each argument into what C wants. Numbers for addresses cost a third of pypdfium2's
typed pointers; addresses that were turned once and are handed over again and again cost half of that.
"""

import ctypes
from collections.abc import Sequence
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

_ROWS = 4096


def plain_call(function: Any, result: Any, *arguments: Any) -> Any:
    """A function of PDFium that takes and gives plain numbers, after the ctypes types named here."""
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
    """Room for what PDFium answers about one character after the other, each in a row of numbers.

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

    def ask(self, call: Any, page: Any, characters: NDArray[np.int64]) -> tuple[NDArray[Any], NDArray[np.bool_]]:
        """What a `bare_call` answers about each character (zeros where it has no answer), and where it has one."""
        answers = np.zeros((len(characters), self._rows.shape[1]), self._rows.dtype)
        known = np.zeros(len(characters), np.bool_)
        for begin in range(0, len(characters), _ROWS):
            asked = characters[begin : begin + _ROWS].tolist()
            end = begin + len(asked)
            self._rows[: len(asked)] = 0
            places = (column[: len(asked)] for column in self._places)
            known[begin:end] = np.fromiter(map(call, repeat(page), asked, *places), np.bool_, len(asked))
            answers[begin:end] = self._rows[: len(asked)]
        return answers, known
