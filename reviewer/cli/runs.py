"""Stored runs: list, show, resume, export."""

import argparse
import asyncio
import sys

from reviewer.bootstrap import open_services
from reviewer.cli.arguments import AGREED
from reviewer.cli.codes import ExitCode
from reviewer.cli.console import Console
from reviewer.cli.progress import Progress
from reviewer.cli.review import edition, exit_code, finish, show, write_file
from reviewer.domain.edition import for_export
from reviewer.domain.errors import ExportError
from reviewer.export import words
from reviewer.export.json_report import run_json


def runs(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer runs list|show|resume``."""
    with open_services(namespace.workspace, console.password_asker) as services:
        match namespace.action:
            case "list":
                found = asyncio.run(services.runs.list_runs())
                if console.as_json:
                    console.data({"schema": "reviewer.runs/1", "runs": [run_json(run) for run in found]})
                for run in () if console.as_json else found:
                    started = run.started_at.astimezone().strftime("%Y-%m-%d %H:%M")
                    models = ", ".join(run.models) or "built-in checks"
                    console.text(f"{run.id}  {started}  {run.status:11}  {run.workflow}  {models}")
                if not found:
                    console.note("There are no runs yet. Start one with: reviewer review FILE")
                return ExitCode.OK
            case "show":
                show(asyncio.run(services.runs.show(namespace.run)), console)
                return ExitCode.OK
            case _:
                progress = Progress(console)
                result = finish(
                    services.runs.resume(namespace.run, progress.take), progress, console, namespace.workspace
                )
                show(result, console)
                return exit_code(result.report, None)


def export(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer export``."""
    with open_services(namespace.workspace) as services:
        result = asyncio.run(services.runs.show(namespace.run))
        exported = for_export(edition(result), only_agreed=namespace.only == AGREED)
        data = services.exporters[namespace.format].export(exported)
    if left_out := words.left_out(exported):
        console.note(left_out)
    if namespace.output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return ExitCode.OK
    try:
        write_file(namespace.output, data)
    except OSError as error:
        raise ExportError(
            "unwritable",
            f"{namespace.output} cannot be written: {error.strerror}.",
            "Name another file with -o.",
        ) from error
    console.note(f"Wrote {namespace.output}")
    return ExitCode.OK
