"""Answering about items and finding their routes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from reviewer.domain.chat import ChatRequest
from reviewer.domain.check import Check
from reviewer.domain.document import Document
from reviewer.domain.errors import ReviewerError
from reviewer.domain.finding import Synthesis
from reviewer.domain.interaction import Interaction
from reviewer.domain.outcome import Severity
from reviewer.domain.particular import Obligation, Particular
from reviewer.domain.report import DocumentReport
from reviewer.domain.section import Section
from reviewer.domain.task import Item, Route, Task
from reviewer.domain.vote import Judgement
from reviewer.domain.workflow import RouteNode, RouterNode


class InvalidReplyError(ReviewerError):
    """A model's reply that is not what was asked for; the message says what is wrong and is fit to be sent back."""


class RuleHandler(Protocol):
    """Answers by rule: deterministic, without a model. Pure."""

    version: str
    fingerprint: str

    def answer(self, task: Task) -> tuple[Judgement, ...]:
        """All judgements about one item; empty where the rules have nothing to say."""
        ...


@dataclass(frozen=True, slots=True)
class CheckRule:
    """A rule as it is described to people; ``id`` is what reports, files and commands name it by."""

    id: str
    title: str
    severity: Severity
    explanation: str


class DocumentChecker(Protocol):
    """Checks a whole document by rules. Pure.

    Attributes:
        rules: every rule it has.
    """

    rules: Sequence[CheckRule]

    def check(self, document: Document, sections: Sequence[Section], off: Iterable[str] = ()) -> tuple[Check, ...]:
        """What the rules find, worst first, then in the order of the document.

        Args:
            document: as it was read.
            sections: as it was cut.
            off: ids of the rules that are switched off.
        """
        ...


class ContractReader(Protocol):
    """Reads by rule what a contract says in names, days, periods and sums, and who must do what by when. Pure."""

    def read(
        self, document: Document, sections: Sequence[Section]
    ) -> tuple[tuple[Particular, ...], tuple[Obligation, ...]]:
        """All of them, each with the words it rests on; nothing of a document whose language it does not read."""
        ...


class ModelHandler(Protocol):
    """Asks a model and reads its reply. Pure: the engine makes the call.

    Attributes:
        fingerprint: hash of prompt, playbook and schema.
    """

    version: str
    fingerprint: str

    def request(self, task: Task, seed: int) -> ChatRequest:
        """The question; a function of the task and the seed alone."""
        ...

    def read(self, task: Task, reply: str) -> tuple[Judgement, ...]:
        """The judgements of a reply.

        Raises:
            InvalidReplyError: the reply is not JSON or not of the schema.
        """
        ...


class RuleInteractions(Protocol):
    """Finds by rule what findings mean together. Pure."""

    def find(self, report: DocumentReport) -> tuple[Interaction, ...]:
        """The interactions of one document's findings, worst first."""
        ...


class ModelInteractions(Protocol):
    """Asks a model what findings mean together; not over text. Pure: the engine makes the call."""

    version: str
    fingerprint: str

    def request(self, report: DocumentReport, seed: int, fence: str) -> ChatRequest:
        """The question: numbered findings of one document, between two lines with the fence."""
        ...

    def read(self, report: DocumentReport, reply: str, rater: str) -> tuple[Interaction, ...]:
        """The interactions of a reply, worst first; those that name a finding which does not exist are dropped.

        Raises:
            InvalidReplyError: the reply is not JSON or not of the schema.
        """
        ...


class Judge(Protocol):
    """Asks a model which of several texts answers a task best. Pure: the engine makes the call.

    Attributes:
        fingerprint: hash of prompt and schema.
    """

    version: str
    fingerprint: str

    def request(self, task: Task, texts: Sequence[str], seed: int) -> ChatRequest:
        """The question, about at least two texts."""
        ...

    def read(self, texts: Sequence[str], reply: str) -> tuple[int, str]:
        """The position of the best text, from 0, and why.

        Raises:
            InvalidReplyError: the reply is not JSON, not of the schema, or names no text.
        """
        ...


class Router(Protocol):
    """Finds a route for an item without a model."""

    def route(self, item: Item, router: RouterNode, routes: Sequence[RouteNode]) -> Route:
        """The most likely of the routes, with its confidence and reason."""
        ...


class LanguageIdentifier(Protocol):
    """Tells languages apart."""

    def identify(self, text: str) -> tuple[str, float]:
        """ISO 639-1 code and confidence (0 to 1); ``("", 0.0)`` where the text is too short to tell."""
        ...


class RuleSynthesizer(Protocol):
    """Brings documents together by rule. Pure."""

    def synthesize(self, documents: Sequence[DocumentReport]) -> Synthesis:
        """Statements over all documents, each with citations that some document's results already hold."""
        ...


class ModelSynthesizer(Protocol):
    """Brings documents together by asking a model over results (not text). Pure: the engine makes the call."""

    version: str
    fingerprint: str

    def request(self, documents: Sequence[DocumentReport], seed: int, fence: str) -> ChatRequest:
        """The question: numbered sentences of all documents, between two lines with the fence."""
        ...

    def read(self, documents: Sequence[DocumentReport], reply: str, rater: str) -> Synthesis:
        """The synthesis of a reply; statements that name no sentence, or one that does not exist, are dropped.

        Raises:
            InvalidReplyError: the reply is not JSON or not of the schema.
        """
        ...
