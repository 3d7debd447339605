"""Run records: sealed, verified, replayed; and how often people agreed with findings."""

import argparse
import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

from reviewer.bootstrap import catalog_of, event_form, exporters, open_services
from reviewer.cli.codes import ExitCode
from reviewer.cli.console import Console
from reviewer.cli.review import edition, show, write_output
from reviewer.cli.settings import effective
from reviewer.domain.edition import for_export
from reviewer.domain.errors import InputError
from reviewer.domain.hit_rate import FEWEST, HitRates, Kind
from reviewer.domain.ids import Json
from reviewer.export import words
from reviewer.ports.storage import Access
from reviewer.services.records import ChangedFile, Replayed, changed_since, open_record


def seal(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer runs seal``."""
    found = effective(namespace, console)
    with open_services(found.settings.workspace, console.password_asker, access=Access.READ) as services:
        data = asyncio.run(services.records.seal(namespace.run))
    write_output(namespace.output, data)
    made = open_record(data, str(namespace.output), event_form())
    _tell_unkept(made, console)
    if console.as_json:
        console.data({"schema": "reviewer.sealed/1", "run": _run_id(made), "sha256": made.sha256})
    else:
        console.text(f"Sealed {_run_id(made)} in {namespace.output} (SHA-256 {made.sha256}).")
    return ExitCode.OK


def verify(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer runs verify``."""
    opened = _opened(namespace.file)
    changed = changed_since(opened.result.report, catalog_of(effective(namespace, console).settings.workspace))
    if console.as_json:
        told = [{"kind": each.kind.value, "id": each.id, "version": each.version, "now": each.now} for each in changed]
        versions = dict(opened.result.report.versions)
        head = {"schema": "reviewer.verified/1", "run": _run_id(opened), "sha256": opened.sha256, "versions": versions}
        console.data({**head, "unkept": list(opened.unkept), "changed_since": told})
        return ExitCode.OK
    console.text(f"{namespace.file} is as it was sealed: {_run_id(opened)}, SHA-256 {opened.sha256}.")
    console.text("This finds damage and careless edits; it is no proof of who made the record.")
    for each in changed:
        console.text(_changed_words(each))
    _tell_unkept(opened, console)
    return ExitCode.OK


def replay(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer runs replay``."""
    opened = _replayed(namespace, console)
    _tell_unkept(opened, console)
    if namespace.format is None and namespace.output is None:
        show(opened.result, console)
        return ExitCode.OK
    data = exporters()[namespace.format or "json"].export(for_export(edition(opened.result)))
    if namespace.output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return ExitCode.OK
    write_output(namespace.output, data)
    console.note(f"Wrote {namespace.output}")
    return ExitCode.OK


def _replayed(namespace: argparse.Namespace, console: Console) -> Replayed:
    if Path(namespace.run).is_file():
        return _opened(Path(namespace.run))
    found = effective(namespace, console)
    with open_services(found.settings.workspace, console.password_asker, access=Access.READ) as services:
        return asyncio.run(services.records.replay(namespace.run))


def _opened(path: Path) -> Replayed:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError("unreadable", f"{path} cannot be read: {error.strerror}.", "Check its name.") from error
    return open_record(data, str(path), event_form())


def _run_id(opened: Replayed) -> str:
    run = opened.result.report.run
    return run.id if run else ""


def _tell_unkept(opened: Replayed, console: Console) -> None:
    if opened.unkept:
        gone = words.number(len(opened.unkept), "document")
        console.note(f"Without the text of {gone} no longer kept ({', '.join(opened.unkept)}); all else is there.")


def _changed_words(changed: ChangedFile) -> str:
    what = f"The {changed.kind.value} {changed.id} (version {changed.version})"
    if changed.now is None:
        return f"{what} is not here any more; the record replays all the same, and cannot be run anew."
    return f"{what} has changed since (now version {changed.now}); the record replays as it was."


def hit_rates(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer runs hit-rates``."""
    found = effective(namespace, console)
    with open_services(found.settings.workspace, console.password_asker, access=Access.READ) as services:
        rates = asyncio.run(services.runs.hit_rates())
    tried = rates.tried()
    if console.as_json:
        kinds = [_kind_json(kind, rates) for kind in rates.kinds]
        scores = {"brier": tried.brier, "calibration_error": tried.error} if tried else None
        console.data({"schema": "reviewer.hit-rates/1", "decisions": rates.count, "tried": scores, "kinds": kinds})
        return ExitCode.OK
    counted = f"{words.number(rates.count, 'decision')} (agreed, or dismissed as wrong)"
    if tried is None:
        console.text(f"{counted}: too few for a figure; {FEWEST} are needed. Until then there is only a bundled guess.")
        return ExitCode.OK
    for kind in rates.kinds:
        count, hits = rates.alike(kind)
        console.text(f"Of {count} {_kind_words(kind)} you agreed with {hits}.")
    console.text(f"From {counted}. Each fifth foretold from the rest: Brier score {tried.brier:.3f} (0 is perfect),")
    console.text(f"calibration error {tried.error:.3f} (mean distance between what was foretold and what you decided).")
    return ExitCode.OK


def _kind_words(kind: Kind) -> str:
    by = "findings by a rule" if kind.by_rule else "findings by models"
    votes = "" if kind.by_rule else (", all votes alike" if kind.unanimous else ", votes divided")
    return f"{by}{votes}, {'every quote in the document' if kind.backed else 'not every quote in the document'},"


def _kind_json(kind: Kind, rates: HitRates) -> dict[str, Json]:
    count, hits = rates.alike(kind)
    signs: dict[str, Json] = {"by_rule": kind.by_rule, "unanimous": kind.unanimous, "backed": kind.backed}
    return {**signs, "decisions": count, "agreed": hits}


RECORD_ACTIONS: dict[str, Callable[[argparse.Namespace, Console], ExitCode]] = {
    "seal": seal,
    "verify": verify,
    "replay": replay,
    "hit-rates": hit_rates,
}
