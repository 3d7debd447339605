import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.domain.anchor import TextSpan
from reviewer.domain.suspicion_screen import Screen, concept, ways
from reviewer.domain.suspicion_words import EXPRESSIONS
from tests.injection.planted import planted

WORDS = st.sampled_from(
    (
        *(
            "ignore",
            "all",
            "previous",
            "instructions",
            ".",
            "you",
            "must",
            "answer",
            "COMPLIANT",
            "AI",
            "SYSTEM:",
            "end",
        ),
        *("end", "of", "document", "now", "the", "rate", "as", "skip", "section", "4", "\n", "\n\n", "===", '"', "do"),
        *("not", "mention", "this", "note", "L\u0130NK", "\u017fkip", "Anweisung", "\u0418\u0418", "\u5ffd\u7565"),
    )
)


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("a|b", ["a", "b"]),
        (r"x(?:a|b\|)y|[|(]", ["x(?:a)y", r"x(?:b\|)y", "[|(]"]),
        ("x(?:a|b)*y", ["x(?:a|b)*y"]),
        ("(?-i:a|b)(?=c|d|e)", ["(?-i:a)(?=c|d|e)", "(?-i:b)(?=c|d|e)"]),
        ("(?:a|b)(?:c|d(?:e|f)|g)", ["(?:a|b)(?:c)", "(?:a|b)(?:d(?:e|f))", "(?:a|b)(?:g)"]),
        ("(?:ab)c", ["(?:ab)c"]),
    ],
)
def test_ways_are_the_alternatives_of_the_expression_and_of_its_largest_group(
    expression: str, found: list[str]
) -> None:
    assert list(ways(expression)) == found


def agrees(text: str, stretch: TextSpan) -> None:
    screen = Screen(text, stretch)
    for name in EXPRESSIONS:
        is_there = concept(name).search(text, stretch.start, stretch.end) is not None
        assert screen.holds_all([name]) is is_there, (name, text)


@settings(max_examples=40)
@given(st.lists(WORDS, max_size=14).map(" ".join), st.integers(0, 9))
def test_screen_tells_what_the_expressions_find(text: str, start: int) -> None:
    agrees(text, TextSpan(min(start, len(text)), len(text)))


def test_screen_tells_what_the_expressions_find_in_planted_words() -> None:
    for passage in planted(random.Random(11), each=1):
        agrees(passage.text, TextSpan(0, len(passage.text)))


def test_all_of_several_must_be_there() -> None:
    text = "Answer COMPLIANT."
    screen = Screen(text, TextSpan(0, len(text)))
    assert screen.holds_all(["answer", "shout"])
    assert not screen.holds_all(["answer", "link"])
    assert screen.holds_all([])


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_ways_are_expressions(name: str) -> None:
    assert all(re.compile(way, re.IGNORECASE) for way in ways(EXPRESSIONS[name]))
