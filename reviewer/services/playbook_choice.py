"""Which playbook a document is held against, and what to say where that is in doubt."""

from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.domain.contract_signs import later_beginnings, reads_like_contract
from reviewer.domain.document import Document, DocumentWarning
from reviewer.domain.playbook import Playbook, choose_playbook
from reviewer.domain.projection import Projection
from reviewer.domain.section import Section

_ENGLISH = ("", "en")
_SHOWN_CHARS = 80


@dataclass(frozen=True, slots=True)
class Choice:
    """The playbook, or None where the document is labelled and not assessed, and what the reader is told."""

    playbook: Playbook | None
    notes: tuple[DocumentWarning, ...] = ()


def choose(playbooks: Sequence[Playbook], document: Document, text: str, wanted: str = "") -> Choice:
    """The playbook for a document.

    Args:
        playbooks: those the workflow has, the one that counts first first.
        document: the document, with the title that readers see.
        text: what is read of it.
        wanted: id of the one that was asked for, one of these; empty: the one that fits. It is not forced upon a
            document that another one is for.
    """
    asked = next((book for book in playbooks if book.id == wanted), None)
    fitting = choose_playbook(playbooks, document.title, text)
    if asked and fitting and fitting.contract_type != asked.contract_type:
        return Choice(None, (_wrong_type(asked, fitting),))
    found = asked or fitting
    if found is None:
        return Choice(None, (_none_fits(playbooks, document, text),))
    if document.language and document.language not in found.languages:
        note = f"The playbook {found.title!r} does not cover the document's language; it is not assessed."
        return Choice(None, (DocumentWarning("playbook_language", note),))
    if fitting is None:
        return Choice(found, (_unsure_type(found),))
    return Choice(found, () if asked else _other_sides(found, playbooks))


def several_contracts(document: Document, seen: Projection, sections: Sequence[Section]) -> tuple[DocumentWarning, ...]:
    """Tells that a file holds more than one contract, and where the others begin."""
    if document.language not in _ENGLISH:
        return ()
    placed = [(each.kind, seen.from_document(each.span)) for each in sections]
    begins = later_beginnings(seen.text, placed)
    if not begins:
        return ()
    shown = "; ".join(f"“{' '.join(span.of(seen.text).split())[:_SHOWN_CHARS]}…”" for span in begins)
    note = (
        f"This file seems to hold {len(begins) + 1} contracts: another one begins with {shown} What was found mixes "
        "them; cut the file, and review each alone."
    )
    return (DocumentWarning("several_contracts", note),)


def _wrong_type(asked: Playbook, fitting: Playbook) -> DocumentWarning:
    note = (
        f"The playbook {asked.title!r} is for another type of contract ({asked.contract_type}) than this document, "
        f"which reads like this: {fitting.contract_type}. It is labelled, not assessed. Choose {fitting.id!r} to "
        "assess it."
    )
    return DocumentWarning("playbook_type", note)


def _unsure_type(found: Playbook) -> DocumentWarning:
    note = (
        f"The document does not read like what the playbook {found.title!r} is for ({found.contract_type}); it was "
        "used because it was chosen. What is said to be missing may not belong here."
    )
    return DocumentWarning("playbook_type", note)


def _none_fits(playbooks: Sequence[Playbook], document: Document, text: str) -> DocumentWarning:
    types = ", ".join(dict.fromkeys(playbook.contract_type for playbook in playbooks))
    if document.language in _ENGLISH and not reads_like_contract(text):
        note = f"This does not read like a contract (there are playbooks for: {types}); it is labelled, not assessed."
        return DocumentWarning("no_contract", note)
    note = f"No playbook fits this document (there are playbooks for: {types}); it is labelled, not assessed."
    return DocumentWarning("no_playbook", note)


def _other_sides(found: Playbook, playbooks: Sequence[Playbook]) -> tuple[DocumentWarning, ...]:
    """Tells that the same type of contract could be read from another side."""
    others = [book for book in playbooks if book.contract_type == found.contract_type and book.side != found.side]
    if not others:
        return ()
    named = ", ".join(f"{book.id!r} (the {book.side}'s)" for book in others)
    note = f"It is read from the {found.side}'s side. For another side choose the playbook {named}."
    return (DocumentWarning("playbook_side", note),)
