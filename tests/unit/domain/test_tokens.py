import math
import time
from pathlib import Path

import pytest

from reviewer.domain.tokens import Calibration, TokenEstimate, estimate, estimate_tokens

# The sentence of OpenAI's "Hello GPT-4o" (2024), with the counts given there for cl100k_base and o200k_base.
FRENCH = (
    "Bonjour, je m'appelle GPT-4o. Je suis un nouveau type de modèle de langage, c'est un plaisir de vous rencontrer!"
)
PUBLISHED = {
    "en": ("Hello, my name is GPT-4o. I'm a new type of language model, it's nice to meet you!", 27, 24),
    "de": ("Hallo, mein Name is GPT-4o. Ich bin ein neues KI-Sprachmodell. Es ist schön, dich kennenzulernen.", 34, 29),
    "fr": (FRENCH, 31, 28),
    "es": ("Hola, me llamo GPT-4o. Soy un nuevo tipo de modelo de lenguaje, ¡es un placer conocerte!", 29, 26),
    "pt": ("Olá, meu nome é GPT-4o. Sou um novo tipo de modelo de linguagem, é um prazer conhecê-lo!", 30, 27),
    "it": ("Ciao, mi chiamo GPT-4o. Sono un nuovo tipo di modello linguistico, piacere di conoscerti!", 34, 28),
    "tr": ("Merhaba, benim adım GPT-4o. Ben yeni bir dil modeli türüyüm, tanıştığımıza memnun oldum!", 39, 30),
    "vi": ("Xin chào, tên tôi là GPT-4o. Tôi là một loại mô hình ngôn ngữ mới, rất vui được gặp bạn!", 46, 30),
    "ru": ("Привет, меня зовут GPT-4o. Я — новая языковая модель, приятно познакомиться!", 39, 23),
    "zh": ("你好，我的名字是GPT-4o。我是一种新型的语言模型，很高兴见到你!", 34, 24),
    "ja": ("こんにちは、私の名前はGPT-4oです。私は新しいタイプの言語モデルです。初めまして！", 37, 26),
    "ko": ("안녕하세요, 제 이름은 GPT-4o입니다. 저는 새로운 유형의 언어 모델입니다, 만나서 반갑습니다!", 45, 27),
    "ar": ("مرحبًا، اسمي جي بي تي-4o. أنا نوع جديد من نموذج اللغة، سررت بلقائك!", 53, 26),
    "fa": ("سلام، اسم من جی پی تی-۴او است. من یک نوع جدیدی از مدل زبانی هستم، از ملاقات شما خوشبختم!", 61, 32),
    "hi": ("नमस्ते, मेरा नाम जीपीटी-4o है। मैं एक नए प्रकार का भाषा मॉडल हूँ। आपसे मिलकर अच्छा लगा!", 90, 31),
}
CLAUSE = (
    "The Supplier shall deliver the Services in accordance with the Agreement and shall indemnify the Customer for "
    "all losses that arise out of a breach of its obligations, and the liability of the Supplier shall not exceed "
    "the fees paid to it in the twelve months before the claim arose. "
)


@pytest.mark.parametrize("language", [each for each in PUBLISHED if each != "en"])
def test_estimates_of_many_languages_are_near_the_mean_of_published_counts(language: str) -> None:
    text, older, newer = PUBLISHED[language]
    assert estimate_tokens(text) == pytest.approx((older + newer) / 2, rel=0.16)


@pytest.mark.parametrize("language", PUBLISHED)
def test_estimates_are_never_below_six_tenths_of_any_published_count(language: str) -> None:
    text, older, newer = PUBLISHED[language]
    assert estimate_tokens(text) >= 0.6 * max(older, newer)


@pytest.mark.parametrize("language", PUBLISHED)
def test_the_fewest_leave_the_most_frugal_tokenizer_room_of_a_third(language: str) -> None:
    text, older, newer = PUBLISHED[language]
    assert estimate(text).fewest <= min(older, newer) / 1.45


def test_english_prose_has_the_published_characters_a_token() -> None:
    prose = (Path(__file__).parents[3] / "packaging" / "samples" / "paper-en.txt").read_text("utf-8")
    assert len(prose) / estimate_tokens(prose) == pytest.approx(4.36, rel=0.1)


def test_capitals_cost_more_than_small_letters() -> None:
    assert estimate_tokens(CLAUSE.upper()) > 1.5 * estimate_tokens(CLAUSE)


def test_long_numbers_lie_between_grouped_and_spelt_out_digits() -> None:
    digits = "123456789" * 20
    assert len(digits) / 3 <= estimate_tokens(digits) <= len(digits)
    assert estimate_tokens(digits) >= 0.6 * len(digits)
    assert estimate(digits).fewest <= len(digits) / 3


def test_a_line_to_sign_on_costs_next_to_nothing() -> None:
    assert estimate_tokens("Signed: " + "_" * 80) <= estimate_tokens("Signed: ") + 10


def test_blanks_cost_nothing_beyond_the_words_they_part() -> None:
    assert estimate_tokens("a" + " " * 400 + "b") == estimate_tokens("a b")


def test_code_has_about_three_characters_a_token() -> None:
    code = 'def total(items):\n    return sum(item["price"] * item["count"] for item in items if item)\n' * 20
    assert 2.4 < len(code) / estimate_tokens(code) < 4.0


def test_an_empty_text_has_no_tokens_and_any_other_has_one() -> None:
    assert estimate("") == TokenEstimate(0, 0)
    assert estimate_tokens(" ") == 1


def test_half_a_character_is_counted_and_not_an_error() -> None:
    assert estimate_tokens("a\ud800b") >= 1


def test_estimates_add_up() -> None:
    assert TokenEstimate(3, 1) + TokenEstimate(4, 2) == TokenEstimate(7, 3)


def test_four_kilobytes_are_estimated_in_far_less_than_they_take_to_be_sent() -> None:
    text = (CLAUSE * 20)[:4096]
    best = math.inf
    for _ in range(20):
        started = time.perf_counter()
        for _ in range(20):
            estimate_tokens(text)
        best = min(best, (time.perf_counter() - started) / 20)
    assert best < 150e-6  # about 25 microseconds on an idle machine


def test_nothing_is_put_right_before_three_calls() -> None:
    once = Calibration().learnt(1000, 1500)
    assert once.learnt(1000, 1500).factor == 1.0
    assert once.learnt(1000, 1500).learnt(1000, 1500).factor == 1.5


def test_a_model_that_reads_more_tokens_is_learnt() -> None:
    learnt = Calibration()
    for likely in (800, 1000, 1200):
        learnt = learnt.learnt(likely, likely * 13 // 10)
    assert learnt.tokens(2000) == 2600


def test_a_single_wrong_count_does_not_move_the_factor() -> None:
    learnt = Calibration()
    for read in (1100, 1100, 20, 1100, 90_000, 1100):
        learnt = learnt.learnt(1000, read)
    assert learnt.factor == pytest.approx(1.1)


def test_a_factor_stays_within_its_bounds() -> None:
    low, high = Calibration(), Calibration()
    for _ in range(5):
        low, high = low.learnt(1000, 1), high.learnt(1000, 1_000_000)
    assert (low.factor, high.factor) == (0.3, 3.0)


def test_nothing_is_learnt_from_short_prompts_or_silent_servers() -> None:
    assert Calibration().learnt(10, 40) == Calibration()
    assert Calibration().learnt(1000, 0) == Calibration()


def test_only_the_last_calls_count() -> None:
    learnt = Calibration()
    for _ in range(100):
        learnt = learnt.learnt(1000, 500)
    for _ in range(31):
        learnt = learnt.learnt(1000, 2000)
    assert len(learnt.ratios) == 31
    assert learnt.factor == 2.0
