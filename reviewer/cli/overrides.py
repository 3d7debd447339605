"""``reviewer reroute``: where texts go, put right by hand and kept in the workspace."""

import argparse
import asyncio

from reviewer.bootstrap import open_services
from reviewer.cli.codes import ExitCode
from reviewer.cli.console import Console
from reviewer.cli.settings import effective
from reviewer.domain.errors import ConfigError, InputError
from reviewer.domain.override import Override
from reviewer.services.container import Services
from reviewer.services.library import open_file

_SHOWN_CHARS = 60


def reroute(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """Keeps an override, takes one back, and shows those that hold."""
    settings = effective(namespace, console).settings
    with open_services(settings.workspace, console.password_asker) as services:
        asyncio.run(_reroute(namespace, console, services, settings.workflow))
    return ExitCode.OK


async def _reroute(namespace: argparse.Namespace, console: Console, services: Services, workflow: str | None) -> None:
    match namespace.action:
        case "set":
            await _set(namespace, services, workflow)
        case "undo":
            await services.overrides.take_back(_chosen(await services.overrides.all(), namespace.number))
        case _:
            pass
    _show(await services.overrides.all(), console)


async def _set(namespace: argparse.Namespace, services: Services, workflow: str | None) -> None:
    if workflow is None:
        raise ConfigError("usage", "No workflow was named.", "Add --workflow ID. See: reviewer workflows list")
    if (namespace.text is None) == (namespace.path is None):
        raise InputError("no_input", "Name a file, or give --text.", "One of the two.")
    if namespace.text is not None:
        await services.overrides.send(namespace.text, workflow, namespace.route)
        return
    document = await services.library.read(open_file(namespace.path))
    await services.overrides.send_part(document, namespace.part, workflow, namespace.route)


def _chosen(overrides: tuple[Override, ...], number: int | None) -> Override:
    if not overrides:
        raise InputError("nothing_to_undo", "Nothing was sent elsewhere by hand.", "See: reviewer reroute list")
    if number is None:
        return overrides[-1]
    if number > len(overrides):
        raise InputError("no_such_override", f"There is no number {number}.", "See: reviewer reroute list")
    return overrides[number - 1]


def _show(overrides: tuple[Override, ...], console: Console) -> None:
    if console.as_json:
        listed = [
            {"workflow": each.workflow, "route": each.route, "text": each.text, "by": each.by} for each in overrides
        ]
        console.data({"schema": "reviewer.overrides/1", "overrides": listed})
        return
    for number, each in enumerate(overrides, 1):
        text = " ".join(each.text.split())
        short = text if len(text) <= _SHOWN_CHARS else f"{text[:_SHOWN_CHARS]}…"
        console.text(f"{number:3}  {each.workflow}: {each.route}  {short}")
    if not overrides:
        console.text("Nothing was sent elsewhere by hand.")


COMMANDS = {"reroute": reroute}
