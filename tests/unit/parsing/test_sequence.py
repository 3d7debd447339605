from hypothesis import given
from hypothesis import strategies as st

from reviewer.parsing.numbering import read_label
from reviewer.parsing.sequence import Candidate, choose_outline


def candidates(*labels: str) -> list[Candidate]:
    found = []
    for place, text in enumerate(labels):
        label = read_label(text + " Words")
        assert label is not None, text
        found.append(Candidate(place, label.readings, 3.0))
    return found


def depths(*labels: str) -> list[int]:
    chosen = dict(choose_outline(candidates(*labels)))
    return [chosen.get(index, -1) for index in range(len(labels))]


def test_decimals_nest_under_their_number() -> None:
    assert depths("1.", "1.1", "1.2", "1.2.1", "2.", "2.1") == [0, 1, 1, 2, 0, 1]


def test_i_is_a_letter_when_it_follows_h() -> None:
    letters = [f"({letter})" for letter in "abcdefghijk"]
    assert depths("1.", *letters, "2.") == [0, *[1] * len(letters), 0]


def test_i_is_roman_when_it_begins_a_row_below_a_letter() -> None:
    assert depths("1.", "(a)", "(i)", "(ii)", "(iii)", "(b)", "2.") == [0, 1, 2, 2, 2, 1, 0]


def test_capital_i_belongs_to_the_row_that_has_room_for_it() -> None:
    letters = [f"{letter}." for letter in "ABCDEFGHIJ"]
    assert depths("I.", *letters, "II.", "A.", "B.") == [0, *[1] * 10, 0, 1, 1]


def test_number_far_out_of_sequence_is_passed_over() -> None:
    assert depths("1.", "2.", "47.", "3.") == [0, 0, -1, 0]


def test_missing_parent_leaves_the_depth_of_its_children() -> None:
    assert depths("1.", "1.1", "1.2", "2.1", "2.2", "3.") == [0, 1, 1, 1, 1, 0]


def test_articles_hold_sections_of_their_number() -> None:
    assert depths("Article I", "Section 1.01", "Section 1.02", "Article II", "Section 2.01") == [0, 1, 1, 0, 1]


def test_single_label_within_a_line_is_no_row() -> None:
    found = candidates("1.", "(a)", "2.")
    found[1] = Candidate(1, found[1].readings, 3.0, is_inline=True)
    assert [index for index, _ in choose_outline(found)] == [0, 2]


_LABELS = st.sampled_from(
    ["1.", "2.", "9.", "1.1", "1.2", "4.2", "(a)", "(b)", "(i)", "(ii)", "A.", "I.", "Article I", "3)"]
)


@given(st.lists(_LABELS, max_size=40))
def test_outline_keeps_order_and_grows_by_one_level_at_most(labels: list[str]) -> None:
    chosen = choose_outline(candidates(*labels))
    indices = [index for index, _ in chosen]
    assert indices == sorted(set(indices))
    depth = -1
    for _, each in chosen:
        assert 0 <= each <= depth + 1
        depth = each
