import pytest

from reviewer.domain.anchor import Anchor, TextQuote, TextSpan
from reviewer.domain.answer_field import NOT_STATED, AnswerField, FieldType
from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.policy import Adaptive, Policy
from reviewer.domain.task import Context, Task
from reviewer.domain.vote import Ballot, CheckedJudgement, Judgement, Vote
from reviewer.domain.workflow import HandlerNode
from reviewer.engine.stopping import counted_by, is_over, share_words
from tests.unit.engine.test_voting import ITEM

ASSESS = HandlerNode("h", "assess", 5, adaptive=Adaptive.FAST)


def cited(start: int, end: int, status: QuoteStatus = QuoteStatus.VERIFIED) -> Citation:
    return Citation("words", status, Anchor(TextSpan(start, end), TextQuote("words"), None))


def judged(value: str, *citations: Citation, criterion: str = "c", counted: bool = True) -> CheckedJudgement:
    return CheckedJudgement(Judgement(criterion, value), citations, counted)


def ballot(*votes: tuple[CheckedJudgement, ...], quorum: int = 1) -> Ballot:
    cast = tuple(Vote("m", index, vote) for index, vote in enumerate(votes))
    return Ballot(Task("h", ITEM, Context(), 5, quorum), cast)


def is_fast_over(*votes: tuple[CheckedJudgement, ...], quorum: int = 1) -> bool:
    return is_over(ASSESS, Adaptive.FAST, ballot(*votes, quorum=quorum), ["m"] * (5 - len(votes)))


def test_fast_is_over_when_two_say_the_same_of_the_same_words() -> None:
    assert is_fast_over((judged("bad", cited(0, 9)),), (judged("bad", cited(8, 20)),))
    assert is_fast_over((), ())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((judged("bad", cited(0, 9)),), (judged("good", cited(0, 9)),)),
        ((judged("bad", cited(0, 9)),), (judged("bad", cited(9, 20)),)),
        ((judged("bad", cited(0, 9)),), (judged("bad"),)),
        ((judged("bad", cited(0, 9)),), (judged("bad", cited(0, 9, QuoteStatus.NEAR)),)),
        ((judged("bad", cited(0, 9)),), (judged("bad", cited(0, 9), counted=False),)),
        ((judged("bad", cited(0, 9)),), ()),
        ((judged("bad", criterion="c"),), (judged("bad", criterion="d"),)),
    ],
)
def test_fast_goes_on_when_two_differ(one: tuple[CheckedJudgement, ...], other: tuple[CheckedJudgement, ...]) -> None:
    assert not is_fast_over(one, other)
    assert not is_fast_over(other, one)


def test_fast_goes_on_without_two_votes_or_a_quorum() -> None:
    assert not is_fast_over((judged("bad"),))
    assert not is_fast_over((judged("bad"),), (judged("bad"),), quorum=3)


def test_words_are_shared_where_spans_overlap_or_nobody_quotes() -> None:
    assert share_words((cited(0, 5), cited(10, 20)), (cited(19, 30),))
    assert share_words((), ())
    assert not share_words((Citation("x", QuoteStatus.UNVERIFIED),), (cited(0, 5),))


def test_nothing_is_over_but_where_nothing_is_left() -> None:
    same = ballot(*[(judged("bad"),)] * 4)
    assert not is_over(ASSESS, Adaptive.OFF, same, ["m"])
    assert is_over(ASSESS, Adaptive.OFF, same, [])
    assert not is_over(ASSESS, Adaptive.EXACT, ballot(), ["m"])


def test_exact_waits_for_what_a_later_vote_may_bring_up() -> None:
    two = ballot((judged("bad"),), (judged("bad"),))
    assert not is_over(ASSESS, Adaptive.EXACT, two, ["m", "m"])
    assert is_over(ASSESS, Adaptive.EXACT, two, ["m"])


def test_exact_counts_what_each_rater_weighs() -> None:
    weighed = HandlerNode("h", "assess", 3, policy=Policy.WEIGHTED, weights={"strong": 3.0})
    two = ballot((judged("bad"),), (judged("bad"),))
    assert is_over(weighed, Adaptive.EXACT, two, ["m"])
    assert not is_over(weighed, Adaptive.EXACT, two, ["strong"])


@pytest.mark.parametrize(
    ("kind", "policy", "values", "over"),
    [
        (FieldType.NUMBER, Policy.MEDIAN, "222", True),
        (FieldType.NUMBER, Policy.MEDIAN, "223", False),
        (FieldType.NUMBER, Policy.MEDIAN, "22-", False),
        (FieldType.MONEY, Policy.MEDIAN, "222", False),
        (FieldType.NUMBER, Policy.FIELDS, "222", True),
        (FieldType.TEXT, Policy.FIELDS, "222", False),
        (FieldType.LIST, Policy.MAJORITY, "222", False),
        (FieldType.DATE, Policy.MEDIAN, "222", True),
    ],
)
def test_exact_knows_what_fields_hold(kind: FieldType, policy: Policy, values: str, over: bool) -> None:
    handler = HandlerNode("h", "extract", 5, policy=policy, fields=(AnswerField("c", kind),))
    votes = [(judged(NOT_STATED if value == "-" else value),) for value in values]
    assert is_over(handler, Adaptive.EXACT, ballot(*votes), ["m", "m"]) is over


def test_closed_values_are_counted_by_majority_where_the_policy_is_for_others() -> None:
    assert counted_by(Policy.UNANIMOUS) is Policy.UNANIMOUS
    assert counted_by(Policy.FIELDS) is Policy.MAJORITY
