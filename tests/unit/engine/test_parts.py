"""Questions and entries of a list: parts of a task that are worked on at once, and come back in their order."""

from dataclasses import replace

from reviewer.domain.answer import AnswerState
from reviewer.domain.answer_field import NOT_STATED, AnswerField, FieldType
from reviewer.domain.chat import ChatRequest
from reviewer.domain.policy import Policy
from reviewer.domain.vote import Judgement
from reviewer.domain.workflow import Aggregation, HandlerNode
from reviewer.engine.parts import FOCUS_CHARS, question_task
from reviewer.engine.plan import DocumentPlan, HandlerPair, Team
from tests.fakes.documents import CLAUSES, make_plan, make_workflow
from tests.fakes.handlers import JsonHandler, StubClassifier, StubRule, reply_of
from tests.fakes.models import ScriptedModel, broken
from tests.fakes.running import run_plans
from tests.unit.engine.test_handling import KIND_A

OUTLINE = HandlerNode(
    "outline", "generate", prompt="p", policy=Policy.UNION, fields=(AnswerField("parts", FieldType.LIST),), each="part"
)
PART = HandlerNode("part", "generate", prompt="p", fields=(AnswerField("text"),), policy=Policy.BEST_QUOTED)
ENTRIES = reply_of(*({"criterion": f"parts:{n}", "value": t, "text": t} for n, t in enumerate(("Bees", "Ants"), 1)))
ASKED = HandlerNode("ask", "answer", prompt="p", fields=(AnswerField("answer", is_required=False),))


class Placed(JsonHandler):
    """Asks with the place of the part."""

    def request(self, task: object, seed: int) -> ChatRequest:
        return replace(super().request(task, seed), user=task.item.path)  # type: ignore[arg-type, attr-defined]  # a task


def plan(node: HandlerNode, pair: HandlerPair) -> DocumentPlan:
    workflow = make_workflow(node, aggregate=Aggregation.COLLECT)
    return make_plan(Team({node.id: pair}, StubClassifier()), (CLAUSES[0],), workflow)


def outlined() -> DocumentPlan:
    return plan(OUTLINE, HandlerPair(model=JsonHandler(), each=(PART, HandlerPair(model=Placed("part")))))


def slow_first(request: ChatRequest) -> float:
    return 3.0 if "Bees" in request.user else 0.1


def test_entries_are_written_at_the_same_time_and_stand_in_their_order() -> None:
    def script(request: ChatRequest) -> str:
        entry = request.user.rpartition("> ")[2]
        text = {"criterion": "text", "value": "", "text": f"About {entry}."}
        return ENTRIES if entry not in ("Bees", "Ants") else reply_of(text)

    model = ScriptedModel(script, delay=slow_first)
    outcome = run_plans([outlined()], model)
    assert model.peak == 2
    written = [(each.part, each.fields[0].value) for each in outcome.document.answers if each.number]
    assert written == [("Bees", "About Bees."), ("Ants", "About Ants.")]


def test_entry_that_fails_leaves_a_gap_and_no_more() -> None:
    def script(request: ChatRequest) -> str | Exception:
        if "Bees" in request.user:
            return broken()
        return reply_of({"criterion": "text", "value": "", "text": "Ok."}) if "Ants" in request.user else ENTRIES

    answers = run_plans([outlined()], ScriptedModel(script)).document.answers
    assert [each.state for each in answers if each.number] == [AnswerState.FAILED, AnswerState.DONE]


def test_nothing_is_written_without_an_outline() -> None:
    model = ScriptedModel(lambda request: broken())
    outcome = run_plans([outlined()], model)
    assert len(model.requests) == 1
    assert outcome.document.answers == ()


def test_without_a_model_only_the_list_says_that_it_needs_one() -> None:
    answers = run_plans([outlined()]).document.answers
    assert [each.state for each in answers] == [AnswerState.NEEDS_MODEL]


def asked(*questions: str, rule: bool = True) -> HandlerPair:
    nothing = StubRule(lambda task: (Judgement("answer", NOT_STATED, f"Looked for {task.item.path}."),))
    inner = HandlerPair(nothing if rule else None, JsonHandler())
    return HandlerPair(asked=tuple((replace(ASKED, questions=(each,)), inner) for each in questions))


def test_each_question_has_its_own_answer() -> None:
    answers = run_plans([plan(ASKED, asked("Who?", "When?"))]).document.answers
    assert [(each.part, each.number, each.fields[0].is_stated) for each in answers] == [
        ("Who?", 1, False),
        ("When?", 2, False),
    ]
    assert answers[0].fields[0].votes[0].rationale == "Looked for Who?."


def test_questions_are_put_to_models_at_the_same_time() -> None:
    model = ScriptedModel(KIND_A.replace("kind", "answer"))
    answers = run_plans([plan(ASKED, asked("Who?", "When?"))], model).document.answers
    assert model.peak == 2
    assert [each.fields[0].value for each in answers] == ["a", "a"]


def test_long_text_is_read_in_passages() -> None:
    made = plan(ASKED, asked("Who?"))
    from reviewer.domain.task import Context, Task

    item = replace(made.items[0], text="Sand and stones.\n\n" * 1000 + "The law of Chile governs.\n")
    found = question_task(Task("ask", item, Context()), ASKED, "Which law governs?")
    assert len(found.item.text) <= FOCUS_CHARS + 4000
    assert "The law of Chile governs." in found.item.text
