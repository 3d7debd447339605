"""Voting: many answers to the same task become one verdict per criterion, dissent kept."""

from collections.abc import Mapping

from reviewer.domain.policy import Policy
from reviewer.domain.tally import WeighedVote, agreement, decide, weight_of
from reviewer.domain.vote import NOT_GIVEN, Ballot, CriterionVote, Verdict, VoteState

SILENT = VoteState.NOT_ADDRESSED.value
"""The value of a vote that does not speak about a criterion that another vote speaks about."""
UNWEIGHED: Mapping[str, float] = {}


def count(
    ballot: Ballot, policy: Policy = Policy.MAJORITY, weights: Mapping[str, float] = UNWEIGHED
) -> tuple[Verdict, ...]:
    """One verdict per criterion that any vote speaks about, in the order they first appear. Independent of arrival.

    A vote is valid for a criterion when it is silent about it or its judgement counts; failed votes, abstentions and
    compromised votes (which are shown) and judgements without evidence in the document are not valid. The policy makes
    a verdict of the valid ones (`reviewer.domain.tally.decide`). ``agreement`` = equal pairs / all pairs of valid
    votes.

    Args:
        ballot: all votes on a task, and its quorum.
        policy: one of the policies for closed values.
        weights: under *weighted*: how much a vote of a rater counts.
    """
    return tuple(
        _verdict(criterion, row, ballot.task.quorum, policy, weights) for criterion, row in rows(ballot).items()
    )


def rows(ballot: Ballot) -> dict[str, list[CriterionVote]]:
    """All votes on each criterion that any vote speaks about, in order of rater and index."""
    votes = sorted(ballot.votes, key=lambda vote: (vote.rater, vote.index))
    aside = [each for each in ballot.failures if each.code in NOT_GIVEN]
    table: dict[str, list[CriterionVote]] = {}
    for vote in votes:
        for checked in vote.judgements:
            table.setdefault(checked.judgement.criterion, [])
    for criterion, row in table.items():
        for vote in votes:
            said = next((each for each in vote.judgements if each.judgement.criterion == criterion), None)
            value = said.judgement.value if said else SILENT
            row.append(CriterionVote(vote.rater, vote.index, value, said, vote.answered_by))
        row.extend(CriterionVote(each.rater, each.index, NOT_GIVEN[each.code], None) for each in aside)
        row.sort(key=lambda vote: (vote.rater, vote.index))
    return table


def weighed(row: list[CriterionVote], policy: Policy, weights: Mapping[str, float]) -> list[WeighedVote]:
    """The valid votes of a row, as they are counted."""
    by_rater = weights if policy is Policy.WEIGHTED else UNWEIGHED
    return [(vote.value, weight_of(vote.rater, by_rater)) for vote in row if vote.is_valid]


def _verdict(
    criterion: str, row: list[CriterionVote], quorum: int, policy: Policy, weights: Mapping[str, float]
) -> Verdict:
    votes = weighed(row, policy, weights)
    tally = decide(votes, policy, quorum)
    return Verdict(
        criterion, tally.value, tally.status, tally.support, agreement([value for value, _ in votes]), tuple(row)
    )
