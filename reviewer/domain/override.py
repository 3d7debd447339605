"""Overrides: a person says where a text goes in a workflow. Kept as decisions; the last word counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from json import loads

from reviewer.domain.decision import Decision, DecisionAction
from reviewer.domain.ids import canonical_json

_SHOWN_CHARS = 60


@dataclass(frozen=True, slots=True)
class Override:
    """The route that a person chose for a text: it goes there from now on, and is an example for what is like it.

    Attributes:
        workflow: id of the workflow.
        route: id of its route; empty where an earlier choice is taken back.
        by: name of the person; may be empty.
    """

    workflow: str
    text: str
    route: str
    by: str = ""


def encode_override(override: Override) -> str:
    """An override as the value of a decision; who chose stands in the decision itself."""
    return canonical_json([override.workflow, override.text, override.route])


def overrides_of(decisions: Iterable[Decision]) -> tuple[Override, ...]:
    """The overrides that hold, the latest last. Decisions in the order they were made; others are left out."""
    found: dict[tuple[str, str], Override] = {}
    for decision in decisions:
        if decision.action is DecisionAction.REROUTE:
            workflow, text, route = loads(decision.value)
            key = workflow, same_text(text)
            found.pop(key, None)
            if route:
                found[key] = Override(workflow, text, route, decision.by)
    return tuple(found.values())


def told(decision: Decision) -> str:
    """A decision about a route as a history shows it: the route, and the first words of the text."""
    _, text, route = loads(decision.value)
    words = same_text(text)
    short = words if len(words) <= _SHOWN_CHARS else f"{words[:_SHOWN_CHARS]}…"
    return f"{route or 'taken back'}: {short}"


def same_text(text: str) -> str:
    """What two texts have in common that count as the same: all but white space."""
    return " ".join(text.split())
