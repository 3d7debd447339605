from collections import Counter

import pytest

from reviewer.classifiers.views import CountView, StyleView

DOCUMENTS = [Counter("aab"), Counter("abb"), Counter("acc"), Counter("cccd")]
CLASSES = [0, 0, 1, 1]


def test_counts_are_nearer_to_the_class_that_has_them() -> None:
    view = CountView(DOCUMENTS, CLASSES, 2)
    b, c = view.scores(Counter("b")), view.scores(Counter("c"))
    assert b[0] > b[1] == 0
    assert c[1] > c[0] == 0
    assert view.scores(Counter("z")) == [0, 0]


def test_example_left_out_scores_as_if_it_had_not_been_learnt() -> None:
    """The weights of features are those of all examples; so only what they share is compared."""
    view = CountView(DOCUMENTS, CLASSES, 2)
    left = view.scores_without(3, DOCUMENTS[3])
    assert left[0] == 0
    assert 0 < left[1] < view.scores(DOCUMENTS[3])[1]


def test_only_example_of_a_class_says_nothing_of_itself() -> None:
    view = CountView(DOCUMENTS[1:3], [0, 1], 2)
    assert view.scores_without(0, DOCUMENTS[1])[0] == 0


def test_shares_are_what_speaks_for_one_class_rather_than_another() -> None:
    shares = CountView(DOCUMENTS, CLASSES, 2).shares(Counter("abcz"), 0, 1)
    assert set(shares) == {"a", "b"}
    assert shares["b"] > shares["a"]


def test_styles_are_nearer_to_the_class_they_are_like() -> None:
    view = StyleView([(1.0, 5.0), (1.2, 4.0), (3.0, 5.0), (3.1, 4.0)], [0, 0, 1, 1], 3)
    near, far, unknown = view.scores((1.1, 4.5))
    assert pytest.approx(near) == 0
    assert far < unknown < near


def test_style_left_out_is_compared_with_the_rest_of_its_class() -> None:
    view = StyleView([(1.0,), (2.0,), (5.0,)], [0, 0, 1], 2)
    assert view.scores_without(0)[0] < view.scores((1.0,))[0]
    assert view.scores_without(2)[1] < view.scores((5.0,))[1]
