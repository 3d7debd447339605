"""The glossary: the plain words of every state that a person reads, in several languages."""

import tomllib
from collections.abc import Mapping
from enum import StrEnum

from reviewer.domain.answer import AnswerState
from reviewer.domain.citation import QuoteStatus
from reviewer.domain.comparison import ChangeKind, Weight
from reviewer.domain.decision import DismissReason, Status
from reviewer.domain.document import Visibility
from reviewer.domain.finding import TranslationState
from reviewer.domain.outcome import Friction, Outcome, Severity
from reviewer.domain.particular import Basis, Column
from reviewer.domain.playbook import Paper, Priority, Redline
from reviewer.domain.run import RunStatus
from reviewer.domain.run_causes import Cause
from reviewer.domain.sent import SentStatus
from reviewer.domain.step import StepState
from reviewer.domain.vote import VerdictStatus, VoteState
from reviewer.domain.workflow import RouteMethod

LANGUAGES = ("en", "de", "fr", "es", "zh")
GROUPS: Mapping[type[StrEnum], str] = {
    QuoteStatus: "quote",
    Outcome: "outcome",
    Severity: "severity",
    VerdictStatus: "verdict",
    VoteState: "vote",
    SentStatus: "sent",
    Status: "decision",
    DismissReason: "dismissal",
    RunStatus: "run",
    StepState: "step",
    TranslationState: "translation",
    AnswerState: "answer",
    RouteMethod: "route",
    Visibility: "visibility",
    Column: "particular",
    Basis: "basis",
    ChangeKind: "change",
    Weight: "weight",
    Paper: "paper",
    Friction: "friction",
    Priority: "priority",
    Redline: "redline",
    Cause: "cause",
}
"""The group of each kind of state."""
Words = dict[str, dict[str, dict[str, str]]]


class Glossary:
    """Words by group, value and language.

    Attributes:
        words: as the file has them.
    """

    def __init__(self, words: Words) -> None:
        self.words = words

    @classmethod
    def read(cls, text: str) -> "Glossary":
        """The glossary of a TOML file that is packaged with the program, and held against the states by a test."""
        return cls(tomllib.loads(text))

    def word(self, state: StrEnum, language: str = "en") -> str:
        """A state as it stands in the middle of a sentence; in English where the language is not known.

        Raises:
            KeyError: no state that a person reads.
        """
        said = self.words[GROUPS[type(state)]][state.value]
        return said.get(language, said["en"])
