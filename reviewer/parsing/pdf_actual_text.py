"""ActualText: words that a PDF gives out in place of those it draws. Whoever copies them gets what nobody sees.

Meant for ligatures, hyphens and formulas, where both are the same; PDFium hands over the replacement alone. pypdf reads
what is drawn: where the two differ, what is drawn counts and the replacement is hidden.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
from pypdfium2 import raw

from reviewer.parsing.pdf_chars import PageChars
from reviewer.parsing.pdf_glyphs import Run
from reviewer.parsing.pdf_text_objects import TextObjects

REPLACED = "other words than those that are drawn"
_KEY = b"ActualText"
_MIN_LETTERS = 4  # shorter ones are ligatures, hyphens and symbols
_MAX_BYTES = 20_000


@dataclass(frozen=True, slots=True)
class Replacement:
    """The words of a replacement, and the indices of its text objects on the page."""

    text: str
    objects: frozenset[int]


def find_replacements(chars: PageChars, texts: TextObjects) -> list[Replacement]:
    """What stands on a page in place of other words. Linear in the page's text objects."""
    objects: dict[str, set[int]] = {}
    for index in (texts.marks > 0).nonzero()[0].tolist():
        text = _actual_text(chars.objects[index], int(texts.marks[index]))
        if text and len(_letters(text)) >= _MIN_LETTERS:
            objects.setdefault(text, set()).add(index)
    return [Replacement(text, frozenset(found)) for text, found in objects.items()]


def is_drawn(replacement: Replacement, drawn: str) -> bool:
    """Whether the words of a replacement are among those that are drawn, but for blanks and signs."""
    return not drawn or _letters(replacement.text) in _letters(drawn)


def drawn_runs(chars: PageChars, replacements: list[Replacement], drawn: str) -> Iterator[Run]:
    """What is drawn where the replacements stand, as far as it can be told."""
    given, seen = _words_of(chars), drawn.split()
    pieces = SequenceMatcher(a=given, b=seen, autojunk=False).get_opcodes()
    for replacement in replacements:
        words = replacement.text.split()
        for _, start, end, first, last in pieces:
            if given[start:end] and all(word in given[start:end] for word in words) and last > first:
                yield _run(chars, replacement, " ".join(seen[first:last]))
                break


def _run(chars: PageChars, replacement: Replacement, text: str) -> Run:
    mine = np.isin(chars.object, list(replacement.objects))
    x0, x1 = float(chars.x0[mine].min()), float(chars.x1[mine].max())
    edges = tuple(np.round(np.linspace(x0, x1, len(text) + 1), 2).tolist())
    look = chars.looks[int(chars.look[mine][0])]
    run = Run(text, edges, x0, float(chars.y0[mine].min()), x1, float(chars.y1[mine].max()), look)
    run.looks[look] = len(text)
    return run


def _words_of(chars: PageChars) -> list[str]:
    words, line = [], -1
    for code, number in zip(chars.codes.tolist(), chars.line.tolist(), strict=True):
        if number != line:
            words.append(" ")
            line = number
        words.append(chr(code))
    return "".join(words).split()


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _actual_text(address: int, marks: int) -> str:
    thing = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
    for index in range(marks):
        mark = raw.FPDFPageObj_GetMark(thing, index)
        length = ctypes.c_ulong()
        if not raw.FPDFPageObjMark_GetParamStringValue(mark, _KEY, None, 0, ctypes.byref(length)):
            continue
        if not 0 < length.value <= _MAX_BYTES:
            continue
        buffer = (ctypes.c_ushort * (length.value // 2 + 1))()
        raw.FPDFPageObjMark_GetParamStringValue(mark, _KEY, buffer, length.value, ctypes.byref(length))
        return bytes(buffer)[: max(0, length.value - 2)].decode("utf-16-le", "replace")
    return ""
