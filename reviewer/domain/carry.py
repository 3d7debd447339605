"""Carrying decisions from one version of a document to the next."""

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.anchor import TextSpan
from reviewer.domain.correction import Correction
from reviewer.domain.decision import Standing, Status
from reviewer.domain.finding import Finding
from reviewer.domain.ids import FindingId, SectionId
from reviewer.domain.section import Section

ALIKE = 0.6
"""Share of common words (difflib's ratio) from which two texts are versions of one section."""


@dataclass(frozen=True, slots=True)
class Match:
    """A section of the earlier version and what became of it. ``is_same``: word for word, white space apart."""

    before: Section
    after: Section
    is_same: bool


@dataclass(frozen=True, slots=True)
class Carried:
    """A finding of the new version that people decided about before.

    Attributes:
        is_open_again: the words of its section changed: a person has to look again.
    """

    before: FindingId
    after: FindingId
    standing: Standing
    is_open_again: bool


class Fate(StrEnum):
    """What became of a suggestion: its words stand in the new version, other words do, or nothing was changed."""

    TAKEN = "taken"
    ALTERED = "altered"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class SuggestionFate:
    """What became of the suggestion of a finding."""

    finding: FindingId
    title: str
    fate: Fate


@dataclass(frozen=True, slots=True)
class Text:
    """A version of a document: its text and sections."""

    text: str
    sections: Sequence[Section]

    def words(self, section: Section) -> list[str]:
        """The words of a section's own part."""
        return section.own.of(self.text).split()


def match_sections(before: Text, after: Text) -> dict[SectionId, Match]:
    """What became of each section; one that is gone has no entry.

    Equal ones first, then those of the same number and heading, of the same heading, of the same number and kind where
    the words are alike, and last the most alike of what is left, in the order of the document. Quadratic only in what
    is left for the last rule.
    """
    found: dict[SectionId, Match] = {}
    old, new = list(before.sections), list(after.sections)
    rules: tuple[Callable[[Text, Section], object], ...] = (
        lambda version, section: (section.number, *words) if (words := version.words(section)) else None,
        lambda version, section: tuple(version.words(section)),
        lambda _, section: (section.kind, section.number, section.heading.casefold()) if section.heading else None,
        lambda _, section: (section.kind, section.heading.casefold()) if section.heading else None,
    )
    for rule in rules:
        _match_by(rule, before, after, old, new, found)
    _match_alike(before, after, old, new, found)
    return found


def _match_by(
    rule: Callable[[Text, Section], object],
    before: Text,
    after: Text,
    old: list[Section],
    new: list[Section],
    found: dict[SectionId, Match],
) -> None:
    """Pairs sections for which a rule gives the same, once in each version."""
    waiting: dict[object, list[Section]] = {}
    for section in new:
        waiting.setdefault(rule(after, section), []).append(section)
    counts: dict[object, int] = {}
    for section in old:
        key = rule(before, section)
        counts[key] = counts.get(key, 0) + 1
    for section in list(old):
        key = rule(before, section)
        if key and counts[key] == 1 and len(waiting.get(key, ())) == 1:
            _pair(section, waiting[key][0], before, after, old, new, found)


def _match_alike(
    before: Text, after: Text, old: list[Section], new: list[Section], found: dict[SectionId, Match]
) -> None:
    for section in list(old):
        words = before.words(section)
        alike = [(_likeness(words, after.words(each)), each) for each in new if each.kind is section.kind]
        likeness, best = max(alike, key=lambda each: each[0], default=(0.0, section))
        if likeness >= ALIKE:
            _pair(section, best, before, after, old, new, found)


def _pair(
    section: Section,
    other: Section,
    before: Text,
    after: Text,
    old: list[Section],
    new: list[Section],
    found: dict[SectionId, Match],
) -> None:
    old.remove(section)
    new.remove(other)
    found[section.id] = Match(section, other, before.words(section) == after.words(other))


def _likeness(words: Sequence[str], others: Sequence[str]) -> float:
    matcher = difflib.SequenceMatcher(None, words, others, autojunk=False)
    return matcher.ratio() if words and others and matcher.real_quick_ratio() >= ALIKE else 0.0


def carry(
    before: Iterable[Finding],
    standings: Mapping[FindingId, Standing],
    after: Iterable[Finding],
    matches: Mapping[SectionId, Match],
) -> tuple[Carried, ...]:
    """Which findings of the new version people decided about before, in the order of the earlier findings.

    A finding is the same where it is about the same position in what became of its section; one about the document as
    a whole, where the outcome is the same too.
    """
    places = {_place(each, each.section): each for each in after}
    carried = []
    for finding in before:
        standing = standings.get(finding.id)
        match = matches.get(finding.section) if finding.section else None
        if standing is None or (finding.section is not None and match is None):
            continue
        now = places.get(_place(finding, match.after.id if match else None))
        if now is not None:
            changed = match is not None and not match.is_same
            carried.append(Carried(finding.id, now.id, standing, changed and standing.status is not Status.OPEN))
    return tuple(carried)


def _place(finding: Finding, section: SectionId | None) -> tuple[str, ...]:
    return (finding.position, section) if section else (finding.position, "", finding.outcome.value)


def fates(
    before: Iterable[Finding], standings: Mapping[FindingId, Standing], after: Text, matches: Mapping[SectionId, Match]
) -> tuple[SuggestionFate, ...]:
    """What became of each suggestion that was not dismissed.

    *Taken* where the suggested words stand in the new version; else *altered* where the section's own words changed or
    the section is gone; else *refused*.
    """
    text = " ".join(after.text.split()).casefold()
    told = []
    for finding in before:
        standing = standings.get(finding.id, Standing())
        wanted = " ".join(finding.suggestion.split()).casefold()
        if not wanted or standing.status is Status.DISMISSED:
            continue
        match = matches.get(finding.section) if finding.section else None
        is_untouched = finding.section is None or (match is not None and match.is_same)
        fate = Fate.TAKEN if wanted in text else Fate.REFUSED if is_untouched else Fate.ALTERED
        told.append(SuggestionFate(finding.id, finding.title, fate))
    return tuple(told)


def carry_corrections(corrections: Iterable[Correction], matches: Mapping[SectionId, Match]) -> tuple[Correction, ...]:
    """Corrections of the earlier version at the same words of the new one; those whose words changed are left out.

    ``matches`` are of the sections as they were before any correction.
    """
    carried = []
    for correction in corrections:
        match = next(
            (each for each in matches.values() if each.is_same and _holds(each.before.own, correction.at)), None
        )
        if match is not None:
            moved = correction.at - match.before.own.start + match.after.own.start
            carried.append(Correction(correction.action, moved, correction.value))
    return tuple(carried)


def _holds(span: TextSpan, at: int) -> bool:
    return span.start <= at < span.end
