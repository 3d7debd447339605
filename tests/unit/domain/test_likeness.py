import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.likeness import clustered, diversity, grouped, likeness, stems


def test_grouped_merges_what_says_the_same() -> None:
    texts = [
        "Offer a discount to customers who renew early",
        "Discounts for customers that renew early",
        "Open a second office in Lisbon",
        "Give early renewing customers a discount",
    ]
    assert grouped(texts) == ((0, 1, 3), (2,))


def test_grouped_tells_chinese_apart_by_signs() -> None:
    assert grouped(["合同终止通知", "合同终止的通知", "付款条件"]) == ((0, 1), (2,))


def test_stems_are_all_words_where_none_tells() -> None:
    assert stems("it is") == {"it", "is"}
    assert likeness(stems(""), stems("")) == 1.0


def test_diversity_is_from_alike_to_nothing_shared() -> None:
    assert diversity(["red apples", "red apples"]) == 0.0
    assert diversity(["red apples", "blue cars"]) == 1.0
    assert diversity(["alone"]) == 1.0


@given(st.lists(st.sampled_from(["red apple", "red apples", "blue car", "new idea about tax", ""]), max_size=8))
def test_grouped_holds_every_text_once(texts: list[str]) -> None:
    assert sorted(member for group in grouped(texts) for member in group) == list(range(len(texts)))
    assert 0.0 <= diversity(texts) <= 1.0 or diversity(texts) == pytest.approx(0.0)


def test_clustered_puts_the_same_subject_together_and_names_it() -> None:
    texts = [
        "Lend drills on Saturday mornings",
        "Ask the insurer before opening",
        "Lend sewing machines for two weeks on trial",
        "Open a branch in the school, and lend there",
    ]
    assert clustered(texts, 0.1) == (("lend", (0, 2, 3)), ("", (1,)))
    assert clustered([]) == ()
