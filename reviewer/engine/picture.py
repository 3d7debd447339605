"""The picture of a run before it is run: its plans counted, stage by stage. Contacts nobody."""

from collections import Counter
from collections.abc import Sequence

from reviewer.domain.run_picture import Answerer, Answering, RunPicture, Way
from reviewer.domain.workflow import HandlerNode, Workflow
from reviewer.engine.plan import DocumentPlan, HandlerPair, Panel, Team
from reviewer.engine.polling import planned
from reviewer.engine.routing import needs_model, without_model


def pictures_of(plans: Sequence[DocumentPlan], panel: Panel) -> tuple[RunPicture, ...]:
    """A picture for each workflow, in the order in which documents name them. Linear in the parts."""
    by_workflow: dict[str, list[DocumentPlan]] = {}
    for plan in plans:
        by_workflow.setdefault(plan.workflow.id, []).append(plan)
    return tuple(_picture(each, panel) for each in by_workflow.values())


def _picture(plans: Sequence[DocumentPlan], panel: Panel) -> RunPicture:
    workflow, team = plans[0].workflow, plans[0].team
    ways, answering = _counts(plans, asks=bool(panel.raters))
    listed = [Way(each.id, ways[each.id]) for each in workflow.routes if ways[each.id]]
    open_ones = [Way("", ways[""])] if ways[""] else []
    return RunPicture(
        title=workflow.title,
        documents=len(plans),
        parts=sum(len(plan.items) for plan in plans),
        unit=workflow.split.unit,
        ways=(*listed, *open_ones),
        answering=tuple(
            _answering(each, answering[each.id], team.handlers[each.id], panel)
            for each in workflow.handlers
            if answering[each.id]
        ),
        result=workflow.aggregate,
        together=_together(workflow, panel, team),
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


def _answering(node: HandlerNode, count: int, pair: HandlerPair, panel: Panel) -> Answering:
    name = node.title or node.id
    if pair.nested:
        return Answering(name, count, Answerer.WORKFLOW, workflow=pair.nested[0].title)
    first, questions = pair.asked[0][1] if pair.asked else pair, len(pair.asked)
    if panel.raters and first.model:
        most = max(each.max_items for each in node.fields) if pair.each else 0
        votes = len(planned(node, panel))
        of = (pair.each[0].title or node.each) if pair.each else ""
        return Answering(name, count, Answerer.MODEL, votes, questions, "", most, of)
    return Answering(name, count, Answerer.CHECKS if first.rule else Answerer.NOBODY, 0, questions)


def _together(workflow: Workflow, panel: Panel, team: Team) -> Answerer | None:
    if not workflow.synthesis:
        return None
    return Answerer.MODEL if panel.raters and team.model_synthesizer else Answerer.CHECKS
