"""Asking before text leaves this computer, where a matter wants that."""

import asyncio
from dataclasses import replace

from reviewer.cli.console import Console
from reviewer.domain.errors import ConfigError
from reviewer.domain.estimate import Departure, Estimate
from reviewer.export import words
from reviewer.services.container import Services
from reviewer.services.requests import RunRequest


def agreed(request: RunRequest, services: Services, console: Console, *, is_yes: bool) -> RunRequest:
    """The request with the user's yes, for this once, to where its text may go.

    Without a terminal nobody is asked, and the run itself is refused with what to do.

    Raises:
        ConfigError: ``not_confirmed``: the user said no; or as `RunService.unconfirmed`.
    """
    if not request.models or not request.matter:  # to name a model on the command line is the yes
        return request
    missing = asyncio.run(services.runs.unconfirmed(request))
    if not missing:
        return request
    if not is_yes:
        estimate = asyncio.run(services.runs.estimate(request))
        for each in estimate.departures:
            if each.destination in missing:
                console.warn(departure_line(each, estimate))
        answer = console.confirms("Send it?")
        if answer is False:
            raise ConfigError("not_confirmed", "Nothing was sent.", "Use a model on this computer, or none.")
        is_yes = answer is True
    return replace(request, may_send_to=(*(request.may_send_to or ()), *missing)) if is_yes else request


def departure_line(departure: Departure, estimate: Estimate) -> str:
    """How much of a run goes to one place."""
    sections = words.number(departure.sections, "section")
    documents = words.number(departure.documents or estimate.documents, "document")
    requests = words.number(departure.requests, "request")
    much = f"{sections} of {documents}, {requests}, {max(0.1, departure.size_bytes / 1000):,.1f} KB"
    return f"To {departure.destination}: {much}." if departure.destination else f"On this computer: {much}."
