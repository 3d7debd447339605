"""Votes and what becomes of them."""

from dataclasses import dataclass, field
from enum import StrEnum

from reviewer.domain.citation import Citation, Evidence
from reviewer.domain.ids import SectionId
from reviewer.domain.task import Task
from reviewer.domain.usage import Usage

RULE = "rule"


class VoteState(StrEnum):
    """The value of a vote on a criterion that another vote speaks about, where it gives none of its own.

    *not addressed*: it is silent about it. *abstained*: the model declined to answer, and never the same as finding
    nothing. *compromised*: the reply holds contraband; it is not counted, nor its words shown.
    """

    NOT_ADDRESSED = "not_addressed"
    ABSTAINED = "abstained"
    COMPROMISED = "compromised"


REFUSED = "refused"
"""The code of a vote that the model declined to give."""
ABSTAINED = VoteState.ABSTAINED.value
COMPROMISED = VoteState.COMPROMISED.value
"""The value of a compromised vote, and its code."""
NOT_GIVEN = {REFUSED: ABSTAINED, COMPROMISED: COMPROMISED}
"""Failures that stand beside the votes, and the value they stand there with."""


LABEL = "label:"


def label_criterion(label: str, section: SectionId | None) -> str:
    """The criterion of a label of a section: ``label:<category>@<section>``."""
    return f"{LABEL}{label}@{section or ''}"


def of_label(criterion: str) -> tuple[str, SectionId | None]:
    """The label and the section of its criterion; None where it names none."""
    label, _, section = criterion.removeprefix(LABEL).partition("@")
    return label, SectionId(section) if section else None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a rater says about one criterion of an item.

    Attributes:
        criterion: what was asked: a position's id, ``label:<category>@<section>``, ``summary:<n>``, ``segment:<n>`` ...
        value: the closed answer that votes are counted over; empty for prose.
        text: the reason, or the prose itself.
        evidence: words of the source it rests on.
        rank: which fallback, from 1; else 0.
        confidence: the rater's own, 0 to 1, where it gives one.
    """

    criterion: str
    value: str
    text: str = ""
    evidence: tuple[Evidence, ...] = ()
    rank: int = 0
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class CheckedJudgement:
    """A judgement after the quote gate.

    Attributes:
        counted: False when the words it rests on are not in the document; it is shown, but does not vote.
    """

    judgement: Judgement
    citations: tuple[Citation, ...]
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Vote:
    """One answer of one rater to a task. ``answered_by``: the model that gave it where another was asked."""

    rater: str
    index: int
    judgements: tuple[CheckedJudgement, ...]
    answered_by: str = ""


@dataclass(frozen=True, slots=True)
class StepFailure:
    """A vote that did not come about: a stable code, what happened and what to do, and what it used all the same."""

    rater: str
    index: int
    code: str
    message: str
    usage: Usage = field(default_factory=Usage)


@dataclass(frozen=True, slots=True)
class Ballot:
    """All votes on a task and the failures."""

    task: Task
    votes: tuple[Vote, ...]
    failures: tuple[StepFailure, ...] = ()


class VerdictStatus(StrEnum):
    """*decided*, or a state that a human must look at."""

    DECIDED = "decided"
    TIED = "tied"
    NO_QUORUM = "no_quorum"


@dataclass(frozen=True, slots=True)
class CriterionVote:
    """What one vote says about one criterion; ``checked`` is None where it did not speak about it."""

    rater: str
    index: int
    value: str
    checked: CheckedJudgement | None
    answered_by: str = ""

    @property
    def is_valid(self) -> bool:
        """True for silence and for a judgement that counts; not for an abstention or a compromised vote."""
        return self.value not in NOT_GIVEN.values() and (self.checked is None or self.checked.counted)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The votes of a ballot on one criterion, counted.

    Attributes:
        value: the winner; the first of the tied in alphabetical order when tied; empty without a quorum.
        support: share of valid votes for the winner, 0 to 1.
        agreement: mean pairwise agreement: the share of pairs of valid votes with the same value; 1 for a single vote.
        votes: all of them, dissent included, in order of rater and index.
    """

    criterion: str
    value: str
    status: VerdictStatus
    support: float
    agreement: float
    votes: tuple[CriterionVote, ...]

    @property
    def winners(self) -> tuple[CheckedJudgement, ...]:
        """The counted judgements that say what won."""
        return tuple(
            vote.checked for vote in self.votes if vote.checked and vote.checked.counted and vote.value == self.value
        )
