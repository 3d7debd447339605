"""Text as it is searched, and the way back."""

import pytest

from reviewer.domain.anchor import TextSpan
from reviewer.domain.search_text import Folded, fold, grams, index_parts, index_words, is_cjk, make_snippet, pieces


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("The CUSTOMER", "the customer"),
        ("Äpfel, étude, Żuraw", "apfel, etude, zuraw"),
        ("Straße", "strasse"),
        ("e\u0301tude", "etude"),
        ("obli\u00adgation, \ufeffzero\u200bwidth", "obligation, zerowidth"),
        ("ﬁne print", "fine print"),
        ("ＡＢＣ，１２", "abc,12"),
        ("İstanbul", "istanbul"),
        ("ガ ﾊ 한국", "ガ ハ 한국"),
        ("obli-\ngation", "obligation"),
        ("long-Term co-\nOp", "long-term co-\nop"),
    ],
)
def test_case_accents_and_broken_words_are_made_alike(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("text", "word", "origin"),
    [
        ("The Customer", "customer", "Customer"),
        ("Die Straße endet", "strasse", "Straße"),
        ("Die Straße endet", "endet", "endet"),
        ("an obli-\n  gation to pay", "obligation", "obli-\n  gation"),
        ("an obli-\ngation to pay", "pay", "pay"),
        ("so\u00adft ﬁne Größe", "grosse", "Größe"),
        ("ß", "s", "ß"),
    ],
)
def test_folded_words_lead_back_to_the_characters_they_came_from(text: str, word: str, origin: str) -> None:
    folded = fold(text)
    start = folded.text.index(word)
    assert folded.source(start, start + len(word)).of(text) == origin


def test_text_that_keeps_its_length_needs_no_map() -> None:
    assert fold("Größe") != Folded("große")
    assert fold("Höhe 第一条") == Folded("hohe 第一条")


def test_words_and_stretches_without_spaces_are_told_apart() -> None:
    assert pieces(fold("The API_key of 甲方, 第\n一 条; 5.1").text) == [
        "the",
        "api",
        "key",
        "of",
        "甲方",
        "第一条",
        "5",
        "1",
    ]
    assert is_cjk("甲方")
    assert not is_cjk("api")


def test_index_of_words_holds_one_and_two_characters_of_chinese() -> None:
    assert grams("甲方甲") == ["方", "方甲", "甲", "甲方"]
    assert index_words("pay 甲方 now") == "pay 方 甲 甲方 now"


def test_index_of_parts_marks_where_words_begin_and_end() -> None:
    assert index_parts("pay, the 甲方 fees") == " pay the fees "
    assert index_parts("甲方") == ""


def test_snippet_shows_what_is_around_on_one_line() -> None:
    text = "x" * 3 + " word" * 40 + "\n\nThe  Customer shall pay the Customer." + " more" * 40
    first = text.index("Customer")
    second = text.index("Customer", first + 1)
    snippet, ranges = make_snippet(text, [TextSpan(first, first + 8), TextSpan(second, second + 8)])
    assert snippet.startswith("… word")
    assert snippet.endswith("more …")
    assert "word The Customer shall" in snippet
    assert [each.of(snippet) for each in ranges] == ["Customer", "Customer"]


def test_snippet_of_a_short_text_is_all_of_it() -> None:
    assert make_snippet("Fees\nare due. ", []) == ("Fees are due.", ())


def test_snippet_leaves_out_places_that_are_too_far() -> None:
    text = "word " + "x" * 400 + " word"
    snippet, ranges = make_snippet(text, [TextSpan(0, 4), TextSpan(len(text) - 4, len(text))])
    assert ranges == (TextSpan(0, 4),)
    assert snippet.startswith("word xxx")


def test_snippet_in_a_long_stretch_without_spaces_is_cut() -> None:
    snippet, ranges = make_snippet("甲" * 500 + "方" + "乙" * 500, [TextSpan(500, 501)])
    assert ranges[0].of(snippet) == "方"
    assert snippet.endswith("乙 …")
