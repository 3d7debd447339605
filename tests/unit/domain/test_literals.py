import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.literals import all_needed, folded, needed
from reviewer.domain.playbook import search, text_pattern


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("liab(?:le|ility)", {"liab"}),
        ("(?:shall|will) not assign", {"assign"}),
        ("(?:indemnify|hold harmless)", {"indemnify", "harmless"}),
        ("(?:no )+warranty", {"warranty"}),
        ("(?>limited)", {"limited"}),
        ("(?:up|to) {number}", None),
        ("(?:|liability)", None),
        ("[a-z]{4}", None),
        ("(?:word)?", None),
    ],
)
def test_words_without_which_nothing_matches(expression: str, words: set[str] | None) -> None:
    assert needed(
        text_pattern(expression).pattern if "{number}" in expression else expression.replace(" ", r"\s+")
    ) == (None if words is None else frozenset(words))


def test_all_that_is_needed_may_be_shorter() -> None:
    assert all_needed("ai (?:x|tool)s and (?:as|like) (?:|y)") == (
        frozenset(("ai ",)),
        frozenset(("s and ",)),
        frozenset(("as", "like")),
    )
    assert all_needed("[a-z]") == ()


@pytest.mark.parametrize("plain", "iskвдостъѣж")
def test_every_letter_that_an_expression_takes_for_another_folds_to_it(plain: str) -> None:
    cased = "".join(each for each in map(chr, range(0x20000)) if each.lower() != each.upper())
    assert all(plain in folded(each) for each in re.findall(plain, cased, re.IGNORECASE))


EXPRESSIONS = (
    "liab(?:le|ility)",
    "(?:shall|may) (?:not )?assign",
    "thi(?:rty|s) ... days?",
    "(?:license|licence)s?",
    "{number} days",
)


@given(st.text("liabelty shmgnodrcLIABSK\u017f\u0131\u0130\u212a.30 ", max_size=60), st.sampled_from(EXPRESSIONS))
def test_looking_for_words_first_finds_the_same(text: str, expression: str) -> None:
    found, plain = search(expression, text), text_pattern(expression).search(text)
    assert (found and found.span()) == (plain and plain.span())


@given(st.characters(), st.sampled_from("isk"))
def test_letters_that_are_one_to_expressions_are_one_when_folded(letter: str, plain: str) -> None:
    if re.fullmatch(letter, plain, re.IGNORECASE) if letter not in r".^$*+?{}[]\|()" else False:
        assert plain in folded(letter)
