import re
from dataclasses import replace

import pytest

from reviewer.domain.category import Category, Sign
from reviewer.domain.citation import QuoteStatus
from reviewer.domain.finding import Finding
from reviewer.domain.outcome import Friction, Outcome, Severity
from reviewer.domain.playbook import Condition, Fallback, PositionTest, Signals
from reviewer.domain.task import Task
from reviewer.domain.vote import Judgement, VerdictStatus
from reviewer.engine.findings import decisive_findings, document_findings
from tests.fakes.documents import ASSESS, CLAUSES, make_plan, make_playbook, make_position, make_workflow
from tests.fakes.handlers import Answer, StubClassifier, assessed, reply_of
from tests.fakes.models import ScriptedModel, broken
from tests.fakes.running import Outcome as RunOutcome
from tests.fakes.running import make_team, model_team, run_plans

QUOTE = "liable without limit"


def by_rule(answer: Answer, **position: object) -> RunOutcome:
    """Three clauses, held against one position by a rule."""
    plan = make_plan(make_team(answer), playbook=make_playbook(make_position(**position)))
    return run_plans([plan])


def by_votes(*said: str, quorum: int = 2, item: str = "Liability", **position: object) -> RunOutcome:
    """Three clauses, each asked as often as there are replies; those of the item named say so, the others nothing."""
    seeds: dict[str, list[int]] = {}

    def script(request: object) -> str | Exception:
        text, seed = request.user, request.seed  # type: ignore[attr-defined]  # always a request
        index = len(seeds.setdefault(text, []))
        seeds[text].append(seed)
        reply = said[index] if item in text or item == "*" else "[]"
        return broken() if reply == "fails" else reply

    node = replace(ASSESS, votes=len(said), quorum=quorum)
    plan = make_plan(model_team(), workflow=make_workflow(node), playbook=make_playbook(make_position(**position)))
    return run_plans([plan], ScriptedModel(script))


def only(outcome: RunOutcome) -> Finding:
    (finding,) = outcome.document.findings
    return finding


def on_liability(outcome: str, **more: object) -> Answer:
    """A rule that speaks about the clause on liability alone."""

    def answer(task: Task) -> tuple[Judgement, ...]:
        if "Liability" not in task.item.heading:
            return ()
        return (Judgement("liability", outcome, f"It is {outcome}.", **more),)  # type: ignore[arg-type]  # fields of it

    return answer


def reply(value: str, quote: str = QUOTE, **more: object) -> str:
    return reply_of(assessed(value, quote, **more))


def test_rule_finding_takes_no_vote() -> None:
    finding = only(by_rule(on_liability("deviates")))
    assert (finding.support, finding.agreement) == (None, None)
    assert [vote.rater for vote in finding.votes] == ["rule"]
    assert (finding.section, finding.outcome, finding.rationale) == ("s2", Outcome.DEVIATES, "It is deviates.")


def test_finding_says_what_was_wanted_and_how_to_get_it() -> None:
    finding = only(by_rule(on_liability("deviates")))
    assert finding.gap == "Wanted: good liability"
    assert finding.suggestion == "The liability shall be good."
    assert finding.approver == "Head of Legal"


def test_finding_wants_nothing_when_it_is_as_preferred() -> None:
    finding = only(by_rule(on_liability("preferred")))
    assert (finding.gap, finding.suggestion, finding.approver) == ("", "", "")


def test_finding_suggests_no_wording_when_a_fallback_is_met() -> None:
    finding = only(by_rule(on_liability("fallback", rank=2), fallbacks=(Fallback(1, "a"), Fallback(2, "b"))))
    assert (finding.outcome, finding.fallback_rank, finding.suggestion) == (Outcome.FALLBACK, 2, "")
    assert finding.gap


@pytest.mark.parametrize(
    ("outcome", "severity", "expected"),
    [
        ("walk_away", Severity.CRITICAL, Severity.CRITICAL),
        ("walk_away", Severity.HIGH, Severity.CRITICAL),
        ("walk_away", Severity.MEDIUM, Severity.HIGH),
        ("fallback", Severity.CRITICAL, Severity.MEDIUM),
        ("fallback", Severity.HIGH, Severity.LOW),
        ("fallback", Severity.MEDIUM, Severity.LOW),
        ("fallback", Severity.LOW, Severity.INFO),
        ("fallback", Severity.INFO, Severity.INFO),
        ("deviates", Severity.HIGH, Severity.HIGH),
        ("uncertain", Severity.HIGH, Severity.HIGH),
        ("preferred", Severity.HIGH, Severity.INFO),
        ("not_applicable", Severity.HIGH, Severity.INFO),
        ("incorporated_unread", Severity.HIGH, Severity.INFO),
    ],
)
def test_severity_follows_from_outcome_and_position(outcome: str, severity: Severity, expected: Severity) -> None:
    assert only(by_rule(on_liability(outcome), severity=severity)).severity is expected


def test_missing_is_said_when_everything_was_assessed_and_the_words_stand_nowhere() -> None:
    outcome = by_rule(lambda task: (), signals=Signals(("audit", "inspection"), (r"\baudit\b",)))
    finding = only(outcome)
    assert (finding.outcome, finding.severity, finding.section) == (Outcome.MISSING, Severity.MEDIUM, None)
    assert finding.rationale == "Nothing about liability."
    assert finding.suggestion
    assert finding.searched[0].startswith("3 parts")
    assert "audit, inspection" in finding.searched[1]
    assert finding.support is None


def test_missing_suggests_nothing_when_the_absence_is_welcome() -> None:
    finding = only(by_rule(lambda task: (), signals=Signals((), ("audit",)), missing_severity=Severity.INFO))
    assert (finding.outcome, finding.suggestion, finding.gap, finding.approver) == (Outcome.MISSING, "", "", "")
    assert finding.searched


def test_present_elsewhere_is_said_when_the_words_stand_somewhere() -> None:
    finding = only(by_rule(lambda task: ()))
    assert (finding.outcome, finding.severity) == (Outcome.PRESENT_ELSEWHERE, Severity.INFO)
    (citation,) = finding.citations
    assert citation.status is QuoteStatus.VERIFIED
    assert citation.quote == "Liability"
    assert citation.anchor is not None
    assert citation.anchor.span.start == "".join(CLAUSES).index("Liability")


def test_error_is_said_when_parts_could_not_be_assessed() -> None:
    def answer(task: Task) -> tuple[Judgement, ...]:
        if "Term" in task.item.heading:
            raise ValueError(task.item.text)
        return ()

    finding = only(by_rule(answer, signals=Signals((), ("audit",))))
    assert (finding.outcome, finding.severity) == (Outcome.ERROR, Severity.HIGH)
    assert finding.rationale.startswith("1 of 3 parts")
    assert finding.searched == ()


def test_error_is_said_when_too_few_votes_came_to_show_absence() -> None:
    finding = only(by_votes("[]", "fails", "fails", item="*", signals=Signals((), ("audit",))))
    assert finding.outcome is Outcome.ERROR


def test_missing_is_said_when_only_another_handler_failed() -> None:
    def answer(task: Task) -> tuple[Judgement, ...]:
        if task.handler == "label":
            raise ValueError("no")
        return ()

    workflow = make_workflow(replace(ASSESS, id="label", uses="label"), ASSESS)
    book = make_playbook(make_position(signals=Signals((), ("audit",))))
    outcome = run_plans([make_plan(make_team(answer), workflow=workflow, playbook=book)])
    assert only(outcome).outcome is Outcome.MISSING
    assert len(outcome.document.failures) == 3


def test_missing_counts_only_the_parts_that_were_assessed() -> None:
    classifier = StubClassifier(lambda item: "skip" if "Fees" in item.heading else "main")
    book = make_playbook(make_position(signals=Signals((), ("audit",))))
    outcome = run_plans([make_plan(make_team(lambda task: (), classifier=classifier), playbook=book)])
    assert only(outcome).searched[0].startswith("2 parts")


def test_not_assessed_is_said_when_no_part_was_assessed() -> None:
    book = make_playbook(make_position(signals=Signals((), ("audit",))))
    team = make_team(lambda task: (), classifier=StubClassifier(lambda item: "skip"))
    finding = only(run_plans([make_plan(team, playbook=book)]))
    assert (finding.outcome, finding.severity) == (Outcome.NOT_ASSESSED, Severity.INFO)
    assert finding.section is None


def test_not_assessed_places_become_one_finding() -> None:
    from reviewer.domain.citation import Evidence

    def answer(task: Task) -> tuple[Judgement, ...]:
        words = task.item.text.splitlines()[1]
        return (Judgement("liability", "not_assessed", "Not for a rule to say.", (Evidence(words),)),)

    finding = only(by_rule(answer))
    assert (finding.outcome, finding.severity, finding.section) == (Outcome.NOT_ASSESSED, Severity.INFO, "s1")
    assert len(finding.citations) == 3
    assert (finding.approver, finding.suggestion) == ("", "")


def test_not_assessed_gives_way_to_a_place_that_was() -> None:
    def answer(task: Task) -> tuple[Judgement, ...]:
        outcome = "preferred" if "Term" in task.item.heading else "not_assessed"
        return (Judgement("liability", outcome),)

    assert only(by_rule(answer)).outcome is Outcome.PREFERRED


def test_votes_give_support_agreement_and_dissent() -> None:
    finding = only(by_votes(reply("deviates"), reply("preferred"), reply("deviates")))
    assert finding.outcome is Outcome.DEVIATES
    assert finding.support == pytest.approx(2 / 3)
    assert finding.agreement == pytest.approx(1 / 3)
    assert [vote.outcome for vote in finding.votes].count("preferred") == 1
    assert finding.citations[0].quote == QUOTE


def test_uncertain_is_said_when_votes_are_tied() -> None:
    finding = only(by_votes(reply("deviates"), reply("preferred", "The Supplier")))
    assert (finding.outcome, finding.status) == (Outcome.UNCERTAIN, VerdictStatus.TIED)
    assert "tied" in finding.rationale
    assert {citation.quote for citation in finding.citations} == {QUOTE, "The Supplier"}
    assert finding.suggestion == ""


@pytest.mark.parametrize("value", ["deviates", "preferred"])
def test_uncertain_is_said_when_a_vote_is_tied_with_silence(value: str) -> None:
    finding = only(by_votes(reply(value), "[]"))
    assert (finding.outcome, finding.status, finding.section) == (Outcome.UNCERTAIN, VerdictStatus.TIED, "s2")


def test_tie_reaches_a_human_even_when_another_place_is_decided() -> None:
    def script(request: object) -> str:
        text = request.user  # type: ignore[attr-defined]  # always a request
        if "Fees" in text:
            return reply("preferred", "pay within 30 days") if next(turns) else "[]"
        return reply("deviates") if "Liability" in text else "[]"

    turns = iter([True, False])
    node = replace(ASSESS, votes=2, quorum=1)
    plan = make_plan(model_team(), workflow=make_workflow(node), playbook=make_playbook())
    findings = run_plans([plan], ScriptedModel(script)).document.findings
    assert {(each.section, each.outcome) for each in findings} == {
        ("s1", Outcome.UNCERTAIN),
        ("s2", Outcome.DEVIATES),
    }


def test_uncertain_is_said_when_quotes_are_not_in_the_document() -> None:
    finding = only(by_votes(reply("deviates", "made up words"), reply("deviates", "more made up words")))
    assert (finding.outcome, finding.status) == (Outcome.UNCERTAIN, VerdictStatus.NO_QUORUM)
    assert finding.support == 0.0
    assert {citation.status for citation in finding.citations} == {QuoteStatus.UNVERIFIED}
    assert [vote.counted for vote in finding.votes] == [False, False]


def test_uncertain_is_said_when_most_are_silent_and_one_is_not() -> None:
    finding = only(by_votes(reply("walk_away"), "[]", "[]"))
    assert (finding.outcome, finding.status) == (Outcome.UNCERTAIN, VerdictStatus.DECIDED)
    assert "dissent" in finding.rationale
    assert finding.citations[0].quote == QUOTE
    assert finding.support == pytest.approx(2 / 3)


def test_fallback_rank_is_what_most_winners_say() -> None:
    votes = [reply("fallback", rank=rank) for rank in (1, 2, 2)]
    assert only(by_votes(*votes)).fallback_rank == 2


def test_fallback_rank_is_the_worse_when_winners_differ() -> None:
    assert only(by_votes(reply("fallback", rank=2), reply("fallback", rank=1))).fallback_rank == 2


def test_finding_keeps_its_id_when_it_is_judged_otherwise() -> None:
    first, second = by_rule(on_liability("deviates")), by_rule(on_liability("preferred"))
    assert only(first).id == only(second).id


def test_findings_of_different_positions_and_places_have_different_ids() -> None:
    book = make_playbook(make_position("liability"), make_position("term"))

    def answer(task: Task) -> tuple[Judgement, ...]:
        return tuple(Judgement(name, "deviates") for name in ("liability", "term"))

    findings = run_plans([make_plan(make_team(answer), playbook=book)]).document.findings
    assert len({finding.id for finding in findings}) == len(findings) == 6


def test_findings_are_none_without_a_playbook() -> None:
    plan = make_plan(make_team())
    assert document_findings(plan, [], 3, 0) == ()
    assert decisive_findings(plan, []) == ()


def test_assessment_is_left_out_without_a_playbook_that_fits() -> None:
    def answer(task: Task) -> tuple[Judgement, ...]:
        raise KeyError(task.context.playbook)

    team = make_team(answer)
    other = replace(make_playbook(), id="another book")
    for playbook in (None, other):
        assert run_plans([make_plan(team, playbook=playbook)]).document.failures == ()


def test_verdict_about_no_position_is_a_failure_of_its_own() -> None:
    outcome = by_rule(lambda task: (Judgement("weather", "preferred"),), signals=Signals((), ("audit",)))
    assert {each.code for each in outcome.document.failures} == {"internal_error"}
    assert only(outcome).outcome is Outcome.ERROR


def test_finding_tells_what_its_reason_misquotes() -> None:
    said = reply("deviates", text="It says “the liability is capped at one million”, and “liable without limit”.")
    finding = only(by_votes(said, said))
    assert finding.misquoted == ("the liability is capped at one million",)


def test_rule_and_undecided_votes_misquote_nothing() -> None:
    assert only(by_rule(on_liability("deviates"))).misquoted == ()
    tie = only(by_votes(reply("deviates", text="“the moon is made of cheese”"), reply("preferred")))
    assert tie.misquoted == ()


def test_finding_names_the_least_change_and_its_place() -> None:
    test = PositionTest(Outcome.DEVIATES, "No limit.", matches=("without limit",), instead="up to £1 million")
    signals = Signals(phrases=("liable",))
    finding = only(by_rule(on_liability("deviates"), signals=signals, tests=(test,)))
    assert finding.edit is not None
    assert (finding.edit.at.quote, finding.edit.instead) == ("without limit", "up to £1 million")
    anchor = finding.edit.at.anchor
    assert anchor is not None
    assert anchor.span.of("".join(CLAUSES)) == "without limit"
    assert only(by_rule(on_liability("walk_away"), signals=signals, tests=(test,))).edit is None


def test_finding_names_the_next_fallback_and_who_may_accept() -> None:
    fallbacks = (Fallback(1, "One.", "Wording one.", "CFO", "More time."), Fallback(2, "Two."))
    bad = only(by_rule(on_liability("deviates"), fallbacks=fallbacks, friction=Friction.BLOCKS))
    assert (bad.if_refused, bad.approver) == ("One. Wording one. In return: More time.", "Head of Legal")
    assert bad.friction is Friction.BLOCKS
    first = only(by_rule(on_liability("fallback", rank=1), fallbacks=fallbacks))
    assert (first.if_refused, first.approver) == ("Two.", "CFO")
    last = only(by_rule(on_liability("fallback", rank=2), fallbacks=fallbacks))
    assert (last.if_refused, last.approver) == ("", "Head of Legal")
    good = only(by_rule(on_liability("preferred"), fallbacks=fallbacks))
    assert (good.if_refused, good.friction) == ("", None)


def test_severity_of_an_outcome_is_the_playbook_s_own_where_it_names_one() -> None:
    own = {Outcome.DEVIATES: Severity.LOW}
    assert only(by_rule(on_liability("deviates"), severities=own)).severity is Severity.LOW
    assert only(by_rule(on_liability("walk_away"), severities=own)).severity is Severity.CRITICAL


def test_position_whose_condition_is_not_met_is_not_applicable() -> None:
    def silent(task: Task) -> tuple[Judgement, ...]:
        del task
        return ()

    never = Condition(("personal data",), "No personal data.")
    finding = only(by_rule(silent, applies_when=never, signals=Signals(phrases=("zebra",))))
    assert (finding.outcome, finding.severity) == (Outcome.NOT_APPLICABLE, Severity.INFO)
    assert finding.rationale == "No personal data."
    met = only(by_rule(silent, applies_when=Condition(("liable",), "x"), signals=Signals(phrases=("zebra",))))
    assert met.outcome is Outcome.MISSING
    spoken = only(by_rule(on_liability("deviates"), applies_when=never))
    assert spoken.outcome is Outcome.DEVIATES


AUDIT = Category("Audit Rights", {}, ("audit",), 0.6, {})


def about_audits(category: Category, severity: Severity = Severity.LOW) -> Finding:
    position = replace(
        make_position(signals=Signals(("audit",), ("never said",))), category="Audit Rights", missing_severity=severity
    )
    team = replace(make_team(lambda task: ()), categories=(category,))
    return only(run_plans([make_plan(team, playbook=make_playbook(position))]))


def test_clause_of_the_position_s_category_is_present_elsewhere() -> None:
    text = "".join(CLAUSES)
    words = text.split()[2:4]
    finding = about_audits(replace(AUDIT, signs={Sign.SURE: (" ".join(map(re.escape, words)),)}))
    assert finding.outcome is Outcome.PRESENT_ELSEWHERE
    assert finding.citations[0].is_evidence
    assert finding.searched[0].startswith("3 parts")


def test_words_that_come_near_are_uncertain_and_matter_as_much_as_what_is_missing() -> None:
    word = re.escape("".join(CLAUSES).split()[2])
    finding = about_audits(replace(AUDIT, signs={Sign.LIKELY: (word,)}))
    assert (finding.outcome, finding.severity) == (Outcome.UNCERTAIN, Severity.LOW)
    assert "read them" in finding.rationale
    missing = about_audits(replace(AUDIT, name="Another"))
    assert missing.outcome is Outcome.MISSING
