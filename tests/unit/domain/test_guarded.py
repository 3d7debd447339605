import pytest

from reviewer.domain.guarded import differs_in_guarded, is_guarded, measures, turns


@pytest.mark.parametrize("word", ["Not", "shall", "unless", "doesn't", "nicht", "darf"])
def test_word_turns_a_sentence(word: str) -> None:
    assert turns(word)
    assert is_guarded(word)
    assert not measures(word)


@pytest.mark.parametrize("word", ["thirty", "days", "3.5", "%", "$", "Euro", "b2b"])
def test_word_measures(word: str) -> None:
    assert measures(word)
    assert is_guarded(word)
    assert not turns(word)


@pytest.mark.parametrize(("word", "guarded"), [("seller", True), ("Acme", True), ("goods", False), ("the", False)])
def test_word_is_guarded(word: str, guarded: bool) -> None:
    assert is_guarded(word) is guarded


@pytest.mark.parametrize(
    ("first", "second", "differs"),
    [
        (["promptly"], [], False),
        (["goods"], ["good"], False),
        (["lawful"], ["unlawful"], True),
        (["unlawful"], ["lawful"], True),
        (["goods"], ["Goods"], True),
        ([], ["not"], True),
        (["goods", "ten"], ["good"], True),
    ],
)
def test_words_differ_in_a_guarded_one(first: list[str], second: list[str], differs: bool) -> None:
    assert differs_in_guarded(first, second) is differs
