"""A playbook in words: what it is for and what it wants, position by position."""

from collections.abc import Iterator

from reviewer.assets import glossary
from reviewer.domain.playbook import Approver, Playbook, Position
from reviewer.export.words import number


def in_order(name: str, book: Playbook) -> str:
    """One sentence about a file without problems."""
    tried = sum(len(each.examples) for each in book.positions)
    found = f"{number(len(book.positions), 'position')}, {number(tried, 'example')}"
    return f"{name}: this playbook is in order ({found} tried)."


def lines(book: Playbook) -> Iterator[str]:
    """A playbook, line by line: its header, then each position."""
    header, word = book.header, glossary().word
    yield f"{book.title} (version {book.version})"
    yield f"For: {book.contract_type}; side: {book.side}; {word(header.paper)}"
    yield f"Law: {book.law}. Languages: {', '.join(book.languages)}."
    named = (
        ("Used in", ", ".join(header.jurisdictions)),
        ("Looked at first", ", ".join(header.deal_breakers)),
        ("Owner", header.owner),
        ("Approved", " ".join(filter(None, (header.approved_by, header.approved_on)))),
        ("Style", header.style),
        ("Note", header.note),
    )
    yield from (f"{name}: {value}" for name, value in named if value)
    yield from (f"Approver: {_approver(each)}" for each in header.approvers)
    for each in book.positions:
        yield ""
        yield from _position(each)


def _approver(approver: Approver) -> str:
    upto = "" if approver.up_to is None else f", up to {approver.up_to:,.0f}"
    always = f"; always: {', '.join(approver.always)}" if approver.always else ""
    return f"{approver.role}{upto}{always}"


def _position(position: Position) -> Iterator[str]:
    word = glossary().word
    yield f"{position.title} ({position.id})"
    yield f"  {position.question}"
    yield f"  Preferred: {position.preferred}"
    for each in position.fallbacks:
        who = f" (approver: {each.approver})" if each.approver else ""
        yield f"  Fallback {each.rank}: {each.description}{who}"
        if each.ask:
            yield f"    In return: {each.ask}"
    named = (
        ("Never", position.walk_away),
        ("If missing", position.if_missing),
        ("Applies", f"otherwise: {position.applies_when.otherwise}" if position.applies_when else ""),
        ("Severity", f"{word(position.severity)}; {word(position.friction)}; {word(position.priority)}"),
        ("Redline", word(position.redline)),
        ("Approver", position.approver),
        ("Why", position.guidance),
        ("To the other side", position.counterparty_note),
        ("Source", position.source),
    )
    yield from (f"  {name}: {value}" for name, value in named if value)
    for note in position.law_notes:
        yield f"  Law of {note.law}: {note.note} ({note.source}, looked at on {note.checked})"
