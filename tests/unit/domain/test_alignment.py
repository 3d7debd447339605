from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain import alignment
from reviewer.domain.alignment import Alignment, Edit, align


def aligned(old: str, new: str) -> tuple[list[str], list[str], Alignment]:
    """Two texts of words and full stops, aligned by sentences."""
    first, second = old.replace(".", " . ").split(), new.replace(".", " . ").split()
    return first, second, align(first, second, sentences(first), sentences(second))


def sentences(words: list[str]) -> list[tuple[int, int]]:
    ends = [0, *(place + 1 for place, word in enumerate(words) if word == ".")]
    if ends[-1] != len(words):
        ends.append(len(words))
    return list(pairwise(ends))


def told(old: str, new: str) -> list[tuple[str, str]]:
    first, second, found = aligned(old, new)
    return [(" ".join(first[slice(*each.old)]), " ".join(second[slice(*each.new)])) for each in found.edits]


A, B, C, D = "one two three four.", "five six seven eight.", "nine ten eleven twelve.", "red green blue grey."


def test_equal_texts_have_no_edits() -> None:
    _, _, found = aligned(A + B, A + B)
    assert (found.edits, found.moved) == ((), ())
    assert found.pairs == tuple((place, place) for place in range(10))


def test_words_that_became_others_are_one_edit() -> None:
    assert told(A + B + C, A + "five six zero eight." + C) == [("seven", "zero")]


def test_a_sentence_that_went_is_told_from_its_beginning() -> None:
    assert told(A + B + C, A + C) == [("five six seven eight .", "")]
    assert told("in 3. five six. nine", "in 2. nine") == [("3", "2"), ("five six .", "")]


def test_a_sentence_that_came_is_told_from_its_beginning() -> None:
    assert told("one two. nine", "one two. five two. nine") == [("", "five two .")]
    assert told("in 2. nine", "in 3. five six. nine") == [("2", "3"), ("", "five six .")]


def test_a_sentence_that_went_elsewhere_was_moved() -> None:
    _, _, found = aligned(A + B + C + D, B + C + D + A)
    assert found.edits == ()
    assert found.moved == (Edit((0, 5), (15, 20)),)
    assert len(found.pairs) == 20


def test_the_lesser_text_is_told_to_have_moved() -> None:
    long = "a b c d e f g h i j k l m n."
    _, _, found = aligned(long + A + B, A + B + long)
    assert found.moved == (Edit((15, 25), (0, 10)),)


def test_a_moved_piece_takes_its_heading_along() -> None:
    _, _, found = aligned("Head." + A + B + C + D, B + C + D + "Head." + A)
    assert found.edits == ()
    assert found.moved == (Edit((0, 7), (15, 22)),)


def test_a_moved_piece_takes_the_words_behind_it_along() -> None:
    _, _, found = aligned(A + "Tail." + B + C + D, B + C + D + A + "Tail.")
    assert (found.edits, found.moved) == ((), (Edit((0, 7), (15, 22)),))


def test_a_moved_piece_takes_no_parts_of_other_sentences_along() -> None:
    """The words before and behind it are the same at both places, and stand in sentences that are not."""
    first, second, found = aligned(f"p q r s t.{A}Tail one.{B}{C}{D}", f"p q r s u.{B}{C}{D}v w x y z.{A}Tail two.")
    assert [" ".join(first[slice(*each.old)]) for each in found.moved] == [" ".join(A.replace(".", " .").split())]
    assert ("t", "u") in [(" ".join(first[slice(*e.old)]), " ".join(second[slice(*e.new)])) for e in found.edits]


def test_a_piece_that_was_moved_and_changed_is_compared_with_itself() -> None:
    old = "alpha beta gamma delta epsilon zeta eta." + A + B
    new = A + B + "alpha beta gamma delta epsilon zeta theta."
    first, second, found = aligned(old, new)
    assert [(first[slice(*each.old)], second[slice(*each.new)]) for each in found.edits] == [(["eta"], ["theta"])]
    assert found.moved == (Edit((0, 8), (10, 18)),)


def test_a_replacement_that_moved_leaves_what_took_its_place() -> None:
    old = A + "alpha beta gamma delta epsilon zeta eta." + B + "short." + C
    new = A + "other words." + B + "alpha beta gamma delta epsilon zeta theta." + C
    found = told(old, new)
    assert ("eta", "theta") in found
    assert ("", "other words") in [(one, other.removesuffix(" .")) for one, other in found]


def test_what_is_too_long_is_not_compared_word_by_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alignment, "MAX_PRODUCT", 10)
    assert told("a b c d e", "a b c d f") == [("a b c d e", "a b c d f")]


def test_empty_texts_have_nothing_to_align() -> None:
    assert align([], [], [], []) == Alignment((), (), ())
    assert told("", "a b") == [("", "a b")]


WORDS = st.lists(st.sampled_from(["a", "b", "c", "."]), max_size=30)


@given(WORDS, WORDS)
def test_every_word_is_paired_or_edited_exactly_once(old: list[str], new: list[str]) -> None:
    found = align(old, new, sentences(old) if old else [], sentences(new) if new else [])
    assert all(old[before] == new[after] for before, after in found.pairs)
    for side, words in enumerate((old, new)):
        places = [pair[side] for pair in found.pairs]
        for edit in found.edits:
            places.extend(range(*(edit.new if side else edit.old)))
        assert sorted(places) == list(range(len(words)))
