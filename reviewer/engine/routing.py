"""Routing: each item is sent to the handlers made for its kind."""

from reviewer.domain.events import RoutedItem
from reviewer.domain.task import Item, Route, Task
from reviewer.domain.workflow import RouteMethod, Workflow
from reviewer.engine.steps import StepResult, StepRunner
from reviewer.ports.handling import ModelHandler
from reviewer.ports.models import ChatModel

ROUTE = "route"
SHOWN_CHARS = 80


def needs_model(route: Route, workflow: Workflow) -> bool:
    """True when the rules are not sure enough and the workflow lets a model decide."""
    return RouteMethod.LLM in workflow.router.methods and route.confidence < workflow.router.margin


async def ask(steps: StepRunner, router: ModelHandler, task: Task, model: ChatModel) -> StepResult:
    """Asks a model where an item should go.

    Raises:
        ProviderError, FatalProviderError, UnusableReplyError: as from the step.
    """
    return await steps.by_model(ROUTE, router, task, model, 0, temperature=0.0)


def of_step(step: StepResult) -> Route | None:
    """The route that a model named, or None where it named none."""
    judgement = next(iter(step.judgements), None)
    if judgement is None:
        return None
    confidence = 1.0 if judgement.confidence is None else judgement.confidence
    return Route(judgement.value, confidence, RouteMethod.LLM, judgement.text)


def routed(item: Item, route: Route, workflow: Workflow) -> RoutedItem:
    """An item and its route as a report shows them."""
    shown = " ".join(item.text[: 2 * SHOWN_CHARS].split())[:SHOWN_CHARS]
    return RoutedItem(item.name, item.section, shown, item.language, route, workflow.route(route.route).handlers)
