from difflib import SequenceMatcher

import pytest

from reviewer.domain.opcodes import settled


def told(old: str, new: str) -> list[tuple[str, str, str]]:
    """What is told of two rows of words, in which a sentence begins at each capital."""
    first, second = old.split(), new.split()
    opcodes = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    joined: list[list[int | str]] = []
    for opcode in settled(
        opcodes, first, second, lambda at: first[at][0].isupper(), lambda at: second[at][0].isupper()
    ):
        if joined and joined[-1][0] == opcode[0] == "equal":
            joined[-1][2], joined[-1][4] = opcode[2], opcode[4]
        else:
            joined.append(list(opcode))
    return [(str(kind), " ".join(first[a:b]), " ".join(second[c:d])) for kind, a, b, c, d in joined]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("A . B . C .", "A . C .", [("equal", "A .", "A ."), ("delete", "B .", ""), ("equal", "C .", "C .")]),
        ("A . C .", "A . B . C .", [("equal", "A .", "A ."), ("insert", "", "B ."), ("equal", "C .", "C .")]),
        (
            "a b c d If sent by fax ; If sent by post",
            "a b c d If sent by post",
            [("equal", "a b c d", "a b c d"), ("delete", "If sent by fax ;", ""), ("equal", *2 * ("If sent by post",))],
        ),
        (
            "a b c d If sent by post",
            "a b c d If sent by fax ; If sent by post",
            [("equal", "a b c d", "a b c d"), ("insert", "", "If sent by fax ;"), ("equal", *2 * ("If sent by post",))],
        ),
        ("a x", "a x y a x", [("equal", "a x", "a x"), ("insert", "", "y a x")]),
        ("A x", "A x y A x", [("insert", "", "A x y"), ("equal", "A x", "A x")]),
        ("A x y A x", "A x", [("delete", "A x y", ""), ("equal", "A x", "A x")]),
        ("A b", "A b A b", [("equal", "A b", "A b"), ("insert", "", "A b")]),
        ("a b c", "a c", [("equal", "a", "a"), ("delete", "b", ""), ("equal", "c", "c")]),
        ("a c", "a b c", [("equal", "a", "a"), ("insert", "", "b"), ("equal", "c", "c")]),
        ("a b", "a", [("equal", "a", "a"), ("delete", "b", "")]),
        ("a", "a b", [("equal", "a", "a"), ("insert", "", "b")]),
        ("a", "b", [("replace", "a", "b")]),
    ],
)
def test_what_went_or_came_begins_a_sentence_where_it_may(
    old: str, new: str, expected: list[tuple[str, str, str]]
) -> None:
    assert told(old, new) == expected


def test_a_replacement_is_parted_from_the_sentence_that_went_behind_it() -> None:
    assert told("in 3 . B x . C", "in 2 . C") == [
        ("equal", "in", "in"),
        ("replace", "3", "2"),
        ("equal", ".", "."),
        ("delete", "B x .", ""),
        ("equal", "C", "C"),
    ]


def test_a_replacement_is_parted_from_the_sentence_that_came_behind_it() -> None:
    assert told("in 2 . C", "in 3 . B x . C") == [
        ("equal", "in", "in"),
        ("replace", "2", "3"),
        ("equal", ".", "."),
        ("insert", "", "B x ."),
        ("equal", "C", "C"),
    ]


def test_a_word_that_came_is_parted_from_the_sentence_that_went_behind_it() -> None:
    assert told("in . B x . C", "in now . C") == [
        ("equal", "in", "in"),
        ("insert", "", "now"),
        ("equal", ".", "."),
        ("delete", "B x .", ""),
        ("equal", "C", "C"),
    ]


def test_a_word_that_went_is_parted_from_the_sentence_that_came_behind_it() -> None:
    assert told("in now . C", "in . B x . C") == [
        ("equal", "in", "in"),
        ("delete", "now", ""),
        ("equal", ".", "."),
        ("insert", "", "B x ."),
        ("equal", "C", "C"),
    ]


def test_a_stretch_slides_by_a_few_words_only() -> None:
    same = "a b c d e f"
    old = f"{same} X {same} y"
    opcodes = [("delete", 0, 7, 0, 0), ("equal", 7, 14, 0, 7)]
    words = old.split()
    found = list(settled(opcodes, words, words[7:], lambda at: words[at] == "X", lambda at: False))
    assert found == opcodes
