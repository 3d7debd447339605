"""Printed lines to flowing text: where a line end is a space, where it is nothing, where it stays.

Every function keeps a text's length and says which characters are not shown, so that places stay exact.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property

from reviewer.domain.anchor import TextSpan

LINE_BREAK = "\u2028"
"""A line end inside a paragraph, as Qt writes it."""

_HYPHENATED = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]\n(?=[^\W\d_])")
_HEAD = re.compile(r"[^\W\d_]+(?=\Z)")
_TAIL = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_IDEOGRAPHS = "\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
_BETWEEN_IDEOGRAPHS = re.compile(f"(?<=[{_IDEOGRAPHS}])\n(?=[{_IDEOGRAPHS}])")
_SPACES = re.compile(r"(?<=\S[ \u00a0])[ \u00a0]+(?=\S)")
_MARKDOWN = re.compile(
    r"</?[a-zA-Z][a-zA-Z0-9]*(?: [^<>\n]{0,300})?/?>|\*\*|(?<!\w)__(?=\S)|(?<=\S)__(?!\w)|\\(?=[-\\*_.#()\[\]])"
)
_ITEM = re.compile(
    r"[ \t]*(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivxlcIVXLC]{1,6})[.)]|\d{1,3}(?:\.\d{1,3})+[.)]?|[-*+•▪◦●○■□–])[ \t]+\S"
)
_FULL_LINE = 0.72  # of the longest line: shorter lines were ended on purpose
_LEAST_WRAPPED = 45
_UNSAFE = {
    **dict.fromkeys((*range(9), *range(11, 32), 0x7F, 0x85), " "),
    **dict.fromkeys((*range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0), 0xFFFC, 0xFFFE, 0xFFFF), "\ufffd"),
    0x2029: LINE_BREAK,
}  # what Qt would take as an end of a block, or could not hold


class LineEnds(Enum):
    """What line ends inside a paragraph are: printed lines (PDF), wrapped lines (text), or meant (Word)."""

    PRINTED = auto()
    WRAPPED = auto()
    MEANT = auto()


@dataclass(slots=True)
class Flowed:
    """Text of the same length, and the stretches of it that are not shown, in order."""

    text: str
    dropped: list[TextSpan] = field(default_factory=list)


class Flow:
    """Sets the lines of one document.

    Args:
        text: the document's, asked for the words it uses.
        is_markdown: marks of Markdown and tags are not shown.
    """

    def __init__(self, text: str, *, is_markdown: bool = False) -> None:
        self._text = text
        self._is_markdown = is_markdown
        self._flows: dict[LineEnds, Callable[[str], Flowed]] = {
            LineEnds.PRINTED: self._printed,
            LineEnds.WRAPPED: self._wrapped,
            LineEnds.MEANT: lambda text: Flowed(text.replace("\n", LINE_BREAK)),
        }

    def flow(self, text: str, ends: LineEnds) -> Flowed:
        """A paragraph's text with its line ends settled and without characters that Qt reads as its own."""
        flowed = self._flows[ends](text)
        flowed.text = flowed.text.translate(_UNSAFE)
        return flowed

    def _printed(self, text: str) -> Flowed:
        dropped = []
        if "\n" in text:
            dropped = [self._unbroken(text, found) for found in _HYPHENATED.finditer(text)]
            dropped += [TextSpan(*found.span()) for found in _BETWEEN_IDEOGRAPHS.finditer(text)]
        return Flowed(text.replace("\n", " "), sorted(dropped))

    def _unbroken(self, text: str, found: re.Match[str]) -> TextSpan:
        """The line end, and the hyphen too where the words of the document say that it only parts a word."""
        head, tail = _HEAD.search(text, 0, found.start()), _TAIL.match(text, found.end())
        words = (head[0].lower() if head else "", tail[0].lower() if tail else "")
        is_word = "".join(words) in self._words
        is_compound = "-".join(words) in self._words or all(word in self._words for word in words)
        is_soft = found[0][0] == "\u00ad" or is_word or (words[1] == (tail[0] if tail else "") and not is_compound)
        return TextSpan(found.start() + (0 if is_soft else 1), found.end())

    @cached_property
    def _words(self) -> set[str]:
        """Words that do not stand at a broken line's end or beginning, in small letters."""
        return {found[0].lower() for found in _WORD.finditer(_broken_words_out(self._text))}

    def _wrapped(self, text: str) -> Flowed:
        dropped = [TextSpan(*found.span()) for found in _SPACES.finditer(text)]
        if self._is_markdown:
            dropped = _merged(dropped + [TextSpan(*found.span()) for found in _MARKDOWN.finditer(text)])
        return Flowed(_wrapped_lines(text) if "\n" in text else text, dropped)


def one_line(text: str) -> str:
    """A short text on one line, without characters that Qt reads as its own."""
    return " ".join(text.translate(_UNSAFE).split())


def _broken_words_out(text: str) -> str:
    return re.sub(r"\S+[-\u00ad\u2010]\n\S+", " ", text)


def _merged(spans: list[TextSpan]) -> list[TextSpan]:
    merged: list[TextSpan] = []
    for span in sorted(spans):
        last = merged.pop() if merged and span.start <= merged[-1].end else span
        merged.append(TextSpan(last.start, max(last.end, span.end)))
    return merged


def _wrapped_lines(text: str) -> str:
    lines = text.split("\n")
    full = max(_LEAST_WRAPPED, _FULL_LINE * max(map(len, lines)))
    return "".join(line + _joint(line, full) for line in lines[:-1]) + lines[-1]


def _joint(line: str, full: float) -> str:
    return " " if len(line.rstrip()) >= full and not line.endswith("  ") else LINE_BREAK


def wrapped_parts(text: str, span: TextSpan) -> Iterator[TextSpan]:
    """Cuts a block of plain text where a line begins like an item of a list. The parts leave out only line ends."""
    start = line_start = span.start
    for line in span.of(text).split("\n"):
        if line_start > start and _ITEM.match(line):
            yield TextSpan(start, line_start - 1)
            start = line_start
        line_start += len(line) + 1
    yield TextSpan(start, span.end)
