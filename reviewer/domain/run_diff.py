"""What differs between the findings of two runs."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.finding import Finding
from reviewer.domain.report import DocumentReport, Report


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
    """

    kind: ChangeKind
    document: str
    place: str
    before: Finding | None
    after: Finding | None


@dataclass(frozen=True, slots=True)
class RunDiff:
    """What differs, in the order of the later run and then what is gone; and how many findings are alike."""

    changes: tuple[FindingChange, ...]
    alike: int


def diff_runs(before: Report, after: Report) -> RunDiff:
    """Compares findings about the same position at the same place: section by number and heading, document by name.

    Alike are those of the same outcome, severity and number of votes for and against.
    """
    old = {key: value for report in before.documents.values() for key, value in _places(report)}
    new = {key: value for report in after.documents.values() for key, value in _places(report)}
    changes = []
    alike = 0
    for key, finding in new.items():
        earlier = old.get(key)
        if earlier is None:
            changes.append(FindingChange(ChangeKind.ADDED, key[0], key[1], None, finding))
        elif _judged(earlier) != _judged(finding):
            changes.append(FindingChange(ChangeKind.CHANGED, key[0], key[1], earlier, finding))
        else:
            alike += 1
    gone = {key: finding for key, finding in old.items() if key not in new}
    changes += [FindingChange(ChangeKind.REMOVED, key[0], key[1], finding, None) for key, finding in gone.items()]
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
