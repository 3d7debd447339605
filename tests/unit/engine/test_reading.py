from dataclasses import replace

import pytest

from reviewer.domain.chat import ChatReply, ChatRequest
from reviewer.domain.errors import ProviderError
from reviewer.domain.events import StepFailed
from reviewer.domain.line_ids import line_tag
from reviewer.domain.outcome import Outcome
from reviewer.engine.plan import DocumentPlan
from reviewer.engine.reading import ReplyGuard, UnusableReplyError, check_clean, plain_reply
from tests.fakes.documents import ASSESS, CLAUSES, make_plan, make_playbook, make_workflow
from tests.fakes.handlers import assessed, reply_of
from tests.fakes.models import Script, ScriptedModel
from tests.fakes.running import model_team, run_plans
from tests.fakes.workspace import MemoryWorkspace

PROSE = "The Supplier shall deliver the Services and indemnify the Customer for all losses. "
REQUEST = ChatRequest(PROSE * 40, PROSE * 200, {}, "assess", seed=1)
LIKELY = 240 * len(PROSE) / 5.2


def reply(tokens: int) -> ChatReply:
    return ChatReply("{}", "m", tokens_in=tokens)


def test_counts_of_a_model_are_learnt_and_decide_what_fits() -> None:
    guard = ReplyGuard()
    context = round(1.1 * LIKELY)
    guard.admit("m", REQUEST, context)
    for _ in range(3):
        guard.text_of("m", REQUEST, reply(round(1.6 * LIKELY)), None)
    assert guard.learnt("m").factor == pytest.approx(1.6, rel=0.1)
    with pytest.raises(ProviderError, match="too_long"):
        guard.admit("m", REQUEST, context)
    guard.admit("another", REQUEST, context)
    assert not guard.has_more_room("m", REQUEST, context)
    assert guard.has_more_room("m", REQUEST, None)


def test_counts_that_leave_out_the_cached_part_are_neither_learnt_nor_an_alarm() -> None:
    guard = ReplyGuard()
    system_only = replace(REQUEST, system=PROSE * 2000)
    for _ in range(5):
        assert guard.text_of("m", system_only, reply(round(200 * len(PROSE) / 5.2)), None) == "{}"
    assert guard.learnt("m").factor == 1.0


def test_a_clipped_prompt_is_not_learnt() -> None:
    guard = ReplyGuard()
    for _ in range(5):
        with pytest.raises(UnusableReplyError, match="prompt_clipped"):
            guard.text_of("m", REQUEST, reply(2048), None)
    assert guard.learnt("m").factor == 1.0


def plan(votes: int = 3, quorum: int = 2) -> DocumentPlan:
    node = replace(ASSESS, votes=votes, quorum=quorum)
    return make_plan(model_team(), (CLAUSES[1],), workflow=make_workflow(node), playbook=make_playbook())


def declines(*numbers: int) -> Script:
    """A model that declines the questions of these numbers, and finds a deviation in all others."""
    asked = iter(range(100))
    good = reply_of(assessed("deviates", "liable without limit"))
    return lambda request: "I'm sorry, but I can't help with that." if next(asked) in numbers else good


def test_a_vote_that_abstains_is_shown_beside_the_others_and_does_not_count() -> None:
    outcome = run_plans([plan()], ScriptedModel(declines(1)))
    finding = next(each for each in outcome.document.findings if each.section)
    assert (finding.outcome, finding.support) == (Outcome.DEVIATES, 1.0)
    assert sorted((vote.outcome, vote.counted) for vote in finding.votes) == [
        ("abstained", False),
        ("deviates", True),
        ("deviates", True),
    ]
    assert [each.code for each in outcome.document.failures] == ["refused"]


def test_a_part_that_every_vote_declines_is_never_said_to_have_no_issue() -> None:
    findings = run_plans([plan()], ScriptedModel(declines(0, 1, 2))).document.findings
    assert {each.outcome for each in findings} <= {Outcome.ERROR, Outcome.NOT_ASSESSED}
    assert findings


def test_a_failed_step_says_what_to_do() -> None:
    outcome = run_plans([plan()], ScriptedModel(declines(1)))
    (failed,) = outcome.of(StepFailed)
    assert isinstance(failed, StepFailed)
    assert failed.message == "The model declined to answer. Ask another model for this part."


def test_a_report_names_the_model_that_answered_for_another() -> None:
    good = reply_of(assessed("deviates", "liable without limit"))
    outcome = run_plans([plan()], ScriptedModel(lambda request: ChatReply(good, "tiny-1b")))
    assert outcome.report.substitutes == (("openai/scripted", "tiny-1b"),)
    finding = next(each for each in outcome.document.findings if each.section)
    assert {vote.answered_by for vote in finding.votes} == {"tiny-1b"}


LURE = "https://evil.example/?c=Acme"


@pytest.mark.parametrize(
    ("text", "quote", "told"),
    [
        (f"See {LURE}", "liable without limit", "a link"),
        ("Fine.", f"liable without limit {LURE}", "a link"),
        ("Ask a@evil.example", "liable without limit", "an e-mail address"),
        ("![x](y.png)", "liable without limit", "an image, a link or other markup"),
        ("deadbeef" * 5, "liable without limit", "encoded data"),
    ],
)
def test_a_compromised_vote_is_shown_beside_the_others_without_its_words(text: str, quote: str, told: str) -> None:
    asked = iter(range(100))
    good = reply_of(assessed("deviates", "liable without limit"))
    bad = reply_of({"criterion": "liability", "value": "preferred", "text": text, "quote": quote})
    workspace = MemoryWorkspace()
    outcome = run_plans([plan()], ScriptedModel(lambda _: bad if next(asked) == 1 else good), workspace=workspace)
    finding = next(each for each in outcome.document.findings if each.section)
    assert (finding.outcome, finding.support) == (Outcome.DEVIATES, 1.0)
    assert sorted((vote.outcome, vote.counted) for vote in finding.votes) == [
        ("compromised", False),
        ("deviates", True),
        ("deviates", True),
    ]
    (failed,) = outcome.document.failures
    assert failed.code == "compromised"
    assert told in failed.message
    assert text not in repr(outcome.events) + repr(workspace.steps.kept)


def test_a_part_whose_every_vote_is_compromised_is_never_said_to_have_no_issue() -> None:
    bad = reply_of(assessed("preferred", f"liable {LURE}"))
    findings = run_plans([plan()], ScriptedModel(bad)).document.findings
    assert {each.outcome for each in findings} <= {Outcome.ERROR, Outcome.NOT_ASSESSED}
    assert findings


def test_line_ids_are_taken_out_of_quotes_and_are_contraband_elsewhere() -> None:
    fence = "0123456789abcdef" * 2
    request = ChatRequest("Judge.", f"=== {fence} ===\n{line_tag(fence)}1|Pay now.\n=== {fence} ===", {}, "assess", 1)
    assert plain_reply(request, f"{line_tag(fence)}1|Pay {line_tag(fence)}2|now.") == "Pay now."
    check_clean(request, ["Pay now."])
    for leaked in (f"It is line {line_tag(fence)}1.", f"The mark is {fence}."):
        with pytest.raises(UnusableReplyError, match="compromised"):
            check_clean(request, [leaked])
