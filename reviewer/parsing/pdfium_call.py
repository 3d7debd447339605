"""Calls of PDFium with plain numbers for addresses: what is called for each character costs a third of it."""

import ctypes
from typing import Any


def plain_call(function: Any, result: Any, *arguments: Any) -> Any:
    """A function of PDFium that takes and gives plain numbers, after the ctypes types named here."""
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)
