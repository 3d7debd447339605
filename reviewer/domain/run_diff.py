"""What differs between the findings of two runs."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.finding import Finding
from reviewer.domain.report import DocumentReport, Report
from reviewer.domain.run_causes import Cause, Causes


class ChangeKind(StrEnum):
    """A finding is new, gone, or judged otherwise."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class FindingChange:
    """A finding that differs. One of the two is None where the other run has none.

    Attributes:
        document: name of the document.
        place: number and heading of the section; empty for the document as a whole.
        causes: all that differs between the runs and bears on it.
    """

    kind: ChangeKind
    document: str
    place: str
    before: Finding | None
    after: Finding | None
    causes: tuple[Cause, ...]

    @property
    def is_flip(self) -> bool:
        """True where a reader is told something else: not where only votes or a severity differ."""
        return _said(self.before) != _said(self.after)


@dataclass(frozen=True, slots=True)
class RunDiff:
    """What differs, in the order of the later run and then what is gone; and how many findings are alike."""

    changes: tuple[FindingChange, ...]
    alike: int

    @property
    def by_chance(self) -> tuple[FindingChange, ...]:
        """Findings that flipped though nothing differs between the runs: how far answers can be relied on."""
        return tuple(each for each in self.changes if each.is_flip and each.causes == (Cause.CHANCE,))


def diff_runs(before: Report, after: Report) -> RunDiff:
    """Compares findings about the same position at the same place: section by number and heading, document by name.

    Alike are those of the same outcome, severity and number of votes for and against.
    """
    old = {key: value for report in before.documents.values() for key, value in _places(report)}
    new = {key: value for report in after.documents.values() for key, value in _places(report)}
    changes: list[FindingChange] = []
    causes, alike = Causes(before, after), 0

    def note(kind: ChangeKind, key: _Place, one: Finding | None, two: Finding | None) -> None:
        changes.append(FindingChange(kind, key[0], key[1], one, two, causes.of(key[0], one, two)))

    for key, finding in new.items():
        earlier = old.get(key)
        if earlier is None:
            note(ChangeKind.ADDED, key, None, finding)
        elif _judged(earlier) != _judged(finding):
            note(ChangeKind.CHANGED, key, earlier, finding)
        else:
            alike += 1
    for key, finding in old.items():
        if key not in new:
            note(ChangeKind.REMOVED, key, finding, None)
    return RunDiff(tuple(changes), alike)


_Place = tuple[str, str, str, int]


def _places(report: DocumentReport) -> Iterable[tuple[_Place, Finding]]:
    """Each finding under its place; the last part counts those that share all else."""
    sections = {each.id: f"{each.number} {each.heading}".strip() for each in report.sections}
    seen: dict[tuple[str, str, str], int] = {}
    for finding in report.findings:
        place = sections.get(finding.section, "") if finding.section else ""
        key = (report.document.name, place, finding.position)
        seen[key] = seen.get(key, 0) + 1
        yield (*key, seen[key]), finding


def _judged(finding: Finding) -> tuple[object, ...]:
    votes = sorted((vote.rater, vote.index, vote.outcome) for vote in finding.votes)
    return finding.outcome, finding.severity, finding.status, votes


def _said(finding: Finding | None) -> tuple[object, ...] | None:
    return (finding.outcome, finding.fallback_rank) if finding else None
