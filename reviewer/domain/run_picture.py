"""A run as a picture: documents are cut, parts are sent on their ways, somebody answers, answers come together."""

from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.workflow import Aggregation, SplitUnit


class Answerer(StrEnum):
    """Who answers, or brings documents together: a *model*, the built-in *checks*, *nobody*, another *workflow*."""

    MODEL = "model"
    CHECKS = "checks"
    NOBODY = "nobody"
    WORKFLOW = "workflow"


@dataclass(frozen=True, slots=True)
class Way:
    """Where parts go, and how many; those that only a model can tell have no name."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Answering:
    """What answers about parts, and how many parts it gets at least.

    Attributes:
        votes: how often a model is asked about a part at most.
        questions: how many questions are put to each part; 0 where it asks none.
        workflow: title of the workflow that it hands parts to.
        most_parts, parts_of: up to so many entries of this list are answered after it; 0 for none.
    """

    name: str
    count: int
    by: Answerer
    votes: int = 0
    questions: int = 0
    workflow: str = ""
    most_parts: int = 0
    parts_of: str = ""


@dataclass(frozen=True, slots=True)
class RunPicture:
    """What one workflow does with its documents, stage by stage.

    Attributes:
        title: the workflow's.
        documents, parts: how many documents, and into how many parts they are cut; ``unit``: what a part is.
        result: how answers become one report; ``together``: who brings the documents together then, if anybody does.
    """

    title: str
    documents: int
    parts: int
    unit: SplitUnit
    ways: tuple[Way, ...]
    answering: tuple[Answering, ...]
    result: Aggregation
    together: Answerer | None = None

    @property
    def stages(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The four stages with their lines, in plain English."""
        cut = f"{_counted(self.documents, 'document')} into {_counted(self.parts, 'part')} ({self.unit})"
        ways = tuple(f"{each.name or 'a model decides'}: {each.count}" for each in self.ways)
        answering = tuple(f"{each.name}: {_counted(each.count, 'part')}, {_how(each)}" for each in self.answering)
        return (
            ("Cut", (cut,)),
            ("Send", ways or ("nothing",)),
            ("Answer", answering or ("nobody",)),
            ("Bring together", (f"{_RESULTS[self.result]}{_together(self.together)}",)),
        )


_RESULTS = {
    Aggregation.POSITIONS: "findings by position, and what is missing",
    Aggregation.COLLECT: "results part by part",
    Aggregation.CHANGES: "what the later version changes, weighty words first",
}
_WHO = {Answerer.MODEL: "by a model", Answerer.CHECKS: "by the built-in checks", Answerer.NOBODY: "needs a model"}


def _counted(count: int, one: str) -> str:
    return f"{count} {one}" if count == 1 else f"{count} {one}s"


def _how(each: Answering) -> str:
    if each.by is Answerer.WORKFLOW:
        return f"by the workflow {each.workflow}"
    votes = f", at most {_counted(each.votes, 'vote')} each" if each.votes else ""
    questions = f", {_counted(each.questions, 'question')} each" if each.questions else ""
    entries = f", then up to {each.most_parts} parts by {each.parts_of}" if each.most_parts else ""
    return f"{_WHO[each.by]}{votes}{questions}{entries}"


def _together(who: Answerer | None) -> str:
    return f"; then the documents together, {_WHO[who]}" if who else ""
