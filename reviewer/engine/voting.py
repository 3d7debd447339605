"""Voting: many answers to the same task become one verdict per criterion, dissent kept."""

from collections import Counter
from itertools import combinations

from reviewer.domain.vote import ABSTAINED, REFUSED, Ballot, CriterionVote, Verdict, VerdictStatus

SILENT = "not_addressed"
"""The value of a vote that does not speak about a criterion that another vote speaks about."""


def count(ballot: Ballot) -> tuple[Verdict, ...]:
    """One verdict per criterion that any vote speaks about, in the order they first appear. Independent of arrival.

    Majority of valid votes. A vote is valid for a criterion when it is silent about it or its judgement counts;
    failed votes, abstentions (which are shown) and judgements without evidence in the document are not valid.
    ``support`` = winner's votes / valid votes. ``agreement`` = equal pairs / all pairs of valid votes. Fewer valid
    votes than the task's quorum give *no_quorum*; two values with the most votes give *tied*.
    """
    votes = sorted(ballot.votes, key=lambda vote: (vote.rater, vote.index))
    abstained = [each for each in ballot.failures if each.code == REFUSED]
    table: dict[str, list[CriterionVote]] = {}
    for vote in votes:
        for checked in vote.judgements:
            table.setdefault(checked.judgement.criterion, [])
    for criterion, row in table.items():
        for vote in votes:
            said = next((each for each in vote.judgements if each.judgement.criterion == criterion), None)
            value = said.judgement.value if said else SILENT
            row.append(CriterionVote(vote.rater, vote.index, value, said, vote.answered_by))
        row.extend(CriterionVote(each.rater, each.index, ABSTAINED, None) for each in abstained)
        row.sort(key=lambda vote: (vote.rater, vote.index))
    return tuple(_verdict(criterion, row, ballot.task.quorum) for criterion, row in table.items())


def _verdict(criterion: str, votes: list[CriterionVote], quorum: int) -> Verdict:
    valid = [vote.value for vote in votes if vote.is_valid]
    if len(valid) < quorum or not valid:
        return Verdict(criterion, "", VerdictStatus.NO_QUORUM, 0.0, _agreement(valid), tuple(votes))
    tally = Counter(valid)
    most = max(tally.values())
    winners = sorted(value for value, votes_for in tally.items() if votes_for == most)
    status = VerdictStatus.TIED if len(winners) > 1 else VerdictStatus.DECIDED
    return Verdict(criterion, winners[0], status, most / len(valid), _agreement(valid), tuple(votes))


def _agreement(values: list[str]) -> float:
    pairs = list(combinations(values, 2))
    if not pairs:
        return 1.0
    return sum(left == right for left, right in pairs) / len(pairs)
