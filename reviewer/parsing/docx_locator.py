"""Addresses of blocks in a Word file, exact enough to put a comment or a change on any of their words.

A locator reads ``document.xml#p12:0+14,3@5+9``: part, paragraph, and the stretches of characters that the block is
made of, in order. ``p12`` is the part's 13th ``w:p`` in document order, whatever it stands in (tables, text boxes and
unread alternatives count too). ``0+14`` are 14 characters from the start of the paragraph's first run, ``3@5+9`` nine
characters from the sixth one of its fourth run. Runs are the ``w:r`` and ``m:r`` below the ``w:p`` in document order.
Characters are those that `run_characters` gives, so the lengths add up to the length of the block. An empty block has
no stretches: ``document.xml#p12``.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reviewer.parsing.docx_package import MATH, MC, W, alternative
from reviewer.parsing.zip_parts import Element

_WRITTEN = re.compile(r"([^#]+)#p(\d+)(?::(.+))?")
_STRETCH = re.compile(r"(\d+)(?:@(\d+))?\+(\d+)")
_PARAGRAPH, _RUNS = W + "p", (W + "r", MATH + "r")
_TEXTS = frozenset({W + "t", W + "delText", MATH + "t"})
_SYMBOL, _CODE = W + "sym", W + "char"
_CHARACTERS = {
    W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "\u2011",
}  # fmt: skip
_SYMBOLS = {"F0B7": "•", "F0A7": "▪", "F0FC": "✓", "F0FE": "☒", "F0A8": "☐", "F06F": "☐", "F0FD": "☒", "F0E0": "→"}
_SURROGATES = range(0xD800, 0xE000)


class Stretch(NamedTuple):
    """Characters of one run: the run's index in its paragraph, the first character's index in the run, how many."""

    run: int
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a block stands: the part's file name, the paragraph's index in the part, the block's characters."""

    part: str
    paragraph: int
    stretches: tuple[Stretch, ...] = ()

    def __str__(self) -> str:
        return write_locator(self.part, self.paragraph, self.stretches)

    @classmethod
    def parse(cls, text: str) -> "Locator":
        """The locator that was written so.

        Raises:
            ValueError: it is none.
        """
        match = _WRITTEN.fullmatch(text)
        if match is None:
            raise ValueError(f"not a locator: {text!r}")
        part, paragraph, written = match.groups()
        found = [_STRETCH.fullmatch(each) for each in written.split(",")] if written else []
        stretches = tuple(Stretch(int(each[1]), int(each[2] or 0), int(each[3])) for each in found if each is not None)
        if len(stretches) != len(found):
            raise ValueError(f"not a locator: {text!r}")
        return cls(part, int(paragraph), stretches)

    def within(self, start: int, end: int) -> "Locator":
        """The same for some of the block's characters, counted from its first."""
        stretches, at = [], 0
        for each in self.stretches:
            first, last = max(start, at), min(end, at + each.length)
            if first < last:
                stretches.append(Stretch(each.run, each.start + first - at, last - first))
            at += each.length
        return Locator(self.part, self.paragraph, tuple(stretches))

    def resolve(self, root: Element) -> tuple[Element, list[tuple[Element, int, int]]]:
        """The ``w:p`` in the part's root, and each run with the range of its characters that is meant.

        Raises:
            LookupError: the part has no such paragraph or run.
        """
        paragraph = next((each for index, each in enumerate(root.iter(_PARAGRAPH)) if index == self.paragraph), None)
        if paragraph is None:
            raise LookupError(f"{self.part} has no paragraph {self.paragraph}")
        runs = list(runs_of(paragraph))
        return paragraph, [(runs[each.run], each.start, each.start + each.length) for each in self.stretches]


class PartIndex:
    """Where the paragraphs and runs of a part stand, found in one walk over it.

    Args:
        root: the part's root; no paragraph or run of another may be asked for.
    """

    def __init__(self, root: Element) -> None:
        self._paragraphs: dict[Element, tuple[int, int]] = {}  # with the number of runs before
        self._runs: dict[Element, int] = {}
        for element in root.iter(_PARAGRAPH, *_RUNS):
            if element.tag == _PARAGRAPH:
                self._paragraphs[element] = len(self._paragraphs), len(self._runs)
            else:
                self._runs[element] = len(self._runs)

    def paragraph(self, paragraph: Element) -> int:
        """The index of a paragraph in the part."""
        return self._paragraphs[paragraph][0]

    def runs_before(self, paragraph: Element) -> int:
        """How many runs of the part stand before a paragraph."""
        return self._paragraphs[paragraph][1]

    def run(self, run: Element) -> int:
        """The index of a run in the part; without the runs before its paragraph, it is that in the paragraph."""
        return self._runs[run]


def write_locator(part: str, paragraph: int, stretches: Sequence[Stretch] = ()) -> str:
    """A locator as it is written."""
    written = ",".join([f"{run}@{start}+{length}" if start else f"{run}+{length}" for run, start, length in stretches])
    return f"{part}#p{paragraph}:{written}" if written else f"{part}#p{paragraph}"


def runs_of(paragraph: Element) -> Iterator[Element]:
    """The runs below a paragraph in document order, those of text boxes and formulas too."""
    return paragraph.iter(*_RUNS)


def run_characters(run: Element) -> Iterator[tuple[Element, str]]:
    """The children of a run that hold characters (in alternatives: of the one that is read), and the characters."""
    for child in run:
        if child.tag == MC + "AlternateContent":
            yield from run_characters(alternative(child))
        elif child.tag == W + "ruby":
            for inner in child.iterfind(f"{W}rubyBase/{W}r"):
                yield from run_characters(inner)
        else:
            text = characters(child)
            if text:
                yield child, text


def characters(child: Element) -> str:
    """The characters that one child of a run stands for."""
    tag = child.tag
    if tag in _TEXTS:
        return child.text or ""
    if tag == _SYMBOL:
        return _symbol(child.get(_CODE, "").upper())
    return _CHARACTERS.get(tag, "")


def _symbol(code: str) -> str:
    if code in _SYMBOLS:
        return _SYMBOLS[code]
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    return chr(point) if 32 <= point < 0x10000 and point not in _SURROGATES else ""  # noqa: PLR2004 - the BMP
