"""Playbooks: what a party wants of a contract, position by position."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from reviewer.domain.anchor import TextSpan
from reviewer.domain.outcome import Outcome, Severity


@dataclass(frozen=True, slots=True)
class Signals:
    """Transparent signs that a text speaks about something.

    Attributes:
        headings: words or phrases of a section's heading, matched as whole words, case ignored.
        phrases: regular expressions searched in the text, case ignored, white space matching any white space.
    """

    headings: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()

    def in_heading(self, heading: str) -> str | None:
        """The first heading sign that a heading holds, or None."""
        return next((sign for sign in self.headings if word_pattern(sign).search(heading)), None)

    def in_text(self, text: str) -> TextSpan | None:
        """Where the first phrase that occurs at all stands, phrases in the playbook's order, or None."""
        for phrase in self.phrases:
            if match := text_pattern(phrase).search(text):
                return TextSpan(*match.span())
        return None


@cache
def word_pattern(words: str) -> re.Pattern[str]:
    """Whole words, case ignored."""
    return re.compile(rf"\b{re.escape(words)}\b", re.IGNORECASE)


@cache
def text_pattern(expression: str) -> re.Pattern[str]:
    """A playbook's expression: case ignored, a blank matching any white space, line breaks included."""
    return re.compile(re.sub(r"(?<!\\) ", r"\\s+", expression), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PositionTest:
    """A deterministic test of a clause that speaks about a position. It holds when every part that is given holds.

    Attributes:
        outcome: what the clause is when the test holds.
        rank: which fallback, from 1; 0 for other outcomes.
        matches: expressions that must all occur; the first one's words are quoted as evidence.
        unless: expressions none of which may occur.
        number: an expression whose first group is a number, read as digits; its words are quoted as evidence.
        over, under: the number must be above / below this, exclusive.
        says: one sentence for the reader: what was found and why it matters.
    """

    outcome: Outcome
    says: str
    rank: int = 0
    matches: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    number: str = ""
    over: float | None = None
    under: float | None = None


@dataclass(frozen=True, slots=True)
class Fallback:
    """A wording that is still acceptable, ranked from 1."""

    rank: int
    description: str
    wording: str = ""
    approver: str = ""


@dataclass(frozen=True, slots=True)
class Position:
    """One thing a party wants of a contract.

    Attributes:
        question: one testable statement of what the contract should or should not contain.
        category: CUAD category name where one fits, else our own label.
        tests: in order; the first that holds decides. A clause that none decides is *not assessed*.
        preferred: the position in plain words; ``wording`` is sample language for it.
        walk_away: what is never accepted, in plain words.
        missing_severity: severity where the contract does not speak about it at all; *info* where that is acceptable.
        severity: severity of a deviation.
    """

    id: str
    title: str
    question: str
    category: str
    signals: Signals
    tests: tuple[PositionTest, ...]
    preferred: str
    wording: str
    fallbacks: tuple[Fallback, ...]
    walk_away: str
    severity: Severity
    missing_severity: Severity
    if_missing: str
    guidance: str
    approver: str = ""


@dataclass(frozen=True, slots=True)
class Playbook:
    """A set of positions for one type of contract, seen from one side. ``digest`` is the SHA-256 of the file's text.

    Attributes:
        contract_type: what contract it is for, in words.
        detect: signs that a document is of that type; read in its title and first 3,000 characters.
        languages: ISO 639-1 codes of the languages its signals are written in.
        law: the law its positions assume.
    """

    id: str
    version: int
    title: str
    contract_type: str
    side: str
    law: str
    languages: tuple[str, ...]
    detect: Signals
    positions: tuple[Position, ...]
    digest: str = ""

    def position(self, position_id: str) -> Position:
        """The position of that id.

        Raises:
            KeyError: no such position.
        """
        return {position.id: position for position in self.positions}[position_id]


DETECTION_CHARS = 3000


def choose_playbook(playbooks: Sequence[Playbook], title: str, text: str) -> Playbook | None:
    """The first playbook whose type the title names, else the first whose signs the text's beginning holds, or None."""
    for playbook in playbooks:
        if playbook.detect.in_heading(title):
            return playbook
    return next((book for book in playbooks if book.detect.in_text(text[:DETECTION_CHARS])), None)
