"""``reviewer workspace``: where it is, backups, checks and repair."""

import argparse
import asyncio
from collections.abc import Mapping

from reviewer.bootstrap import care_service
from reviewer.cli.codes import ExitCode
from reviewer.cli.console import Console
from reviewer.cli.settings import effective
from reviewer.domain.errors import ReviewerError
from reviewer.domain.workspace import BackupInfo
from reviewer.services.care import CareService, place_sentences


def workspace(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer workspace show|check|backup|restore|repair``."""
    care = care_service(effective(namespace, console).settings.workspace)
    match namespace.action:
        case "show":
            return _show(care, console)
        case "check":
            return _check(care, console)
        case "backup":
            made = asyncio.run(care.back_up())
            if made is not None:
                _say(console, "reviewer.backup/1", _backup_json(made), f"Made the backup {made.name}.")
        case "restore":
            asyncio.run(care.restore(namespace.backup))
            sentence = f"The workspace is as it was in {namespace.backup}; what was there before is a backup too."
            _say(console, "reviewer.restore/1", {"name": namespace.backup}, sentence)
        case _:
            _repair(care, console)
    return ExitCode.OK


def _show(care: CareService, console: Console) -> ExitCode:
    place, backups = asyncio.run(care.place()), asyncio.run(care.backups())
    if console.as_json:
        told = {name: getattr(place, name) for name in ("folder", "size_bytes", "network", "cloud", "is_encrypted")}
        console.data({"schema": "reviewer.workspace/1", **told, "backups": [_backup_json(each) for each in backups]})
        return ExitCode.OK
    console.text(f"{place.folder}  {_size(place.size_bytes)}")
    for sentence in place_sentences(place):
        console.text(sentence)
    for each in backups:
        console.text(
            f"  {each.name}  {each.made_at.astimezone():%Y-%m-%d %H:%M}  {each.reason}  {_size(each.size_bytes)}"
        )
    if not backups:
        console.note("There is no backup yet; one is made each day that something is reviewed.")
    return ExitCode.OK


def _check(care: CareService, console: Console) -> ExitCode:
    damaged = asyncio.run(care.look_after())
    if damaged:
        what = "cannot be read to its end" if damaged < 0 else f"holds {damaged} damaged rows"
        raise ReviewerError(
            "workspace_damaged", f"The workspace database {what}.", "Repair it: reviewer workspace repair"
        )
    _say(console, "reviewer.workspace-check/1", {"damaged": 0}, "Every row of the workspace matches its checksum.")
    return ExitCode.OK


def _repair(care: CareService, console: Console) -> None:
    done = asyncio.run(care.repair())
    told = {
        "rows": done.rows,
        "backup_of": done.backup_of.isoformat() if done.backup_of else None,
        "kept": done.kept,
    }
    under = f", over the backup of {done.backup_of.astimezone():%Y-%m-%d %H:%M}" if done.backup_of else ""
    sentence = f"{done.rows} rows of the damaged workspace are back{under}. The damaged files are kept in {done.kept}."
    _say(console, "reviewer.repair/1", told, sentence)


def _say(console: Console, schema: str, told: Mapping[str, object], sentence: str) -> None:
    if console.as_json:
        console.data({"schema": schema, **told})
    else:
        console.text(sentence)


def _backup_json(backup: BackupInfo) -> dict[str, object]:
    return {
        "name": backup.name,
        "made_at": backup.made_at.isoformat(),
        "reason": backup.reason,
        "size_bytes": backup.size_bytes,
    }


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB"


COMMANDS = {"workspace": workspace}
