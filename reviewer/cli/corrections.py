"""``reviewer correct``: how a document was cut, put right by hand and kept with the document."""

import argparse
import asyncio
from collections.abc import Sequence

from reviewer.bootstrap import open_services
from reviewer.cli.arguments import UNDO
from reviewer.cli.codes import ExitCode
from reviewer.cli.console import Console
from reviewer.cli.documents import show_sections
from reviewer.cli.settings import effective
from reviewer.domain.citer import Citer
from reviewer.domain.correction import Correction, CorrectionAction
from reviewer.domain.document import Document
from reviewer.domain.errors import InputError
from reviewer.domain.projection import project
from reviewer.domain.section import Section, SplitAs
from reviewer.services.container import Services
from reviewer.services.corrections import check_corrections
from reviewer.services.library import open_file

_WITHOUT_VALUE = {CorrectionAction.MERGE, CorrectionAction.SPLIT}
_HELP = "See its sections with: reviewer correct PATH"


def corrections(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """Makes a correction, or takes the last one back, and shows the sections; without an action it only shows them."""
    workspace = effective(namespace, console).settings.workspace
    with open_services(workspace, console.password_asker) as services:
        asyncio.run(_correct(namespace, console, services))
    return ExitCode.OK


async def _correct(namespace: argparse.Namespace, console: Console, services: Services) -> None:
    document = await services.library.read(open_file(namespace.path))
    split_as = SplitAs(namespace.split_as)
    kept = await services.corrections.of(document.id)
    sections = services.library.split(document, split_as, kept)
    if namespace.action == UNDO:
        if not await services.corrections.undo(document.id):
            raise InputError("nothing_to_undo", "Nothing was corrected about this document.", _HELP)
    elif namespace.action:
        correction = _correction(CorrectionAction(namespace.action), namespace.words, document, sections)
        check_corrections(document, sections, [correction])
        await services.corrections.add(document.id, correction)
    if namespace.action:
        sections = services.library.split(document, split_as, await services.corrections.of(document.id))
        services.search.take(document, sections)
        await services.search.settle()
    show_sections(document, sections, console)


def _correction(
    action: CorrectionAction, words: Sequence[str], document: Document, sections: Sequence[Section]
) -> Correction:
    wanted = 1 if action in _WITHOUT_VALUE else 2
    if len(words) != wanted:
        needs = {1: "a section" if action is CorrectionAction.MERGE else "the words that begin the new section"}
        text = needs.get(wanted, "a section and its new value")
        raise InputError("bad_correction", f"{action} needs {text}.", "Try: reviewer correct --help")
    if action is CorrectionAction.SPLIT:
        return Correction(action, _place(words[0], document))
    return Correction(action, _section(words[0], sections).own.start, "" if wanted == 1 else words[1])


def _section(name: str, sections: Sequence[Section]) -> Section:
    """The section of that id, number or heading, or whose id begins so."""
    found = [each for each in sections if name in {each.id, each.number, each.heading}]
    found = found or [each for each in sections if each.id.startswith(name)]
    if len(found) == 1:
        return found[0]
    how_many = f"are {len(found)} sections" if found else "is no section"
    hint = "Name its id: reviewer correct PATH --json"
    raise InputError("no_such_section", f"There {how_many} called {name!r}.", hint)


def _place(words: str, document: Document) -> int:
    citation = Citer(document, project(document)).cite(words)
    if citation.anchor is None:
        raise InputError("no_such_words", f"The words {words!r} are not in the document.", "Copy them from its text.")
    return citation.anchor.span.start


COMMANDS = {"correct": corrections}
