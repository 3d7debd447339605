"""Routing: each item is sent to the handlers made for its kind."""

from dataclasses import replace

from reviewer.domain.events import RoutedItem
from reviewer.domain.task import Item, Route, Task
from reviewer.domain.workflow import RouteMethod, Workflow
from reviewer.engine.plan import Rater
from reviewer.engine.steps import StepResult, StepRunner
from reviewer.ports.handling import ModelHandler, Router

ROUTE = "route"
SHOWN_CHARS = 80


def by_rule(classifier: Router, item: Item, workflow: Workflow) -> Route:
    """The route that the rules find.

    Raises:
        KeyError: they name one that the workflow does not have.
    """
    route = classifier.route(item, workflow.router, workflow.routes)
    return replace(route, route=workflow.route(route.route).id)


def fallen_back(workflow: Workflow) -> Route:
    """The route of an item that the rules failed at."""
    return Route(workflow.router.default, 0.0, RouteMethod.RULES, "The rules failed; this is the default.")


def needs_model(route: Route, workflow: Workflow) -> bool:
    """True when the workflow lets a model decide, and either asks no rules or the rules are not sure enough."""
    methods = workflow.router.methods
    is_sure = RouteMethod.RULES in methods and route.confidence >= workflow.router.margin
    return RouteMethod.LLM in methods and not is_sure


def surer(ruled: Route, said: Route | None, workflow: Workflow) -> Route:
    """The model's route where it is sure enough or the workflow asks no rules, else the more confident of the two."""
    if said is None:
        return ruled
    if RouteMethod.RULES not in workflow.router.methods or said.confidence >= workflow.router.margin:
        return said
    return max(said, ruled, key=lambda route: route.confidence)


async def ask(steps: StepRunner, router: ModelHandler, task: Task, rater: Rater) -> StepResult:
    """Asks a model where an item should go.

    Raises:
        ProviderError, FatalProviderError, UnusableReplyError: as from the step.
    """
    return await steps.by_model(ROUTE, router, task, rater, 0, temperature=0.0)


def of_step(step: StepResult, workflow: Workflow) -> Route | None:
    """The route that a model named, or None where it named none that the workflow has."""
    judgement = next(iter(step.judgements), None)
    if judgement is None or judgement.value not in {node.id for node in workflow.routes}:
        return None
    confidence = 1.0 if judgement.confidence is None else judgement.confidence
    return Route(judgement.value, confidence, RouteMethod.LLM, judgement.text)


def routed(item: Item, route: Route, workflow: Workflow) -> RoutedItem:
    """An item and its route as a report shows them."""
    shown = " ".join(item.text[: 2 * SHOWN_CHARS].split())[:SHOWN_CHARS]
    return RoutedItem(item.name, item.section, shown, item.language, route, workflow.route(route.route).handlers)
