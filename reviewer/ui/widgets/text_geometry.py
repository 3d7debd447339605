"""Where things stand in a laid-out Qt document: boxes of words, blocks in sight. In the document's own coordinates."""

from collections.abc import Iterator, Sequence
from typing import cast

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextBlock, QTextDocument, QTextLine

from reviewer.domain.anchor import TextSpan


def word_boxes(document: QTextDocument, places: Sequence[TextSpan]) -> Iterator[QRectF]:
    """One box for each line of the words at these UTF-16 positions; white space at a line's end is left out."""
    for place in places:
        block = document.findBlock(place.start)
        while block.isValid() and block.position() < place.end:
            yield from _line_boxes(document, block, place)
            block = block.next()


def blocks_in_sight(document: QTextDocument, top: float, bottom: float) -> Iterator[QTextBlock]:
    """The blocks between two heights, and no more of the document is laid out than that takes."""
    layout = document.documentLayout()
    block = document.findBlockByNumber(_first_below(document, top))
    while block.isValid() and layout.blockBoundingRect(block).top() < bottom:
        yield block
        block = block.next()


def _first_below(document: QTextDocument, top: float) -> int:
    """The first block that ends below a height. Leaps, then halves: Qt lays out lazily, and its hit test errs then."""
    low, high = 0, 1
    while high < document.blockCount() and _bottom(document, high) <= top:
        low, high = high, 2 * high
    high = min(high, document.blockCount())
    while low < high:
        middle = (low + high) // 2
        if _bottom(document, middle) <= top:
            low = middle + 1
        else:
            high = middle
    return low


def _bottom(document: QTextDocument, number: int) -> float:
    return document.documentLayout().blockBoundingRect(document.findBlockByNumber(number)).bottom()


def _line_boxes(document: QTextDocument, block: QTextBlock, place: TextSpan) -> Iterator[QRectF]:
    origin = document.documentLayout().blockBoundingRect(block).topLeft()
    layout = block.layout()
    first = max(0, place.start - block.position())
    last = min(block.length() - 1, place.end - block.position())
    for index in range(layout.lineCount()):
        line = layout.lineAt(index)
        start, end = max(first, line.textStart()), min(last, line.textStart() + line.textLength())
        while start < end and document.characterAt(block.position() + end - 1).isspace():
            end -= 1
        if start < end:
            left, right = sorted((_x(line, start), _x(line, end)))
            yield QRectF(left, line.y(), right - left, line.ascent() + line.descent()).translated(origin)


def _x(line: QTextLine, position: int) -> float:
    """PySide answers with the place and the position it settled on, and does not say so in its types."""
    return cast("tuple[float, int]", line.cursorToX(position))[0]
