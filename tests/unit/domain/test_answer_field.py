from reviewer.domain.answer import FieldAnswer
from reviewer.domain.answer_field import NOT_STATED, QUOTE_CHARS, AnswerField, FieldType


def test_most_chars_counts_entries_and_quotes() -> None:
    assert AnswerField("x", max_chars=100).most_chars == 100
    assert AnswerField("x", max_chars=100, is_quoted=True).most_chars == 100 + QUOTE_CHARS
    assert AnswerField("x", FieldType.LIST, max_chars=100, max_items=3).most_chars == 300


def test_field_that_is_not_stated_says_so() -> None:
    assert not FieldAnswer("x", FieldType.TEXT, NOT_STATED).is_stated
    assert FieldAnswer("x", FieldType.TEXT, "a").is_stated
