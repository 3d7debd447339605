"""When a vote is over before all were asked: what is in has decided, whatever the rest would say."""

from collections.abc import Sequence

from reviewer.domain.answer_field import NOT_STATED, FieldType
from reviewer.domain.citation import Citation
from reviewer.domain.policy import CLOSED, Adaptive, Policy
from reviewer.domain.tally import is_median_settled, is_settled, weight_of
from reviewer.domain.vote import Ballot, CheckedJudgement, CriterionVote, Vote
from reviewer.domain.workflow import HandlerNode
from reviewer.engine.voting import SILENT, UNWEIGHED, rows, weighed

FAST_VOTES = 2
"""So many equal votes end a *fast* vote."""


def is_over(node: HandlerNode, mode: Adaptive, ballot: Ballot, left: Sequence[str]) -> bool:
    """Whether nothing more is asked. Depends on what was said alone, never on when it came.

    Args:
        node: whose votes they are.
        mode: how adaptive the vote is.
        ballot: the votes so far, in the order they were planned in; its quorum is that of the whole vote.
        left: the raters of the votes that are left.
    """
    if not left:
        return True
    if mode is Adaptive.OFF:
        return False
    if mode is Adaptive.FAST and _agree_at_once(ballot):
        return True
    return _cannot_change(node, ballot, left)


def _agree_at_once(ballot: Ballot) -> bool:
    """The first two votes that came about say the same about everything, and what they quote overlaps."""
    if len(ballot.votes) < FAST_VOTES or ballot.task.quorum > FAST_VOTES:
        return False
    return _say_the_same(ballot.votes[0], ballot.votes[1])


def _say_the_same(one: Vote, other: Vote) -> bool:
    said, said_too = _by_criterion(one), _by_criterion(other)
    return said.keys() == said_too.keys() and all(_equal(said[each], said_too[each]) for each in said)


def _by_criterion(vote: Vote) -> dict[str, CheckedJudgement]:
    return {each.judgement.criterion: each for each in reversed(vote.judgements)}


def _equal(one: CheckedJudgement, other: CheckedJudgement) -> bool:
    if one.judgement.value != other.judgement.value or not (one.counted and other.counted):
        return False
    return share_words(one.citations, other.citations)


def share_words(some: Sequence[Citation], others: Sequence[Citation]) -> bool:
    """Whether two judgements rest on the same words of the document; also where neither quotes any."""
    if not some and not others:
        return True
    spans = [each.anchor.span for each in others if each.is_evidence and each.anchor]
    mine = [each.anchor.span for each in some if each.is_evidence and each.anchor]
    return any(one.overlaps(other) for one in mine for other in spans)


def _cannot_change(node: HandlerNode, ballot: Ballot, left: Sequence[str]) -> bool:
    """No vote that is left can change what wins on any criterion, also on one that nobody has spoken about yet."""
    types = {field.name: field.type for field in node.fields}
    if not _UNSTOPPABLE.isdisjoint(types.values()):
        return False
    table = rows(ballot)
    silent = [CriterionVote(each.rater, each.index, SILENT, None) for each in ballot.votes]
    # Without fields of its own, a later vote may bring up what all are silent about so far.
    criteria = types.keys() or [*table, ""]
    return all(
        _is_row_settled(node, table.get(criterion, silent), types.get(criterion), left, ballot.task.quorum)
        for criterion in criteria
    )


_UNSTOPPABLE = {FieldType.TEXT, FieldType.LIST}
"""Their values are grouped by what they say: every vote may change the groups."""


def _is_row_settled(
    node: HandlerNode, row: list[CriterionVote], kind: FieldType | None, left: Sequence[str], quorum: int
) -> bool:
    votes = weighed(row, node.policy, node.weights)
    if node.policy is Policy.MEDIAN and kind in (FieldType.NUMBER, FieldType.MONEY):
        numbers = [] if kind is FieldType.MONEY else [float(value) for value, _ in votes if value != NOT_STATED]
        return len(numbers) == len(votes) >= quorum and is_median_settled(numbers, len(left))
    weights = node.weights if node.policy is Policy.WEIGHTED else UNWEIGHED
    return is_settled(votes, [weight_of(rater, weights) for rater in left], counted_by(node.policy), quorum)


def counted_by(policy: Policy) -> Policy:
    """The policy by which closed values are counted where the handler's own is for another kind of field."""
    return policy if policy in CLOSED else Policy.MAJORITY
