import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.anchor import TextSpan
from reviewer.domain.normal import LINE_HYPHEN, NormalText

TEXTS = st.text(
    st.sampled_from("abz 09\n\t-\u00ad\u200b\ufb01“”'\"—…e\u0301甲。\u0640") | st.characters(exclude_categories=()),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("a  b\n\tc\u00a0d", "a b c d"),
        ("“a” ‘b’ \"c\" 'd' «e» ``f''", "'a' 'b' 'c' 'd' 'e' 'f'"),
        ("5″ and 5' and 5''", '5" and 5\' and 5"'),
        ("a–b — c − d -- e", "a-b - c - d - e"),
        ("o\ufb03ce \ufb01nal", "office final"),
        ("so\u00adft ze\u200bro \ufeffend", "soft zero end"),
        ("wait…", "wait..."),
        ("obli-\ngation", f"obli{LINE_HYPHEN}gation"),
        ("obli\u00ad \r\n  gation", f"obli{LINE_HYPHEN}gation"),
        ("Non-\nCompete", f"Non{LINE_HYPHEN}Compete"),
        ("obli\ufffegation", f"obli{LINE_HYPHEN}gation"),
        ("COVID-\n19", "COVID-19"),
        ("10-\n20", "10-20"),
        ("- \nx", "- x"),
        ("cafe\u0301", "café"),
        ("甲方 应当\n支付 30 日", "甲方应当支付30日"),
        ("甲方，乙方。", "甲方,乙方。"),
        ("\ufefb\ufee3", "لام"),
        ("مـحمد", "محمد"),
        ("a\U000e0041b", "ab"),
    ],
)
def test_normal_text_makes_alike_what_means_the_same(text: str, normal: str) -> None:
    assert NormalText(text).text == normal


@pytest.mark.parametrize("text", ["$5 % 3.1(a)", "no, not", "A b", "naïve §"])
def test_normal_text_leaves_all_else_as_it_is(text: str) -> None:
    assert NormalText(text).text == text


@given(TEXTS, st.data())
def test_normal_text_leads_back_to_the_characters_it_came_from(text: str, data: st.DataObject) -> None:
    normal = NormalText(text)
    if not normal.text:
        return
    ends = sorted((data.draw(st.integers(0, len(normal.text) - 1)), data.draw(st.integers(1, len(normal.text)))))
    if ends[0] == ends[1]:
        return
    span = TextSpan(*ends)
    source = normal.source(span)
    assert source.end <= len(text)
    there = normal.normal(source)
    assert there.start <= span.start
    assert span.of(normal.text) in NormalText(text).text
    assert len(source) > 0


@given(TEXTS)
def test_normal_text_keeps_order_and_loses_no_character_that_is_seen(text: str) -> None:
    normal = NormalText(text)
    spans = [normal.source(TextSpan(index, index + 1)) for index in range(len(normal.text))]
    assert spans == sorted(spans)
    covered = {index for span in spans for index in range(span.start, span.end)}
    for index, character in enumerate(text):
        if character.isascii() and character.isalnum():
            assert index in covered


@given(TEXTS)
def test_normal_text_is_its_own_normal_form_but_for_accents(text: str) -> None:
    once = NormalText(text).text
    assert len(NormalText(once).text) <= len(once)


def test_normal_text_maps_a_span_of_the_source_to_what_became_of_it() -> None:
    text = "The  “Supplier”\nshall o\ufb00er."
    normal = NormalText(text)
    for words, expected in (("“Supplier”", "'Supplier'"), ("o\ufb00er", "offer"), ("shall", "shall")):
        start = text.index(words)
        assert normal.normal(TextSpan(start, start + len(words))).of(normal.text) == expected
    assert normal.normal(TextSpan(len(text), len(text) + 5)) == TextSpan(len(normal.text), len(normal.text))


def test_normal_text_tells_what_stood_in_the_source() -> None:
    normal = NormalText("a—b-c")
    assert [normal.original(index) for index in range(5)] == ["a", "—", "b", "-", "c"]
