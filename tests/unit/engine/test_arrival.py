"""Whatever arrives first, the report is the same: a scripted model behind a scheduler that sends replies at random."""

import json
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from reviewer.domain.answer_field import AnswerField, FieldType
from reviewer.domain.chat import ChatReply, ChatRequest
from reviewer.domain.policy import Adaptive, Policy
from reviewer.domain.report import Report, sorted_for_reading
from reviewer.domain.workflow import HandlerNode, RouteMethod, RouterNode, SynthesisNode
from reviewer.engine.plan import DocumentPlan, HandlerPair, Team
from tests.fakes.documents import (
    ASSESS,
    CLAUSES,
    LABEL,
    SUMMARIZE,
    TRANSLATE,
    make_plan,
    make_playbook,
    make_position,
    make_workflow,
)
from tests.fakes.handlers import JsonHandler, StubClassifier, StubModelSynthesizer, assessed, reply_of
from tests.fakes.models import ScriptedModel, broken, busy
from tests.fakes.running import Outcome, run_plans
from tests.unit.engine.test_interacting import AllTogether, AskAll
from tests.unit.engine.test_judging import LongestWins
from tests.unit.engine.test_parts import OUTLINE, PART

EXACT = HandlerNode("exact", "assess", votes=5, quorum=2, prompt="p", playbooks=("book",), adaptive=Adaptive.EXACT)
FAST = HandlerNode(
    "fast",
    "classify",
    votes=3,
    prompt="p",
    adaptive=Adaptive.FAST,
    fields=(AnswerField("topic", FieldType.CHOICE, choices=("a", "b", "c")),),
)
BRIEF = HandlerNode("brief", "summarize", prompt="p")
TAG = HandlerNode("tag", "label", prompt="p")
BEST = HandlerNode("best", "generate", votes=3, prompt="p", fields=(AnswerField("text"),), policy=Policy.TOURNAMENT)
IDEAS = HandlerNode(
    "ideas", "generate", votes=3, prompt="p", fields=(AnswerField("ideas", FieldType.LIST),), policy=Policy.UNION
)
INNER = HandlerNode("inner", "workflow", workflow="inside")
NODES = (LABEL, TAG, ASSESS, EXACT, FAST, SUMMARIZE, BRIEF, TRANSLATE, BEST, IDEAS, OUTLINE, INNER)
METHODS = (RouteMethod.RULES, RouteMethod.LLM)
SUBJECTS = ("bees", "wasps in a garden", "the price of honey", "frames and hives")


def comparable(report: Report) -> tuple[object, ...]:
    """A report in reading order; what the steps used is a sum, and no order of it is kept."""
    documents = [sorted_for_reading(document) for document in report.documents.values()]
    return documents, report.synthesis, report.usage, report.failures, report.substitutes


def team() -> Team:
    """Asks models in every way there is: votes, comparisons, routes, entries, a workflow within, second passes."""
    pairs = {node.id: HandlerPair(model=JsonHandler(node.id), judge=LongestWins()) for node in NODES}
    pairs[OUTLINE.id] = HandlerPair(model=JsonHandler("outline"), each=(PART, HandlerPair(model=JsonHandler("part"))))
    inner = {node.id: HandlerPair(model=JsonHandler(f"inner {node.id}")) for node in (FAST, SUMMARIZE)}
    pairs[INNER.id] = HandlerPair(nested=(make_workflow(FAST, SUMMARIZE), Team(inner, StubClassifier())))
    return Team(
        pairs,
        StubClassifier(confidence=0.3),
        router=JsonHandler("route"),
        model_synthesizer=StubModelSynthesizer(),
        rule_interactions=(AllTogether(),),
        model_interactions=AskAll(),
    )


def plans() -> list[DocumentPlan]:
    """Two documents, brought together."""
    router = RouterNode(METHODS, 0.6, "main", escalate=True)
    workflow = make_workflow(*NODES, synthesis=SynthesisNode("synthesize", "synthesize"), router=router)
    book = make_playbook(make_position("liability"), make_position("term"), make_position("audit"))
    return [
        make_plan(team(), CLAUSES, workflow, book, "a.txt"),
        make_plan(team(), ("1 Scope\nThe Supplier shall help.\n", *CLAUSES[1:]), workflow, book, "b.txt"),
    ]


class Opinions:
    """Answers that differ between votes and sections, and depend on the question alone; some at the second try."""

    def __init__(self) -> None:
        self._tried: set[tuple[str, int]] = set()

    def __call__(self, request: ChatRequest) -> str | ChatReply | Exception:
        asked, seed = request.system.rpartition("/")[2], request.seed
        if seed % 9 == 0 and (asked, seed) not in self._tried:
            self._tried.add((asked, seed))
            return busy()
        if seed % 7 == 0 and asked not in ("synthesize", "interact"):
            return broken()
        said = _said(asked, request, seed)
        return ChatReply(said, "another-model", tokens_in=9, tokens_out=3) if seed % 5 == 0 else said


def _said(asked: str, request: ChatRequest, seed: int) -> str:
    text = f"It is {'long ' * (seed % 4)}text about {SUBJECTS[seed % 4]}."
    match asked:
        case "synthesize":
            return " ".join(request.user.split()[3:8])
        case "interact":
            return json.dumps([text])
        case _:
            return reply_of(*_judged(asked, text, seed))


def _judged(asked: str, text: str, seed: int) -> list[dict[str, object]]:
    match asked:
        case "route":
            return [{"criterion": "route", "value": "main", "text": text, "confidence": seed % 2 / 2}]
        case "assess" | "exact":
            value, quote = ("preferred", "deviates")[seed % 2], "The" if seed % 5 else "words that are nowhere in it"
            return [assessed(value, quote, name) for name in ("liability", "term") if (seed + len(name)) % 3]
        case "fast":
            return [{"criterion": "topic", "value": "abc"[seed % 3], "text": "abc"[seed % 3]}]
        case "label" | "tag":
            return [{"criterion": "label:liability", "value": "yes", "text": f"{asked}: {text}"}]
        case "ideas" | "outline":
            name = "ideas" if asked == "ideas" else "parts"
            texts = [SUBJECTS[(seed + number) % 4] for number in range(1 + seed % 3)]
            return [{"criterion": f"{name}:{n}", "value": each, "text": each} for n, each in enumerate(texts, 1)]
        case "translate":
            return [{"criterion": "segment:1", "value": "", "text": text, "quote": "The"}]
        case _:
            return [{"criterion": "text", "value": "", "text": f"{asked}: {text}"}]


def answered(random: Random | None = None, slots: int = 8) -> Outcome:
    """A run; with randomness every reply takes another time, and at each try another one."""
    models = [
        ScriptedModel(Opinions(), name, delay=lambda request: random.uniform(0.01, 30.0) if random else 0.1)
        for name in ("openai/one", "openai/two")
    ]
    return run_plans(plans(), *models, max_connections=slots)


EXPECTED = answered()


def test_sample_takes_every_way_there_is() -> None:
    document = sorted_for_reading(next(iter(EXPECTED.report.documents.values())))
    assert document.saved > 0  # of adaptive votes
    assert {each.by for each in document.interactions} > {"rule"}
    assert RouteMethod.LLM in {each.route.method for each in document.routes}
    assert {each.handler for each in document.answers} >= {"fast", "best", "ideas", "inner/fast"}
    assert any("pair by pair" in each.why for each in document.answers)
    assert any(each.part for each in document.answers)
    made = (document.labels, document.summaries, document.translations, document.findings, document.failures)
    assert all(made)
    assert all((EXPECTED.report.synthesis, EXPECTED.report.substitutes, EXPECTED.report.usage.retries))


@given(st.integers(0, 2**32), st.integers(1, 12))
@settings(max_examples=20, deadline=None, phases=[Phase.generate])
def test_report_is_the_same_whatever_arrives_first(seed: int, slots: int) -> None:
    assert comparable(answered(Random(seed), slots).report) == comparable(EXPECTED.report)


@given(st.integers(0, 2**32))
@settings(max_examples=5, deadline=None, phases=[Phase.generate])
def test_events_of_one_item_tell_the_same_whatever_arrives_first(seed: int) -> None:
    told, expected = (sorted(map(repr, outcome.events)) for outcome in (answered(Random(seed)), EXPECTED))
    assert told == expected
