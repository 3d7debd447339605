from dataclasses import replace

import pytest

from reviewer.domain.run_picture import Answerer, Answering, RunPicture, Way
from reviewer.domain.workflow import Aggregation, SplitUnit
from reviewer.ui.viewmodels.run_picture import picture_stages, picture_title

PICTURE = RunPicture("Review", 2, 9, SplitUnit.SECTION, (Way("main", 9),), (), Aggregation.POSITIONS)


def stage(number: int, **changed: object) -> tuple[str, ...]:
    return picture_stages(replace(PICTURE, **changed))[number][1]  # type: ignore[arg-type]  # fields of it


def test_stages_say_what_is_cut_sent_and_brought_together() -> None:
    assert picture_title(PICTURE) == "Review: 2 documents"
    assert [name for name, _ in picture_stages(PICTURE)] == ["Cut", "Send", "Answer", "Bring together"]
    assert stage(0) == ("9 parts (sections)",)
    assert stage(1) == ("Main: 9",)
    assert stage(1, ways=()) == ("nothing",)
    assert stage(2) == ("nobody",)
    assert stage(3) == ("findings, and what is missing",)
    assert stage(3, together=Answerer.CHECKS)[0].endswith("; then the documents together, by the built-in checks")


@pytest.mark.parametrize(
    ("answering", "said"),
    [
        (Answering("ask", 1, Answerer.CHECKS), "Ask: 1 part, by the built-in checks"),
        (Answering("ask", 2, Answerer.MODEL, 3), "Ask: 2 parts, by a model, at most 3 votes each"),
        (Answering("a-b", 2, Answerer.MODEL, 1, 4), "A b: 2 parts, by a model, at most 1 vote each, 4 questions each"),
        (Answering("x", 1, Answerer.WORKFLOW, workflow="Inner"), "X: 1 part, by the workflow Inner"),
        (
            Answering("o", 1, Answerer.MODEL, 1, 0, "", 7, "section"),
            "O: 1 part, by a model, at most 1 vote each, then up to 7 parts of Section",
        ),
    ],
)
def test_who_answers_is_told_with_votes_and_questions(answering: Answering, said: str) -> None:
    assert stage(2, answering=(answering,)) == (said,)


@pytest.mark.parametrize("unit", SplitUnit)
@pytest.mark.parametrize("result", Aggregation)
def test_every_way_of_cutting_and_of_bringing_together_has_words(unit: SplitUnit, result: Aggregation) -> None:
    assert stage(0, unit=unit)[0]
    assert stage(3, result=result)[0]
