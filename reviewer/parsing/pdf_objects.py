"""What is drawn on a PDF page or in a form on it, in the order in which it is drawn. Asked for all at once: see below.

A page of drawings has thousands of objects; what PDFium says of each goes into arrays, not into an object for each.
"""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2
from pypdfium2 import raw

from reviewer.parsing.pdf_chars import Floats, Ints
from reviewer.parsing.pdfium_call import AnswerTable, plain_call


class Objects:
    """The objects of a page or of a form; asks PDFium what is wanted, once.

    Attributes:
        addresses: of the objects, in the order they are drawn.
    """

    def __init__(self, addresses: Sequence[int]) -> None:
        self.addresses = addresses

    @classmethod
    def of_page(cls, page: pypdfium2.PdfPage) -> "Objects":
        """What the page draws itself; what a form on it draws is in the form."""
        address = ctypes.cast(page.raw, ctypes.c_void_p).value or 0
        return cls(list(map(_calls().of_page, repeat(address), range(_calls().count(address)))))

    @classmethod
    def of_form(cls, form: int) -> "Objects":
        """What a form draws itself."""
        return cls(list(map(_calls().of_form, repeat(form), range(_calls().form_count(form)))))

    def __len__(self) -> int:
        return len(self.addresses)

    @cached_property
    def kinds(self) -> Ints:
        """What each of them is, as PDFium numbers it."""
        return np.fromiter(map(_calls().kind, self.addresses), np.int64, len(self.addresses))

    @cached_property
    def bounds(self) -> Floats:
        """Left, bottom, right, top in the space of what holds them; unknown (NaN) for text, which has characters."""
        asked = np.nonzero(self.kinds != raw.FPDF_PAGEOBJ_TEXT)[0].tolist()
        found, known = _calls().bounds.ask(_calls().bounds_of, len(asked), map(self.addresses.__getitem__, asked))
        bounds = np.full((len(self.addresses), 4), np.nan)
        bounds[asked] = np.where(known[:, None], found, np.nan)
        return bounds


@dataclass(frozen=True, slots=True)
class _Calls:
    """PDFium's functions on objects, by their addresses."""

    count: Any
    of_page: Any
    form_count: Any
    of_form: Any
    kind: Any
    bounds_of: Any
    bounds: AnswerTable


@cache
def _calls() -> _Calls:
    thing, number, address = ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t
    return _Calls(
        plain_call(raw.FPDFPage_CountObjects, number, thing),
        plain_call(raw.FPDFPage_GetObject, address, thing, number),
        plain_call(raw.FPDFFormObj_CountObjects, number, thing),
        plain_call(raw.FPDFFormObj_GetObject, address, thing, ctypes.c_ulong),
        plain_call(raw.FPDFPageObj_GetType, number, thing),
        plain_call(raw.FPDFPageObj_GetBounds, number, thing),
        AnswerTable(ctypes.c_float, 4, (0, 1, 2, 3)),
    )
