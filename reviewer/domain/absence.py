"""Whether a contract really does not speak about something: where that was looked for, and what comes nearest.

A part that was not recognised, a paper that is not in the file, or words that only come near make it impossible to say
*missing*. A wrong *missing* costs a lawyer more than a look at a place.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from reviewer.domain.anchor import TextSpan
from reviewer.domain.annexes import Unread, unread
from reviewer.domain.category import ENOUGH, Category, Match, speaks
from reviewer.domain.clause import Clause
from reviewer.domain.outcome import Outcome
from reviewer.domain.playbook import Signals, search, word_pattern
from reviewer.domain.section import SectionKind

NEAR = 0.6
"""Signs that weigh so much make a clause worth a look: those of one likely turn of phrase, or of a heading."""
SHOWN = 3
_ROUNDING = 1e-9
_SHOWN_CHARS = 160
_NOTHING = Match("", 0.0, "", ())
_APART = (SectionKind.TOC,)


@dataclass(frozen=True, slots=True)
class Subject:
    """What is looked for.

    Attributes:
        signals: of the position that asks.
        category: of clauses about it; None where there is none.
    """

    signals: Signals
    category: Category | None = None

    @property
    def headings(self) -> tuple[str, ...]:
        """The words of headings, those of the category besides the position's own."""
        mine = self.category.headings if self.category else ()
        return tuple(dict.fromkeys((*self.signals.headings, *mine)))

    @property
    def phrases(self) -> tuple[str, ...]:
        """The turns of phrase that are searched for."""
        mine = [*(each for _, each in self.category.expressions), *self.category.near] if self.category else []
        return tuple(dict.fromkeys((*self.signals.phrases, *mine)))


@dataclass(frozen=True, slots=True)
class Proof:
    """What the search came to.

    Attributes:
        outcome: *missing*; *present_elsewhere*; *uncertain* where words only come near; *incorporated_unread*.
        reason: in one sentence for the reader.
        places: the nearest text, in offsets of the text that was searched; for what is missing, it does not say it.
        looked: where and for what it was looked for, a line each.
    """

    outcome: Outcome
    reason: str
    places: tuple[TextSpan, ...]
    looked: tuple[str, ...]


@dataclass(slots=True)
class Search:
    """A document that is searched for what may be missing; what several searches need is found once.

    Args:
        text: the visible text.
        clauses: all of its sections, by their own words.
    """

    text: str
    clauses: Sequence[Clause]
    _unread: tuple[Unread, ...] | None = field(default=None)

    @property
    def unread(self) -> tuple[Unread, ...]:
        """The papers that are named and not in the file."""
        if self._unread is None:
            self._unread = unread(self.text)
        return self._unread

    def prove(self, subject: Subject) -> Proof:
        """Looks for a subject: its own words, its headings, clauses of its category, and papers that are not there."""
        looked = self._looked(subject)
        hit = subject.signals.in_text(self.text)
        if hit is not None:
            reason = "No clause about this was assessed, but words that belong to it stand here."
            return Proof(Outcome.PRESENT_ELSEWHERE, reason, (hit,), looked)
        ranked = self._ranked(subject)
        near = [each for each in ranked if each[0] >= NEAR - _ROUNDING]
        if near and near[0][0] >= ENOUGH - _ROUNDING:
            reason = "No clause was recognised as this position, but one that speaks about it stands here."
            return Proof(Outcome.PRESENT_ELSEWHERE, reason, _places(near), looked)
        near = near or self._said_otherwise(subject)
        if near:
            reason = "No clause says this in words that are known, but these come near: read them."
            return Proof(Outcome.UNCERTAIN, reason, _places(near), looked)
        paper = self._paper(subject)
        if paper is not None:
            reason = f"The contract does not say this itself; {paper.name} may, and is not in this file: load it, too."
            return Proof(Outcome.INCORPORATED_UNREAD, reason, (paper.place,), looked)
        nearest = tuple(f"nearest text: “{_shown(span.of(self.text))}”" for span in _places(ranked)[:1])
        return Proof(Outcome.MISSING, "", _places(ranked), (*looked, *nearest))

    def _ranked(self, subject: Subject) -> list[tuple[float, TextSpan]]:
        """The clauses that say anything of the subject, the nearest first, with the words that do."""
        found = []
        for clause in self.clauses:
            if clause.kind in _APART:
                continue
            match = speaks(clause, subject.category) if subject.category else _NOTHING
            heading = any(word_pattern(each).search(clause.heading) for each in subject.signals.headings)
            score = max(match.score, NEAR if heading else 0.0)
            if score > 0:
                found.append((score, _words(clause, match)))
        return sorted(found, key=lambda each: (-each[0], each[1].start))

    def _said_otherwise(self, subject: Subject) -> list[tuple[float, TextSpan]]:
        """Where the subject may be spoken about in words that are no signs of it."""
        expressions = subject.category.near if subject.category else ()
        found = (search(each, self.text) for each in expressions)
        return [(0.0, TextSpan(*match.span())) for match in found if match]

    def _paper(self, subject: Subject) -> Unread | None:
        """The paper that may say it: its sentence names the subject, or its terms are taken in as a whole."""
        for each in self.unread:
            words = each.place.of(self.text)
            if each.is_whole or any(word_pattern(name).search(words) for name in subject.headings):
                return each
            if any(search(phrase, words) for phrase in subject.phrases):
                return each
        return None

    def _looked(self, subject: Subject) -> tuple[str, ...]:
        papers = [each.name for each in self.unread]
        return (
            f"headings of {len(self.clauses)} parts for: {', '.join(subject.headings)}",
            f"the whole visible text for {len(subject.phrases)} turns of phrase",
            *((f"not read, as they are not in this file: {', '.join(dict.fromkeys(papers))}",) if papers else ()),
        )


def _words(clause: Clause, match: Match) -> TextSpan:
    """The words that come nearest, or else how the clause begins."""
    start = clause.span.start
    if match.words:
        return TextSpan(start + match.words[0].start, start + match.words[0].end)
    blank = len(clause.text) - len(clause.text.lstrip())
    first = clause.text.strip().partition("\n")[0][:200]
    return TextSpan(start + blank, start + blank + max(len(first), 1))


def _shown(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= _SHOWN_CHARS else f"{plain[:_SHOWN_CHARS].rstrip()}…"


def _places(near: Sequence[tuple[float, TextSpan]]) -> tuple[TextSpan, ...]:
    return tuple(span for _, span in near[:SHOWN])
