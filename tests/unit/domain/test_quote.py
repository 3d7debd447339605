import importlib.util
import random
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.anchor import TextSpan
from reviewer.domain.citation import QuoteStatus
from reviewer.domain.normal import LINE_HYPHEN, NormalText
from reviewer.domain.quote import MAX_PART_GAP, QuoteGate

_SPEC = importlib.util.spec_from_file_location("legal_sentences", Path(__file__).with_name("legal_sentences.py"))
assert _SPEC
assert _SPEC.loader
legal = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(legal)

TEXT: str = legal.contract()
GATE = QuoteGate(TEXT)
VERIFIED, MOVED, NEAR, UNVERIFIED = QuoteStatus


def status(text: str, quote: str) -> QuoteStatus:
    return QuoteGate(text).check(quote).status


def test_gate_verifies_every_sentence_where_it_stands() -> None:
    for sentence in legal.SENTENCES:
        match = GATE.check(sentence)
        assert match.status is VERIFIED
        assert match.span is not None
        assert match.span.of(TEXT) == sentence


def test_gate_takes_no_altered_quote_for_verified_or_near() -> None:
    altered = legal.altered()
    assert len(altered) > 350
    assert {kind for kind, _, _ in altered} == set(legal.ALTERATIONS)
    wrong = [(kind, words, found) for kind, _, words in altered if (found := GATE.check(words).status) != UNVERIFIED]
    assert wrong == []


def test_gate_takes_no_altered_quote_in_its_sentence_alone() -> None:
    wrong = []
    for kind, sentence, words in legal.altered():
        if (found := status(sentence, words)) != UNVERIFIED:
            wrong.append((kind, words, found))
    assert wrong == []


def test_gate_takes_no_altered_part_of_a_sentence() -> None:
    wrong = []
    for kind, sentence, words in legal.altered():
        first = next((i for i, (a, b) in enumerate(zip(sentence, words, strict=False)) if a != b), len(sentence))
        start = words.rfind(" ", 0, max(0, first - 25)) + 1
        end = words.find(" ", first + 40)
        part = words[start : end if end > 0 else len(words)]
        if part not in TEXT and GATE.check(part).status != UNVERIFIED:
            wrong.append((kind, part))
    assert wrong == []


def test_gate_verifies_no_spliced_quote() -> None:
    spliced = legal.spliced()
    assert len(spliced) > 500
    assert [words for words in spliced if GATE.check(words).status != UNVERIFIED] == []
    joined = [
        " ... ".join((words[: len(words) // 2].rsplit(" ", 1)[0], words[len(words) // 2 :].split(" ", 1)[-1]))
        for words in spliced
    ]
    assert [words for words in joined if GATE.check(words).status is VERIFIED] == []


def broken_lines(words: str) -> str:
    return re.sub(r"(\w{3})([a-zäöüß]{4})", "\\1-\n\\2", words, count=2)


BENIGN: dict[str, Callable[[str], str]] = {
    "line-break hyphens": broken_lines,
    "soft hyphens": lambda words: re.sub(r"(\w{3})(\w{3})", "\\1\u00ad\\2", words),
    "ligatures": lambda words: words.replace("fi", "\ufb01").replace("ff", "\ufb00").replace("fl", "\ufb02"),
    "curly quotes": lambda words: words.replace("'", "’"),
    "dashes": lambda words: words.replace("-", "–"),
    "line breaks": lambda words: words.replace(" ", "\n", 5),
    "white space": lambda words: words.replace(" ", " \u00a0\t"),
    "lower-case first letter": lambda words: words[0].lower() + words[1:],
    "zero-width characters": "\u200b".join,
    "quotation marks around it": lambda words: f"“{words}”",
    "straight quotation marks around it": lambda words: f'"{words}"',
    "no full stop": lambda words: words.rstrip("."),
    "full stop added": lambda words: " ".join(words.split()[:-2]) + ".",
    "ellipsis at the end": lambda words: " ".join(words.split()[:-2]) + " ...",
    "ellipsis at the front": lambda words: "[…] " + " ".join(words.split()[2:]),
    "decomposed accents": lambda words: words.replace("ä", "a\u0308").replace("ü", "u\u0308"),
}


@pytest.mark.parametrize("change", BENIGN)
def test_gate_verifies_quotes_that_differ_in_setting_only(change: str) -> None:
    missed = [words for words in legal.SENTENCES if GATE.check(BENIGN[change](words)).status is not VERIFIED]
    assert len(missed) <= 0.03 * len(legal.SENTENCES), missed


@pytest.mark.parametrize("change", ["line-break hyphens", "soft hyphens", "ligatures", "white space", "line breaks"])
def test_gate_verifies_plain_quotes_when_the_text_is_set_otherwise(change: str) -> None:
    gate = QuoteGate("\n\n".join(BENIGN[change](words) for words in legal.SENTENCES))
    assert [words for words in legal.SENTENCES if gate.check(words).status is not VERIFIED] == []


def test_gate_verifies_ellipses_over_words_that_turn_nothing() -> None:
    missed, tried = [], 0
    for words in legal.SENTENCES:
        two = f"{words} {legal.SENTENCES[0]}"
        quote = f"{words} ... {legal.SENTENCES[0]}"
        tried += 1
        if status(two.replace(". ", ". In the middle stands something else, which shall not matter. ", 1), quote) != (
            VERIFIED
        ):
            missed.append(words)
    assert tried == len(legal.SENTENCES)
    assert len(missed) <= 0.03 * tried, missed


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("The Supplier shall deliver the Goods ... to the Customer", VERIFIED),
        ("The Supplier shall deliver the Goods [...] to the Customer", VERIFIED),
        ("the Supplier shall deliver the Goods (…) to the Customer.", VERIFIED),
        ("The Supplier shall deliver the Goods . . . to the Customer", VERIFIED),
        ("to the Customer ... The Supplier shall deliver the Goods", UNVERIFIED),
        ("The Supplier ... Customer", UNVERIFIED),
        ("The Supplier shall ... be liable for delay", UNVERIFIED),
        ("The Supplier shall deliver the Goods ... be liable for delay", UNVERIFIED),
        ("It shall ... be liable for delay", UNVERIFIED),
        ("The Supplier shall ... pay the price", UNVERIFIED),
        ("The Customer pays within ten ... months of grace", UNVERIFIED),
        ("within ten days, and has two ... of grace", UNVERIFIED),
        ("The Supplier shall deliver the Goods, safely packed, to the Customer. ... The Customer pays", VERIFIED),
    ],
)
def test_gate_verifies_an_ellipsis_only_when_nothing_that_matters_is_left_out(quote: str, found: QuoteStatus) -> None:
    text = (
        "The Supplier shall deliver the Goods, safely packed, to the Customer. It shall not be liable for delay. "
        "The Supplier shall inform and the Customer shall pay the price. "
        "The Customer pays within ten days, and has two months of grace."
    )
    match = QuoteGate(text).check(quote)
    assert match.status is found
    if match.span:
        assert match.span.of(text).startswith("The ")


def test_gate_verifies_no_ellipsis_over_a_long_distance() -> None:
    text = "The Supplier delivers the goods. {} The Customer pays the price."
    quote = "The Supplier delivers the goods. ... The Customer pays the price."
    assert status(text.format("All is well. " * 10), quote) is VERIFIED
    assert status(text.format("All is well. " * (MAX_PART_GAP // 10)), quote) is UNVERIFIED


def test_gate_verifies_dots_that_the_text_has_itself() -> None:
    assert status("The price is ...... Euro net.", "The price is ...... Euro net") is VERIFIED


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("A fee of $1,000,000 is due.", "A fee of $1,000"),
        ("A fee of 1.500 Euro is due.", "500 Euro is due"),
        ("Interest of 3.5 percent.", "Interest of 3."),
        ("a non-exclusive licence to use", "exclusive licence to use"),
        ("a non-\nexclusive licence to use", "exclusive licence to use"),
        ("It grants a royalty-free licence.", "It grants a royalty"),
        ("The Tenant can't assign the lease.", "The Tenant can"),
        ("The Tenant unlawfully stays.", "lawfully stays"),
        ("within 130 days of receipt", "30 days of receipt"),
        ("10-\n20 days of notice", "1020 days of notice"),
        ("un café\u0301e au lait", "un cafe"),
        ("乙方不得转让合同", "得转让合同"),
        ("三十日内支付价款", "十日内支付价款"),
        ("비독점적 사용권", "독점적 사용권"),
    ],
)
def test_gate_verifies_no_part_of_a_longer_word_or_number(text: str, quote: str) -> None:
    assert status(text, quote) is UNVERIFIED


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The Supplier—acting reasonably—shall pay.", "acting reasonably"),
        ("the Supplier's obligations", "obligations"),
        ("l'acheteur doit payer", "acheteur doit payer"),
        ("甲方应当在三十日\n内支付价款。", "甲方应当在三十日内支付价款"),
        ("甲方应当在 30 日内支付“价款”。", "应当在30日内支付'价款'。"),
        ("يجب على المورد تسليم البضاعة خلال ثلاثين يوما.", "تسليم البضاعة خلال ثلاثين يوما"),
        ("يجب على المـــورد تسليم", "على المورد تسليم"),
        ("the long-\nterm obli-\ngation of the Lessee", "long-term obligation of the Lessee"),
        ("the long-\nterm obli-\ngation of the Lessee", "longterm obli-gation of the Lessee"),
        ("the long-\nterm obli-\ngation of the Lessee", "the long-\nterm obli-\ngation"),
        ("the long-\nterm obli-\ngation of the Lessee", "the long- term obli- gation"),
        ("the long-term obligation of the Lessee", "the long-\nterm obli-\ngation"),
        ("a Non-\nCompete covenant", "Non-Compete covenant"),
        ("pre- and post-closing duties", "pre- and post-closing duties"),
        ('He said "I will pay" twice.', "said 'I will pay' twice"),
        ("ne\u0301goce de bonne foi", "n\u00e9goce de bonne foi"),
    ],
)
def test_gate_verifies_words_however_they_are_set(text: str, quote: str) -> None:
    match = QuoteGate(text).check(quote)
    assert match.status is VERIFIED
    assert match.span is not None


@pytest.mark.parametrize("quote", ["", " ", "...", "“”", "a", "--", "of", "… …", "\u200b\u200b\u200b"])
def test_gate_verifies_nothing_that_has_hardly_a_letter(quote: str) -> None:
    assert status("of a -- ... text", quote) is UNVERIFIED


@pytest.mark.parametrize("quote", ["Never written words", "... ab ...", "of of ... ,;. ; .;:,"])
def test_gate_does_not_verify_what_is_not_there(quote: str) -> None:
    assert status(TEXT, quote) is UNVERIFIED


WORDS = st.lists(st.text("abcXY0é’-", min_size=1, max_size=6), min_size=1, max_size=30)
BLANKS = st.sampled_from([" ", "  ", "\n", "\t", "\u00a0", " \u200b"])


@given(WORDS, BLANKS, st.data())
def test_gate_verifies_any_run_of_words(words: list[str], blank: str, data: st.DataObject) -> None:
    text = blank.join(words)
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    quote = " ".join(words[first:last])
    match = QuoteGate(text).check(quote)
    wanted = NormalText(quote).text.strip(" \"'")
    if sum(map(str.isalnum, wanted)) < 3:
        assert match.status is UNVERIFIED
        return
    assert match.status is VERIFIED
    assert match.span is not None
    found = NormalText(match.span.of(text)).text.replace(LINE_HYPHEN, "").casefold()
    assert wanted.replace(LINE_HYPHEN, "").rstrip(" .,;:'").casefold() in found


@given(st.text(max_size=80), st.text(max_size=30))
def test_gate_finds_only_what_is_there_whatever_it_is_given(text: str, quote: str) -> None:
    match = QuoteGate(text).check(quote)
    assert (match.span is None) == (match.status is UNVERIFIED)
    if match.status is VERIFIED and match.span and "." not in quote and "\u2026" not in quote:
        inner = NormalText(match.span.of(text)).text.replace(LINE_HYPHEN, "").casefold()
        assert inner.strip(" \"'").startswith(
            NormalText(quote).text.replace(LINE_HYPHEN, "").strip(" \"'").casefold()[:3]
        )


def test_gate_says_moved_when_words_stand_outside_of_where_they_were_said_to_be() -> None:
    text = "First the fee is due. Then the fee is due. Last the price is due."
    gate = QuoteGate(text)
    half = TextSpan(22, len(text))
    inside = gate.check("the fee is due", half)
    assert (inside.status, inside.span) == (VERIFIED, TextSpan(27, 41))
    outside = gate.check("First the fee is due", half)
    assert (outside.status, outside.span) == (MOVED, TextSpan(0, 20))
    across = gate.check("due. Then the fee", half)
    assert across.status is MOVED
    assert gate.check("Last the price is due", TextSpan(0, 22)).status is MOVED


def test_gate_prefers_the_place_nearest_to_the_hint() -> None:
    text = "The fee is due. " * 1000
    gate = QuoteGate(text)
    for hint in (0, 16, 160, 7 * 16, 900 * 16, 998 * 16 + 3):
        match = gate.check("the fee is due", hint=hint)
        assert match.span is not None
        assert abs(match.span.start - hint) <= 3
    within = gate.check("The fee is due", TextSpan(320, 640))
    assert within.span == TextSpan(320, 334)
    assert gate.check("The fee is due", TextSpan(320, 640), hint=601).span == TextSpan(608, 622)
    assert gate.check("The fee is due", hint=len(text) + 99).span is not None


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("The Supplier shall promptly repair the defective goods at its own expense and choice", NEAR),
        ("The Supplier shall repair the defective good at its own expense and choice", NEAR),
        ("The Supplier shall repair the defective goods at its expense and choice", NEAR),
        ("The Customer shall repair the defective goods at its own expense and choice", UNVERIFIED),
        ("The Supplier shall not repair the defective goods at its own expense and choice", UNVERIFIED),
        ("own expense and choice. It is well, all is agreed. The Supplier shall repair", UNVERIFIED),
        ("The Supplier repairs it", UNVERIFIED),
    ],
)
def test_gate_calls_near_what_differs_in_no_guarded_word(quote: str, found: QuoteStatus) -> None:
    text = "All is agreed. The Supplier shall repair the defective goods at its own expense and choice. It is unwell."
    match = QuoteGate(text).check(quote)
    assert match.status is found
    if match.span:
        assert match.span.of(text).startswith("The Supplier shall")


def test_gate_calls_near_the_best_of_several_places() -> None:
    text = (
        "We keep the old goods in the dry store at the back of the house. "
        "We keep the old goods in the dry store at the rear of the house. "
        "We keep some old goods in that dry store at the rear of the house."
    )
    match = QuoteGate(text).check("we keep the old goods in the dry store at the rear of his house")
    assert match.status is UNVERIFIED
    match = QuoteGate(text).check("keep the old goods in the dry store at the rear of this house")
    assert match.status is NEAR
    assert match.span is not None
    assert match.span.of(text) == "keep the old goods in the dry store at the rear of the house"


def calls(check: Callable[[], object]) -> int:
    count = 0

    def profile(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        check()
    finally:
        sys.setprofile(before)
    return count


def long_text(characters: int) -> str:
    chosen = random.Random(7)
    parts: list[str] = []
    while sum(map(len, parts)) < characters:
        parts.append(
            BENIGN[chosen.choice(["line-break hyphens", "white space"])](chosen.choice(legal.SENTENCES)) + "\n"
        )
    return "".join(parts)


QUOTES = (
    "The Supplier shall keep what it never promised to keep in all of its long-term stores of goods.",
    "The Supplier shall not be liable ... for what the Customer never asked it to deliver",
    "the the the the the the the the",
)


@pytest.mark.parametrize("quote", QUOTES)
def test_gate_works_in_proportion_to_the_text(quote: str) -> None:
    def work(characters: int) -> int:
        text = long_text(characters)
        return calls(lambda: QuoteGate(text).check(quote, TextSpan(100, 2000)))

    small, large = work(10_000), work(40_000)
    assert large < 5 * small + 20_000


@pytest.mark.parametrize("unit", ["a ", "the ", "a", "-\n", "a-\n", ". ", " ", "\u00ad", "e\u0301", "甲 ", "''"])
def test_gate_bounds_its_work_in_a_text_that_repeats_itself(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    gate = QuoteGate(text)
    assert calls(lambda: gate.check("the the " + unit * 40 + "b ... the a the a the " + unit * 20)) < 2_000_000


def test_gate_checks_a_text_of_a_million_characters() -> None:
    text = long_text(1_000_000) + "The last words of all are these."
    gate = QuoteGate(text)
    match = gate.check("the last words of all are these")
    assert match.status is VERIFIED
    assert match.span is not None
    assert match.span.end >= len(text) - 1
    assert gate.check(QUOTES[0]).status is UNVERIFIED
