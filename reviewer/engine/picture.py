"""The picture of a run before it is run: its plans counted, stage by stage. Contacts nobody."""

from collections import Counter
from collections.abc import Sequence

from reviewer.domain.run_picture import Box, RunPicture
from reviewer.domain.workflow import Aggregation, HandlerNode, Workflow
from reviewer.engine.plan import DocumentPlan, HandlerPair, Panel, Team
from reviewer.engine.polling import planned
from reviewer.engine.routing import needs_model, without_model

_RESULTS = {
    Aggregation.POSITIONS: "findings by position, and what is missing",
    Aggregation.COLLECT: "results part by part",
    Aggregation.CHANGES: "what the later version changes, weighty words first",
}


def pictures_of(plans: Sequence[DocumentPlan], panel: Panel) -> tuple[RunPicture, ...]:
    """A picture for each workflow, in the order in which documents name them. Linear in the parts."""
    by_workflow: dict[str, list[DocumentPlan]] = {}
    for plan in plans:
        by_workflow.setdefault(plan.workflow.id, []).append(plan)
    return tuple(_picture(each, panel) for each in by_workflow.values())


def _picture(plans: Sequence[DocumentPlan], panel: Panel) -> RunPicture:
    workflow, team = plans[0].workflow, plans[0].team
    ways, answering = _counts(plans, asks=bool(panel.raters))
    listed = [Box(each.id, ways[each.id]) for each in workflow.routes if ways[each.id]]
    open_ones = [Box("", ways[""])] if ways[""] else []
    return RunPicture(
        title=workflow.title,
        documents=len(plans),
        parts=sum(len(plan.items) for plan in plans),
        unit=workflow.split.unit.value,
        ways=(*listed, *open_ones),
        answering=tuple(
            Box(each.id, answering[each.id], _note(each, team.handlers[each.id], panel))
            for each in workflow.handlers
            if answering[each.id]
        ),
        result=_result(workflow, panel, team),
    )


def _counts(plans: Sequence[DocumentPlan], *, asks: bool) -> tuple[Counter[str], Counter[str]]:
    """How many parts go each way, and to each handler. One that a model will send stands under no name."""
    ways: Counter[str] = Counter()
    answering: Counter[str] = Counter()
    for plan in plans:
        for item in plan.items:
            route = without_model(plan.team.classifier, item, plan.workflow)
            if asks and plan.team.router is not None and needs_model(route, plan.workflow):
                ways[""] += 1
                continue
            taken = (route.route, *route.also)
            ways.update(taken)
            answering.update({name for each in taken for name in plan.workflow.route(each).handlers})
    return ways, answering


def _note(node: HandlerNode, pair: HandlerPair, panel: Panel) -> str:
    if pair.nested:
        return f"by the workflow {pair.nested[0].title}"
    first = pair.asked[0][1] if pair.asked else pair
    questions = f", {len(pair.asked)} questions each" if pair.asked else ""
    if panel.raters and first.model:
        votes = len(planned(node, panel))
        entries = (
            f", then up to {max(each.max_items for each in node.fields)} parts by {node.each}" if pair.each else ""
        )
        return f"by a model, at most {votes} {'vote' if votes == 1 else 'votes'} each{questions}{entries}"
    return f"by the built-in checks{questions}" if first.rule else "needs a model"


def _result(workflow: Workflow, panel: Panel, team: Team) -> str:
    said = _RESULTS[workflow.aggregate]
    if not workflow.synthesis:
        return said
    by = "a model" if panel.raters and team.model_synthesizer else "the built-in checks"
    return f"{said}; then the documents together, by {by}"
