"""From the votes of a general handler to its answer: each field by what suits its type and the handler's policy."""

from collections.abc import Sequence
from dataclasses import replace

from reviewer.domain.answer import Answer, AnswerState, Entry, FieldAnswer
from reviewer.domain.answer_field import NOT_STATED, AnswerField, FieldType
from reviewer.domain.citation import Citation
from reviewer.domain.finding import RaterVote
from reviewer.domain.likeness import clustered, diversity, grouped
from reviewer.domain.policy import PROSE, Policy
from reviewer.domain.tally import NOTHING, Tally, agreement, decide, median, trimmed_mean
from reviewer.domain.task import Task
from reviewer.domain.vote import Ballot, CriterionVote, VerdictStatus, Vote
from reviewer.domain.workflow import HandlerNode
from reviewer.engine.findings import shown_vote
from reviewer.engine.stopping import counted_by, share_words
from reviewer.engine.voting import rows, weighed

NEEDS_MODEL = "This needs an AI model. Choose one, for example a local one, and run again."
ENTRY = ":"
"""Stands in a criterion between a list's name and the number of its entry."""


def unanswered(node: HandlerNode, task: Task, name: str) -> Answer:
    """The honest state of an answer that no model was there to give."""
    return Answer(task.item.section, name, node.uses, (), state=AnswerState.NEEDS_MODEL, message=NEEDS_MODEL)


def answer(node: HandlerNode, ballot: Ballot, name: str, best: Vote | None, why: str = "") -> Answer:
    """The answer that votes add up to.

    Args:
        node: the handler's; its policy and fields.
        ballot: all votes, at least one.
        name: of the handler, as the answer bears it.
        best: under a policy for prose: the vote whose words are taken.
        why: why these and no others.
    """
    if node.policy in PROSE and best is not None:
        one = Ballot(ballot.task, (best,))
        fields = tuple(_field(node, field, one, 1) for field in node.fields)
        return Answer(ballot.task.item.section, name, node.uses, fields, best.rater, why)
    fields = tuple(_field(node, field, ballot, ballot.task.quorum) for field in node.fields)
    return Answer(ballot.task.item.section, name, node.uses, fields)


def _field(node: HandlerNode, field: AnswerField, ballot: Ballot, quorum: int) -> FieldAnswer:
    if field.type is FieldType.LIST:
        return _list(node, field, ballot, quorum)
    row = rows(ballot).get(field.name, [])
    if field.type is FieldType.TEXT:
        row = _alike(row)
    if node.policy in (Policy.MEDIAN, Policy.TRIMMED_MEAN) and field.type in (FieldType.NUMBER, FieldType.MONEY):
        return _number(node.policy, field, row, quorum)
    votes = weighed(row, node.policy, node.weights)
    tally = decide(votes, counted_by(node.policy), quorum)
    return _answered(field, row, tally, agreement([value for value, _ in votes]))


def _answered(field: AnswerField, row: Sequence[CriterionVote], tally: Tally, agreed: float) -> FieldAnswer:
    decided = tally.status is VerdictStatus.DECIDED
    winners = [vote.checked for vote in row if vote.is_valid and vote.checked and vote.value == tally.value]
    value = winners[0].judgement.text if decided and winners else ""
    return FieldAnswer(
        field.name,
        field.type,
        NOT_STATED if decided and tally.value == NOT_STATED else value,
        tally.status,
        tally.support,
        agreed,
        _unique([citation for each in winners for citation in each.citations]) if decided else (),
        tuple(map(shown_vote, row)),
    )


def _alike(row: Sequence[CriterionVote]) -> list[CriterionVote]:
    """Votes whose texts say the same get the value of the first of them; a text that is not stated stays what it is."""
    stated = [vote for vote in row if vote.checked and vote.value != NOT_STATED]
    first = {}
    for members in grouped([vote.checked.judgement.text for vote in stated if vote.checked]):
        for member in members:
            first[stated[member].rater, stated[member].index] = stated[members[0]].value
    return [_valued(vote, first.get((vote.rater, vote.index), vote.value)) for vote in row]


def _valued(vote: CriterionVote, value: str) -> CriterionVote:
    return CriterionVote(vote.rater, vote.index, value, vote.checked, vote.answered_by)


def _number(policy: Policy, field: AnswerField, row: Sequence[CriterionVote], quorum: int) -> FieldAnswer:
    """The middle of the numbers; of amounts of money, in the currency that most votes name, and of no others."""
    votes = [vote for vote in row if vote.is_valid and vote.checked and vote.value != NOT_STATED]
    values = [vote.value for vote in row if vote.is_valid]
    units = [vote.value.partition(" ")[2] for vote in votes]
    unit = decide([(each, 1.0) for each in units], Policy.MAJORITY, 1)
    numbers = [
        float(vote.value.partition(" ")[0]) for vote, each in zip(votes, units, strict=True) if each == unit.value
    ]
    tally = NOTHING
    if len(numbers) >= quorum and len(numbers) * 2 > len(values) and unit.status is VerdictStatus.DECIDED:
        value = median(numbers) if policy is Policy.MEDIAN else trimmed_mean(numbers)
        near = sum(number == value for number in numbers) / len(values)
        tally = Tally(f"{value:.10g} {unit.value}".strip(), VerdictStatus.DECIDED, near)
    elif values.count(NOT_STATED) * 2 > len(values) and len(values) >= quorum:
        tally = Tally(NOT_STATED, VerdictStatus.DECIDED, values.count(NOT_STATED) / len(values))
    found = _answered(field, row, tally, agreement(values))
    shown = tally.value if tally.status is VerdictStatus.DECIDED else ""
    return FieldAnswer(
        found.name, found.type, shown, found.status, found.support, found.agreement, found.citations, found.votes
    )


def _list(node: HandlerNode, field: AnswerField, ballot: Ballot, quorum: int) -> FieldAnswer:
    """The entries of all votes, each thing once; under another policy than *union* only those that a majority has."""
    votes = sorted(ballot.votes, key=lambda vote: (vote.index, vote.rater))
    said = [
        (number, each.judgement.text, each.citations)
        for number, vote in enumerate(votes)
        for each in vote.judgements
        if each.judgement.criterion.partition(ENTRY)[0] == field.name and each.counted and each.judgement.text
    ]
    groups = _by_words(said) if node.policy is Policy.OVERLAP else grouped([text for _, text, _ in said])
    entries = [_entry([said[member] for member in group]) for group in groups]
    least = 1 if node.policy in (Policy.UNION, *PROSE) else max(len(votes) // 2 + 1, min(quorum, len(votes)))
    kept = sorted((each for each in entries if each.votes >= least), key=lambda each: -each.votes)
    kept = _in_clusters(kept) if node.policy is Policy.UNION else kept
    status = VerdictStatus.DECIDED if len(votes) >= quorum else VerdictStatus.NO_QUORUM
    return FieldAnswer(
        field.name,
        field.type,
        "; ".join(each.text for each in kept) if status is VerdictStatus.DECIDED else "",
        status,
        sum(each.votes for each in kept) / (len(kept) * len(votes)) if kept else 1.0,
        _shared(entries, len(votes)),
        votes=tuple(
            RaterVote(vote.rater, vote.index, "; ".join(_texts(vote, field.name)), "", None, counted=True)
            for vote in sorted(votes, key=lambda vote: (vote.rater, vote.index))
        ),
        entries=tuple(kept),
        diversity=diversity([each.text for each in kept]) if kept else None,
    )


def _in_clusters(entries: Sequence[Entry]) -> list[Entry]:
    """Entries about the same subject side by side; the subject with most votes first, and within it the same."""
    clusters = clustered([each.text for each in entries])
    ranked = sorted(clusters, key=lambda each: -sum(entries[index].votes for index in each[1]))
    return [replace(entries[index], cluster=name) for name, members in ranked for index in members]


def _texts(vote: Vote, name: str) -> list[str]:
    criteria = [each.judgement for each in vote.judgements]
    return [each.text for each in criteria if each.criterion.partition(ENTRY)[0] == name and each.text]


def _by_words(said: Sequence[tuple[int, str, tuple[Citation, ...]]]) -> list[list[int]]:
    """Entries whose quotes overlap are one, and so are those that are linked through others."""
    groups: list[list[int]] = []
    for index, (_, _, citations) in enumerate(said):
        linked = [each for each in groups if any(share_words(said[member][2], citations) for member in each)]
        joined = sorted(member for each in linked for member in each)
        groups = [each for each in groups if each not in linked] + [[*joined, index]]
    return sorted(groups)


def _entry(said: Sequence[tuple[int, str, tuple[Citation, ...]]]) -> Entry:
    texts = list(dict.fromkeys(text for _, text, _ in said))
    citations = _unique([citation for _, _, found in said for citation in found])
    return Entry(texts[0], len({number for number, _, _ in said}), citations, tuple(texts[1:]))


def _shared(entries: Sequence[Entry], votes: int) -> float:
    """The mean pairwise agreement on the entries: of two votes, how much of what one has the other has too."""
    if votes < 2 or not entries:  # noqa: PLR2004 - there are no pairs
        return 1.0
    both = sum(each.votes * (each.votes - 1) for each in entries)
    either = sum(each.votes * (votes - 1) for each in entries)
    return both / either


def _unique(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """Each place once; the exact ones first in the order they came."""
    by_place: dict[object, Citation] = {}
    for each in citations:
        by_place.setdefault(each.anchor.span if each.anchor else each.quote, each)
    return tuple(sorted(by_place.values(), key=lambda each: not each.is_evidence))
