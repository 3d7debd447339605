from dataclasses import replace

from reviewer.domain.interaction import InteractionPart, InteractionRule
from reviewer.domain.outcome import Outcome, Severity
from reviewer.handlers.builtin.interactions import PlaybookInteractions
from tests.fakes.documents import make_playbook
from tests.fakes.reports import LIABILITY, make_finding, make_report

RULE = InteractionRule(
    "a",
    "A",
    "Both.",
    Severity.LOW,
    (InteractionPart("cap", (Outcome.DEVIATES,)), InteractionPart("law", (Outcome.MISSING,))),
)
BOOK = replace(make_playbook(), interactions=(RULE,))
FINDINGS = (
    make_finding("cap", Outcome.DEVIATES, Severity.HIGH, LIABILITY),
    make_finding("law", Outcome.MISSING, Severity.LOW, None),
)
REPORT = replace(next(iter(make_report().documents.values())), playbook="book", findings=FINDINGS)


def test_rules_are_those_of_the_documents_playbook() -> None:
    assert [each.rule for each in PlaybookInteractions([BOOK]).find(REPORT)] == ["a"]
    assert PlaybookInteractions([BOOK]).find(replace(REPORT, playbook="")) == ()
