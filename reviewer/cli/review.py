"""The main job: review and demo."""

import argparse
import asyncio
import os
import shlex
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from reviewer import assets
from reviewer.bootstrap import open_services
from reviewer.cli.codes import ExitCode
from reviewer.cli.console import Console
from reviewer.cli.progress import Progress
from reviewer.cli.report_text import report_text
from reviewer.domain.edition import Edition, for_export
from reviewer.domain.errors import ConfigError, ExportError, ProviderError
from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.report import Report
from reviewer.domain.run import RunStatus
from reviewer.domain.workflow import EngineId
from reviewer.export.json_report import report_json
from reviewer.services.container import Services
from reviewer.services.requests import ModelChoice, RunRequest
from reviewer.services.runs import RunResult

_FLAGGED = {Outcome.DEVIATES, Outcome.WALK_AWAY, Outcome.MISSING, Outcome.UNCERTAIN, Outcome.ERROR, Outcome.FALLBACK}
_ADDRESS_VARIABLES = {"openai": "OPENAI_BASE_URL", "ollama": "OLLAMA_HOST"}


def review(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer review``."""
    request = RunRequest(
        paths=tuple(namespace.paths),
        workflow=_workflow(namespace.workflow),
        models=model_choices(namespace),
        votes=namespace.votes,
        max_connections=namespace.max_connections,
        timeout_s=namespace.timeout,
        seed=namespace.seed,
        offline=namespace.offline,
    )
    with open_services(namespace.workspace, console.password_asker) as services:
        progress = Progress(console)
        result = finish(services.runs.run(request, progress.take), progress, console, namespace.workspace)
        if namespace.output:
            _write(services, result, namespace.output, console)
        show(result, console)
    return exit_code(result.report, namespace.fail_on)


def demo(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer demo``: the samples, by the built-in checks."""
    folder = assets.resources_dir() / "samples"
    names = ("services-agreement.docx", "services-agreement.pdf", "mutual-nda.docx", "paper-en.pdf", "paper-de.pdf")
    request = RunRequest(paths=tuple(folder / name for name in names), offline=True)
    with open_services(namespace.workspace, console.password_asker) as services:
        progress = Progress(console)
        result = finish(services.runs.run(request, progress.take), progress, console, namespace.workspace)
        show(result, console)
    return exit_code(result.report, None)


def _workflow(name: str | None) -> str | None:
    """A workflow's id, or its file from the root, so that the run can be resumed from any folder."""
    return str(Path(name).absolute()) if name and name.endswith(".toml") else name


def model_choices(namespace: argparse.Namespace) -> tuple[ModelChoice, ...]:
    """The models named on the command line; none with ``--engine builtin``.

    Raises:
        ConfigError: ``--engine llm`` without a model, or addresses that do not match the models.
    """
    if namespace.engine == EngineId.BUILTIN:
        return ()
    models, urls = namespace.model, namespace.base_url
    if not models and (namespace.engine == EngineId.LLM or urls):
        raise ConfigError("no_model", "No model was named.", "Add --model PROVIDER/NAME, for example ollama/llama3.1.")
    if len(urls) not in (0, 1, len(models)):
        raise ConfigError("base_urls", "There are not as many --base-url as --model.", "Give one for all, or one each.")
    given = [*urls] if len(urls) > 1 else [next(iter(urls), None)] * len(models)
    return tuple(ModelChoice(spec, url or _address(spec)) for spec, url in zip(models, given, strict=True))


def _address(spec: str) -> str | None:
    variable = _ADDRESS_VARIABLES.get(spec.partition("/")[0])
    return (os.environ.get(variable) or None) if variable else None


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
    except (KeyboardInterrupt, ProviderError):
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
            write_file(target, exporter.export(exported))
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
