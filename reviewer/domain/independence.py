"""Independence of a run's votes: how many of them say something that the others do not say anyway."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from reviewer.domain.answer_field import FieldType
from reviewer.domain.finding import RaterVote
from reviewer.domain.report import Report

CastVote = tuple[str, str]
"""Who cast a vote, and what it says."""


@dataclass(frozen=True, slots=True)
class Independence:
    """How the votes of a run agree.

    Attributes:
        raters: the models that voted, in order of name.
        votes: the most votes on one question.
        within: of pairs of votes of one model on the same question, the share that agrees; None without such pairs.
        between: the same of pairs of different models.
    """

    raters: tuple[str, ...]
    votes: int
    within: float | None
    between: float | None

    @property
    def correlation(self) -> float | None:
        """How far votes of one model go together beyond those of different models, 0 to 1; None where nobody can tell.

        ``(within - between) / (1 - between)``: the share of the disagreement between models that is gone within one.
        An intraclass correlation (Kish, 1965): it takes different models for independent, and is a lower bound where
        they are not. With one model nothing tells its steadiness from its being right.
        """
        if self.within is None or self.between is None:
            return None
        if self.between == 1.0:
            return 0.0
        return min(1.0, max(0.0, (self.within - self.between) / (1.0 - self.between)))

    @property
    def effective(self) -> float | None:
        """As many independent votes as the most votes on a question are worth: Kish's design effect, model by model."""
        if self.correlation is None:
            return None
        each = self.votes / len(self.raters)
        return len(self.raters) * each / (1 + (each - 1) * self.correlation)


def independence_of(questions: Iterable[Sequence[CastVote]]) -> Independence | None:
    """How votes agree, question by question; None where no question has two."""
    same, other = Counter[bool](), Counter[bool]()
    raters: set[str] = set()
    most = 0
    for votes in questions:
        most = max(most, len(votes))
        raters.update(rater for rater, _ in votes)
        for (one, said), (two, says) in combinations(votes, 2):
            (same if one == two else other)[said == says] += 1
    if most < 2:  # noqa: PLR2004 - there are no pairs
        return None
    return Independence(tuple(sorted(raters)), most, _share(same), _share(other))


def questions_of(report: Report) -> list[list[CastVote]]:
    """The valid votes on each finding and each counted field of a report that several votes were cast on."""
    rows: list[Sequence[RaterVote]] = []
    for document in report.documents.values():
        rows += [finding.votes for finding in document.findings if finding.support is not None]
        fields = (field for answer in document.answers for field in answer.fields)
        rows += [field.votes for field in fields if field.type is not FieldType.LIST]
    return [[(vote.rater, vote.outcome) for vote in row if vote.counted] for row in rows if len(row) > 1]


def _share(pairs: Counter[bool]) -> float | None:
    return pairs[True] / pairs.total() if pairs else None
