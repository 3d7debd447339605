"""Answers: what a general handler says about an item, field by field."""

from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.answer_field import NOT_STATED, FieldType
from reviewer.domain.citation import Citation
from reviewer.domain.finding import RaterVote
from reviewer.domain.ids import SectionId
from reviewer.domain.vote import VerdictStatus


class AnswerState(StrEnum):
    """*done*, or why there is no answer."""

    DONE = "done"
    NEEDS_MODEL = "needs_model"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list, after those that say the same were merged.

    Attributes:
        text: as the first vote that has it says it.
        votes: how many votes have it.
        others: other wordings of it.
        cluster: the words it shares with others about the same subject; empty where it stands alone.
    """

    text: str
    votes: int
    citations: tuple[Citation, ...] = ()
    others: tuple[str, ...] = ()
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class FieldAnswer:
    """One field of an answer.

    Attributes:
        name: the field's.
        value: what won, as it was first said; `NOT_STATED` where the text does not say; empty without a decision.
        status: decided, tied or no_quorum; a person looks at what is not decided.
        support, agreement: as in a verdict.
        votes: all of them, dissent included, in order of rater and index.
        entries: of a list, those with most votes first.
        diversity: of a list: how different its entries are, 0 to 1.
    """

    name: str
    type: FieldType
    value: str
    status: VerdictStatus = VerdictStatus.DECIDED
    support: float = 1.0
    agreement: float = 1.0
    citations: tuple[Citation, ...] = ()
    votes: tuple[RaterVote, ...] = ()
    entries: tuple[Entry, ...] = ()
    diversity: float | None = None

    @property
    def is_stated(self) -> bool:
        """Whether the text gives it."""
        return self.value != NOT_STATED


@dataclass(frozen=True, slots=True)
class Answer:
    """What a general handler says about one item.

    Attributes:
        section: the item's; None for a whole document.
        handler: the handler's id; of a nested workflow ``outer/inner``.
        uses: generate, extract or classify.
        by: whose words prose is; empty where votes were counted.
        why: why these words were chosen of several, in one sentence; empty where nothing was to choose.
        message: what to do where the state is not *done*.
        part: the entry of a list, or the question, that it is about; empty where it is about the item as such.
        number: which one of them, from 1; else 0.
    """

    section: SectionId | None
    handler: str
    uses: str
    fields: tuple[FieldAnswer, ...]
    by: str = ""
    why: str = ""
    state: AnswerState = AnswerState.DONE
    message: str = ""
    part: str = ""
    number: int = 0
