from dataclasses import replace

from reviewer.domain.finding import Finding
from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.report import Report
from reviewer.domain.run_diff import ChangeKind, diff_runs
from tests.fakes.reports import make_finding, make_report

REPORT = make_report()


def with_findings(*findings: Finding) -> Report:
    document = next(iter(REPORT.documents.values()))
    return replace(REPORT, documents={document.document.id: replace(document, findings=findings)})


SECTION = next(iter(REPORT.documents.values())).sections[0].id
CAP = make_finding("cap", Outcome.DEVIATES, Severity.HIGH, SECTION, voted=True)
LAW = make_finding("law", Outcome.MISSING, Severity.LOW, None)


def test_findings_are_compared_by_position_and_place() -> None:
    changed = replace(CAP, outcome=Outcome.PREFERRED)
    new = make_finding("term", Outcome.DEVIATES, Severity.LOW, SECTION)
    diff = diff_runs(with_findings(CAP, LAW), with_findings(changed, new))
    assert [(each.kind, each.before, each.after) for each in diff.changes] == [
        (ChangeKind.CHANGED, CAP, changed),
        (ChangeKind.ADDED, None, new),
        (ChangeKind.REMOVED, LAW, None),
    ]
    assert diff.alike == 0
    assert diff.changes[0].place
    assert diff.changes[2].place == ""


def test_more_votes_for_the_same_outcome_differ() -> None:
    more = replace(CAP, votes=(*CAP.votes, replace(CAP.votes[0], index=2)))
    assert [each.kind for each in diff_runs(with_findings(CAP), with_findings(more)).changes] == [ChangeKind.CHANGED]


def test_equal_runs_have_nothing_that_differs() -> None:
    assert diff_runs(REPORT, REPORT).changes == ()
    twice = with_findings(CAP, CAP)
    assert diff_runs(twice, twice).alike == 2
