import pytest

from reviewer.domain.anchor import TextSpan
from reviewer.domain.normal import NormalText
from reviewer.domain.occurrences import MAX_TRIES, occurrences, stands_alone, whole_words


def found(text: str, words: str) -> list[str]:
    reading = NormalText(text)
    whole = TextSpan(0, len(reading.text))
    return [reading.source(span).of(text) for span in occurrences(reading, words, whole)]


def test_occurrences_are_in_order_whatever_the_case_of_their_first_letter() -> None:
    assert found("The fee. the fee. The fee. THE fee", "the fee") == ["The fee", "the fee", "The fee"]


def test_occurrences_may_overlap() -> None:
    assert len(found("a b a b a", "a b a")) == 2


def test_occurrences_read_a_hyphen_at_the_end_of_a_line_either_way() -> None:
    text = "a long-\nterm plan, a longterm plan, a long-term plan"
    assert found(text, "longterm plan") == ["long-\nterm plan", "longterm plan"]
    assert found(text, "long-term plan") == ["long-\nterm plan", "long-term plan"]


@pytest.mark.parametrize("text", ["ab" * (MAX_TRIES + 5), "x-\ny " + "ab" * (MAX_TRIES + 5)])
def test_occurrences_give_up_in_a_text_that_repeats_itself(text: str) -> None:
    assert found(text + " ab", "ab") == []


@pytest.mark.parametrize(
    ("text", "words", "alone"),
    [
        ("shall not assign it", "assign it", False),
        ("No assignment is valid", "assignment is valid", False),
        ("haftet nicht für Schäden", "haftet", False),
        ("hat keinen Anspruch", "Anspruch", False),
        ("a piano lesson", "lesson", True),
        ("is not. It pays", "It pays", True),
        ("well-known marks", "marks", True),
        ("well-known marks", "known marks", False),
        ("version 2.1", "version 2", False),
        ("item 2, then", "item 2", True),
        ("wait--then go", "then go", True),
        ("il ne répond pas du retard", "répond", False),
        ("il n'est lié", "est lié", False),
        ("elle n'est pas soumise", "soumise", False),
        ("nunca responde", "responde", False),
        ("p < 0.05 for", "0.05 for", False),
        ("a change of -0.5 points", "0.5 points", False),
        ("10-20", "20", False),
        ("pay $5 million", "5 million", False),
        ("- 5 items", "5 items", True),
    ],
)
def test_words_stand_alone_when_nothing_beside_them_belongs_to_them(text: str, words: str, alone: bool) -> None:
    reading = NormalText(text)
    start = reading.text.index(words)
    assert stands_alone(reading, TextSpan(start, start + len(words))) is alone


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        ("They disparaged us", "disparag", "disparaged"),
        ("a (non-exclusive) right", "exclusive", "non-exclusive"),
        ("a fee of $1,000.50, net", "1,000", "$1,000.50"),
        ("It shall not\nindemnify us", "indemnify", "not\nindemnify"),
        ("Er haftet nicht für", "haftet", "haftet nicht"),
        ("the Client's part.", "Client", "Client's"),
        ("乙方应当付款", "应当", "应当"),
        ("all", "all", "all"),
    ],
)
def test_whole_words_can_stand_alone(text: str, words: str, whole: str) -> None:
    start = text.index(words)
    span = whole_words(text, TextSpan(start, start + len(words)))
    assert span.of(text) == whole
    reading = NormalText(text)
    assert stands_alone(reading, reading.normal(span))
