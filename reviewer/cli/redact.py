"""``reviewer redact``: exactly what would be sent of a document; and the flags about that."""

import argparse
import asyncio
from dataclasses import replace
from typing import Any

from reviewer.bootstrap import open_reader, open_services
from reviewer.cli.codes import ExitCode
from reviewer.cli.console import Console
from reviewer.cli.settings import effective
from reviewer.domain.document import Document
from reviewer.domain.redaction import RedactionChoice
from reviewer.engine.plan import header
from reviewer.export.json_documents import document_header
from reviewer.export.words import number
from reviewer.ports.storage import Access
from reviewer.services.library import open_file
from reviewer.services.redactions import RedactionPreview, preview, read_list
from reviewer.services.requests import of_settings
from reviewer.services.settings import Effective


def redact(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer redact``: reads a document; sends and keeps nothing."""
    found = effective(namespace, console)
    choice = redaction_of(namespace, found)
    if namespace.matter:
        with open_services(found.settings.workspace, access=Access.READ, purpose="redact") as services:
            matter = asyncio.run(services.matters.get(namespace.matter))
        choice = choice.with_list(matter.redact_terms, is_on=True)
    with open_reader(console.password_asker) as reader:
        document = asyncio.run(reader.library.read(open_file(namespace.path)))
    made = preview(document, choice.rules)
    if console.as_json:
        console.data(redaction_json(document, made))
        return ExitCode.OK
    console.text(made.text)
    for row in made.redaction.table:
        console.note(f"{row.name}  {number(row.places, 'place')}  {' | '.join(row.words)}")
    if not made.redaction.table:
        console.note("Nothing in this document would be replaced.")
    return ExitCode.OK


def redaction_of(namespace: argparse.Namespace, found: Effective) -> RedactionChoice:
    """What settings and flags want replaced; a list that is named counts besides the one that is set, and turns it on.

    Raises:
        InputError, ConfigError: the list cannot be used.
    """
    choice = of_settings(found.settings).redaction
    return choice.with_list(read_list(namespace.redact_list), is_on=True) if namespace.redact_list else choice


def redaction_again(namespace: argparse.Namespace, found: Effective, before: RedactionChoice) -> RedactionChoice:
    """What a run that is tried again replaces: as before, unless a flag says something; no name is taken off its list.

    Raises:
        InputError, ConfigError: the list cannot be used.
    """
    if namespace.redact is None and not namespace.redact_list and not namespace.redact_local:
        return before
    choice = redaction_of(namespace, found).with_list(before.terms, is_on=before.is_on and namespace.redact is None)
    return replace(choice, local=choice.local or before.local)


def redaction_json(document: Document, made: RedactionPreview) -> dict[str, Any]:
    """``reviewer.redaction/1``: the text as it would be sent, and the table; spans are of ``visible``."""
    return {
        "schema": "reviewer.redaction/1",
        "document": document_header(header(document)),
        "text": made.text,
        "visible": made.visible,
        "table": [
            {"placeholder": row.name, "kind": row.kind.lower(), "words": list(row.words), "places": row.places}
            for row in made.redaction.table
        ],
        "places": [
            {"start": each.span.start, "end": each.span.end, "placeholder": each.placeholder}
            for each in made.redaction.replaced
        ],
        "counts": {kind.lower(): count for kind, count in made.redaction.counts},
    }


COMMANDS = {"redact": redact}
