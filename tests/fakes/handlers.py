"""Handlers, classifiers and synthesizers of one line each."""

import json
from collections.abc import Callable, Sequence

from reviewer.domain.chat import ChatRequest
from reviewer.domain.citation import Evidence
from reviewer.domain.finding import SourceCitation, Statement, Synthesis
from reviewer.domain.line_ids import fence_line
from reviewer.domain.report import DocumentReport
from reviewer.domain.task import Item, Route, Task
from reviewer.domain.vote import RULE, Judgement
from reviewer.domain.workflow import RouteMethod, RouteNode, RouterNode
from reviewer.ports.handling import InvalidReplyError

Answer = Callable[[Task], tuple[Judgement, ...]]


class StubRule:
    """A rule that answers by a function; ``asked`` holds its tasks."""

    version = "1"
    fingerprint = "stub-rule"

    def __init__(self, answer: Answer) -> None:
        self.asked: list[Task] = []
        self._answer = answer

    def answer(self, task: Task) -> tuple[Judgement, ...]:
        self.asked.append(task)
        return self._answer(task)


class JsonHandler:
    """Asks with the item's text and reads a list of judgements: criterion, value, text, quote, rank, confidence."""

    version = "1"

    def __init__(self, fingerprint: str = "stub-model") -> None:
        self.fingerprint = fingerprint

    def request(self, task: Task, seed: int) -> ChatRequest:
        return ChatRequest(task.handler, f"{task.context.fence}\n{task.item.text}", {}, "stub", seed)

    def read(self, task: Task, reply: str) -> tuple[Judgement, ...]:
        try:
            said = json.loads(reply)
        except ValueError as error:
            raise InvalidReplyError("bad_reply", "it is not JSON") from error
        if not isinstance(said, list):
            raise InvalidReplyError("bad_reply", "it is not a list")
        return tuple(
            Judgement(
                each["criterion"],
                each["value"],
                each.get("text", ""),
                tuple(Evidence(quote) for quote in [each.get("quote")] if quote),
                each.get("rank", 0),
                each.get("confidence"),
            )
            for each in said
        )


def reply_of(*judgements: dict[str, object]) -> str:
    """What `JsonHandler` reads."""
    return json.dumps(judgements)


def assessed(value: str, quote: str = "", criterion: str = "liability", **more: object) -> dict[str, object]:
    """One judgement of an assessment, as `reply_of` wants it."""
    return {"criterion": criterion, "value": value, "text": f"It is {value}.", "quote": quote, **more}


class StubClassifier:
    """Sends every item where a function says."""

    def __init__(self, choose: Callable[[Item], str] = lambda item: "main", confidence: float = 0.95) -> None:
        self._choose = choose
        self._confidence = confidence

    def route(self, item: Item, router: RouterNode, routes: Sequence[RouteNode]) -> Route:
        return Route(self._choose(item), self._confidence, RouteMethod.RULES, "So it was said.")


class StubRuleSynthesizer:
    """One statement out of the first sentence of every document that has any."""

    def synthesize(self, documents: Sequence[DocumentReport]) -> Synthesis:
        found = [
            Statement(
                sentence.text,
                "",
                tuple(SourceCitation(report.document.id, summary.section, each) for each in sentence.citations),
            )
            for report in documents
            for summary in report.summaries[:1]
            for sentence in summary.sentences[:1]
        ]
        return Synthesis(RULE, tuple(found))


class StubModelSynthesizer:
    """Asks with all sentences in a row; each word of the reply is a statement."""

    version = "1"
    fingerprint = "stub-synthesis"

    def request(self, documents: Sequence[DocumentReport], seed: int, fence: str) -> ChatRequest:
        said = [each.text for report in documents for summary in report.summaries for each in summary.sentences]
        return ChatRequest("synthesize", "\n".join([fence_line(fence), *said]), {}, "synthesis", seed)

    def read(self, documents: Sequence[DocumentReport], reply: str, rater: str) -> Synthesis:
        if reply == "gibberish":
            raise InvalidReplyError("bad_reply", "it is not JSON")
        return Synthesis(rater, tuple(Statement(word, "", ()) for word in reply.split()))
