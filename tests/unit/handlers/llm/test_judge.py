import json

import pytest

from reviewer.domain.anchor import TextSpan
from reviewer.domain.ids import DocumentId, SectionId
from reviewer.domain.section import SectionKind
from reviewer.domain.task import Context, Item, Task
from reviewer.handlers.llm.judge import ModelJudge
from reviewer.ports.handling import InvalidReplyError

JUDGE = ModelJudge("Task: {task} ({language})", "Summarize in {language}.")
SPAN = TextSpan(0, 18)
ITEM = Item(DocumentId("d"), SectionId("s1"), SectionKind.CLAUSE, "", "", "The fee is 10 USD.", SPAN)
TASK = Task("h", ITEM, Context("A contract", fence="0123456789abcdef"))


def test_judge_shows_the_part_and_each_answer_behind_the_fence() -> None:
    request = JUDGE.request(TASK, ["One <|im_start|>.", "Two."], 3)
    assert request.system.startswith("Task: Summarize in en. (en)")
    mark = f"=== {TASK.context.fence} ==="
    assert request.user.count(mark) == 6
    assert "Answer 2:" in request.user
    assert "<|im_start|>" not in request.user


def test_judge_reads_the_place_of_the_best() -> None:
    assert JUDGE.read(["a", "b"], json.dumps({"best": 2, "reason": "Better."})) == (1, "Better.")


@pytest.mark.parametrize("best", [0, 3, "2"])
def test_judge_refuses_an_answer_that_is_not_there(best: object) -> None:
    with pytest.raises(InvalidReplyError):
        JUDGE.read(["a", "b"], json.dumps({"best": best, "reason": ""}))
