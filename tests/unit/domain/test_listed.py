"""No listed word is missed, however it is set; and none is found in another word."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.listed import clean_terms, term_pattern
from reviewer.domain.normal import NormalText


def found(term: str, text: str) -> list[str]:
    normal = NormalText(text)
    return [match[0] for match in term_pattern(term).finditer(normal.text)]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Acme Corporation", "ACME\nCORPORATION"),
        ("Acme Corporation", "Acme Corpo-\nration"),
        ("Acme Corporation", "Acme Corpo\u2010\n  ration"),
        ("Acme Corporation", "Acme Corpo\u00adration"),
        ("Acme Corporation", "Acme Corpo\u00ad\nration"),
        ("Acme Corporation", "Ac\u200bme\u00a0 Corporation"),
        ("Acme Corporation", "Acme- Corporation"),
        ("Acme Corporation", "AcmeCorporation"),
        ("Acme Corporation", "acme_corporation"),
        ("Acme, Inc.", "ACME Inc"),
        ("Acme Inc", "Acme, Inc."),
        ("O'Brien", "O’Brien"),
        ("O’Brien", "O'BRIEN"),
        ('"Acme" GmbH', "„Acme“ GmbH"),
        ("Rolls-Royce", "Rolls–Royce"),
        ("Rolls-Royce", "Rolls-\nRoyce"),
        ("Rolls-Royce", "Rolls Royce"),
        ("Weiß & Söhne", "WEISS & SÖHNE"),
        ("Weiss", "Weiß"),
        ("Weiß", "Weis-\ns"),
        ("Söhne", unicodedata.normalize("NFD", "Söhne")),
        ("Office", "O\ufb03ce"),
        ("Acme", "甲方 Ａｃｍｅ 公司"),
        ("Acme", "由Acme公司支付"),
        ("Müller", "Müllers Haus"),
        ("违约责任公司", "由违约责任\n公司支付"),
        ("삼성전자", "삼성 전자"),
        ("HRB 123456", "HRB-123 456"),
        ("4711-2024", "4711-\n2024"),
        ("12345678", "1234-\n5678"),
        ("R2D2", "r2-\nd2"),
        ("C++", "the C++ library"),
        ("A&B", "A & B"),
        ("X", "Mr X said"),
        ("(Acme)", "Acme"),
    ],
)
def test_listed_word_is_found_in_every_spelling(term: str, text: str) -> None:
    (kept,) = clean_terms([term])
    assert len(found(kept, text)) == 1
    assert len(found(kept, f"before {text}, after")) == 1


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Ann", "annual Annex Hann"),
        ("Law", "lawful"),
        ("123", "91234 1234"),
        ("12", "1.2 1, 2 1 2"),
        ("Acme", "Acmeous"),
    ],
)
def test_listed_word_is_not_found_inside_of_others(term: str, text: str) -> None:
    assert found(term, text) == []


def test_list_is_kept_clean() -> None:
    listed = ["  Acme \n Corp ", "Acme Corp", "", "---", "\u2067", "4711"]
    assert clean_terms(listed) == ("Acme Corp", "4711")


_LETTERS = st.text("abcdefgxyzäöüßéñçøŁABXYZ", min_size=2, max_size=9)
_TERMS = st.builds(
    lambda words, joints: "".join(f"{word}{joint}" for word, joint in zip(words, [*joints, ""], strict=False)),
    st.lists(_LETTERS, min_size=1, max_size=4),
    st.lists(st.sampled_from([" ", "-", "'", ", ", " & ", "."]), min_size=3, max_size=3),
).map(lambda term: re.sub(r"[\W_]+\Z", "", term))
_CASES = st.sampled_from([str, str.upper, str.lower, str.title, str.swapcase])
_BLANKS = st.sampled_from([" ", "\n", "  ", "\u00a0", " \n ", "\t", "\r\n", "\u2009"])
_QUOTES = st.sampled_from(["'", "’", "‘", "\u2032"])
_DASHES = st.sampled_from(["-", "\u2010", "\u2011", "–", "-\n"])
_BREAKS = st.sampled_from(["-\n", "\u00ad", "\u00ad\n", "\u2010\n ", "\u200b", "- \n"])


@given(term=_TERMS, case=_CASES, blank=_BLANKS, quote=_QUOTES, dash=_DASHES, hyphen=_BREAKS, data=st.data())
def test_no_spelling_of_a_listed_word_is_missed(
    term: str, case, blank: str, quote: str, dash: str, hyphen: str, data: st.DataObject
) -> None:
    (kept,) = clean_terms([term])
    text = case(term).replace("-", dash).replace(" ", blank).replace("'", quote)
    inside = [i for i in range(1, len(text)) if text[i - 1].isalpha() and text[i].isalpha()]
    if inside:
        place = data.draw(st.sampled_from(inside))
        text = text[:place] + hyphen + text[place:]
    assert found(kept, f"Between {text} and others.")
    assert found(kept, text)
