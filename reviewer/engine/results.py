"""From verdicts and votes to what a reader sees of one item: labels, summaries, translations."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.domain.answer import Answer
from reviewer.domain.finding import Finding, Label, Segment, Summary, SummarySentence, Translation, TranslationState
from reviewer.domain.task import Item, Task
from reviewer.domain.vote import Ballot, CheckedJudgement, Verdict, VerdictStatus, Vote, of_label
from reviewer.engine.voting import SILENT


@dataclass(frozen=True, slots=True)
class ItemResults:
    """What came of an item, of one handler or of all in a nested workflow.

    Attributes:
        saved: votes that the workflow allows and that were not needed.
    """

    labels: tuple[Label, ...] = ()
    findings: tuple[Finding, ...] = ()
    summaries: tuple[Summary, ...] = ()
    translations: tuple[Translation, ...] = ()
    answers: tuple[Answer, ...] = ()
    saved: int = 0

    def __add__(self, other: "ItemResults") -> "ItemResults":
        """Both, one after the other."""
        return ItemResults(
            self.labels + other.labels,
            self.findings + other.findings,
            self.summaries + other.summaries,
            self.translations + other.translations,
            self.answers + other.answers,
            self.saved + other.saved,
        )


NUMBERS = "numbers"
"""The check of a segment whose translation has other numbers."""
SOURCE = "source"
"""The check of a segment whose source words are not in the document."""
NO_TRANSLATOR = "A translation needs an AI model. Choose one, for example a local one, and run again."


def labels(item: Item, verdicts: Sequence[Verdict]) -> tuple[Label, ...]:
    """The categories that won; the confidence is the winners' best, else the support."""
    found = []
    for verdict in verdicts:
        label, section = of_label(verdict.criterion)
        section = section or item.section
        if section is None or verdict.status is not VerdictStatus.DECIDED or verdict.value in ("", SILENT):
            continue
        best = max(verdict.winners, key=lambda winner: winner.judgement.confidence or 0.0)
        confidence = best.judgement.confidence
        found.append(Label(section, label, verdict.support if confidence is None else confidence, best.judgement.text))
    return tuple(found)


def chosen(ballot: Ballot) -> Vote | None:
    """The vote shown where prose cannot be counted: most exact quotes, then first in order; None without votes."""
    ordered = sorted(ballot.votes, key=lambda vote: (vote.rater, vote.index))
    return max(ordered, key=_exact_share, default=None)


def _exact_share(vote: Vote) -> float:
    citations = [citation for checked in vote.judgements for citation in checked.citations]
    return sum(citation.is_evidence for citation in citations) / len(citations) if citations else 0.0


def summary(item: Item, vote: Vote | None) -> tuple[Summary, ...]:
    """The chosen vote's sentences as one summary; nothing where it has none."""
    if vote is None or not vote.judgements:
        return ()
    sentences = tuple(SummarySentence(each.judgement.text, each.citations) for each in vote.judgements)
    facets = [each.judgement.value for each in vote.judgements if each.judgement.value]
    facet = Counter(facets).most_common(1)[0][0] if facets else ""
    return (Summary(item.section, facet, sentences, vote.rater),)


def translation(task: Task, vote: Vote | None) -> tuple[Translation, ...]:
    """The chosen vote's segments, each checked for numbers that got lost or were added."""
    if vote is None:
        return ()
    segments = []
    for each in vote.judgements:
        source = " ".join(evidence.quote for evidence in each.judgement.evidence)
        segments.append(Segment(source, each.judgement.text, _checks(source, each)))
    item = task.item
    return (Translation(item.section, item.language, task.context.target_language, tuple(segments), vote.rater),)


def untranslated(task: Task, rater: str) -> tuple[Translation, ...]:
    """The honest state of a translation that no model was there to make."""
    item = task.item
    return (
        Translation(
            item.section,
            item.language,
            task.context.target_language,
            (),
            rater,
            TranslationState.NEEDS_MODEL,
            NO_TRANSLATOR,
        ),
    )


def _checks(source: str, segment: CheckedJudgement) -> tuple[str, ...]:
    has_same_numbers = _digits(source) == _digits(segment.judgement.text)
    has_source = all(citation.is_evidence for citation in segment.citations)
    return (*(() if has_same_numbers else (NUMBERS,)), *(() if has_source else (SOURCE,)))


def _digits(text: str) -> Counter[str]:
    """Digit groups; separators differ between languages (1.000,5 and 1,000.5) and are left out."""
    return Counter(re.findall(r"\d+", text))
