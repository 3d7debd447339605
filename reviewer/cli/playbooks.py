"""``reviewer playbooks``: what is wanted of contracts, and whether its files are in order."""

import argparse
from functools import partial

from reviewer.bootstrap import catalog_of
from reviewer.cli.codes import ExitCode
from reviewer.cli.console import Console
from reviewer.cli.settings import effective
from reviewer.domain.errors import ConfigError
from reviewer.domain.outcome import Outcome
from reviewer.domain.playbook import Playbook
from reviewer.domain.playbook_edit import with_fallback, with_preferred, without_position
from reviewer.export import playbook_words
from reviewer.services.playbook_files import Change, PlaybookFile, PlaybookFiles


def playbooks(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer playbooks list|show|check|keep|drop|undo``."""
    files = catalog_of(effective(namespace, console).settings.workspace).playbooks
    match namespace.action:
        case "list":
            _list(files, console)
        case "show":
            _show(files.find(namespace.playbook), files, console)
        case "keep":
            _change(files, namespace.playbook, _kept(namespace), console)
        case "drop":
            _change(files, namespace.playbook, partial(without_position, position=namespace.position), console)
        case "undo":
            _undo(files, namespace.playbook, console)
        case _:
            return _check(files.named(namespace.file), files, console)
    return ExitCode.OK


def _list(files: PlaybookFiles, console: Console) -> None:
    found = [files.find(name) for name in files.ids()]
    books = [(file, files.read(file)) for file in found]
    if console.as_json:
        listed = [{**_head(book), "own": file.path is not None} for file, book in books]
        console.data({"schema": "reviewer.playbooks/1", "playbooks": listed})
        return
    for file, book in books:
        own = " (your own)" if file.path else ""
        console.text(f"{book.id:20} {book.title}{own}: {len(book.positions)} positions; assumes {book.law}")


def _head(book: Playbook) -> dict[str, object]:
    return {
        "id": book.id,
        "version": book.version,
        "title": book.title,
        "contract_type": book.contract_type,
        "side": book.side,
        "law": book.law,
        "languages": list(book.languages),
        "positions": len(book.positions),
    }


def _show(file: PlaybookFile, files: PlaybookFiles, console: Console) -> None:
    book = files.read(file)
    if console.as_json:
        data = {"schema": "reviewer.playbook-file/1", **_head(book), "own": file.path is not None, "text": file.text}
        console.data(data)
        return
    for line in playbook_words.lines(book):
        console.text(line)


def _check(file: PlaybookFile, files: PlaybookFiles, console: Console) -> ExitCode:
    problems = files.problems(file)
    book = None if problems else files.read(file)
    if console.as_json:
        tried = sum(len(each.examples) for each in book.positions) if book else None
        found = {"id": book.id if book else None, "examples": tried, "problems": list(problems)}
        console.data({"schema": "reviewer.playbook-check/1", **found})
    elif book:
        console.text(playbook_words.in_order(file.name, book))
    for problem in () if console.as_json else problems:
        console.text(problem)
    return ExitCode.USAGE if problems else ExitCode.OK


def _kept(namespace: argparse.Namespace) -> Change:
    words = {"position": namespace.position, "wording": namespace.wording}
    if namespace.kept_as == Outcome.FALLBACK:
        return partial(with_fallback, **words, description=namespace.when)
    return partial(with_preferred, **words)


def _change(files: PlaybookFiles, playbook: str, change: Change, console: Console) -> None:
    problems = files.change(playbook, change)
    _say(files, playbook, problems, console)
    if not console.as_json:
        console.note(f"Take it back with: reviewer playbooks undo {playbook}")


def _undo(files: PlaybookFiles, playbook: str, console: Console) -> None:
    if not files.undo(playbook):
        raise ConfigError("nothing_to_undo", f"Nothing of {playbook} was changed from here.", "It is as it was.")
    _say(files, playbook, (), console)


def _say(files: PlaybookFiles, playbook: str, problems: tuple[str, ...], console: Console) -> None:
    file = files.find(playbook)
    book = files.read(file)
    if console.as_json:
        data = {**_head(book), "own": file.path is not None, "problems": list(problems)}
        console.data({"schema": "reviewer.playbook-change/1", **data})
        return
    own = "your own copy" if file.path else "the bundled one"
    console.text(f"{book.title}: {own}, version {book.version}, {len(book.positions)} positions.")
    for problem in problems:
        console.text(problem)


COMMANDS = {"playbooks": playbooks}
