"""``reviewer compare``: two versions of a document. Keeps nothing."""

import argparse
import asyncio
from collections.abc import Iterator

from reviewer.bootstrap import open_reader
from reviewer.cli.codes import ExitCode
from reviewer.cli.console import Console
from reviewer.domain.comparison import Change, Comparison, SectionFate, Weight
from reviewer.domain.section import Section, SplitAs
from reviewer.engine.plan import header
from reviewer.export.json_comparison import comparison_json
from reviewer.services.comparing import ComparedVersions, compare_files
from reviewer.services.library import open_file

SHOWN_CHARS = 160
_WEIGHTS = {
    Weight.NUMBER: "a number",
    Weight.DATE: "a date",
    Weight.NEGATION: "a negation or condition",
    Weight.MODAL: "who shall, must or may",
    Weight.NAME: "a name or defined term",
}


def compare(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer compare``."""
    old, new = open_file(namespace.old), open_file(namespace.new)
    with open_reader(console.password_asker) as reader:
        found = asyncio.run(compare_files(reader.library, old, new, SplitAs(namespace.split_as)))
    if console.as_json:
        console.data(comparison_json(header(found.old), header(found.new), found.comparison, found.untracked))
    else:
        for line in _lines(found):
            console.text(line)
    for document in (found.old, found.new):
        for warning in document.warnings:
            console.note(f"Note: {document.source.name}: {warning.message}")
    return ExitCode.OK


def _lines(found: ComparedVersions) -> Iterator[str]:
    if found.untracked is not None:
        yield from _untracked(found.untracked)
        yield ""
    yield from _difference(found.comparison)


def _untracked(untracked: Comparison) -> Iterator[str]:
    if untracked.is_same:
        yield "Every change of the new version is a tracked one."
        return
    yield "UNTRACKED CHANGES: with all tracked changes rejected, the new version still differs from the old one."
    yield from _difference(untracked)
    yield ""
    yield "All changes, the tracked ones accepted:"


def _difference(comparison: Comparison) -> Iterator[str]:
    if comparison.is_same:
        yield "The two versions are word for word the same."
        return
    weighty = [change for change in comparison.changes if change.is_weighty]
    others = [change for change in comparison.changes if not change.is_weighty]
    for title, changes in (("Look at these first", weighty), ("Other words", others)):
        if changes:
            yield f"{title}:"
            for change in changes:
                yield from _change(change)
    fates = [fate for fate in comparison.sections if _what(fate)]
    if fates:
        yield "Sections:"
        yield from (f"  {_title(fate.old or fate.new)}: {_what(fate)}" for fate in fates)
    same = sum(fate.is_same for fate in comparison.sections)
    yield f"{same} of {len(comparison.sections)} sections are word for word the same."


def _change(change: Change) -> Iterator[str]:
    why = ", ".join(_WEIGHTS[weight] for weight in change.weights)
    notes = [
        *([why] if change.is_weighty else []),
        *(["follows the new numbers"] if change.follows_numbers else []),
        *(["read from a picture: look twice"] if change.is_doubtful else []),
    ]
    said = f"  ({'; '.join(notes)})" if notes else ""
    yield f"  {_title(change.new_section or change.old_section)}{said}"
    if change.old_words:
        yield f"    - {_short(change.old_words)}"
    if change.new_words:
        yield f"    + {_short(change.new_words)}"


def _what(fate: SectionFate) -> str:
    """What became of a section beside its words; empty where nothing did."""
    said = [
        *(["is new"] if fate.is_inserted else []),
        *(["is gone"] if fate.is_deleted else []),
        *(["was moved"] if fate.is_moved else []),
        *([f"is now {fate.new.number}"] if fate.is_renumbered and fate.new else []),
    ]
    return ", ".join(said)


def _title(section: Section | None) -> str:
    if section is None:
        return "outside of any section"
    return _short(f"{section.number} {section.heading}".strip()) or section.kind.value


def _short(words: str) -> str:
    return words if len(words) <= SHOWN_CHARS else words[: SHOWN_CHARS - 1] + "…"


COMMANDS = {"compare": compare}
