"""Playbooks: what a party wants of a contract, position by position."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from reviewer.domain.anchor import TextSpan
from reviewer.domain.interaction import InteractionRule
from reviewer.domain.literals import folded, needed
from reviewer.domain.number_words import NUMBER_EXPRESSION, is_cut_number, read_number
from reviewer.domain.outcome import Friction, Outcome, Severity


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
            if match := search(phrase, text):
                return TextSpan(*match.span())
        return None


@cache
def word_pattern(words: str) -> re.Pattern[str]:
    """Whole words, case ignored."""
    return re.compile(rf"\b{re.escape(words)}\b", re.IGNORECASE)


_GAP = r"(?!\w)(?:[^.]|\.(?!\s+[\"“(]?(?-i:[A-Z]))){1,200}?(?<!\w)"


@cache
def text_pattern(expression: str) -> re.Pattern[str]:
    """A playbook's expression: case ignored, a blank matching any white space, line breaks included.

    It matches from the beginning of a word on, so that ``not`` is not found in *cannot*. Three dots between blanks
    stand for up to 200 characters of the same sentence; ``{number}`` for a number in digits or English words, with or
    without the same in parentheses behind it (``thirty (30)``), as a group.

    Raises:
        re.error: it is no regular expression.
    """
    source = expression.replace(" ... ", "\0").replace("{number}", NUMBER_EXPRESSION)
    source = re.sub(r"(?<!\\) (?=[?*])", r"(?:\\s+)", source)
    source = re.sub(r"(?<!\\) ", r"\\s+", source).replace("\0", _GAP)
    return re.compile(rf"(?<!\w)(?:{source})", re.IGNORECASE)


@cache
def needed_words(expression: str) -> frozenset[str] | None:
    """Words in small letters one of which stands in every text that an expression occurs in; None where none must."""
    return needed(text_pattern(expression).pattern)


def search(expression: str, text: str, start: int = 0) -> re.Match[str] | None:
    """The first match of a playbook's expression from an offset on, or None."""
    words = needed_words(expression)
    if words is not None:
        lower = folded(text)
        for word in words:  # a generator costs more than the search
            if word in lower:
                break
        else:
            return None
    return text_pattern(expression).search(text, start)


def occurrences(expression: str, text: str) -> Iterator[TextSpan]:
    """Where a playbook's expression occurs, from the beginning on, without overlaps."""
    found = search(expression, text)
    while found and found.end() > found.start():
        yield TextSpan(*found.span())
        found = text_pattern(expression).search(text, found.end())


@dataclass(frozen=True, slots=True)
class PositionTest:
    """A deterministic test of a clause that speaks about a position. It holds when every part that is given holds.

    Attributes:
        outcome: what the clause is when the test holds.
        rank: which fallback, from 1; 0 for other outcomes.
        matches: expressions that must all occur; the first one's sentence is quoted as evidence.
        unless: expressions none of which may occur.
        number: an expression whose first group (of those that took part) is a number, in digits or words; its sentence
            is quoted as evidence.
        over, under: the number must be above / below this, exclusive.
        says: one sentence for the reader: what was found and why it matters.
        instead: words that would take the place of the number that was found, or of the first expression's words.
    """

    outcome: Outcome
    says: str
    rank: int = 0
    instead: str = ""
    matches: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    number: str = ""
    over: float | None = None
    under: float | None = None

    def evidence(self, text: str, body: int = 0) -> tuple[TextSpan, ...] | None:
        """The sentences of a clause that the test rests on, in the order of the text, or None where it does not hold.

        Where a sentence is longer than 400 characters, only the words that were found. An expression may occur more
        than once: only its first occurrence is looked at, in the body (from offset ``body``) before the heading.
        """
        found = [_find(expression, text, body) for expression in self.matches]
        if not all(found) or any(search(expression, text) for expression in self.unless):
            return None
        quoted = found[:1]
        if self.number:
            match = _find(self.number, text, body)
            if match is None or not self._in_range(match):
                return None
            quoted.append(match)
        return _sentences(text, [TextSpan(*match.span()) for match in quoted if match], body)

    def change(self, text: str, body: int = 0) -> tuple[TextSpan, str] | None:
        """The least change to a clause for which the test holds: which words, and what instead; None where it has none.

        The words are the number, as it is printed (``thirty (30)``), else those of the first expression.
        """
        match = _find(self.number or self.matches[0], text, body) if self.instead else None
        if match is None:
            return None
        return TextSpan(*_printed_number(match)) if self.number else TextSpan(*match.span()), self.instead

    def _in_range(self, match: re.Match[str]) -> bool:
        group = next((index for index, words in enumerate(match.groups(), start=1) if words), 0)
        value = read_number(match[group])
        if value is None or is_cut_number(match.string[: match.start(group)]):
            return False
        return (self.over is None or value > self.over) and (self.under is None or value < self.under)


def _find(expression: str, text: str, body: int) -> re.Match[str] | None:
    return search(expression, text, body) or search(expression, text)


def _printed_number(match: re.Match[str]) -> tuple[int, int]:
    """Where the number of a match stands, with the same in parentheses behind it."""
    start, end = next(match.span(index) for index, words in enumerate(match.groups(), start=1) if words)
    again = _AGAIN.match(match.string, end)
    return start, again.end() if again else end


_AGAIN = re.compile(r"\s*\([^()]{1,30}\)")
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])[\"”)]?\s+(?=[\"“(]?[A-Z])|\n\s*\n")
_QUOTED_CHARS = 400


def _sentences(text: str, spans: Sequence[TextSpan], body: int) -> tuple[TextSpan, ...]:
    """The sentences that words stand in, without the heading; the words alone where their sentence is too long."""
    widened: list[TextSpan] = []
    for span in sorted(spans):
        ends = [match.span() for match in _BETWEEN_SENTENCES.finditer(text)]
        start = max((end for _, end in ends if end <= span.start), default=0)
        if start < body <= span.start:
            start = body
        end = min((start for start, _ in ends if start >= span.end), default=len(text.rstrip()))
        start += len(text[start : span.start]) - len(text[start : span.start].lstrip())
        sentence = TextSpan(start, max(end, span.end)) if end - start <= _QUOTED_CHARS else span
        if widened and sentence.start <= widened[-1].end:
            sentence = TextSpan(widened[-1].start, max(widened.pop().end, sentence.end))
        widened.append(sentence)
    return tuple(widened)


@dataclass(frozen=True, slots=True)
class Fallback:
    """A wording that is still acceptable, ranked from 1. ``ask``: what to ask for in return."""

    rank: int
    description: str
    wording: str = ""
    approver: str = ""
    ask: str = ""


class Priority(StrEnum):
    """How hard a position is held; what is nice to have may be given up for something else."""

    MUST = "must"
    SHOULD = "should"
    NICE = "nice"


class Paper(StrEnum):
    """Whose form the contract is written on."""

    OURS = "ours"
    THEIRS = "theirs"
    EITHER = "either"


class Redline(StrEnum):
    """How a position is asked for."""

    MINIMAL = "minimal"
    REPLACE = "replace"
    INSERT = "insert"
    DELETE = "delete"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Condition:
    """When a position applies at all: one of these phrases stands in the contract. ``otherwise`` says why not."""

    phrases: tuple[str, ...]
    otherwise: str

    def holds(self, text: str) -> bool:
        """True where one of the phrases occurs."""
        return any(search(phrase, text) for phrase in self.phrases)


@dataclass(frozen=True, slots=True)
class LawNote:
    """What a law says about a position, where that was read and when it was looked at last."""

    law: str
    note: str
    source: str
    checked: str


@dataclass(frozen=True, slots=True)
class Example:
    """A clause and what the built-in tests must make of it.

    Attributes:
        gives: an outcome (``fallback 2`` with its rank), or ``silent`` where it does not speak about the position.
    """

    gives: str
    clause: str
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Approver:
    """Who decides: up to which sum (None: any), and what always goes to this role."""

    role: str
    up_to: float | None = None
    always: tuple[str, ...] = ()


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
        severity: severity of a deviation; ``severities`` for other outcomes, where they differ from what follows of it.
        applies_when: None where it always applies.
        friction, priority, redline: what a deviation does, how hard it is held, how it is asked for.
        counterparty_note: a reason that may be told to the other side.
        interacts_with: ids of positions whose result changes what this one means.
        source: where the thresholds come from.
        examples: clauses that must give each verdict; tried by `reviewer.domain.playbook_check`.
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
    severities: Mapping[Outcome, Severity] = field(default_factory=dict)
    applies_when: Condition | None = None
    friction: Friction = Friction.SLOWS
    priority: Priority = Priority.SHOULD
    redline: Redline = Redline.MINIMAL
    counterparty_note: str = ""
    interacts_with: tuple[str, ...] = ()
    law_notes: tuple[LawNote, ...] = ()
    source: str = ""
    examples: tuple[Example, ...] = ()

    def fallback_after(self, rank: int) -> Fallback | None:
        """What may be accepted where a wording of that rank (0: the preferred one) is refused, or None."""
        return next((each for each in self.fallbacks if each.rank > rank), None)


@dataclass(frozen=True, slots=True)
class Header:
    """Who owns a playbook and how it is used; all of it may be empty.

    Attributes:
        paper: whose form it is for.
        jurisdictions: where it is used, in words.
        deal_breakers: ids of the positions to look at before all others.
        approvers: who decides up to which sum.
        owner, approved_by, approved_on: whose it is, and who let it be used when.
        style: how to write to the other side.
        note: what its positions rest on, and what they are not.
    """

    paper: Paper = Paper.EITHER
    jurisdictions: tuple[str, ...] = ()
    deal_breakers: tuple[str, ...] = ()
    approvers: tuple[Approver, ...] = ()
    owner: str = ""
    approved_by: str = ""
    approved_on: str = ""
    style: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Playbook:
    """A set of positions for one type of contract, seen from one side. ``digest`` is the SHA-256 of the file's text.

    Attributes:
        contract_type: what contract it is for, in words.
        detect: signs that a document is of that type; read in its title and first 3,000 characters.
        languages: ISO 639-1 codes of the languages its signals are written in.
        law: the law its positions assume.
        interactions: what outcomes of several positions mean together.
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
    interactions: tuple[InteractionRule, ...] = ()
    header: Header = field(default_factory=Header)

    def position(self, position_id: str) -> Position:
        """The position of that id.

        Raises:
            KeyError: no such position.
        """
        return {position.id: position for position in self.positions}[position_id]


DETECTION_CHARS = 3000
_NUMBER_CHARS = 24


def choose_playbook(playbooks: Sequence[Playbook], title: str, text: str) -> Playbook | None:
    """The first playbook whose type the title names, else the first whose signs the text's beginning holds, or None.

    Where several types are named, the first of them whose signs stand in the beginning comes before the others.
    """
    named = [book for book in playbooks if book.detect.in_heading(title)]
    told = (book for book in named or playbooks if book.detect.in_text(text[:DETECTION_CHARS]))
    return next(told, named[0] if named else None)


@dataclass(frozen=True, slots=True)
class PositionResult:
    """What one clause does about one position.

    Attributes:
        outcome: *preferred*, *fallback*, *deviates*, *walk_away*, or *not_assessed* where no test decides.
        rank: which fallback, from 1; else 0.
        says: one sentence for the reader.
        evidence: the sentences it rests on, as offsets into the clause's text; empty where only the heading speaks.
        test: the test that decided, or None.
    """

    outcome: Outcome
    rank: int
    says: str
    evidence: tuple[TextSpan, ...]
    test: PositionTest | None = None

    @property
    def short(self) -> str:
        """The outcome as examples name it, such as ``fallback 2``."""
        return f"{self.outcome} {self.rank or ''}".strip()


def assess(position: Position, heading: str, text: str) -> PositionResult | None:
    """Holds a clause against a position by its signals and tests alone. Pure.

    Args:
        position: the position.
        heading: the clause's heading, or empty.
        text: the clause's text; offsets of the result count in it.

    Returns:
        None where neither heading nor text holds a signal: the clause does not speak about the position. Else the
        first test that holds decides; where none does, the outcome is *not_assessed*, with the sentence of the signal.
    """
    body = _body_start(heading, text)
    signal = position.signals.in_text(text)
    sign = position.signals.in_heading(heading)
    if signal is None and sign is None:
        return None
    for test in position.tests:
        evidence = test.evidence(text, body)
        if evidence is not None:
            return PositionResult(test.outcome, test.rank, test.says, evidence, test)
    if signal is None and sign is not None and (match := word_pattern(sign).search(text)):
        signal = TextSpan(*match.span())
    says = "The clause speaks about this, but in words that the built-in tests do not decide; read it."
    return PositionResult(Outcome.NOT_ASSESSED, 0, says, _sentences(text, [signal] if signal else [], body))


def least_change(position: Position, heading: str, text: str, outcome: Outcome) -> tuple[TextSpan, str] | None:
    """The fewest words of a clause to change so that it meets the position, and what to write instead; None if unknown.

    Args:
        position: the position.
        heading: the clause's heading, or empty.
        text: the clause's text; the span counts in it.
        outcome: what was found; where the tests find another, nothing is known.
    """
    found = assess(position, heading, text)
    if found is None or found.test is None or found.outcome is not outcome:
        return None
    return found.test.change(text, _body_start(heading, text))


def _body_start(heading: str, text: str) -> int:
    """Where a clause's text goes on after its heading; 0 where it does not begin with it."""
    at = text.find(heading, 0, len(heading) + _NUMBER_CHARS)
    return at + len(heading) if at >= 0 else 0
