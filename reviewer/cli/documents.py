"""Commands about single documents: parse, split, route, quote. They keep nothing."""

import argparse
import asyncio
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from reviewer.assets import asset_text
from reviewer.bootstrap import open_reader, stored_overrides
from reviewer.cli.codes import ExitCode
from reviewer.cli.console import Console
from reviewer.cli.settings import effective
from reviewer.domain.anchor import TextSpan
from reviewer.domain.category import match
from reviewer.domain.category_file import read_categories
from reviewer.domain.changes import Change, changes
from reviewer.domain.citer import Citer
from reviewer.domain.clause import clauses_of
from reviewer.domain.document import Block, Document, Visibility
from reviewer.domain.errors import ConfigError, InputError
from reviewer.domain.finding import Label
from reviewer.domain.projection import View, project, takes_part
from reviewer.domain.section import Section, SectionKind, SplitAs
from reviewer.domain.section_check import layout_warnings, section_warnings
from reviewer.domain.task import Item
from reviewer.engine import routing
from reviewer.engine.plan import header
from reviewer.export import json_documents, words
from reviewer.services.container import Reader
from reviewer.services.library import open_all, open_file

_NO_WORDS_CHANGED = "No words were inserted or deleted; the document holds other tracked changes."


def parse(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer parse``."""
    with open_reader(console.password_asker) as reader:
        document = _read(reader, namespace.path)
    view = View(namespace.view) if namespace.view else None
    if console.as_json:
        console.data(json_documents.document_json(document, header(document), view))
        return ExitCode.OK
    if view is View.CHANGES:
        _show_changes(document, console)
    else:
        for block in document.blocks:
            if view is None or takes_part(block, view):
                console.text(_block_line(block, document.text))
    _warn(document, console)
    return ExitCode.OK


def _block_line(block: Block, text: str) -> str:
    page = f"p.{block.page} " if block.page else ""
    number = f"{block.number} " if block.number else ""
    return f"[{page}{block.kind} {block.visibility}] {number}{block.span.of(text)}"


def _show_changes(document: Document, console: Console) -> None:
    found = list(changes(document))
    for change in found:
        console.text(f"[{_place(change)}] {change.block.span.of(document.text)}")
    if not found:
        has_others = any(warning.code == "tracked_changes" for warning in document.warnings)
        console.text(_NO_WORDS_CHANGED if has_others else "The document holds no tracked changes.")


def _place(change: Change) -> str:
    block = change.block
    page = f"p.{block.page} " if block.page else ""
    where = f"paragraph {change.paragraph}" if change.paragraph else str(block.visibility)
    number = f", {change.number}" if change.number else ""
    did = block.visibility if block.visibility in {Visibility.INSERTED, Visibility.DELETED} else "changed"
    by = f" by {block.author}" if block.author else ""
    return f"{page}{where}{number}: {did}{by}"


def split(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer split``."""
    with open_reader(console.password_asker) as reader:
        document = _read(reader, namespace.path)
        sections = reader.library.split(document, SplitAs(namespace.split_as))
    show_sections(document, sections, console)
    return ExitCode.OK


def show_sections(document: Document, sections: Sequence[Section], console: Console) -> None:
    """The sections as an outline, or as ``reviewer.sections/1``; with what is uncertain about them."""
    notes = (*layout_warnings(document), *section_warnings(sections))
    document = replace(document, warnings=(*document.warnings, *notes))
    if console.as_json:
        labels = labels_of(document, sections)
        console.data(json_documents.sections_json(document, header(document), sections, labels))
        return
    for section in sections:
        indent = "  " * (section.level - 1)
        title = f"{section.number} {section.heading}".strip()
        console.text(f"{indent}{title or '-'}  [{section.kind}, {len(section.span)} characters]")
    _warn(document, console)


def labels_of(document: Document, sections: Sequence[Section]) -> tuple[Label, ...]:
    """What each part of a contract is about; nothing of a paper, or of another language than English."""
    if document.language not in ("en", "") or not any(each.kind is SectionKind.CLAUSE for each in sections):
        return ()
    categories = read_categories(asset_text("labels", "labels.toml"))
    return tuple(
        Label(clause.section, found.category, found.confidence, f"because: {found.reason}")
        for clause in clauses_of(project(document), sections)
        if clause.section
        for found in match(clause, categories)
    )


def quote(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer quote``."""
    with open_reader(console.password_asker) as reader:
        document = _read(reader, namespace.path)
    citer = Citer(document, project(document))
    if namespace.lines:
        for text in _lines(namespace.lines):
            console.line(json_documents.quote_json(text, citer.cite(text)))
        return ExitCode.OK
    citation = citer.cite(namespace.quote)
    if console.as_json:
        found = json_documents.quote_json(namespace.quote, citation)
        console.data({"schema": "reviewer.quotes/1", "quotes": [found]})
    else:
        place = f" (characters {citation.anchor.span.start} to {citation.anchor.span.end})" if citation.anchor else ""
        page = f", page {citation.anchor.page_name}" if citation.anchor and citation.anchor.page else ""
        console.text(f"{words.quote_state(citation)}{place}{page}")
        if ours := words.document_words(citation):
            console.text(f"The document says: “{ours}”")
    return ExitCode.OK


def route(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer route``."""
    if sum((bool(namespace.paths), namespace.text is not None, namespace.lines is not None)) != 1:
        raise InputError("no_input", "Name files, or give --text or --lines.", "One of the three.")
    settings = effective(namespace, console).settings
    name = _workflow(settings.workflow)
    with open_reader(console.password_asker, settings.workspace) as reader:
        reader.planner.teach(stored_overrides(settings.workspace))
        workflow, team = reader.planner.workflow(name)
        failed = False
        items: list[Item] = []
        if namespace.paths:
            shelf = asyncio.run(reader.library.read_all(open_all(namespace.paths)[0]))
            failed = bool(shelf.failed)
            for failure in shelf.failed:
                console.warn(f"reviewer: {failure.code}: {failure.name}: {failure.message} {failure.hint}".rstrip())
            for document in shelf.documents:
                items.extend(reader.planner.plan(document, name).items)
        else:
            texts = [namespace.text] if namespace.text is not None else _lines(namespace.lines)
            items.extend(_text_item(reader, text) for text in texts)
        found = [
            routing.routed(item, team.classifier.route(item, workflow.router, workflow.routes), workflow)
            for item in items
        ]
    if namespace.lines:
        for each in found:
            console.line(json_documents.route_json(each))
    elif console.as_json:
        listed = [json_documents.route_json(each) for each in found]
        console.data({"schema": "reviewer.routes/1", "items": listed})
    else:
        for each in found:
            routes = " + ".join((each.route.route, *each.route.also))
            console.text(f"{routes:12} {each.route.confidence:.2f} {each.route.method:5} {each.text}")
            console.text(f"{'':12} {each.route.reason}")
    if namespace.paths and not items:
        return ExitCode.INPUT
    return ExitCode.PARTIAL if failed else ExitCode.OK


def _workflow(name: str | None) -> str:
    if name is None:
        raise ConfigError("usage", "No workflow was named.", "Add --workflow ID. See: reviewer workflows list")
    return name


def _text_item(reader: Reader, text: str) -> Item:
    language, _ = reader.languages.identify(text)
    return Item(None, None, SectionKind.OTHER, "", "", text, TextSpan(0, len(text)), language)


def _read(reader: Reader, path: Path) -> Document:
    return asyncio.run(reader.library.read(open_file(path)))


def _warn(document: Document, console: Console) -> None:
    for warning in document.warnings:
        console.note(f"Note: {warning.message}")


def _lines(name: str) -> Iterator[str]:
    """The JSON strings of a file, one a line; ``-`` is standard input.

    Raises:
        InputError: the file cannot be read, or a line is no JSON string.
    """
    text = sys.stdin.read() if name == "-" else open_file(Path(name)).data.decode("utf-8", "replace")
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError:
            value = None
        if not isinstance(value, str):
            raise InputError("bad_line", f"Line {number} of {name} is not a JSON string.", 'Write each line as "text".')
        yield value


COMMANDS = {"parse": parse, "split": split, "route": route, "quote": quote}
