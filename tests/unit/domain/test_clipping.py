import pytest

from reviewer.domain.clipping import is_too_long, was_clipped
from reviewer.domain.tokens import Calibration, TokenEstimate, estimate

RUBRIC = TokenEstimate(1500, 900)
PART = TokenEstimate(8000, 4800)
NOTHING = Calibration()


def learnt(factor: float) -> Calibration:
    found = Calibration()
    for _ in range(5):
        found = found.learnt(1000, round(1000 * factor))
    return found


def test_a_prompt_that_was_read_whole_is_not_clipped() -> None:
    assert not was_clipped(RUBRIC, PART, 9300, NOTHING)


@pytest.mark.parametrize("factor", [0.75, 0.9, 1.0, 1.2, 1.5, 2.0])
def test_tokenizers_that_count_otherwise_raise_no_alarm(factor: float) -> None:
    assert not was_clipped(RUBRIC, PART, round(9500 * factor) + 3, NOTHING)


def test_a_server_that_says_nothing_gets_no_verdict() -> None:
    assert not was_clipped(RUBRIC, PART, 0, NOTHING)


@pytest.mark.parametrize("limit", [2048, 2047, 4096, 4095, 6144])
def test_a_prompt_that_ends_at_a_usual_context_is_clipped(limit: int) -> None:
    assert was_clipped(RUBRIC, PART, limit, NOTHING)


def test_a_prompt_that_may_well_be_as_long_as_a_usual_context_is_not_clipped() -> None:
    assert not was_clipped(TokenEstimate(1500, 900), TokenEstimate(2700, 1600), 4096, NOTHING)
    assert not was_clipped(RUBRIC, PART, 8192, learnt(0.9))


def test_fewer_tokens_than_any_tokenizer_makes_of_the_part_are_a_clip() -> None:
    assert was_clipped(RUBRIC, PART, 3000, NOTHING)


def test_a_server_that_leaves_out_the_cached_rubric_raises_no_alarm() -> None:
    assert not was_clipped(RUBRIC, PART, 7700, NOTHING)
    assert not was_clipped(TokenEstimate(9000, 5400), TokenEstimate(900, 540), 880, NOTHING)


def test_a_server_that_counts_only_the_end_of_a_cached_prompt_raises_no_alarm() -> None:
    assert not was_clipped(RUBRIC, PART, 1, NOTHING)
    assert not was_clipped(RUBRIC, PART, 60, NOTHING)


def test_a_prompt_that_fills_a_known_context_is_clipped() -> None:
    assert was_clipped(RUBRIC, PART, 5000, NOTHING, context=5000)
    assert was_clipped(RUBRIC, PART, 4990, NOTHING, context=5000)
    assert not was_clipped(RUBRIC, PART, 9300, NOTHING, context=32_768)


def test_a_text_clipped_to_half_is_noticed_in_every_language() -> None:
    texts = {
        "en": "The Supplier shall deliver the Services and indemnify the Customer for all losses. ",
        "de": "Der Anbieter erbringt die Leistungen und stellt den Kunden von allen Schäden frei. ",
        "zh": "供应商应当提供服务，并赔偿客户因此遭受的全部损失。",
    }
    for text in texts.values():
        size = estimate(text * 200)
        assert was_clipped(RUBRIC, size, size.fewest - 1, NOTHING)
        assert not was_clipped(RUBRIC, size, size.likely + 1500, NOTHING)


def test_a_prompt_is_too_long_only_where_it_is_so_beyond_the_error_of_the_estimate() -> None:
    assert is_too_long(40_000, NOTHING, 32_768)
    assert not is_too_long(36_000, NOTHING, 32_768)
    assert not is_too_long(40_000, learnt(0.7), 32_768)
    assert is_too_long(20_000, learnt(2.0), 32_768)
    assert not is_too_long(10_000_000, NOTHING, None)
