from reviewer.domain.anchor import TextSpan
from reviewer.domain.compare import compare
from reviewer.domain.comparison import Change, ChangeKind, Comparison
from reviewer.domain.outcome import Severity
from reviewer.domain.version import Version
from reviewer.domain.workflow import Aggregation, HandlerNode
from reviewer.engine.changed import CHANGED, changed_plan
from reviewer.engine.plan import DocumentPlan, HandlerPair, Team
from tests.fakes.documents import make_plan, make_workflow
from tests.fakes.handlers import JsonHandler, StubClassifier
from tests.fakes.models import ScriptedModel
from tests.fakes.running import run_plans
from tests.unit.domain.test_compare import ALL, FEES, LAW, NOTICES, SECRETS, TERM

MEANING = HandlerNode("meaning", "extract", prompt="p")
NEW = "6 Deposit\nThe Customer shall pay a deposit of eight thousand pounds before the work begins.\n"


def plan(*parts: str) -> DocumentPlan:
    team = Team({"meaning": HandlerPair(model=JsonHandler())}, StubClassifier())
    return make_plan(team, parts, make_workflow(MEANING, aggregate=Aggregation.CHANGES))


def changed(old: tuple[str, ...], new: tuple[str, ...]) -> DocumentPlan:
    before, after = plan(*old), plan(*new)
    versions = [Version(each.document, each.projection, each.sections) for each in (before, after)]
    return changed_plan(after, compare(*versions), "old.txt")


def test_a_weighty_word_is_a_finding_at_its_place_and_its_part_alone_is_handled() -> None:
    made = changed(ALL, (FEES.replace("thirty", "sixty"), SECRETS, TERM, NOTICES, LAW))
    (found,) = made.findings
    assert (found.position, found.severity, found.section) == (CHANGED, Severity.HIGH, made.sections[0].id)
    assert "Was: “thirty”. Now: “sixty”. There: " in found.rationale
    assert [citation.quote for citation in found.citations] == ["sixty"]
    assert [item.section for item in made.items] == [made.sections[0].id]
    assert "Earlier: “thirty”. Here: “sixty”." in made.told[made.items[0].name]


def test_plain_words_weigh_little_and_deleted_ones_have_no_place() -> None:
    (found,) = changed(ALL, (FEES, SECRETS, TERM, NOTICES, LAW.replace(" whole", ""))).findings
    assert (found.severity, found.citations) == (Severity.LOW, ())
    assert "Now: nothing." in found.rationale


def test_parts_that_are_new_or_gone_are_findings() -> None:
    made = changed(ALL, (FEES, SECRETS, TERM, LAW.replace("5 Law", "4 Law"), NEW))
    titles = {found.title for found in made.findings}
    assert {"4 Notices: this part is gone", "6 Deposit: this part is new"} <= titles
    assert any("not in the earlier version" in text for text in made.told.values())


def test_same_versions_leave_nothing_to_do() -> None:
    made = changed(ALL, ALL)
    assert (made.findings, made.items) == ((), ())


def test_models_are_told_what_the_part_read_before() -> None:
    made = changed(ALL, (FEES.replace("thirty", "sixty"), SECRETS, TERM, NOTICES, LAW))
    model = ScriptedModel("[]")
    outcome = run_plans([made], model)
    assert len(model.requests) == 1
    assert [each.title for each in outcome.document.findings] == [made.findings[0].title]


def test_reference_that_follows_new_numbers_is_no_finding_and_words_may_stand_outside_of_sections() -> None:
    later = plan(*ALL)
    follows = Change(ChangeKind.REPLACED, TextSpan(0, 1), TextSpan(0, 1), "1", "2", follows_numbers=True)
    outside = Change(ChangeKind.REPLACED, TextSpan(2, 6), TextSpan(2, 6), "Fares", "Fees", is_doubtful=True)
    (found,) = changed_plan(later, Comparison((), (follows, outside)), "old.txt").findings
    assert found.title == "Outside of any section: other words changed (read from a picture: look twice)"
