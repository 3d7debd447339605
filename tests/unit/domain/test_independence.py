from dataclasses import replace
from random import Random

import pytest

from reviewer.domain.answer import Answer, FieldAnswer
from reviewer.domain.answer_field import FieldType
from reviewer.domain.finding import RaterVote
from reviewer.domain.independence import Independence, independence_of, questions_of
from reviewer.domain.report import Report
from tests.fakes.reports import make_report


def test_agreement_is_told_within_and_between_models() -> None:
    found = independence_of([[("a", "x"), ("a", "x"), ("b", "y")], [("a", "x"), ("b", "x")]])
    assert found == Independence(("a", "b"), 3, 1.0, 1 / 3)
    assert found.correlation == 1.0
    assert found.effective == 2.0


def test_one_model_alone_cannot_tell_how_independent_it_is() -> None:
    found = independence_of([[("a", "x"), ("a", "y"), ("a", "x")]])
    assert found is not None
    assert (found.within, found.between, found.correlation, found.effective) == (1 / 3, None, None, None)


def test_models_asked_once_count_each() -> None:
    found = independence_of([[("a", "x"), ("b", "y"), ("c", "x")]])
    assert found is not None
    assert found.within is None
    assert found.effective is None


def test_models_that_always_agree_hide_nothing() -> None:
    assert Independence(("a", "b"), 4, 1.0, 1.0).effective == 4.0
    assert Independence(("a", "b"), 4, 0.5, 0.7).correlation == 0.0


def test_questions_without_two_votes_tell_nothing() -> None:
    assert independence_of([]) is None
    assert independence_of([[("a", "x")]]) is None


@pytest.mark.parametrize("copies", [0.0, 0.5, 0.9])
def test_effective_number_finds_how_often_a_model_repeats_itself(copies: float) -> None:
    """Two models, three votes each; each vote repeats the model's first with this probability."""
    random = Random(7)

    def votes() -> list[tuple[str, str]]:
        cast = []
        for rater in "ab":
            first = random.choice("wxyz")
            cast.append((rater, first))
            cast += [(rater, first if random.random() < copies else random.choice("wxyz")) for _ in range(2)]
        return cast

    found = independence_of(votes() for _ in range(4000))
    assert found is not None
    within = (2 * copies + copies**2) / 3  # two pairs hold the first vote, one needs two copies
    expected = 6 / (1 + 2 * within)
    assert found.effective == pytest.approx(expected, rel=0.05)


def test_questions_are_findings_and_fields_that_were_voted_on() -> None:
    votes = (RaterVote("m", 0, "a", "", None, counted=True), RaterVote("m", 1, "b", "", None, counted=False))
    fields = (FieldAnswer("f", FieldType.DATE, "a", votes=votes), FieldAnswer("l", FieldType.LIST, "", votes=votes))
    (document,) = make_report().documents.values()
    plain = questions_of(Report(documents={document.document.id: document}))
    answered = replace(document, answers=(Answer(None, "h", "extract", fields),))
    both = questions_of(Report(documents={document.document.id: answered}))
    assert both[-1] == [("m", "a")]
    assert len(both) == len(plain) + 1
