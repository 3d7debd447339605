"""Routing: each item is sent to the handlers made for its kind."""

from reviewer.domain.events import RoutedItem
from reviewer.domain.task import Item, Route, Task
from reviewer.domain.workflow import HandlerNode, RouteMethod, Workflow
from reviewer.engine.cover import Cover
from reviewer.engine.plan import Rater, Team
from reviewer.engine.reading import UnusableReplyError
from reviewer.engine.steps import StepResult, StepRunner
from reviewer.ports.handling import ModelHandler, Router

ROUTE = "route"
SHOWN_CHARS = 80
_SHOWN_ROUTE = 60


LOCAL = (RouteMethod.RULES, RouteMethod.ML)
NO_SUCH_ROUTE = "no_such_route"


def without_model(classifier: Router, item: Item, workflow: Workflow) -> Route:
    """The route that is found without a model.

    Raises:
        KeyError: it is one that the workflow does not have.
    """
    route = classifier.route(item, workflow.router, workflow.routes)
    for each in (route.route, *route.also):
        workflow.route(each)
    return route


def fallen_back(workflow: Workflow) -> Route:
    """The route of an item that rules and classifier failed at."""
    return Route(workflow.router.default, 0.0, RouteMethod.RULES, "No route could be found; this is the default.")


def needs_model(route: Route, workflow: Workflow) -> bool:
    """True when the workflow lets a model decide, no person did, and no method before it is sure enough."""
    methods = workflow.router.methods
    if route.method is RouteMethod.PERSON or RouteMethod.LLM not in methods:
        return False
    return not (_asks_locally(workflow) and route.confidence >= workflow.router.margin)


def needs_stronger(said: Route | None, workflow: Workflow) -> bool:
    """True when the workflow lets a stronger model decide, and the first failed or is not sure enough."""
    return workflow.router.escalate and (said is None or said.confidence < workflow.router.margin)


def surer(found: Route, said: Route | None, workflow: Workflow) -> Route:
    """The model's route where it is sure enough or nothing else was asked, else the more confident of the two."""
    if said is None:
        return found
    if not _asks_locally(workflow) or said.confidence >= workflow.router.margin:
        return said
    return max(said, found, key=lambda route: route.confidence)


def _asks_locally(workflow: Workflow) -> bool:
    return any(method in workflow.router.methods for method in LOCAL)


async def ask(
    steps: StepRunner, router: ModelHandler, task: Task, rater: Rater, cover: Cover | None = None
) -> StepResult:
    """Asks a model where an item should go.

    Raises:
        ProviderError, FatalProviderError, UnusableReplyError: as from the step.
    """
    return await steps.by_model(ROUTE, router, task, rater, 0, temperature=0.0, cover=cover)


def of_step(step: StepResult, workflow: Workflow) -> Route:
    """The route that a model named, with others where the workflow allows several.

    Raises:
        UnusableReplyError: ``no_such_route``; it named none that the workflow has.
    """
    known = {node.id for node in workflow.routes}
    named = list(dict.fromkeys(judgement.value for judgement in step.judgements))
    wrong = [each for each in named if each not in known]
    if wrong or not named:
        what = (
            f"The model named a route that does not exist: {wrong[0][:_SHOWN_ROUTE]!r}." if wrong else "It named none."
        )
        raise UnusableReplyError(NO_SUCH_ROUTE, what, "The best route that was found without it is taken.")
    first = step.judgements[0]
    confidence = 1.0 if first.confidence is None else first.confidence
    return Route(named[0], confidence, RouteMethod.LLM, first.text, tuple(named[1 : workflow.router.max_routes]))


def routed(item: Item, route: Route, workflow: Workflow) -> RoutedItem:
    """An item and its route as a report shows them."""
    shown = " ".join(item.text[: 2 * SHOWN_CHARS].split())[:SHOWN_CHARS]
    return RoutedItem(item.name, item.section, shown, item.language, route, _handlers(route, workflow))


def nodes(route: Route, workflow: Workflow, team: Team) -> list[HandlerNode]:
    """The handlers that get an item. What asks a model comes first: rules are worked out while answers come in."""
    found = [workflow.handler(handler_id) for handler_id in _handlers(route, workflow)]
    return sorted(found, key=lambda node: team.handlers[node.id].model is None) if len(found) > 1 else found


def _handlers(route: Route, workflow: Workflow) -> tuple[str, ...]:
    """Ids of the handlers on all of an item's routes, each once."""
    if not route.also:
        return tuple(dict.fromkeys(workflow.route(route.route).handlers))
    taken = [workflow.route(each) for each in (route.route, *route.also)]
    return tuple(dict.fromkeys(handler for node in taken for handler in node.handlers))
