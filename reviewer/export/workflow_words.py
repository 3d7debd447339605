"""A workflow in plain words: how documents are cut, where parts go, who answers, how it comes together."""

from collections.abc import Iterator

from reviewer.domain.workflow import Aggregation, HandlerNode, RouteMethod, Workflow

_METHODS = {
    RouteMethod.RULES: "rules",
    RouteMethod.ML: "the examples in the file, on this computer",
    RouteMethod.LLM: "a model, where one is set up",
    RouteMethod.PERSON: "a person",
}
_TOGETHER = {
    Aggregation.POSITIONS: "as positions of the playbook, with what is missing",
    Aggregation.COLLECT: "what was made, part by part",
    Aggregation.CHANGES: "as what the second of two documents changes",
}


def lines(workflow: Workflow) -> Iterator[str]:
    """The plan, stage by stage."""
    yield f"{workflow.title}: {workflow.description}"
    yield f"Cut: read as {workflow.split.split_as}; one part is a {workflow.split.unit}"
    methods = ", then ".join(_METHODS[each] for each in workflow.router.methods)
    yield f"Send: by {methods}; {workflow.router.default} where nothing speaks for another"
    for route in workflow.routes:
        yield f"  {route.id} -> {', '.join(route.handlers) or 'left out'}: {route.description}"
    yield "Answer:"
    yield from (f"  {_handler(each)}" for each in workflow.handlers)
    yield f"Bring together: {_TOGETHER[workflow.aggregate]}"


def _handler(node: HandlerNode) -> str:
    votes = f", {node.votes} votes by {node.policy}" if node.votes > 1 else ""
    then = f"; each entry goes to {node.each}" if node.each else ""
    inner = f" {node.workflow}" if node.workflow else ""
    called = f"{node.id} ({node.title})" if node.title else node.id
    return f"{called}: {node.uses}{inner}{votes}{then}"
