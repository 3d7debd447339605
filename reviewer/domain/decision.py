"""Decisions: what a person says about a finding or a document. A journal that only grows; the last word counts."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from reviewer.domain.ids import FindingId


class DecisionAction(StrEnum):
    """What a person does.

    *Reopen* takes an agreement, a dismissal or the last *resplit* back; an empty note removes the note. *Resplit* is
    about the sections of a document; its value is a correction (`reviewer.domain.correction`). *Reroute* is about the
    routes of a document; its value is an override (`reviewer.domain.override`).
    """

    AGREE = "agree"
    DISMISS = "dismiss"
    REOPEN = "reopen"
    NOTE = "note"
    RESPLIT = "resplit"
    REROUTE = "reroute"


class DismissReason(StrEnum):
    """Why a finding is set aside."""

    WRONG = "wrong"
    NOT_OUR_POSITION = "not_our_position"
    TRIVIAL = "trivial"


class SubjectKind(StrEnum):
    """What a decision can be about."""

    FINDING = "finding"
    SECTIONS = "sections"
    ROUTES = "routes"


@dataclass(frozen=True, slots=True)
class SubjectRef:
    """What a decision is about. Ids derive from content, so that a decision survives a re-run."""

    kind: SubjectKind
    id: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One act of a person.

    Attributes:
        reason: for a dismissal; else None.
        value: the text of a note, or a correction; why a finding is open again; else empty.
        by: name of the person, as the system knows it; may be empty.
        at: aware, UTC.
        carried_from: id of the finding of the earlier version that it was decided about; else empty.
    """

    subject: SubjectRef
    action: DecisionAction
    at: datetime
    reason: DismissReason | None = None
    value: str = ""
    by: str = ""
    carried_from: str = ""


CLAUSE_CHANGED = "clause_changed"
"""Why a finding is open again: the words of its section are others in the new version."""


class Status(StrEnum):
    """How a finding stands with the person who reviews it."""

    OPEN = "open"
    AGREED = "agreed"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Standing:
    """All decisions about one finding, added up.

    Attributes:
        reason: only where it is dismissed.
        note: may be empty.
        why_open: why a finding that was decided about is open again, such as `CLAUSE_CHANGED`; else empty.
    """

    status: Status = Status.OPEN
    reason: DismissReason | None = None
    note: str = ""
    why_open: str = ""


OPEN = Standing()
"""How a finding stands that nobody decided about."""


def stand(standing: Standing, decision: Decision) -> Standing:
    """The standing after one more decision."""
    match decision.action:
        case DecisionAction.AGREE:
            return replace(standing, status=Status.AGREED, reason=None, why_open="")
        case DecisionAction.DISMISS:
            return replace(standing, status=Status.DISMISSED, reason=decision.reason, why_open="")
        case DecisionAction.REOPEN:
            return replace(standing, status=Status.OPEN, reason=None, why_open=decision.value)
        case DecisionAction.NOTE:
            return replace(standing, note=decision.value)
        case DecisionAction.RESPLIT | DecisionAction.REROUTE:
            return standing
        case _:
            assert_never(decision.action)


def standings(decisions: Iterable[Decision]) -> dict[FindingId, Standing]:
    """How each finding stands; those nobody decided about are left out. Decisions in the order they were made."""
    found: dict[FindingId, Standing] = {}
    for decision in decisions:
        finding = FindingId(decision.subject.id)
        found[finding] = stand(found.get(finding, OPEN), decision)
    return found


@dataclass(frozen=True, slots=True)
class Conflict:
    """People who see one finding differently, each with their last word."""

    finding: FindingId
    by_person: tuple[tuple[str, Standing], ...]


def conflicts(decisions: Iterable[Decision]) -> tuple[Conflict, ...]:
    """Findings that one person agrees with and another dismisses, by name. Decisions in the order they were made."""
    found: dict[FindingId, dict[str, Standing]] = {}
    for decision in decisions:
        if decision.subject.kind is SubjectKind.FINDING:
            people = found.setdefault(FindingId(decision.subject.id), {})
            people[decision.by] = stand(people.get(decision.by, OPEN), decision)
    told = []
    for finding, people in found.items():
        if {Status.AGREED, Status.DISMISSED} <= {standing.status for standing in people.values()}:
            told.append(Conflict(finding, tuple(sorted(people.items()))))
    return tuple(told)
