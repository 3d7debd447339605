from dataclasses import replace

from reviewer.domain.answer_field import AnswerField, FieldType
from reviewer.domain.policy import Policy
from reviewer.domain.workflow import Aggregation, HandlerNode, RouteMethod, SynthesisNode
from reviewer.engine.picture import pictures_of
from reviewer.engine.plan import DocumentPlan, HandlerPair, Panel, Team
from tests.fakes.documents import CLAUSES, SUMMARIZE, make_plan, make_workflow
from tests.fakes.handlers import JsonHandler, StubClassifier, StubRule
from tests.fakes.models import ScriptedModel
from tests.fakes.pooling import panel_of

VOTED = HandlerNode("ask", "classify", 3, 2, "p", policy=Policy.MAJORITY)


def plan(pair: HandlerPair, confidence: float = 0.95, *, methods: tuple[RouteMethod, ...] = (RouteMethod.RULES,),
         synthesis: SynthesisNode | None = None, synthesizer: object = None) -> DocumentPlan:  # fmt: skip
    workflow = make_workflow(VOTED, methods=methods, aggregate=Aggregation.COLLECT, synthesis=synthesis)
    classifier = StubClassifier(lambda item: "skip" if item.span.start == 0 else "main", confidence)
    team = Team({"ask": pair}, classifier, JsonHandler(), model_synthesizer=synthesizer)  # type: ignore[arg-type]  # only looked at
    return make_plan(team, CLAUSES, workflow)


def told(made: DocumentPlan, panel: Panel | None = None) -> dict[str, tuple[str, ...]]:
    (picture,) = pictures_of([made], panel or Panel())
    return dict(picture.stages)


def test_stages_count_documents_parts_ways_and_who_answers() -> None:
    found = told(plan(HandlerPair(StubRule(lambda task: ()))))
    parts = len(CLAUSES)
    assert found == {
        "Cut": (f"1 document into {parts} parts (section)",),
        "Send": (f"main: {parts - 1}", "skip: 1"),
        "Answer": (f"ask: {parts - 1} parts, by the built-in checks",),
        "Bring together": ("results part by part",),
    }


def test_models_are_counted_with_their_votes_and_open_routes_are_said_to_be() -> None:
    panel = panel_of(ScriptedModel())
    asked = plan(HandlerPair(model=JsonHandler()))
    assert told(asked, panel)["Answer"][0].endswith("by a model, at most 3 votes each")
    once = panel_of(ScriptedModel(), votes=1)
    assert told(asked, once)["Answer"][0].endswith("by a model, at most 1 vote each")
    unsure = plan(HandlerPair(model=JsonHandler()), 0.1, methods=(RouteMethod.RULES, RouteMethod.LLM))
    assert told(unsure, panel)["Send"] == (f"a model decides: {len(CLAUSES)}",)
    assert told(unsure, panel)["Answer"] == ("nobody",)


def test_what_nobody_is_there_to_answer_says_so() -> None:
    assert told(plan(HandlerPair(model=JsonHandler())))["Answer"][0].endswith("needs a model")


def test_nested_workflows_and_questions_are_told() -> None:
    nested = make_workflow(SUMMARIZE, title="Inner")
    inner = plan(HandlerPair(nested=(nested, Team({}, StubClassifier()))))
    assert told(inner)["Answer"][0].endswith("by the workflow Inner")
    asked = HandlerPair(asked=((VOTED, HandlerPair(StubRule(lambda task: ()))),) * 2)
    assert told(plan(asked))["Answer"][0].endswith("by the built-in checks, 2 questions each")


def test_entries_of_a_list_are_told_with_the_most_there_can_be() -> None:
    node = replace(VOTED, each="section", fields=(AnswerField("parts", FieldType.LIST, max_items=7),))
    pair = HandlerPair(model=JsonHandler(), each=(VOTED, HandlerPair(model=JsonHandler())))
    made = plan(pair)
    made = replace(made, workflow=replace(made.workflow, handlers=(node,)))
    assert told(made, panel_of(ScriptedModel()))["Answer"][0].endswith("each, then up to 7 parts by section")


def test_second_pass_is_told() -> None:
    made = plan(HandlerPair(model=JsonHandler()), synthesis=SynthesisNode("synthesize", "p"), synthesizer=object())
    assert told(made)["Bring together"][0].endswith("then the documents together, by the built-in checks")
    assert told(made, panel_of(ScriptedModel()))["Bring together"][0].endswith("by a model")


def test_no_part_goes_nowhere() -> None:
    made = replace(plan(HandlerPair()), items=())
    assert told(made)["Send"] == ("nothing",)
