from reviewer.domain.ids import DocumentId
from reviewer.domain.interaction import InteractionPart, InteractionRule, interactions_of, made
from reviewer.domain.outcome import Outcome, Severity
from tests.fakes.reports import FEES, LIABILITY, make_finding

BAD = (Outcome.DEVIATES, Outcome.MISSING)
RULE_A = InteractionRule(
    "a", "A", "Both.", Severity.LOW, (InteractionPart("cap", BAD), InteractionPart("indemnity", BAD))
)
RULE_B = InteractionRule(
    "b", "B", "Both.", Severity.HIGH, (InteractionPart("cap", BAD), InteractionPart("term", (Outcome.PREFERRED,)))
)
DOC = DocumentId("d")
CAP = make_finding("cap", Outcome.DEVIATES, Severity.HIGH, LIABILITY)
INDEMNITY = make_finding("indemnity", Outcome.MISSING, Severity.HIGH, None)
TERM = make_finding("term", Outcome.PREFERRED, Severity.INFO, FEES)


def test_rule_holds_where_each_part_has_a_finding() -> None:
    (found,) = interactions_of([RULE_A], DOC, [CAP, INDEMNITY, TERM])
    assert (found.rule, found.title, found.by, found.findings) == ("a", "A", "rule", (CAP.id, INDEMNITY.id))
    assert interactions_of([RULE_A], DOC, [CAP, TERM]) == ()


def test_interactions_come_worst_first() -> None:
    found = interactions_of([RULE_A, RULE_B], DOC, [CAP, INDEMNITY, TERM])
    assert [each.rule for each in found] == ["b", "a"]


def test_id_is_the_same_in_whatever_order_findings_come() -> None:
    one = made(DOC, (CAP.id, TERM.id), "T", "t", Severity.LOW, by="m")
    other = made(DOC, (TERM.id, CAP.id), "Other words", "t", Severity.HIGH, by="m")
    assert one.id == other.id
