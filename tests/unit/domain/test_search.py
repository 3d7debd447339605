"""Whether a row is what is asked for, and where its words stand."""

from dataclasses import replace

import pytest

from reviewer.domain.anchor import TextSpan
from reviewer.domain.search import HitKind, Searched, SearchRow, find, holds, terms, widen
from reviewer.domain.search_query import parse_query
from reviewer.domain.search_text import fold

TEXT = "The Supplier's liability for late payment is limited.\n违约 责任：甲方 shall pay API费用."
ROW = SearchRow(HitKind.SECTION, TEXT, places=((0, 100),), section_kind="clause")


def is_found(typed: str, row: SearchRow = ROW) -> bool:
    return holds(parse_query(typed), Searched(row, fold(row.text), "supply agreement.docx"))


@pytest.mark.parametrize(
    "typed",
    [
        "liability",
        "LIABILITY payment",
        '"late payment"',
        '"supplier s liability"',
        "liab*",
        "*ability",
        "*abil*",
        "nothing OR limited",
        "liability -tenant",
        "违",
        "违约",
        "违约责任",
        "责任 shall",
        '"甲方 shall"',
        "api费用",
        "kind:clause in:section",
        "document:agreement liability",
    ],
)
def test_row_is_found(typed: str) -> None:
    assert is_found(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "liabil",
        "ability",
        "abil*",
        "*liabil",
        '"payment late"',
        "liability tenant",
        "tenant OR landlord",
        "liability -payment",
        "约违",
        "kind:schedule",
        "in:finding liability",
        "severity:high",
        "document:lease liability",
    ],
)
def test_row_is_not_found(typed: str) -> None:
    assert not is_found(typed)


def test_places_are_given_from_the_first_word_on() -> None:
    text = "pay now, and pay the fees; " + "x" * 300 + " pay"
    spans = find(parse_query("fees OR pay"), fold(text), 50)
    assert [each.of(text) for each in spans] == ["pay", "pay", "fees"]
    assert find(parse_query("rent"), fold(text), 50) == ()


def test_places_that_overlap_are_one() -> None:
    text = "late payment terms"
    spans = find(parse_query('"late payment" "payment terms"'), fold(text), 50)
    assert spans == (TextSpan(0, len(text)),)


def test_words_that_must_not_occur_are_not_shown() -> None:
    assert [each.pieces for each in terms(parse_query("a (b OR c) -d in:note"))] == [("a",), ("b",), ("c",)]


@pytest.mark.parametrize(
    ("typed", "wider"),
    [
        ("limit", "*limit*"),
        ("limit -late", "*limit* -late"),
        ("limit OR payment", "*limit* OR *payment*"),
    ],
)
def test_words_can_be_taken_for_parts_of_words(typed: str, wider: str) -> None:
    assert widen(parse_query(typed)) == parse_query(wider)


@pytest.mark.parametrize("typed", ["is", "甲方", '"a phrase"', "begin*", "in:note"])
def test_what_is_no_whole_word_stays(typed: str) -> None:
    assert widen(parse_query(typed)) == parse_query(typed)


def test_place_in_the_document_is_counted_over_what_is_hidden() -> None:
    row = SearchRow(HitKind.SECTION, "abcdef", places=((0, 10), (3, 50)))
    assert row.source(TextSpan(0, 3)) == TextSpan(10, 13)
    assert row.source(TextSpan(2, 5)) == TextSpan(12, 52)
    assert row.source(TextSpan(4, 4)) == TextSpan(51, 51)


def test_other_texts_stand_for_the_words_they_are_about() -> None:
    note = SearchRow(HitKind.NOTE, "Ask Björn.", anchor=TextSpan(5, 9))
    assert note.source(TextSpan(0, 3)) == TextSpan(5, 9)
    assert replace(note, anchor=None).source(TextSpan(0, 3)) is None
