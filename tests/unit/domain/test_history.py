from dataclasses import replace
from datetime import timedelta

from reviewer.domain.correction import Correction, CorrectionAction, encode_correction
from reviewer.domain.decision import Decision, DecisionAction, DismissReason, SubjectKind, SubjectRef
from reviewer.domain.history import history
from reviewer.domain.override import Override, encode_override
from tests.fakes.clock import START
from tests.fakes.reports import make_report


def test_decisions_are_told_with_what_they_are_about_the_latest_first() -> None:
    report = make_report()
    document = next(each for each in report.documents.values() if each.findings)
    finding, name = document.findings[0], document.document.name
    about = SubjectRef(SubjectKind.FINDING, finding.id)
    sections = SubjectRef(SubjectKind.SECTIONS, document.document.id)
    routes = SubjectRef(SubjectKind.ROUTES, document.document.id)
    correction = encode_correction(Correction(CorrectionAction.RENUMBER, 3, "2a"))
    dismissed = Decision(about, DecisionAction.DISMISS, START, DismissReason.TRIVIAL, by="ada")
    decisions = [
        dismissed,
        Decision(sections, DecisionAction.RESPLIT, START + timedelta(minutes=1), value=correction),
        *(
            Decision(routes, DecisionAction.REROUTE, START + timedelta(seconds=90), value=encode_override(each))
            for each in (Override("flow", "Some  words", "skip"), Override("flow", "x" * 99, ""))
        ),
        Decision(about, DecisionAction.NOTE, START + timedelta(minutes=2), value="ask"),
        replace(dismissed, subject=SubjectRef(SubjectKind.FINDING, "of another run")),
    ]
    told = history(report, decisions)
    assert [(each.about, each.document, each.detail) for each in told] == [
        (finding.title, name, "ask"),
        ("", name, "skip: Some words"),
        ("", name, f"taken back: {'x' * 60}…"),
        ("", name, "renumber 2a"),
        (finding.title, name, "trivial"),
    ]
    assert told[4].decision is dismissed
