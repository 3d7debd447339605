"""``reviewer playbooks``: what is wanted of contracts, and whether its files are in order."""

import argparse
from pathlib import Path

from reviewer.bootstrap import catalog_of
from reviewer.cli.codes import ExitCode
from reviewer.cli.console import Console
from reviewer.cli.settings import effective
from reviewer.domain.playbook import Playbook
from reviewer.export import playbook_words
from reviewer.services.playbook_files import PlaybookFile, PlaybookFiles


def playbooks(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer playbooks list|show|check``."""
    files = catalog_of(effective(namespace, console).settings.workspace).playbooks
    match namespace.action:
        case "list":
            _list(files, console)
        case "show":
            _show(files.find(namespace.playbook), files, console)
        case _:
            return _check(files.at(Path(namespace.file)), files, console)
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


COMMANDS = {"playbooks": playbooks}
