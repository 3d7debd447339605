"""How a request lets the endpoints of its models be asked."""

from collections.abc import Callable, Sequence

from reviewer.engine.limits import Limits
from reviewer.ports.models import ChatModel
from reviewer.services.models import place_of
from reviewer.services.requests import RunRequest

CONNECTIONS = 20
"""Calls at once to begin with; every provider takes so many."""

FILE_CONNECTIONS = 4
"""The same for a model in a file: it writes no more answers at once, and the time of a call that waits would run."""


def limits_of(request: RunRequest, models: Sequence[ChatModel]) -> Callable[[ChatModel], Limits]:
    """Gives the limits of each model's endpoint; only one far away may get more calls at once than it began with.

    Args:
        request: whose models these are, in its order.
        models: as they were made for it.
    """
    weights = {model.endpoint: choice.weight for model, choice in zip(models, request.models, strict=False)}

    def limits(model: ChatModel) -> Limits:
        place = place_of(model)
        usual = CONNECTIONS if place.host else FILE_CONNECTIONS
        may_grow = request.max_connections is None and not place.is_local
        start = request.max_connections or usual
        return Limits(start, may_grow, request.rpm, request.tpm, weights.get(model.endpoint, 1.0))

    return limits
