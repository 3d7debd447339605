"""What stands on top of a PDF page: comments people left, and what was filled into its form."""

import ctypes
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw

from reviewer.parsing.pdf_chars import Look, PageView
from reviewer.parsing.pdf_glyphs import Run
from reviewer.parsing.pdfium_call import plain_call

_MOST = 2000  # annotations of one page
_MOST_CHARS = 10_000
_COMMENTS = {
    raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_HIGHLIGHT, raw.FPDF_ANNOT_UNDERLINE,
    raw.FPDF_ANNOT_SQUIGGLY, raw.FPDF_ANNOT_STRIKEOUT, raw.FPDF_ANNOT_CARET, raw.FPDF_ANNOT_STAMP,
    raw.FPDF_ANNOT_SQUARE, raw.FPDF_ANNOT_CIRCLE, raw.FPDF_ANNOT_LINE, raw.FPDF_ANNOT_INK, raw.FPDF_ANNOT_POLYGON,
    raw.FPDF_ANNOT_POLYLINE, raw.FPDF_ANNOT_FILEATTACHMENT,
}  # fmt: skip
_WRITTEN = {raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX}
_TICKED = {raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON}
_UNSEEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
HIDDEN_FIELD = "in a hidden field"
_LINE_HEIGHT = 1.2  # of the size of letters
_USUAL = 10.0  # points, of letters that are made to fit: what is filled in is no heading
_MOST_SIZE = 100.0


@dataclass(frozen=True, slots=True)
class Note:
    """A comment: its words with the author's name in front, and left, top, right, bottom in points as shown."""

    text: str
    box: tuple[float, float, float, float]


def read_annotations(
    page: pypdfium2.PdfPage, form: pypdfium2.PdfFormEnv | None, view: PageView
) -> tuple[list[Note], list[Run]]:
    """The comments of a page, as far as they say something; and what was filled in on it, where it is shown.

    Ticked boxes are read as ``☒``, others as ``☐``.
    """
    notes: list[Note] = []
    fields: list[Run] = []
    calls = _calls()
    address = ctypes.cast(page.raw, ctypes.c_void_p).value
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST)):
        found = calls.annotation(address, index)
        if not found:
            continue
        kind = calls.kind(found)  # most are links
        if kind in _COMMENTS:
            notes.extend(_note(ctypes.cast(found, raw.FPDF_ANNOTATION), view))
        elif kind == raw.FPDF_ANNOT_WIDGET and form is not None:
            fields.extend(_field(ctypes.cast(found, raw.FPDF_ANNOTATION), form, view))
        calls.close(found)
    return notes, fields


class _Calls(NamedTuple):
    """PDFium's functions on annotations, by their addresses."""

    annotation: Any
    kind: Any
    close: Any


@cache
def _calls() -> _Calls:
    thing, number = ctypes.c_void_p, ctypes.c_int
    return _Calls(
        plain_call(raw.FPDFPage_GetAnnot, ctypes.c_size_t, thing, number),
        plain_call(raw.FPDFAnnot_GetSubtype, number, thing),
        plain_call(raw.FPDFPage_CloseAnnot, None, thing),
    )


def _note(annotation: Any, view: PageView) -> Iterator[Note]:
    box, words = _box(annotation, view), _string(annotation, b"Contents")
    if box and words:
        author = _string(annotation, b"T")
        yield Note(f"{author}: {words}" if author else words, box)


def _field(annotation: Any, form: pypdfium2.PdfFormEnv, view: PageView) -> Iterator[Run]:
    box, value = _box(annotation, view), _value(form.raw, annotation)
    if box and value:
        hidden = HIDDEN_FIELD if raw.FPDFAnnot_GetFlags(annotation) & _UNSEEN else ""
        yield _run(value, box, _size(form.raw, annotation), hidden)


def _box(annotation: Any, view: PageView) -> tuple[float, float, float, float] | None:
    rect = raw.FS_RECTF()
    if not raw.FPDFAnnot_GetRect(annotation, ctypes.byref(rect)):
        return None
    low, high = sorted((rect.bottom, rect.top))
    x0, y0, x1, y1 = view.boxes(min(rect.left, rect.right), low, max(rect.left, rect.right), high)
    return float(x0), float(y0), float(x1), float(y1)


def _size(form: Any, annotation: Any) -> float:
    """Of the letters in a field; 0 where they are made to fit."""
    size = ctypes.c_float()
    known = raw.FPDFAnnot_GetFontSize(form, annotation, ctypes.byref(size))
    return size.value if known and 0 < size.value <= _MOST_SIZE else 0.0


def _value(form: Any, annotation: Any) -> str:
    kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in _TICKED:
        return "☒" if raw.FPDFAnnot_IsChecked(form, annotation) else "☐"
    if kind not in _WRITTEN:
        return ""
    return _read(lambda buffer, size: raw.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size))


def _string(annotation: Any, key: bytes) -> str:
    return _read(lambda buffer, size: raw.FPDFAnnot_GetStringValue(annotation, key, buffer, size))


def _read(ask: Any) -> str:
    """One line of printable characters."""
    size = min(int(ask(None, 0)), 2 * _MOST_CHARS)
    if size <= 2:  # noqa: PLR2004 - the end alone
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    ask(buffer, size)
    words = bytes(buffer)[: size - 2].decode("utf-16-le", "replace")
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def _run(text: str, box: tuple[float, float, float, float], size: float, hidden: str) -> Run:
    x0, y0, x1, y1 = box
    look = Look(round(size or min((y1 - y0) / _LINE_HEIGHT, _USUAL), 1), bold=False, italic=False)
    step = (x1 - x0) / len(text)
    edges = tuple(round(x0 + index * step, 2) for index in range(len(text) + 1))
    return Run(text, edges, x0, y0, x1, y1, look, Counter({look: len(text)}), hidden)
