"""Corrections: what a person changes about how a document was cut. Kept as decisions about the document."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from reviewer.domain.anchor import TextSpan
from reviewer.domain.decision import Decision, DecisionAction
from reviewer.domain.document import Document
from reviewer.domain.ids import canonical_json
from reviewer.domain.projection import Projection
from reviewer.domain.section import Section, SectionKind
from reviewer.domain.section_tree import Mark, build_tree

DEEPEST = 9


class CorrectionAction(StrEnum):
    """What is changed: a section is joined to the one before it, cut in two, or called otherwise."""

    MERGE = "merge"
    SPLIT = "split"
    RENUMBER = "renumber"
    RENAME = "rename"
    RELABEL = "relabel"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Correction:
    """One change.

    Attributes:
        at: offset into ``Document.text``: where the changed section begins; for *split*, where the new one does.
        value: the new number, heading, kind or level, as text; empty for *merge* and *split*.
    """

    action: CorrectionAction
    at: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class CorrectedSections:
    """Sections after corrections, and the corrections that found nothing to change."""

    sections: tuple[Section, ...]
    stale: tuple[Correction, ...] = ()


def correct(
    document: Document, projection: Projection, sections: Sequence[Section], corrections: Sequence[Correction]
) -> CorrectedSections:
    """The sections with all corrections made, in the order they were made. Linear for each correction.

    The ``own`` parts tile the projection as before. A correction about a place where no section begins, or with a value
    that means nothing, changes nothing and is told as stale.
    """
    if not corrections:
        return CorrectedSections(tuple(sections))
    marks: dict[int, Mark] = {}
    for section in sections:
        start = projection.from_document(section.own).start
        marks[start] = Mark(start, section.kind, section.level, section.number, section.heading)
    stale = []
    for correction in corrections:
        place = projection.from_document(TextSpan(correction.at, correction.at)).start
        if not _apply(marks, correction, place, len(projection.text)):
            stale.append(correction)
    return CorrectedSections(build_tree(document, projection, marks.values()), tuple(stale))


def _apply(marks: dict[int, Mark], correction: Correction, place: int, length: int) -> bool:
    """Changes the marks; False where there is nothing to change."""
    if correction.action is CorrectionAction.SPLIT:
        before = max((start for start in marks if start < place), default=None)
        if before is None or place in marks or place >= length:
            return False
        marks[place] = replace(marks[before], start=place, number="", heading="")
        return True
    mark = marks.get(place)
    if mark is None:
        return False
    if correction.action is CorrectionAction.MERGE:
        if place == min(marks):
            return False
        del marks[place]
        return True
    changed = _changed(mark, correction)
    marks[place] = changed or mark
    return changed is not None


def _changed(mark: Mark, correction: Correction) -> Mark | None:
    """The mark with another number, heading, kind or level; None where the value means nothing."""
    value = " ".join(correction.value.split())
    if correction.action is CorrectionAction.RENUMBER:
        return replace(mark, number=value)
    if correction.action is CorrectionAction.RENAME:
        return replace(mark, heading=value)
    if correction.action is CorrectionAction.RELABEL:
        return replace(mark, kind=SectionKind(value)) if value in set(SectionKind) else None
    return replace(mark, level=int(value)) if value.isdecimal() and 0 < int(value) <= DEEPEST else None


def encode_correction(correction: Correction) -> str:
    """A correction as the value of a decision."""
    return canonical_json({"action": correction.action.value, "at": correction.at, "value": correction.value})


def corrections_of(decisions: Iterable[Decision]) -> tuple[Correction, ...]:
    """What of the decisions about a document's sections holds: *reopen* takes the last correction back."""
    found: list[Correction] = []
    for decision in decisions:
        if decision.action is DecisionAction.RESPLIT:
            found.append(decode_correction(decision.value))
        elif decision.action is DecisionAction.REOPEN and found:
            found.pop()
    return tuple(found)


def decode_correction(value: str) -> Correction:
    """The correction that `encode_correction` wrote."""
    fields = json.loads(value)
    return Correction(CorrectionAction(fields["action"]), int(fields["at"]), str(fields["value"]))
