"""The main job: review and demo."""

import argparse
import asyncio
import os
import shlex
from collections.abc import Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any

from reviewer import assets
from reviewer.bootstrap import open_services
from reviewer.cli.asked import questions_of
from reviewer.cli.codes import ExitCode
from reviewer.cli.consent import agreed
from reviewer.cli.console import Console
from reviewer.cli.progress import Progress
from reviewer.cli.redact import redaction_of
from reviewer.cli.report_text import report_text
from reviewer.cli.settings import allowance_of, effective, models_of
from reviewer.domain.edition import Edition, for_export
from reviewer.domain.errors import BudgetExceeded, ExportError, ProviderError, StorageError
from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.report import Report
from reviewer.domain.run import RunStatus
from reviewer.export.json_report import report_json
from reviewer.services.container import Services
from reviewer.services.library import open_file
from reviewer.services.requests import RunRequest, of_settings
from reviewer.services.stored_runs import RunResult
from reviewer.services.turns import turn_sentence

_FLAGGED = {Outcome.DEVIATES, Outcome.WALK_AWAY, Outcome.MISSING, Outcome.UNCERTAIN, Outcome.ERROR, Outcome.FALLBACK}


def review(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer review``."""
    found = effective(namespace, console)
    workspace = found.settings.workspace
    request = replace(
        of_settings(found.settings, namespace.paths),
        workflow=workflow_of(found.settings.workflow),
        playbook=namespace.playbook,
        models=models_of(found, console),
        allowance=allowance_of(namespace, found),
        redaction=redaction_of(namespace, found),
        questions=questions_of(namespace),
    )
    with open_services(workspace, console.password_asker) as services:
        progress = Progress(console)
        if namespace.matter or namespace.version_of:
            request = asyncio.run(_placed(request, namespace, services))
        request = agreed(request, services, console, is_yes=namespace.yes)
        result = finish(services.runs.run(request, progress.take), progress, console, workspace)
        for turn in result.turns:
            console.note(turn_sentence(turn))
        if namespace.output:
            _write(services, result, namespace.output, console)
        show(result, console)
        _back_up(services, console)
    return exit_code(result.report, namespace.fail_on)


async def _placed(request: RunRequest, namespace: argparse.Namespace, services: Services) -> RunRequest:
    """The request with the ids of the matter and of the earlier version."""
    matter = (await services.matters.get(namespace.matter)).id if namespace.matter else ""
    earlier: str = namespace.version_of
    if earlier and not earlier.startswith("doc-"):
        earlier = (await services.library.read(open_file(Path(earlier)))).id
    return replace(request, matter=matter, version_of=earlier)


def demo(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer demo``: the samples, by the built-in checks."""
    folder = assets.resources_dir() / "samples"
    names = ("services-agreement.docx", "services-agreement.pdf", "mutual-nda.docx", "paper-en.pdf", "paper-de.pdf")
    request = RunRequest(paths=tuple(folder / name for name in names), offline=True)
    workspace = effective(namespace, console).settings.workspace
    with open_services(workspace, console.password_asker) as services:
        progress = Progress(console)
        result = finish(services.runs.run(request, progress.take), progress, console, workspace)
        show(result, console)
    return exit_code(result.report, None)


def _back_up(services: Services, console: Console) -> None:
    """The day's backup. The review is done and kept whatever becomes of it."""
    try:
        asyncio.run(services.care.back_up_daily())
    except StorageError as error:
        console.warn(f"No backup was made: {error.user_message} {error.hint}")


def workflow_of(name: str | None) -> str | None:
    """A workflow's id, or its file from the root, so that the run can be resumed from any folder."""
    return str(Path(name).absolute()) if name and name.endswith(".toml") else name


def finish(
    work: Coroutine[Any, Any, RunResult], progress: Progress, console: Console, workspace: Path | None
) -> RunResult:
    """Runs to the end. Where it stops early, prints how to go on.

    Raises:
        KeyboardInterrupt: it was interrupted; finished work is stored.
        ReviewerError: it failed.
    """
    try:
        try:
            return asyncio.run(work)
        finally:
            progress.end()
    except (KeyboardInterrupt, ProviderError, BudgetExceeded):
        if progress.run:
            where = f" --workspace {shlex.quote(str(workspace))}" if workspace else ""
            console.warn(f"What is finished is stored. To go on: reviewer runs resume {progress.run.id}{where}")
        raise


def show(result: RunResult, console: Console) -> None:
    """Prints the report."""
    if console.as_json:
        console.data(report_json(edition(result)))
    else:
        console.text(report_text(edition(result)))


def edition(result: RunResult) -> Edition:
    """A run's report with all its findings."""
    return Edition(result.report, result.documents, result.standings)


def _write(services: Services, result: RunResult, folder: Path, console: Console) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        exported = for_export(edition(result))
        for exporter in services.exporters.values():
            target = folder / f"report{exporter.suffix}"
            try:
                data = exporter.export(exported)
            except ExportError as error:  # what one format cannot hold, the others do
                console.note(f"No {target.name}: {error.user_message}")
                continue
            write_file(target, data)
            console.note(f"Wrote {target}")
    except OSError as error:
        raise ExportError(
            "unwritable", f"The report cannot be written to {folder}: {error.strerror}.", "Name another folder with -o."
        ) from error


def write_file(target: Path, data: bytes) -> None:
    """Writes a file whole or not at all. Raises OSError."""
    waiting = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        waiting.write_bytes(data)
        waiting.replace(target)
    finally:
        waiting.unlink(missing_ok=True)


def write_output(target: Path, data: bytes) -> None:
    """Writes the file that ``-o`` names. Raises ExportError ``unwritable``."""
    try:
        write_file(target, data)
    except OSError as error:
        raise ExportError(
            "unwritable", f"{target} cannot be written: {error.strerror}.", "Name another file with -o."
        ) from error


def exit_code(report: Report, fail_on: str | None) -> ExitCode:
    """How a finished run ends: findings at or above a severity, failed parts, or fine."""
    if fail_on is not None:
        limit = Severity(fail_on).rank
        findings = (each for document in report.documents.values() for each in document.findings)
        if any(each.severity.rank <= limit and each.outcome in _FLAGGED for each in findings):
            return ExitCode.FAIL_ON
    if report.run and report.run.status is RunStatus.PARTIAL:
        return ExitCode.PARTIAL
    return ExitCode.OK


COMMANDS = {"review": review, "demo": demo}
