"""Egress: where the text of a run may go, and what has to be asked first."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reviewer.domain.destination import Destination, destination_of, places
from reviewer.domain.errors import ConfigError
from reviewer.domain.matter import Egress, Matter
from reviewer.ports.models import ChatModel
from reviewer.services.requests import RunRequest

_ELSE = "Use a model on this computer, the built-in checks, or change what the matter allows."


class NotConfirmedError(ConfigError):
    """Somebody has to say yes before text goes to ``destinations``."""

    def __init__(self, matter: Matter | None, destinations: Sequence[Destination]) -> None:
        self.destinations = tuple(destinations)
        whose = f"The matter {matter.name!r} asks" if matter else "Somebody must say yes"
        message = f"{whose} before text goes to {places(destinations)}, and nobody was asked."
        super().__init__("not_confirmed", message, "Say yes in the window or on a terminal, or add -y.")


def destinations(models: Iterable[ChatModel]) -> tuple[Destination, ...]:
    """Where beyond this computer the models' text goes, each place once."""
    found = (destination_of(model.endpoint) for model in models)
    return tuple(dict.fromkeys(each for each in found if each is not None and not each.is_here))


def narrowed(request: RunRequest, matter: Matter | None) -> RunRequest:
    """A request that may go nowhere but where its matter lets it; whatever is wrong elsewhere, its models cannot."""
    if matter is None:
        return request
    match matter.egress:
        case Egress.HERE:
            return replace(request, offline=True, may_send_to=())
        case Egress.LISTED:
            return replace(request, may_send_to=matter.endpoints)
        case Egress.ASK:
            return replace(request, may_send_to=request.may_send_to or ())


def unconfirmed(request: RunRequest, matter: Matter | None, away: Sequence[Destination]) -> tuple[Destination, ...]:
    """Where a yes is missing.

    Args:
        request: as `narrowed`.
        matter: whose text it is.
        away: where the text would go beyond this computer.

    Raises:
        ConfigError: ``stays_here`` or ``not_listed``: the matter forbids it, whatever anybody says now.
    """
    if matter is not None and away:
        _check(matter, away)
    allowed = request.may_send_to
    if allowed is None or request.offline:  # offline, the models refuse
        return ()
    return tuple(each for each in away if each not in allowed)


def check_egress(request: RunRequest, matter: Matter | None, away: Sequence[Destination]) -> None:
    """Makes sure that text goes nowhere that it must not go. Args and errors are those of `unconfirmed`.

    Raises:
        NotConfirmedError: ``not_confirmed``: somebody has to say yes first.
    """
    missing = unconfirmed(request, matter, away)
    if missing:
        raise NotConfirmedError(matter, missing)


def _check(matter: Matter, away: Sequence[Destination]) -> None:
    if matter.egress is Egress.HERE:
        message = f"The documents of {matter.name!r} stay on this computer; {places(away)} would get their text."
        raise ConfigError("stays_here", message, _ELSE)
    outside = [each for each in away if each not in matter.endpoints]
    if matter.egress is Egress.LISTED and outside:
        message = f"{places(outside)} is not among the endpoints that {matter.name!r} may send text to."
        raise ConfigError("not_listed", message, _ELSE)
