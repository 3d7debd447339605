import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.answer import AnswerState, FieldAnswer
from reviewer.domain.answer_field import NOT_STATED, AnswerField, FieldType
from reviewer.domain.policy import Policy
from reviewer.domain.task import Context, Task
from reviewer.domain.values import comparable
from reviewer.domain.vote import Ballot, CheckedJudgement, Judgement, StepFailure, VerdictStatus, Vote
from reviewer.domain.workflow import HandlerNode
from reviewer.engine.answers import answer, unanswered
from tests.unit.engine.test_stopping import cited
from tests.unit.engine.test_voting import ITEM

TASK = Task("h", ITEM, Context(), 3, 1)


def field_of(field: AnswerField, *values: object, policy: Policy = Policy.FIELDS, quorum: int = 1) -> FieldAnswer:
    """The field's answer where each vote says one of these values."""
    votes = tuple(
        Vote("m", index, (CheckedJudgement(Judgement("f", comparable(field, value), str(value)), (cited(0, 5),)),))
        for index, value in enumerate(values)
    )
    node = HandlerNode("h", "extract", policy=policy, fields=(field,))
    ballot = Ballot(Task("h", ITEM, Context(), len(votes), quorum), votes)
    return answer(node, ballot, "h", None).fields[0]


def listed(*votes: list[tuple[str, int]], policy: Policy = Policy.UNION, quorum: int = 1) -> FieldAnswer:
    """The answer to a list where each vote names entries, each with the offset of the words it rests on."""
    cast = tuple(
        Vote(
            "m",
            index,
            tuple(
                CheckedJudgement(Judgement(f"f:{number}", text, text), (cited(start, start + 10),))
                for number, (text, start) in enumerate(entries, 1)
            ),
        )
        for index, entries in enumerate(votes)
    )
    node = HandlerNode("h", "extract", policy=policy, fields=(AnswerField("f", FieldType.LIST, is_quoted=True),))
    ballot = Ballot(Task("h", ITEM, Context(), len(cast), quorum), cast)
    return answer(node, ballot, "h", None).fields[0]


@pytest.mark.parametrize(
    ("kind", "values", "value", "support"),
    [
        (FieldType.DATE, ("12 March 2024", "2024-03-12", "2024"), "12 March 2024", 2 / 3),
        (FieldType.MONEY, ("USD 1,200", "$1200.00", "EUR 1200"), "USD 1,200", 2 / 3),
        (FieldType.TEXT, ("Acme, Inc.", "ACME Inc", "Other Ltd"), "Acme, Inc.", 2 / 3),
        (FieldType.TEXT, ("The seller pays the costs", "Costs are paid by the seller", "No"), None, 2 / 3),
        (FieldType.NUMBER, (30, 30.0, 60), "30", 2 / 3),
        (FieldType.BOOL, (True, True, False), "True", 2 / 3),
    ],
)
def test_field_is_what_most_votes_mean(
    kind: FieldType, values: tuple[object, ...], value: str | None, support: float
) -> None:
    found = field_of(AnswerField("f", kind), *values)
    assert found.status is VerdictStatus.DECIDED
    assert found.value == (value or values[0])
    assert found.support == pytest.approx(support)
    assert len(found.votes) == 3
    assert len(found.citations) == 1


def test_field_that_most_do_not_find_is_not_stated() -> None:
    found = field_of(AnswerField("f", FieldType.DATE), None, None, "2024")
    assert (found.value, found.is_stated, found.status) == (NOT_STATED, False, VerdictStatus.DECIDED)
    prose = field_of(AnswerField("f"), None, None, "Some words")
    assert not prose.is_stated


def test_field_is_open_where_votes_are_tied_or_too_few() -> None:
    tied = field_of(AnswerField("f", FieldType.NUMBER), 1, 2)
    assert (tied.value, tied.status, tied.citations) == ("", VerdictStatus.TIED, ())
    assert [vote.rationale for vote in tied.votes] == ["1", "2"]
    few = field_of(AnswerField("f", FieldType.NUMBER), 1, quorum=2)
    assert (few.value, few.status) == ("", VerdictStatus.NO_QUORUM)
    lone = field_of(AnswerField("f", FieldType.NUMBER), 1, 2, 2, policy=Policy.UNANIMOUS)
    assert lone.status is VerdictStatus.NO_QUORUM


def test_median_takes_the_middle_number_and_trimmed_mean_leaves_out_the_ends() -> None:
    days = AnswerField("f", FieldType.NUMBER)
    assert field_of(days, 10, 90, 30, policy=Policy.MEDIAN).value == "30"
    assert field_of(days, 10, 90, 30, 32, 34, policy=Policy.TRIMMED_MEAN).value == "32"
    fee = AnswerField("f", FieldType.MONEY)
    found = field_of(fee, "USD 10", "USD 30", "$ 20", "EUR 999", policy=Policy.MEDIAN)
    assert (found.value, found.support) == ("20 USD", 0.25)


def test_median_is_open_where_votes_name_no_number_or_different_currencies() -> None:
    fee = AnswerField("f", FieldType.MONEY)
    assert field_of(fee, "USD 10", "EUR 10", policy=Policy.MEDIAN).status is VerdictStatus.NO_QUORUM
    missing = field_of(AnswerField("f", FieldType.NUMBER), None, None, 3, policy=Policy.MEDIAN)
    assert (missing.value, missing.support) == (NOT_STATED, 2 / 3)
    assert field_of(AnswerField("f", FieldType.NUMBER), 3, policy=Policy.MEDIAN, quorum=2).value == ""


def test_union_keeps_every_entry_once_with_its_other_wordings() -> None:
    found = listed(
        [("Offer early renewal discounts", 0), ("Open an office in Lisbon", 50)],
        [("Discounts for early renewal", 0)],
        [("Hire a second lawyer", 90), ("Offer early renewal discounts", 0)],
    )
    assert [(each.text, each.votes, each.others) for each in found.entries] == [
        ("Offer early renewal discounts", 3, ("Discounts for early renewal",)),
        ("Open an office in Lisbon", 1, ()),
        ("Hire a second lawyer", 1, ()),
    ]
    assert found.diversity == 1.0
    assert found.support == pytest.approx(5 / 9)
    assert found.agreement == pytest.approx(6 / 10)
    assert found.value.startswith("Offer early renewal discounts; Open")


def test_majority_keeps_the_entries_of_most_votes() -> None:
    found = listed(
        [("red apple", 0), ("blue car", 20)], [("red apples", 0)], [("green tree", 90)], policy=Policy.FIELDS
    )
    assert [each.text for each in found.entries] == ["red apple"]


def test_overlap_groups_entries_by_the_words_they_rest_on() -> None:
    found = listed(
        [("pays on time", 0), ("other", 100)],
        [("payment in 30 days", 8)],
        [("within thirty days", 16)],
        policy=Policy.OVERLAP,
    )
    assert [(each.text, each.votes) for each in found.entries] == [("pays on time", 3)]


def test_list_without_entries_or_quorum_is_empty() -> None:
    none = listed([], [])
    assert (none.entries, none.value, none.diversity, none.support, none.agreement) == ((), "", None, 1.0, 1.0)
    assert listed([("a", 0)], quorum=2).status is VerdictStatus.NO_QUORUM
    assert listed([("a", 0)]).agreement == 1.0


def test_prose_is_one_votes_words() -> None:
    node = HandlerNode("h", "generate", policy=Policy.BEST_QUOTED, fields=(AnswerField("f"),))
    votes = tuple(Vote(name, 0, (CheckedJudgement(Judgement("f", name, name), ()),)) for name in ("one", "two"))
    found = answer(node, Ballot(TASK, votes), "out/h", votes[1], "It is better.")
    assert (found.by, found.why, found.handler, found.fields[0].value) == ("two", "It is better.", "out/h", "two")


def test_abstentions_are_shown_beside_a_field() -> None:
    votes = (Vote("m", 0, (CheckedJudgement(Judgement("f", "a", "a"), ()),)),)
    ballot = Ballot(TASK, votes, (StepFailure("m", 1, "refused", "It declined."),))
    node = HandlerNode("h", "classify", fields=(AnswerField("f", FieldType.CHOICE, choices=("a", "b")),))
    (field,) = answer(node, ballot, "h", None).fields
    assert [vote.abstained for vote in field.votes] == [False, True]


def test_field_nobody_speaks_about_is_open() -> None:
    node = HandlerNode("h", "classify", fields=(AnswerField("f", FieldType.CHOICE, choices=("a", "b")),))
    (field,) = answer(node, Ballot(TASK, (Vote("m", 0, ()),)), "h", None).fields
    assert field.status is VerdictStatus.NO_QUORUM


def test_answer_without_a_model_says_what_to_do() -> None:
    found = unanswered(HandlerNode("h", "extract"), TASK, "h")
    assert (found.state, found.fields) == (AnswerState.NEEDS_MODEL, ())
    assert "Choose one" in found.message


@given(st.permutations([("red apple", 0), ("red apples", 3), ("blue car", 40), ("big tree", 45)]))
def test_overlap_is_independent_of_the_order_of_entries(entries: list[tuple[str, int]]) -> None:
    found = listed(entries, policy=Policy.OVERLAP)
    assert sorted(tuple(sorted((each.text, *each.others))) for each in found.entries) == [
        ("big tree", "blue car"),
        ("red apple", "red apples"),
    ]
