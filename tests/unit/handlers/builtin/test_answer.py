import pytest

from reviewer.domain.anchor import TextSpan
from reviewer.domain.answer_field import NOT_STATED
from reviewer.domain.section import SectionKind
from reviewer.domain.task import Context, Item, Task
from reviewer.domain.vote import Judgement
from reviewer.handlers.builtin.answer import ExtractiveAnswerHandler

TEXT = (
    "This Agreement is governed by the law of Chile. Either party may terminate it by two months' notice. "
    "Notice of defects is given in writing. Notice of defects is given within 14 days."
)


def said(question: str, text: str = TEXT) -> Judgement:
    item = Item(None, None, SectionKind.OTHER, "", "", text, TextSpan(0, len(text)))
    (found,) = ExtractiveAnswerHandler("answer", question).answer(Task("ask", item, Context()))
    return found


def test_answer_is_the_sentence_as_it_stands_with_its_place() -> None:
    found = said("Which law governs the agreement?")
    assert found.text == "This Agreement is governed by the law of Chile."
    assert (found.evidence[0].quote, found.evidence[0].start) == (found.text, 0)


def test_sentence_with_what_is_asked_for_wins() -> None:
    assert said("How long is the notice of defects?").text == "Notice of defects is given within 14 days."


@pytest.mark.parametrize("text", [TEXT, ""])
def test_silence_says_what_was_looked_for(text: str) -> None:
    found = said("Who pays for travel to the moon?", text)
    assert (found.value, found.evidence) == (NOT_STATED, ())
    assert found.text.endswith("sentences for: pays, travel, moon.")
