"""Workflows, models, the doctor."""

import argparse
import asyncio
from dataclasses import replace
from pathlib import Path

from reviewer import __version__
from reviewer.cli.codes import ExitCode
from reviewer.cli.console import Console
from reviewer.cli.settings import effective, models_of
from reviewer.domain.errors import ConfigError
from reviewer.export import workflow_words
from reviewer.services.catalog import Catalog
from reviewer.services.models import Check
from reviewer.services.requests import of_settings


def workflows(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer workflows list|show|check``."""
    from reviewer.bootstrap import catalog_of

    catalog = catalog_of(effective(namespace, console).settings.workspace)
    match namespace.action:
        case "list":
            found = catalog.workflows()
            if console.as_json:
                listed = [{"id": each.id, "title": each.title, "description": each.description} for each in found]
                console.data({"schema": "reviewer.workflows/1", "workflows": listed})
            for each in () if console.as_json else found:
                console.text(f"{each.id:20} {each.title}: {each.description}")
        case "show":
            text = catalog.workflow_text(namespace.workflow)
            if console.as_json:
                console.data({"schema": "reviewer.workflow-file/1", "id": namespace.workflow, "text": text})
            else:
                console.text(text.rstrip())
                for line in ("", "In short", *workflow_words.lines(catalog.workflow(namespace.workflow))):
                    console.text(f"# {line}".rstrip())
        case _:
            return _check_workflow(Path(namespace.file), catalog, console)
    return ExitCode.OK


def _check_workflow(path: Path, catalog: Catalog, console: Console) -> ExitCode:
    problems = catalog.problems(path)
    if console.as_json:
        found = None if problems else catalog.check(path).id
        console.data({"schema": "reviewer.workflow-check/1", "id": found, "problems": list(problems)})
    for problem in () if console.as_json else problems or (f"{path}: this workflow is in order.",):
        console.text(problem)
    return ExitCode.USAGE if problems else ExitCode.OK


def models(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer models list|set|detect|key set|test``."""
    if namespace.action in ("list", "set", "detect"):
        from reviewer.cli.models import models as of_facts

        return of_facts(namespace, console)
    if namespace.action == "key":
        return _set_key(namespace, console)
    from reviewer.bootstrap import model_service

    found = effective(namespace, console)
    request = replace(of_settings(found.settings), models=models_of(found, console))
    if not request.models:
        raise ConfigError("no_model", "No model was named.", "Add --model PROVIDER/NAME.")
    checks = asyncio.run(model_service().test(request))
    _show_checks(checks, "reviewer.model-test/1", console)
    return ExitCode.OK if all(check.passed for check in checks) else ExitCode.PROVIDER


def _set_key(namespace: argparse.Namespace, console: Console) -> ExitCode:
    from reviewer.bootstrap import model_service

    key = console.secret(f"Key for {namespace.provider}: ")
    if not key:
        raise ConfigError("no_key", "No key came on standard input.", "Paste the key and press Enter.")
    if model_service().set_key(namespace.provider, key):
        console.note("The key is in this computer's keyring.")
        return ExitCode.OK
    name = namespace.provider.upper().replace("-", "_")
    raise ConfigError(
        "no_keyring",
        "This computer has no keyring, so the key was not kept.",
        f"Set the environment variable {name}_API_KEY instead.",
    )


def doctor(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer doctor``."""
    from reviewer.bootstrap import diagnose

    try:
        workspace = effective(namespace, console).settings.workspace
        settings = Check("settings", passed=True, message="all are understood")
    except ConfigError as error:
        workspace = namespace.workspace
        settings = Check("settings", passed=False, message=f"{error.user_message} {error.hint}".strip())
    checks = (settings, *diagnose(workspace))
    _show_checks(checks, "reviewer.doctor/1", console)
    return ExitCode.OK if all(check.passed for check in checks) else ExitCode.UNEXPECTED


def version(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer version``."""
    del namespace
    if console.as_json:
        console.data({"schema": "reviewer.version/1", "version": __version__})
    else:
        console.text(f"reviewer {__version__}")
    return ExitCode.OK


def _show_checks(checks: tuple[Check, ...], schema: str, console: Console) -> None:
    if console.as_json:
        listed = [{"name": each.name, "passed": each.passed, "message": each.message} for each in checks]
        console.data({"schema": schema, "checks": listed})
        return
    for each in checks:
        console.text(f"{'ok    ' if each.passed else 'FAILED'}  {each.name}: {each.message}")


COMMANDS = {"workflows": workflows, "models": models, "doctor": doctor, "version": version}
