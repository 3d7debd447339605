"""Findings and the other results a reader sees."""

from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.citation import Citation
from reviewer.domain.ids import DocumentId, FindingId, SectionId
from reviewer.domain.outcome import Friction, Outcome, Severity
from reviewer.domain.vote import ABSTAINED, COMPROMISED, VerdictStatus

SUSPICIOUS = "suspicious-passage"
"""The position of findings about words that speak to a reading program; they come before all others."""


@dataclass(frozen=True, slots=True)
class RaterVote:
    """A vote as it is shown beside a finding.

    Attributes:
        outcome: what it says; ``abstained`` where the model declined to answer, ``compromised`` where its reply may
            not be used.
        counted: False for these two, and where its quote is not in the document.
        answered_by: the model that answered where it is not the rater; else empty.
    """

    rater: str
    index: int
    outcome: str
    rationale: str
    citation: Citation | None
    counted: bool
    answered_by: str = ""

    @property
    def abstained(self) -> bool:
        """The model declined to answer."""
        return self.outcome == ABSTAINED

    @property
    def compromised(self) -> bool:
        """The reply held something that it was not given, and that may lead a reader away."""
        return self.outcome == COMPROMISED


@dataclass(frozen=True, slots=True)
class WordEdit:
    """The fewest words to change: where they stand, and what to write instead."""

    at: Citation
    instead: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a contract does about a position, at one place.

    Attributes:
        id: derived from position and place, so that it survives a re-run.
        section: where; None for what the document does not hold anywhere.
        support, agreement: as in a verdict; None where the answer is a rule's, which takes no vote.
        suggestion: wording that would meet the preferred position; empty where none is needed.
        gap: what is not as wanted, in one sentence.
        searched: for what is missing: where and for what it was looked for.
        approver: who may accept it, as the playbook says.
        friction: what it does to the business; None where it is as wanted.
        edit: the fewest words to change to meet the preferred position; None where it is not known.
        if_refused: what may be accepted instead, as the playbook says; may be empty.
        misquoted: words that the reason puts between quotation marks and the document does not hold.
    """

    id: FindingId
    section: SectionId | None
    position: str
    title: str
    outcome: Outcome
    severity: Severity
    rationale: str
    citations: tuple[Citation, ...]
    votes: tuple[RaterVote, ...]
    status: VerdictStatus = VerdictStatus.DECIDED
    support: float | None = None
    agreement: float | None = None
    fallback_rank: int = 0
    suggestion: str = ""
    gap: str = ""
    searched: tuple[str, ...] = ()
    approver: str = ""
    friction: Friction | None = None
    edit: WordEdit | None = None
    if_refused: str = ""

    @property
    def rank(self) -> int:
        """Where it comes among findings, least first: suspicious passages, then by severity."""
        return -1 if self.position == SUSPICIOUS else self.severity.rank

    misquoted: tuple[str, ...] = ()

    @property
    def is_unbacked(self) -> bool:
        """True where words were quoted, and none of them is in the document."""
        return bool(self.citations) and not any(citation.is_evidence for citation in self.citations)


@dataclass(frozen=True, slots=True)
class Label:
    """A category of a section. ``confidence`` from 0 to 1; ``reason`` names the signal."""

    section: SectionId
    label: str
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """A sentence of a summary and the words it rests on."""

    text: str
    citations: tuple[Citation, ...]

    @property
    def is_backed(self) -> bool:
        """True where words of the document stand behind it."""
        return any(citation.is_evidence for citation in self.citations)


@dataclass(frozen=True, slots=True)
class Summary:
    """A section in short. ``facet`` says what it is about (question, method, result, limits), or is empty."""

    section: SectionId | None
    facet: str
    sentences: tuple[SummarySentence, ...]
    rater: str


class TranslationState(StrEnum):
    """*done*, or why there is none."""

    DONE = "done"
    NEEDS_MODEL = "needs_model"


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of source text and its translation.

    Attributes:
        checks: what does not match: ``numbers``; ``source`` where the document does not hold the source's words.
    """

    source: str
    target: str
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Translation:
    """A section in another language. ``message`` says what to do where the state is not *done*."""

    section: SectionId | None
    source_language: str
    target_language: str
    segments: tuple[Segment, ...]
    rater: str
    state: TranslationState = TranslationState.DONE
    message: str = ""


@dataclass(frozen=True, slots=True)
class SourceCitation:
    """A citation together with the document and section it is in."""

    document: DocumentId
    section: SectionId | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a synthesis, what it is about, and the words it rests on in each document."""

    text: str
    facet: str
    citations: tuple[SourceCitation, ...]


@dataclass(frozen=True, slots=True)
class Synthesis:
    """What several documents say together."""

    rater: str
    statements: tuple[Statement, ...]
