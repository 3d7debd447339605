"""From places where sections begin to the tree of sections."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Document
from reviewer.domain.ids import SectionId, content_id
from reviewer.domain.projection import Projection
from reviewer.domain.section import Section, SectionKind


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a section begins.

    Attributes:
        start: offset into the visible projection's text.
        level: 1 for the top; deeper than its parent's by any amount, the tree closes the gaps.
    """

    start: int
    kind: SectionKind
    level: int
    number: str = ""
    heading: str = ""


def build_tree(document: Document, projection: Projection, marks: Iterable[Mark]) -> tuple[Section, ...]:
    """The sections that begin at the marks, in order; empty where nothing is visible.

    A section goes on to the next mark of its level or above; its own part ends at the next mark of any level. The
    first begins at 0, whatever its mark says, and of two marks at one place the later is dropped, so the own parts
    tile the projection. Linear in the number of marks, apart from sorting them.
    """
    if not projection.text:
        return ()
    ordered = _closed(_placed(marks, len(projection.text)))
    ends = _ends(ordered, len(projection.text))
    sections: list[Section] = []
    path: list[tuple[int, SectionId]] = []
    for index, mark in enumerate(ordered):
        own_end = ordered[index + 1].start if index + 1 < len(ordered) else len(projection.text)
        own = projection.to_document(TextSpan(mark.start, own_end))
        is_leaf = ends[index] == own_end
        span = own if is_leaf else projection.to_document(TextSpan(mark.start, ends[index]))
        name = SectionId(content_id("sec", document.id, mark.kind, mark.number, mark.heading, span.start))
        while path and path[-1][0] >= mark.level:
            path.pop()
        parent = path[-1][1] if path else None
        sections.append(Section(name, mark.kind, mark.number, mark.heading, mark.level, parent, span, own))
        path.append((mark.level, name))
    return tuple(sections)


def _placed(marks: Iterable[Mark], length: int) -> list[Mark]:
    """One mark a place, in order, the first at 0."""
    placed: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: mark.start):
        if mark.start < length and (not placed or mark.start > placed[-1].start):
            placed.append(mark)
    if not placed:
        return [Mark(0, SectionKind.OTHER, 1)]
    return [replace(placed[0], start=0), *placed[1:]]


def _closed(marks: Sequence[Mark]) -> list[Mark]:
    """The same tree with levels that grow by one from parent to child."""
    closed: list[Mark] = []
    path: list[int] = []
    for mark in marks:
        while path and path[-1] >= mark.level:
            path.pop()
        path.append(mark.level)
        closed.append(mark if mark.level == len(path) else replace(mark, level=len(path)))
    return closed


def _ends(marks: Sequence[Mark], length: int) -> list[int]:
    ends = [length] * len(marks)
    open_marks: list[int] = []
    for index, mark in enumerate(marks):
        while open_marks and marks[open_marks[-1]].level >= mark.level:
            ends[open_marks.pop()] = mark.start
        open_marks.append(index)
    return ends
