"""Models that must not read everything are sent placeholders, and their quotes are the document's own."""

from dataclasses import replace

from reviewer.domain.chat import ChatRequest
from reviewer.domain.citation import QuoteStatus
from reviewer.domain.events import DocumentRedacted, StepDone
from reviewer.domain.redaction import RedactionRules
from reviewer.domain.section import SplitAs
from reviewer.domain.task import Task
from reviewer.domain.workflow import RouteMethod, SplitNode, SynthesisNode
from reviewer.engine.plan import ALL_AS_IT_IS, DocumentPlan, Redacting
from reviewer.engine.rehearsal import rehearse
from reviewer.handlers.llm.fencing import fenced
from tests.fakes.clock import FakeClock, run
from tests.fakes.documents import SUMMARIZE, make_plan, make_playbook, make_workflow
from tests.fakes.handlers import JsonHandler, StubModelSynthesizer, assessed, reply_of
from tests.fakes.models import ScriptedModel, in_turn
from tests.fakes.running import model_team, run_plans
from tests.fakes.workspace import MemoryWorkspace

PARTS = (
    "1 Duties of ACME Corp\nAcme Corpo-\nration (“Acme Corporation”) shall pay.\n",
    "2 Liability\nACME\nCORPORATION is liable without limit. See clause 1.\n",
    "3 Term\nThis agreement runs for two years.\n",
)
RULES = RedactionRules.of(["Acme Corporation", "ACME Corp"])
NAME = "openai/scripted"
ELSEWHERE = Redacting(RULES, frozenset({NAME}))
GOOD = reply_of(assessed("preferred", "[PARTY_1] is liable without limit."))


class FencingHandler(JsonHandler):
    """Asks as the real handlers do: with title, path, text and surroundings."""

    def request(self, task: Task, seed: int) -> ChatRequest:
        return ChatRequest("rubric", fenced(task), {}, "stub", seed)


def plan_of(name: str = "acme_corporation.txt", **changes: object) -> DocumentPlan:
    team = model_team()
    pairs = {node: replace(pair, model=FencingHandler()) for node, pair in team.handlers.items()}
    workflow = make_workflow(split=SplitNode(SplitAs.CONTRACT, context_tokens=200), **changes)
    return make_plan(replace(team, handlers=pairs), PARTS, workflow, make_playbook(), name)


def flat(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()


def test_no_listed_word_is_sent_in_text_title_path_or_surroundings() -> None:
    model = ScriptedModel(GOOD)
    run_plans([plan_of()], model, redacting=ELSEWHERE, votes=1)
    assert len(model.requests) == 3
    assert not any("acme" in flat(each.user) for each in model.requests)
    assert all("Document: [PARTY_1].txt" in each.user for each in model.requests)
    assert sum("1 Duties of [PARTY_2]" in each.user for each in model.requests) >= 1
    assert any("From elsewhere" in each.user and "- [PARTY_1]" in each.user for each in model.requests)


def test_quotes_are_checked_against_the_document_itself() -> None:
    outcome = run_plans([plan_of()], ScriptedModel(GOOD), redacting=ELSEWHERE, votes=1)
    liability = next(each for each in outcome.document.findings if each.section == "s2")
    assert [each.status for each in liability.citations] == [QuoteStatus.VERIFIED]
    assert liability.citations[0].anchor is not None
    assert liability.citations[0].anchor.quote.exact.startswith("ACME\nCORPORATION is liable")


def test_the_report_says_how_much_was_replaced_and_for_whom() -> None:
    outcome = run_plans([plan_of()], ScriptedModel(GOOD), redacting=ELSEWHERE, votes=1)
    assert outcome.document.redacted == DocumentRedacted(outcome.document.document.id, (NAME,), (("PARTY", 4),))


def test_only_raters_that_must_not_read_everything_get_placeholders() -> None:
    here = ScriptedModel(reply_of(assessed("preferred", "without limit")), "ollama/here")
    model = ScriptedModel(GOOD)
    run_plans([plan_of()], model, here, redacting=ELSEWHERE, votes=1)
    assert any("acme" in flat(each.user) for each in here.requests)
    assert not any("acme" in flat(each.user) for each in model.requests)


def test_without_redaction_nothing_is_said_and_nothing_changes() -> None:
    outcome = run_plans([plan_of()], ScriptedModel(GOOD), redacting=ALL_AS_IT_IS)
    assert outcome.document.redacted is None
    assert outcome.of(DocumentRedacted) == []


def keys(workspace: MemoryWorkspace, redacting: Redacting) -> list[str]:
    outcome = run_plans(
        [plan_of("contract.txt")], ScriptedModel(GOOD), workspace=workspace, redacting=redacting, votes=1
    )
    return [event.key for event in outcome.of(StepDone) if isinstance(event, StepDone)]


def test_steps_keep_their_keys_where_nothing_of_them_is_replaced() -> None:
    plain, covered = keys(MemoryWorkspace(), ALL_AS_IT_IS), keys(MemoryWorkspace(), ELSEWHERE)
    assert len(set(plain) & set(covered)) == 0  # each part has the names in its surroundings
    nothing = Redacting(RedactionRules.of(["Nobody"]), frozenset({NAME}))
    assert set(keys(MemoryWorkspace(), nothing)) == set(plain)


def test_a_run_with_redaction_goes_on_where_it_was() -> None:
    workspace, model = MemoryWorkspace(), ScriptedModel(GOOD)
    run_plans([plan_of()], model, workspace=workspace, redacting=ELSEWHERE, votes=1)
    again = run_plans([plan_of()], model, workspace=workspace, redacting=ELSEWHERE, votes=1)
    assert len(model.requests) == 3
    assert again.report.usage.cached == 3
    assert any(each.citations for each in again.document.findings)


def test_an_estimate_asks_what_the_run_would() -> None:
    workspace, model = MemoryWorkspace(), ScriptedModel(GOOD)
    run_plans([plan_of()], model, workspace=workspace, redacting=ELSEWHERE, votes=1)
    done = run(
        rehearse([plan_of()], [model], 1, 0, workspace.steps, workspace.secret, FakeClock(), redacting=ELSEWHERE)
    )
    assert (done.stored, len(done.calls)) == (3, 0)


def test_a_complaint_has_no_words_of_the_document() -> None:
    class Complaining(FencingHandler):
        def read(self, task: Task, reply: str):
            try:
                return super().read(task, reply)
            except Exception as error:
                error.user_message = f"this is wrong: {reply}"  # type: ignore[attr-defined]
                raise

    plan = plan_of()
    pairs = {node: replace(pair, model=Complaining()) for node, pair in plan.team.handlers.items()}
    plan = replace(plan, team=replace(plan.team, handlers=pairs))
    model = ScriptedModel(in_turn(*["[PARTY_1] is no JSON"] * 3, GOOD))
    run_plans([plan], model, redacting=ELSEWHERE, max_connections=1)
    assert sum("this is wrong: [PARTY_1] is no JSON" in each.user for each in model.requests) >= 1
    assert not any("acme" in flat(each.user) for each in model.requests)


def test_the_router_gets_placeholders_too() -> None:
    router = JsonHandler()
    plan = plan_of(methods=(RouteMethod.LLM,))
    plan = replace(plan, team=replace(plan.team, router=router))
    model = ScriptedModel(lambda request: reply_of(assessed("main")) if request.system == "route" else GOOD)
    run_plans([plan], model, redacting=ELSEWHERE, votes=1)
    routed = [each for each in model.requests if each.system == "route"]
    assert len(routed) == 3
    assert not any("acme" in flat(each.user) for each in routed)


def test_the_synthesis_gets_placeholders_and_gives_the_words_back() -> None:
    workflow = make_workflow(SUMMARIZE, synthesis=SynthesisNode("synthesize", "synthesize"))
    team = replace(model_team(model_synthesizer=StubModelSynthesizer()))
    sentence = reply_of({"criterion": "summary:1", "value": "result", "text": "[PARTY_1] pays.", "quote": "[PARTY_1]"})
    model = ScriptedModel(lambda request: "[PARTY_1]-all" if request.system == "synthesize" else sentence)
    workspace = MemoryWorkspace()
    outcome = run_plans([make_plan(team, PARTS, workflow)], model, workspace=workspace, redacting=ELSEWHERE, votes=1)
    asked = [each for each in model.requests if each.system == "synthesize"]
    assert len(asked) == 1
    assert "[PARTY_1] pays." in asked[0].user
    assert "acme" not in flat(asked[0].user)
    assert outcome.report.synthesis is not None
    assert "acme" in flat(outcome.report.synthesis.statements[0].text)
    run_plans([make_plan(team, PARTS, workflow)], model, workspace=workspace, redacting=ELSEWHERE, votes=1)
    assert len([each for each in model.requests if each.system == "synthesize"]) == 1
