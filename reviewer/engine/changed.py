"""The plan of a new version: what differs is found at once, and only the parts that differ are handled."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.comparison import Change, Comparison, SectionFate, Weight
from reviewer.domain.finding import Finding, RaterVote
from reviewer.domain.ids import FindingId, content_id
from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.search_text import make_snippet
from reviewer.domain.section import Section
from reviewer.domain.task import Item
from reviewer.domain.vote import RULE
from reviewer.engine.plan import DocumentPlan

CHANGED = "changed"
"""The position of findings about what differs between two versions."""
_WORDS_SHOWN = 400
_SAID = {
    Weight.NUMBER: "a number changed",
    Weight.DATE: "a date changed",
    Weight.NEGATION: "a negation or condition changed",
    Weight.MODAL: "who shall, must or may changed",
    Weight.NAME: "a name or defined term changed",
}
_HIGH = {Weight.NUMBER, Weight.DATE, Weight.NEGATION, Weight.MODAL}


def changed_plan(later: DocumentPlan, comparison: Comparison, earlier: str) -> DocumentPlan:
    """The plan of the later version with its changes as findings.

    Args:
        later: the plan of the whole later version.
        comparison: the earlier version against it.
        earlier: the earlier version's file name, for what is gone.
    """
    findings = (*_of_changes(later, comparison.changes), *_of_sections(later, comparison.sections, earlier))
    told = {item.name: text for item in later.items if (text := _told(later, item, comparison))}
    items = tuple(item for item in later.items if item.name in told)
    return replace(later, items=items, findings=(*later.findings, *findings), told=told)


def _of_changes(plan: DocumentPlan, changes: Sequence[Change]) -> Iterator[Finding]:
    for change in changes:
        if not change.follows_numbers:
            section = change.new_section or change.old_section
            title = f"{_place(section)}: {_what(change)}"
            said = f"{_quoted('Was', change.old_words)} {_quoted('Now', change.new_words)} {_around(plan, change)}"
            words = _cited(plan, change)
            severity = Severity.HIGH if _HIGH & set(change.weights) else Severity.MEDIUM
            here = change.new_section.id if change.new_section else None
            yield _finding(plan, here, title, severity if change.weights else Severity.LOW, said, words)


def _of_sections(plan: DocumentPlan, fates: Sequence[SectionFate], earlier: str) -> Iterator[Finding]:
    for fate in fates:
        if fate.new is None and fate.old is not None:
            said = f"{earlier} has this part, and the later version does not."
            yield _finding(plan, None, f"{_place(fate.old)}: this part is gone", Severity.HIGH, said, ())
        elif fate.old is None and fate.new is not None:
            said = f"{earlier} does not have this part."
            words = (plan.citer.at(plan.projection.from_document(fate.new.own)),) if len(fate.new.own) else ()
            title = f"{_place(fate.new)}: this part is new"
            yield _finding(plan, fate.new.id, title, Severity.HIGH, said, words)


def _finding(
    plan: DocumentPlan, section: object, title: str, severity: Severity, said: str, citations: tuple[Citation, ...]
) -> Finding:
    place = next((each.id for each in plan.sections if each.id == section), None)
    return Finding(
        id=FindingId(content_id("find", plan.document.id, CHANGED, place, f"{title} {said}")),
        section=place,
        position=CHANGED,
        title=title,
        outcome=Outcome.UNCERTAIN,
        severity=severity,
        rationale=said,
        citations=citations,
        votes=(RaterVote(RULE, 0, Outcome.UNCERTAIN.value, said, citations[0] if citations else None, counted=True),),
    )


def _cited(plan: DocumentPlan, change: Change) -> tuple[Citation, ...]:
    """The new words at their place; nothing for words that are gone."""
    if not len(change.new):
        return ()
    anchor = plan.document.anchor(change.new)
    return (Citation(anchor.quote.exact, QuoteStatus.VERIFIED, anchor),)


def _around(plan: DocumentPlan, change: Change) -> str:
    """What stands around the change in the later version."""
    place = plan.projection.from_document(change.new)
    return f"There: {make_snippet(plan.projection.text, [place])[0]}"


def _what(change: Change) -> str:
    said = ", ".join(_SAID[weight] for weight in change.weights) or "other words changed"
    return f"{said} (read from a picture: look twice)" if change.is_doubtful else said


def _quoted(label: str, words: str) -> str:
    shown = words if len(words) <= _WORDS_SHOWN else f"{words[:_WORDS_SHOWN]}…"
    return f"{label}: “{shown}”." if shown else f"{label}: nothing."


def _place(section: Section | None) -> str:
    if section is None:
        return "Outside of any section"
    return f"{section.number} {section.heading}".strip() or section.kind.value.capitalize()


def _told(plan: DocumentPlan, item: Item, comparison: Comparison) -> str:
    """How the earlier version of an item reads, change by change; empty where nothing of it differs."""
    lines = [
        f"{_quoted('Earlier', change.old_words)} {_quoted('Here', change.new_words)}"
        for change in comparison.changes
        if not change.follows_numbers and plan.projection.from_document(change.new).overlaps(item.span)
    ]
    new = (fate.new for fate in comparison.sections if fate.is_inserted and fate.new)
    lines += [
        f"{_place(each)}: not in the earlier version."
        for each in new
        if plan.projection.from_document(each.own).overlaps(item.span)
    ]
    return "\n".join(["What differs from the earlier version of this part:", *lines]) if lines else ""
