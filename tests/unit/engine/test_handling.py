from dataclasses import replace

from reviewer.domain.answer import AnswerState
from reviewer.domain.answer_field import AnswerField, FieldType
from reviewer.domain.chat import ChatRequest
from reviewer.domain.events import ItemHandled, StepDone, StepFailed
from reviewer.domain.policy import Adaptive, Policy
from reviewer.domain.section import SplitAs
from reviewer.domain.workflow import Aggregation, HandlerNode, SplitNode, SplitUnit
from reviewer.engine.items import items_within
from reviewer.engine.plan import DocumentPlan, HandlerPair, Team
from reviewer.engine.results import ItemResults
from tests.fakes.documents import CLAUSES, SUMMARIZE, make_plan, make_playbook, make_workflow
from tests.fakes.handlers import JsonHandler, StubClassifier, assessed, reply_of
from tests.fakes.models import ScriptedModel, broken, in_turn
from tests.fakes.running import Outcome, model_team, run_plans
from tests.fakes.workspace import MemoryWorkspace
from tests.unit.engine.test_judging import LongestWins

CLASSIFY = HandlerNode(
    "kind", "classify", 3, 2, "p", fields=(AnswerField("kind", FieldType.CHOICE, choices=("a", "b")),)
)
KIND_A = reply_of({"criterion": "kind", "value": "a", "text": "a"})
KIND_B = reply_of({"criterion": "kind", "value": "b", "text": "b"})


class Worded(JsonHandler):
    """A wording of its own."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self._words = words

    def request(self, task: object, seed: int) -> ChatRequest:
        return replace(super().request(task, seed), system=self._words)  # type: ignore[arg-type]  # a task


def plan(node: HandlerNode, pair: HandlerPair, **more: object) -> DocumentPlan:
    workflow = make_workflow(node, aggregate=Aggregation.COLLECT)
    team = Team({node.id: pair}, StubClassifier())
    return make_plan(team, (CLAUSES[0],), workflow, **more)  # type: ignore[arg-type]  # fields of it


def one(outcome: Outcome) -> ItemHandled:
    (event,) = outcome.of(ItemHandled)
    assert isinstance(event, ItemHandled)
    return event


def test_votes_take_the_wordings_in_turn() -> None:
    model = ScriptedModel(KIND_A)
    pair = HandlerPair(model=Worded("one"), others=(Worded("two"),))
    run_plans([plan(CLASSIFY, pair)], model)
    assert sorted(request.system for request in model.requests) == ["one", "one", "two"]


def test_votes_that_are_not_needed_are_told_and_not_asked_for() -> None:
    model = ScriptedModel(KIND_A)
    outcome = run_plans([plan(replace(CLASSIFY, adaptive=Adaptive.EXACT), HandlerPair(model=JsonHandler()))], model)
    assert len(model.requests) == 2
    assert one(outcome).saved == outcome.document.saved == 1
    (answer,) = outcome.document.answers
    assert answer.fields[0].value == "a"


def test_adaptive_vote_goes_on_where_it_was() -> None:
    fast = plan(replace(CLASSIFY, adaptive=Adaptive.FAST), HandlerPair(model=JsonHandler()))
    workspace = MemoryWorkspace()
    model = ScriptedModel(in_turn(KIND_A, KIND_B, KIND_A, KIND_B, KIND_A))
    first = run_plans([fast], model, workspace=workspace)
    again = run_plans([fast], model, workspace=workspace)
    assert len(model.requests) == 5
    assert first.document.answers == again.document.answers
    assert all(event.usage.cached for event in again.of(StepDone) if isinstance(event, StepDone))


def test_answer_waits_for_a_model() -> None:
    outcome = run_plans([plan(CLASSIFY, HandlerPair(model=JsonHandler()))])
    (answer,) = outcome.document.answers
    assert (answer.state, answer.handler, answer.uses) == (AnswerState.NEEDS_MODEL, "kind", "classify")


def test_judge_takes_the_best_text_and_is_a_step_of_its_own() -> None:
    node = HandlerNode("write", "generate", 2, 1, "p", policy=Policy.JUDGE, fields=(AnswerField("text"),))
    texts = [reply_of({"criterion": "text", "value": "", "text": text}) for text in ("short", "much longer")]
    model = ScriptedModel(in_turn(*texts, "{}"))
    outcome = run_plans([plan(node, HandlerPair(model=JsonHandler(), judge=LongestWins()))], model)
    (answer,) = outcome.document.answers
    assert answer.fields[0].value == "much longer"
    assert answer.why.startswith("Chosen of 2 by a model")
    handlers = [event.handler for event in outcome.of(StepDone) if isinstance(event, StepDone)]
    assert handlers == ["write", "write", "write/judge"]


def test_failed_judge_is_told_and_the_quotes_decide() -> None:
    node = replace(SUMMARIZE, votes=2, policy=Policy.TOURNAMENT)
    texts = [reply_of({"criterion": "summary:1", "value": "", "text": text}) for text in ("short", "much longer")]
    model = ScriptedModel(in_turn(*texts, broken()))
    outcome = run_plans([plan(node, HandlerPair(model=JsonHandler(), judge=LongestWins()))], model)
    (summary,) = outcome.document.summaries
    assert summary.sentences[0].text == "short"
    assert [event.handler for event in outcome.of(StepFailed) if isinstance(event, StepFailed)] == ["summarize/judge"]


def test_nested_workflow_routes_and_handles_the_item_as_its_own() -> None:
    inner = make_workflow(CLASSIFY, SUMMARIZE, aggregate=Aggregation.COLLECT)
    team = Team(
        {"kind": HandlerPair(model=JsonHandler()), "summarize": HandlerPair(model=JsonHandler())}, StubClassifier()
    )
    node = HandlerNode("deep", "workflow", workflow="flow")
    said = reply_of(
        {"criterion": "kind", "value": "a", "text": "a"}, {"criterion": "summary:1", "value": "", "text": "Short."}
    )
    outcome = run_plans([plan(node, HandlerPair(nested=(inner, team)))], ScriptedModel(said))
    event = one(outcome)
    assert (event.handler, len(event.answers), len(event.summaries)) == ("deep", 1, 1)
    assert event.answers[0].handler == "deep/kind"


def test_nested_workflow_cuts_a_whole_document_by_its_own_split() -> None:
    inner = make_workflow(CLASSIFY, aggregate=Aggregation.COLLECT, id="inner")
    team = Team({"kind": HandlerPair(model=JsonHandler())}, StubClassifier())
    node = HandlerNode("deep", "workflow", workflow="inner")
    split = SplitNode(SplitAs.CONTRACT, SplitUnit.DOCUMENT)
    outer = make_workflow(node, aggregate=Aggregation.COLLECT, split=split)
    whole = make_plan(Team({"deep": HandlerPair(nested=(inner, team))}, StubClassifier()), CLAUSES, outer)
    within = items_within(whole.document, whole.projection, whole.sections, {"inner": inner.split}, lambda _: ("", 0.0))
    kinds = {each.text: kind for each, kind in zip(within["inner"], (KIND_A, KIND_B, KIND_A), strict=True)}
    model = ScriptedModel(lambda request: kinds[request.user.partition("\n")[2]])
    (event,) = run_plans([replace(whole, within=within)], model).of(ItemHandled)
    assert isinstance(event, ItemHandled)
    assert event.section is None
    assert [(each.section, each.fields[0].value) for each in event.answers] == [("s1", "a"), ("s2", "b"), ("s3", "a")]
    fences = {request.user.partition("\n")[0] for request in model.requests}
    assert len(fences) == 3
    uncut = run_plans([whole], ScriptedModel(KIND_A)).document
    assert [each.section for each in uncut.answers] == [None]


def test_only_what_is_cut_into_sections_is_cut_within_a_part() -> None:
    made = make_plan(model_team())
    splits = {
        "whole": SplitNode(SplitAs.CONTRACT, SplitUnit.DOCUMENT),
        "words": SplitNode(SplitAs.CONTRACT, SplitUnit.WINDOW),
        "sections": SplitNode(SplitAs.CONTRACT),
    }
    found = items_within(made.document, made.projection, made.sections, splits, lambda _: ("", 0.0))
    assert found == {"sections": made.items}


def test_nested_workflow_may_send_an_item_nowhere() -> None:
    inner = make_workflow(CLASSIFY)
    team = Team({"kind": HandlerPair(model=JsonHandler())}, StubClassifier(lambda item: "skip"))
    node = HandlerNode("deep", "workflow", workflow="flow")
    outcome = run_plans([plan(node, HandlerPair(nested=(inner, team)))], ScriptedModel(KIND_A))
    assert one(outcome).answers == ()


def test_assessment_is_counted_by_the_policy_of_its_handler() -> None:
    node = HandlerNode("assess", "assess", 2, 2, "p", ("book",), policy=Policy.UNANIMOUS)
    replies = (reply_of(assessed("preferred", "The")), reply_of(assessed("deviates", "The")))
    workflow = make_workflow(node)
    made = make_plan(model_team(), (CLAUSES[1],), workflow, make_playbook())
    outcome = run_plans([made], ScriptedModel(in_turn(*replies)))
    (finding,) = outcome.document.findings
    assert finding.rationale == "The votes do not agree enough; read them and decide."


def test_results_add_up() -> None:
    assert ItemResults(saved=2) + ItemResults(saved=3) == ItemResults(saved=5)


def test_report_calls_handlers_as_their_files_say() -> None:
    inner = make_workflow(replace(CLASSIFY, title="What it is"), SUMMARIZE, id="inner")
    pair = HandlerPair(model=JsonHandler())
    team = Team({"kind": pair, "summarize": pair}, StubClassifier())
    node = HandlerNode("sort-out", "workflow", workflow="inner", title="Sorted out")
    handing = Team({"sort-out": HandlerPair(nested=(inner, team)), "label": pair}, StubClassifier())
    outcome = run_plans([make_plan(handing, CLAUSES[:1], make_workflow(node))], ScriptedModel(KIND_A))
    called = outcome.document.called
    assert called("sort-out/kind") == "Sorted out: What it is"
    assert called("sort-out/summarize/judge") == "Sorted out: summarize: comparing the answers"
    assert called("draft-reply_now") == "draft reply now"
