from reviewer.classifiers.words import grams, stems, words_of


def test_words_are_folded_and_numbers_alike() -> None:
    assert words_of("Don’t pay 1,200 EUR — “Straße” x2") == ["don’t", "pay", "0", "0", "eur", "strasse", "x2"]


def test_words_keep_their_vowel_signs() -> None:
    assert words_of("प्रत्येक व्यक्ति को") == ["प्रत्येक", "व्यक्ति", "को"]


def test_words_of_chinese_are_pairs_of_characters() -> None:
    assert words_of("法律管辖 ok 法") == ["法律", "律管", "管辖", "ok", "法"]


def test_stems_are_what_forms_share() -> None:
    assert stems(["refund", "refunded", "pay"]) == {"refun": 2, "pay": 1}


def test_grams_mark_the_ends_of_words() -> None:
    assert grams(["ab"]) == {" a": 1, "ab": 1, "b ": 1, " ab": 1, "ab ": 1, " ab ": 1}
    assert grams(["a", "a"])[" a "] == 2
