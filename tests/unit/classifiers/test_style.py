import pytest

from reviewer.classifiers.style import style_of

EASY = "The cat sat. It was big. The dog ran. He saw it."
HARD = "Notwithstanding considerable institutional opposition, the administration, undeterred, implemented its reforms."


def test_style_tells_long_sentences_and_words_from_short_ones() -> None:
    easy, hard = style_of(EASY), style_of(HARD)
    assert all(hard[measure] > easy[measure] for measure in (1, 2, 3, 4, 6))


def test_style_counts_different_words_independently_of_length() -> None:
    assert style_of(EASY * 40)[5] == pytest.approx(style_of(EASY * 80)[5], abs=0.01)


@pytest.mark.parametrize("text", ["", "...", "123\n\n456"])
def test_style_of_no_words_is_measured_too(text: str) -> None:
    assert style_of(text)[0] == 0.0
