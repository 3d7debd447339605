"""What of a run left this computer."""

import argparse

from reviewer.assets import glossary
from reviewer.cli.console import Console
from reviewer.domain.errors import InputError
from reviewer.domain.ids import Json
from reviewer.domain.sent import SentRequest, SentStatus
from reviewer.export import words
from reviewer.services.container import Services


async def show_sent(namespace: argparse.Namespace, console: Console, services: Services) -> None:
    """``reviewer runs sent``."""
    found = await services.sent.of_run(namespace.run)
    if namespace.number is not None:
        found = tuple(each for each in found if each.number == namespace.number)
        if not found:
            raise InputError("no_such_request", f"There is no request {namespace.number} in this run.")
    if console.as_json:
        told = [_json(each, await services.sent.text(each)) for each in found]
        console.data({"schema": "reviewer.sent/1", "run": found[0].run if found else namespace.run, "requests": told})
        return
    for each in found:
        console.text(_line(each))
        if namespace.text or namespace.number is not None:
            console.text(f"{await services.sent.text(each)}\n")
    size = sum(each.size_bytes for each in found)
    if found:
        console.note(f"{words.number(len(found), 'request')}, {size:,} bytes; entered before each was sent.")
        if missing := sum(each.status is SentStatus.UNANSWERED for each in found):
            console.note(f"{missing} never answered: broken off or under way; perhaps read and paid for.")
    else:
        console.note("Nothing of this run left this computer.")


def _line(sent: SentRequest) -> str:
    when = f"{sent.at.astimezone():%Y-%m-%d %H:%M:%S}"
    via = f" through the proxy {sent.via}" if sent.via else ""
    about = " ".join(filter(None, (sent.document, sent.section))) or "results of several sections"
    where = f"{sent.destination}{via}  {sent.size_bytes} bytes"
    return f"{sent.number:6}  {when}  {where}  {sent.model}  {about}  {_outcome(sent)}"


def _outcome(sent: SentRequest) -> str:
    """``answered``, or ``failed (status_503)``."""
    said = glossary().word(sent.status)
    return f"{said} ({sent.code})" if sent.code else said


def _json(sent: SentRequest, text: str) -> dict[str, Json]:
    return {
        "number": sent.number,
        "at": sent.at.isoformat(),
        "scheme": sent.destination.scheme,
        "host": sent.destination.host,
        "port": sent.destination.port,
        "via": sent.via or None,
        "bytes": sent.size_bytes,
        "model": sent.model,
        "run": sent.run,
        "document": sent.document or None,
        "section": sent.section or None,
        "status": sent.status.value,
        "code": sent.code or None,
        "text": text,
    }
