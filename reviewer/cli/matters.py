"""``reviewer matters``: pieces of work, and handing them on."""

import argparse
import asyncio
from pathlib import Path

from reviewer.bootstrap import open_services
from reviewer.cli.codes import ExitCode
from reviewer.cli.console import Console
from reviewer.cli.review import write_file
from reviewer.cli.settings import effective
from reviewer.domain.errors import ConfigError, ExportError, InputError
from reviewer.domain.ids import Json
from reviewer.domain.matter import Egress, Matter, Turn
from reviewer.domain.secret import NO_SECRET, Secret
from reviewer.export.json_report import run_json
from reviewer.export.words import number, run_status
from reviewer.ports.storage import Access
from reviewer.services.container import Services
from reviewer.services.library import open_file
from reviewer.services.redactions import read_list

SUFFIX = ".reviewer"
_READING = {"list", "show", "pack"}


def matters(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer matters list|new|show|change|pack|take-in|delete``."""
    access = Access.READ if namespace.action in _READING else Access.WRITE
    with open_services(effective(namespace, console).settings.workspace, access=access, purpose="matters") as services:
        asyncio.run(_ACTIONS[namespace.action](namespace, console, services))
    return ExitCode.OK


async def _list(_namespace: argparse.Namespace, console: Console, services: Services) -> None:
    found = await services.matters.list_matters()
    if console.as_json:
        console.data({"schema": "reviewer.matters/1", "matters": [_matter_json(each) for each in found]})
        return
    for matter in found:
        turns = await services.matters.documents(matter.id)
        lines = len({each.line for each in turns})
        made = f"{matter.created_at.astimezone():%Y-%m-%d}"
        console.text(f"{matter.name}  {lines} documents, {len(turns)} versions  {made}")
    if not found:
        console.note("There are no matters yet. Make one with: reviewer matters new NAME")


async def _new(namespace: argparse.Namespace, console: Console, services: Services) -> None:
    egress = _egress_of(namespace) or Egress.HERE
    matter = await services.matters.create(namespace.matter, egress, namespace.endpoint or ())
    made = f"Made the matter {matter.name!r}. {_policy(matter)}"
    _say(console, matter, f"{made} Review in it with: reviewer review FILE --matter NAME")
    console.note("Reviewer does not encrypt the workspace; the doctor says whether the disk is encrypted.")


async def _show(namespace: argparse.Namespace, console: Console, services: Services) -> None:
    matter = await services.matters.get(namespace.matter)
    turns, runs = await services.matters.documents(matter.id), await services.matters.runs(matter.id)
    if console.as_json:
        documents, listed = [_turn_json(each) for each in turns], [run_json(each) for each in runs]
        console.data({"schema": "reviewer.matter/1", **_matter_json(matter), "documents": documents, "runs": listed})
        return
    console.text(matter.name)
    console.text(_policy(matter))
    if matter.redacts:
        console.text(f"Models elsewhere get placeholders for {number(len(matter.redact_terms), 'listed name')}.")
    named = (("Workflow", matter.workflow), ("Playbook", matter.playbook))
    for text in filter(None, (matter.note, *(f"{name}: {value}" for name, value in named if value))):
        console.text(text)
    for turn in turns:
        added = f"{turn.added_at.astimezone():%Y-%m-%d %H:%M}"
        console.text(f"  {turn.name}  version {turn.number}  {added}  {turn.by}".rstrip())
    for run in runs:
        console.text(f"  {run.id}  {run.started_at.astimezone():%Y-%m-%d %H:%M}  {run_status(run)}  {run.workflow}")


async def _change(namespace: argparse.Namespace, console: Console, services: Services) -> None:
    matter = await services.matters.get(namespace.matter)
    if namespace.name is not None:
        matter = await services.matters.rename(matter, namespace.name)
    egress = _egress_of(namespace)
    listed = read_list(namespace.redact_list) if namespace.redact_list else None
    redacts = True if listed and namespace.redact is None else namespace.redact
    chosen = {"workflow": namespace.workflow, "playbook": namespace.playbook, "note": namespace.note}
    matter = await services.matters.change(
        matter, egress=egress, endpoints=namespace.endpoint, redacts=redacts, redact_terms=listed, **chosen
    )
    _say(console, matter, f"Changed the matter {matter.name!r}. {_policy(matter)}")


def _egress_of(namespace: argparse.Namespace) -> Egress | None:
    """The policy that is asked for; to name endpoints is to ask for a list of them."""
    given: Egress | None = namespace.egress
    return Egress.LISTED if given is None and namespace.endpoint else given


def _policy(matter: Matter) -> str:
    """What its text may be sent to, in one sentence."""
    match matter.egress:
        case Egress.HERE:
            return "Its text may not leave this computer."
        case Egress.LISTED:
            return f"Its text may go to {', '.join(map(str, matter.endpoints))} and nowhere else."
        case Egress.ASK:
            return "Before its text leaves this computer, somebody has to say yes, run by run."


async def _pack(namespace: argparse.Namespace, console: Console, services: Services) -> None:
    matter = await services.matters.get(namespace.matter)
    password = _password(console) if namespace.password else NO_SECRET
    content = await services.matters.pack(matter, with_originals=namespace.with_originals, password=password)
    target = namespace.output or Path(f"{_file_name(matter.name)}{SUFFIX}")
    try:
        write_file(target, content)
    except OSError as error:
        message = f"{target} cannot be written: {error.strerror}."
        raise ExportError("unwritable", message, "Name another file with -o.") from error
    _say(console, matter, f"Wrote {target} ({len(content) / 1e6:.1f} MB).")


async def _take_in(namespace: argparse.Namespace, console: Console, services: Services) -> None:
    password = _password(console) if namespace.password else NO_SECRET
    done = await services.matters.take_in(open_file(namespace.file).data, password)
    if console.as_json:
        conflicts = [
            {"finding": each.finding, "people": {name: standing.status.value for name, standing in each.by_person}}
            for each in done.conflicts
        ]
        told = {"runs": done.unpacked.runs, "decisions": done.unpacked.decisions, "conflicts": conflicts}
        console.data({"schema": "reviewer.taken-in/1", **_matter_json(done.matter), **told})
        return
    console.text(f"{done.matter.name}: {done.unpacked.runs} new runs, {done.unpacked.decisions} new decisions.")
    console.text(_policy(done.matter))
    for conflict in done.conflicts:
        people = ", ".join(f"{name or 'somebody'}: {standing.status}" for name, standing in conflict.by_person)
        console.text(f"  seen differently: {conflict.finding} ({people})")


async def _delete(namespace: argparse.Namespace, console: Console, services: Services) -> None:
    matter = await services.matters.get(namespace.matter)
    check_sure(namespace, f"Deleting {matter.name!r} cannot be undone")
    await services.matters.delete(matter)
    _say(console, matter, f"Deleted {matter.name!r}, from the backups too.")


def check_sure(namespace: argparse.Namespace, what: str) -> None:
    """Makes sure that the user said ``--yes``.

    Raises:
        ConfigError: they did not.
    """
    if not namespace.yes:
        raise ConfigError("not_sure", f"{what}.", "Add --yes if you are sure.")


def _password(console: Console) -> Secret:
    password = console.secret("Password: ")
    if not password:
        raise InputError("no_password", "No password was given.", "Type it, or send it to standard input.")
    return password


def _say(console: Console, matter: Matter, sentence: str) -> None:
    if console.as_json:
        console.data({"schema": "reviewer.matter/1", **_matter_json(matter)})
    else:
        console.text(sentence)


def _matter_json(matter: Matter) -> dict[str, Json]:
    return {
        "id": matter.id,
        "name": matter.name,
        "created_at": matter.created_at.isoformat(),
        "egress": matter.egress.value,
        "endpoints": [str(each) for each in matter.endpoints],
        "workflow": matter.workflow,
        "playbook": matter.playbook,
        "note": matter.note,
        "redacts": matter.redacts,
        "redact_terms": list(matter.redact_terms),
    }


def _turn_json(turn: Turn) -> dict[str, Json]:
    return {
        "document": turn.document,
        "line": turn.line,
        "version": turn.number,
        "name": turn.name,
        "path": turn.path,
        "sha256": turn.sha256,
        "added_at": turn.added_at.isoformat(),
        "by": turn.by,
    }


def _file_name(name: str) -> str:
    return "".join(each if each.isalnum() or each in " -_" else "_" for each in name).strip() or "matter"


_ACTIONS = {
    "list": _list,
    "new": _new,
    "show": _show,
    "change": _change,
    "pack": _pack,
    "take-in": _take_in,
    "delete": _delete,
}


COMMANDS = {"matters": matters}
