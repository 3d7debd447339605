"""The linter: all its rules, and a run of them over a document."""

from collections.abc import Iterable, Sequence

from reviewer.domain.check import Check
from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.document import Document
from reviewer.domain.outcome import Severity
from reviewer.domain.section import Section, SectionKind
from reviewer.handlers.checks import amounts, consistency, dates, leftovers, markup, numbering, references, roles, terms
from reviewer.handlers.checks.draft import Draft
from reviewer.handlers.checks.rule import Hit, Rule
from reviewer.ports.handling import CheckRule

_PAPER = {SectionKind.ABSTRACT, SectionKind.REFERENCES, SectionKind.AUTHORS, SectionKind.KEYWORDS}
_MILDER = {
    Severity.CRITICAL: Severity.HIGH,
    Severity.HIGH: Severity.MEDIUM,
    Severity.MEDIUM: Severity.LOW,
    Severity.LOW: Severity.INFO,
    Severity.INFO: Severity.INFO,
}

RULES: tuple[Rule, ...] = (
    Rule(
        "term-not-defined", "Terms used and not defined", Severity.MEDIUM,
        "A capitalised word that is used like a defined term means only what a court makes of it. Silent where the "
        "document takes its terms from another one.", terms.undefined,
    ),
    Rule(
        "term-not-used", "Terms defined and not used", Severity.LOW,
        "A definition nobody uses was left over, or its term is written otherwise where it is meant.", terms.unused,
    ),
    Rule(
        "term-defined-twice", "Terms defined twice", Severity.MEDIUM,
        "Two definitions of one term compete. A schedule may define its own.", terms.defined_twice,
    ),
    Rule(
        "term-circular", "Terms explained by themselves", Severity.LOW,
        "A definition that begins with its own term, or two that begin with each other, define nothing.",
        terms.circular,
    ),
    Rule(
        "term-capitals", "Defined terms in other capitals", Severity.LOW,
        "A defined term of several words in other capitals may or may not be the defined term. Headings and text in "
        "capitals do not count.", terms.wrong_capitals,
    ),
    Rule(
        "reference-missing", "References to sections that do not exist", Severity.MEDIUM,
        "The reference leads nowhere. References to laws and other agreements do not count.", references.missing,
    ),
    Rule(
        "reference-schedule", "Schedules and exhibits that are not in the file", Severity.MEDIUM,
        "What is not attached was not read, and may not exist.", references.missing_schedules,
    ),
    Rule(
        "reference-topic", "References to sections about something else", Severity.MEDIUM,
        "The reference names a subject, and the section with that number has another heading: numbers have moved.",
        references.wrong_topic,
    ),
    Rule(
        "numbering-gap", "Numbers left out", Severity.LOW,
        "A clause is missing, or references are wrong from here on.", numbering.gaps, for_contracts=False,
    ),
    Rule(
        "numbering-repeat", "Numbers used twice", Severity.LOW,
        "A reference to the number is ambiguous.", numbering.repeats, for_contracts=False,
    ),
    Rule(
        "blank", "Blanks not filled in", Severity.MEDIUM,
        "Something was to be filled in. Lines for signatures do not count.", leftovers.blanks,
    ),
    Rule(
        "placeholder", "Placeholders and alternatives left in", Severity.MEDIUM,
        "Something was to be filled in or chosen.", leftovers.placeholders,
    ),
    Rule(
        "drafting-note", "Drafting notes left in", Severity.MEDIUM,
        "A note among those who drafted is not for the other side.", leftovers.notes, for_contracts=False,
    ),
    Rule(
        "omitted-text", "Text taken out of this copy", Severity.INFO,
        "Filed copies leave out what is confidential. What stood there was not reviewed.", leftovers.omitted,
    ),
    Rule(
        "amount-words", "Numbers whose words and figures differ", Severity.HIGH,
        "Of *sixty (90) days* one is wrong; words usually prevail. English only.", amounts.words_and_figures,
    ),
    Rule(
        "date-impossible", "Days that no calendar has", Severity.MEDIUM,
        "31 June is a mistake, and nobody knows for which day.", dates.impossible, for_contracts=False,
    ),
    Rule(
        "date-order", "An end before the beginning", Severity.HIGH,
        "The contract would have ended before it began.", dates.contradictions,
    ),
    Rule(
        "party-name", "Names of parties that drift", Severity.MEDIUM,
        "Another spelling or another legal form may be another company.", roles.drifting_names,
    ),
    Rule(
        "party-role", "Parties called by another role", Severity.MEDIUM,
        "*Vendor* where *Supplier* was introduced was left over from another contract.", roles.drifting_roles,
    ),
    Rule(
        "signature-unpaired", "Parties without a place to sign", Severity.MEDIUM,
        "A party that does not sign may not be bound. Silent where nobody has a place to sign.", roles.unsigned,
    ),
    Rule(
        "notice-period", "Notice periods that differ", Severity.MEDIUM,
        "Two periods for the same thing and the same party: which one holds?", consistency.notice_periods,
    ),
    Rule(
        "currency", "Amounts in another currency", Severity.LOW,
        "One amount in another currency than all the others may be a slip.", amounts.currencies,
    ),
    Rule(
        "governing-law", "More than one governing law", Severity.HIGH,
        "Two governing laws contradict each other. Attached forms of other agreements do not count.",
        consistency.governing_law,
    ),
    Rule(
        "tracked-changes", "Tracked changes left in", Severity.MEDIUM,
        "Whoever gets the file sees them, and what is agreed is open.", markup.tracked_changes, for_contracts=False,
    ),
    Rule(
        "comments", "Comments left in", Severity.LOW,
        "Whoever gets the file can read them.", markup.comments, for_contracts=False,
    ),
    Rule(
        "unusual-characters", "Characters that deceive or cannot be read", Severity.MEDIUM,
        "A search does not find such a word, and a program may read another one.", markup.unusual_characters,
        for_contracts=False,
    ),
)  # fmt: skip
"""Every rule, in the order in which reports name those of one severity and place."""


class Linter:
    """Implements `reviewer.ports.handling.DocumentChecker`. Costs a few passes over the text."""

    rules: Sequence[CheckRule] = tuple(
        CheckRule(each.id, each.title, each.severity, each.explanation) for each in RULES
    )

    def check(self, document: Document, sections: Sequence[Section], off: Iterable[str] = ()) -> tuple[Check, ...]:
        """What the rules find; papers are only held against the rules that make sense for them."""
        return check_document(document, sections, off)


def check_document(document: Document, sections: Sequence[Section], off: Iterable[str] = ()) -> tuple[Check, ...]:
    """What the rules find: worst first, then in the order of the document.

    Args:
        document: as it was read.
        sections: as it was cut.
        off: ids of the rules that are switched off.
    """
    draft = Draft(document, sections)
    skipped = set(off)
    is_paper = any(section.kind in _PAPER for section in sections)
    found = [
        (hit, rule)
        for rule in RULES
        if rule.id not in skipped and not (is_paper and rule.for_contracts)
        for hit in rule.find(draft)
    ]
    end = len(draft.text)
    found.sort(key=lambda each: (_severity(*each).rank, each[0].spans[0].start if each[0].spans else end))
    return tuple(_check(draft, hit, rule) for hit, rule in found)


def _severity(hit: Hit, rule: Rule) -> Severity:
    return _MILDER[rule.severity] if hit.is_minor else rule.severity


def _check(draft: Draft, hit: Hit, rule: Rule) -> Check:
    citations = tuple(
        Citation(span.of(draft.text), QuoteStatus.VERIFIED, draft.document.anchor(draft.projection.to_document(span)))
        for span in hit.spans
        if len(span)
    )
    return Check(rule.id, _severity(hit, rule), hit.message, citations)
