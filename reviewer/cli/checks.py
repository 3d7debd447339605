"""``reviewer check``: the rules that need no model, over one document. Keeps nothing."""

import argparse
import asyncio
from collections.abc import Sequence

from reviewer.bootstrap import document_checker, open_reader
from reviewer.cli.codes import ExitCode
from reviewer.cli.console import Console
from reviewer.domain.check import Check
from reviewer.domain.document import Document
from reviewer.domain.errors import ConfigError, InputError
from reviewer.domain.section import SplitAs
from reviewer.engine.plan import header
from reviewer.export import json_documents
from reviewer.ports.handling import CheckRule
from reviewer.services.library import open_file

SHOWN_CITATIONS = 3
SHOWN_CHARS = 90


def check(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer check``."""
    checker = document_checker()
    _demand_known(namespace.without, checker.rules)
    if namespace.rules:
        _show_rules(checker.rules, console)
        return ExitCode.OK
    if namespace.path is None:
        raise InputError("no_input", "Name a file.", "For example: reviewer check contract.docx")
    with open_reader(console.password_asker) as reader:
        document = asyncio.run(reader.library.read(open_file(namespace.path)))
        sections = reader.library.split(document, SplitAs(namespace.split_as))
    found = checker.check(document, sections, namespace.without)
    if console.as_json:
        console.data(json_documents.checks_json(header(document), found))
    else:
        _show(document, found, console)
    return ExitCode.OK


def _demand_known(names: Sequence[str], rules: Sequence[CheckRule]) -> None:
    unknown = [name for name in names if name not in {rule.id for rule in rules}]
    if unknown:
        raise ConfigError("no_such_rule", f"There is no rule {unknown[0]!r}.", "See: reviewer check --rules")


def _show_rules(rules: Sequence[CheckRule], console: Console) -> None:
    if console.as_json:
        console.data(json_documents.rules_json(rules))
        return
    for rule in rules:
        console.text(f"{rule.id:20} {rule.severity:7} {rule.title}")
        console.text(f"{'':28} {rule.explanation}")


def _show(document: Document, found: Sequence[Check], console: Console) -> None:
    for each in found:
        console.text(f"{each.severity.upper():8} {each.message}  [{each.rule}]")
        for citation in each.citations[:SHOWN_CITATIONS]:
            page = f"p. {citation.anchor.page_name}: " if citation.anchor and citation.anchor.page else ""
            words = " ".join(citation.quote.split())
            console.text(f"           {page}{words[:SHOWN_CHARS]}{'…' if len(words) > SHOWN_CHARS else ''}")
        if len(each.citations) > SHOWN_CITATIONS:
            console.text(f"           and {len(each.citations) - SHOWN_CITATIONS} more places")
    if not found:
        console.text("The rules found nothing to report.")
    for warning in document.warnings:
        console.note(f"Note: {warning.message}")


COMMANDS = {"check": check}
