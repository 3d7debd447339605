import pytest

from reviewer.domain.guarded import bounds, denies, differs_in_guarded, is_guarded, is_modal, is_understood, measures


@pytest.mark.parametrize("word", ["Not", "unless", "doesn't", "nicht", "n'est", "sauf", "salvo", "不"])
def test_word_denies(word: str) -> None:
    assert denies(word)
    assert bounds(word)
    assert is_guarded(word)
    assert not measures(word)


@pytest.mark.parametrize("word", ["shall", "May", "darf", "peut", "deberá"])
def test_word_is_modal(word: str) -> None:
    assert is_modal(word)
    assert is_guarded(word)
    assert not denies(word)


@pytest.mark.parametrize("word", ["thirty", "days", "3.5", "%", "$", "Euro", "b2b", "mois", "≤", "-0.5", "brutto"])
def test_word_measures(word: str) -> None:
    assert measures(word)
    assert bounds(word)
    assert is_guarded(word)
    assert not denies(word)


@pytest.mark.parametrize(("word", "bound"), [("least", True), ("höchstens", True), ("goods", False), ("or", False)])
def test_word_bounds_a_number(word: str, bound: bool) -> None:
    assert bounds(word) is bound


@pytest.mark.parametrize(
    ("word", "guarded"),
    [
        ("seller", True),
        ("Acme", True),
        ("goods", False),
        ("the", False),
        ("nie", True),  # Polish: most languages deny in a few letters
        ("qu'elle", True),
        ("l'accord", False),
        ("net.", True),
        ("zi", True),
        ("甲", True),
    ],
)
def test_word_is_guarded(word: str, guarded: bool) -> None:
    assert is_guarded(word) is guarded


@pytest.mark.parametrize("word", ["services", "services'"])
def test_word_is_guarded_when_the_document_defines_it(word: str) -> None:
    assert is_guarded(word, frozenset({"services"}))
    assert not is_guarded(word, frozenset({"goods"}))


@pytest.mark.parametrize(
    ("words", "understood"),
    [
        ("The Supplier shall deliver the goods", True),
        ("Der Lieferant liefert die Waren", True),
        ("Sprzedawca dostarczy towary nabywcy bez zwłoki", False),
    ],
)
def test_language_is_understood_when_its_little_words_are_known(words: str, understood: bool) -> None:
    assert is_understood(words.split()) is understood


@pytest.mark.parametrize(
    ("first", "second", "differs"),
    [
        (["promptly"], [], False),
        (["goods"], ["good"], False),
        (["good"], ["goods"], False),
        (["term"], ["terms"], False),
        (["Good"], ["Goods"], True),
        (["owner"], ["owners"], True),
        (["it"], ["its"], True),
        (["lawful"], ["unlawful"], True),
        (["unlawful"], ["lawful"], True),
        (["increment"], ["decrement"], True),
        (["mortgagor"], ["mortgagee"], True),
        (["favour"], ["favor"], False),
        (["goods"], ["Goods"], True),
        ([], ["not"], True),
        (["goods", "ten"], ["good"], True),
        (["following"], ["preceding"], True),
        (["prior"], ["subsequent"], True),
        (["greater"], ["lesser"], True),
    ],
)
def test_words_differ_in_a_guarded_one(first: list[str], second: list[str], differs: bool) -> None:
    assert differs_in_guarded(first, second) is differs


def test_words_differ_when_one_is_a_term_of_the_document() -> None:
    assert differs_in_guarded(["term"], ["terms"], frozenset({"terms"}))
