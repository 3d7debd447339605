"""Stored runs: listed, shown, gone on with, compared, deleted, exported."""

import argparse
import asyncio
import sys
from dataclasses import replace

from reviewer.assets import glossary
from reviewer.bootstrap import open_services
from reviewer.cli.arguments import AGREED
from reviewer.cli.codes import ExitCode
from reviewer.cli.consent import agreed
from reviewer.cli.console import Console
from reviewer.cli.matters import check_sure
from reviewer.cli.progress import Progress
from reviewer.cli.records import RECORD_ACTIONS
from reviewer.cli.redact import redaction_again
from reviewer.cli.review import edition, exit_code, finish, show, write_output
from reviewer.cli.sent import show_sent
from reviewer.cli.settings import effective, flagged_allowance, models_of
from reviewer.domain.edition import for_export
from reviewer.domain.history import HistoryEntry
from reviewer.domain.ids import Json
from reviewer.domain.recording import encode_recording
from reviewer.domain.run_diff import FindingChange
from reviewer.export import words
from reviewer.export.json_report import run_json
from reviewer.ports.storage import Access
from reviewer.services.container import Services
from reviewer.services.settings import Effective


def runs(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer runs list|show|history|resume|retry|record|seal|verify|replay|sent|diff|delete``."""
    if namespace.action in RECORD_ACTIONS:
        return RECORD_ACTIONS[namespace.action](namespace, console)
    found = effective(namespace, console)
    access = Access.READ if namespace.action in _READING else Access.WRITE
    with open_services(found.settings.workspace, console.password_asker, access=access) as services:
        match namespace.action:
            case "list":
                _list(console, services)
            case "show":
                show(asyncio.run(services.runs.show(namespace.run)), console)
            case "history":
                _history(namespace, console, services)
            case "sent":
                asyncio.run(show_sent(namespace, console, services))
            case "diff":
                _diff(namespace, console, services)
            case "record":
                _record(namespace, console, services)
            case "delete":
                check_sure(namespace, f"Deleting {namespace.run} cannot be undone")
                run = asyncio.run(services.runs.delete(namespace.run))
                if console.as_json:
                    console.data({"schema": "reviewer.deleted/1", "run": run.id})
                else:
                    console.text(f"Deleted {run.id}, from the backups too.")
            case _:
                return _go_on(namespace, console, services, found)
    return ExitCode.OK


def _list(console: Console, services: Services) -> None:
    found = asyncio.run(services.runs.list_runs())
    if console.as_json:
        console.data({"schema": "reviewer.runs/1", "runs": [run_json(run) for run in found]})
    for run in () if console.as_json else found:
        started = run.started_at.astimezone().strftime("%Y-%m-%d %H:%M")
        models = ", ".join(run.models) or "built-in checks"
        console.text(f"{run.id}  {started}  {words.run_status(run):12}  {run.workflow}  {models}")
    if not found:
        console.note("There are no runs yet. Start one with: reviewer review FILE")


def _go_on(namespace: argparse.Namespace, console: Console, services: Services, found: Effective) -> ExitCode:
    """Resumes or retries a run, and shows it."""
    progress, allowance = Progress(console), flagged_allowance(namespace)
    if namespace.action == "resume":
        asked = services.runs.resume_request(namespace.run, allowance)
    else:
        chosen = models_of(found, console) if namespace.model or namespace.engine else ()
        votes = namespace.add_votes
        asked = services.runs.retry_request(namespace.run, add_votes=votes, models=chosen, allowance=allowance)
    request = asyncio.run(asked)
    if namespace.action == "retry":
        request = replace(request, redaction=redaction_again(namespace, found, request.redaction))
        if namespace.include_hidden is not None:
            request = replace(request, hidden_text=namespace.include_hidden)
    if namespace.offline:
        request = replace(request, offline=True)
    request = agreed(request, services, console, is_yes=namespace.yes)
    result = finish(services.runs.run(request, progress.take), progress, console, found.settings.workspace)
    show(result, console)
    return exit_code(result.report, None)


def _record(namespace: argparse.Namespace, console: Console, services: Services) -> None:
    recording = asyncio.run(services.runs.record(namespace.run, namespace.rater))
    write_output(namespace.output, encode_recording(recording))
    count = len(recording.calls)
    if console.as_json:
        console.data({"schema": "reviewer.recorded/1", "model": recording.model, "calls": count})
    else:
        console.text(f"Wrote {words.number(count, 'answer')} of {recording.model} to {namespace.output}")


def _history(namespace: argparse.Namespace, console: Console, services: Services) -> None:
    async def work() -> tuple[HistoryEntry, ...]:
        return await services.reviews.history((await services.runs.show(namespace.run)).report)

    entries = asyncio.run(work())
    if console.as_json:
        console.data({"schema": "reviewer.history/1", "entries": [_entry_json(each) for each in entries]})
        return
    for entry in entries:
        decision = entry.decision
        when = f"{decision.at.astimezone():%Y-%m-%d %H:%M}"
        about = ", ".join(filter(None, (entry.document, entry.about)))
        carried = " (carried over)" if decision.carried_from else ""
        console.text(f"{when}  {decision.by or '?'}  {decision.action}  {about}  {entry.detail}{carried}".rstrip())
    if not entries:
        console.note("Nobody has decided anything about this run yet.")


def _entry_json(entry: HistoryEntry) -> dict[str, Json]:
    decision = entry.decision
    return {
        "at": decision.at.isoformat(),
        "by": decision.by,
        "action": decision.action.value,
        "document": entry.document,
        "about": entry.about,
        "subject": decision.subject.id,
        "detail": entry.detail,
        "carried_from": decision.carried_from,
    }


def _diff(namespace: argparse.Namespace, console: Console, services: Services) -> None:
    diff = asyncio.run(services.runs.diff(namespace.run, namespace.other))
    if console.as_json:
        changes = [_change_json(each) for each in diff.changes]
        flipped = len(diff.by_chance)
        console.data({"schema": "reviewer.run-diff/1", "alike": diff.alike, "by_chance": flipped, "changes": changes})
        return
    for change in diff.changes:
        finding = change.after or change.before
        outcomes = " -> ".join(each.outcome for each in (change.before, change.after) if each)
        place = f"{change.document}, {change.place}" if change.place else change.document
        why = ", ".join(glossary().word(each) for each in change.causes)
        console.text(f"{change.kind:8}{finding.title if finding else ''} ({place}): {outcomes}; why: {why}")
    console.text(f"{diff.alike} findings are alike, {len(diff.changes)} differ.")
    if diff.by_chance:
        times = words.number(len(diff.by_chance), "finding")
        console.text(f"{times} came out otherwise though the same was asked of the same models: read them yourself.")


def _change_json(change: FindingChange) -> dict[str, Json]:
    finding = change.after or change.before
    return {
        "kind": change.kind.value,
        "document": change.document,
        "place": change.place,
        "position": finding.position if finding else "",
        "before": change.before.outcome.value if change.before else None,
        "after": change.after.outcome.value if change.after else None,
        "causes": [each.value for each in change.causes],
        "flips": change.is_flip,
    }


_READING = {"list", "show", "history", "diff", "record", "sent"}


def export(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer export``."""
    with open_services(effective(namespace, console).settings.workspace, access=Access.READ) as services:
        result = asyncio.run(services.runs.show(namespace.run))
        exported = for_export(edition(result), only_agreed=namespace.only == AGREED)
        data = services.exporters[namespace.format].export(exported)
    if left_out := words.left_out(exported):
        console.note(left_out)
    if namespace.output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return ExitCode.OK
    write_output(namespace.output, data)
    console.note(f"Wrote {namespace.output}")
    return ExitCode.OK


COMMANDS = {"runs": runs, "export": export}
