"""The outline that a row of numbers makes: neighbours tell what each means."""

from reviewer.parsing.numbering import read_label
from reviewer.parsing.sequence import Candidate, choose_outline


def candidate(
    number: str, *, weight: float = 3.0, doubt: float = 0.0, is_inline: bool = False, start: int = 0
) -> Candidate:
    label = read_label(number + " Xy")
    assert label is not None
    return Candidate(start, label.readings, weight, doubt, is_inline=is_inline)


def outline(*numbers: str) -> list[tuple[str, int]]:
    """Number and depth of those that are taken."""
    chosen = choose_outline([candidate(number, start=place) for place, number in enumerate(numbers)])
    return [(numbers[index], depth) for index, depth in chosen]


def test_outline_nests_decimals():
    assert outline("1.", "1.1", "1.2", "2.", "2.1") == [("1.", 0), ("1.1", 1), ("1.2", 1), ("2.", 0), ("2.1", 1)]


def test_outline_takes_i_for_a_letter_when_h_is_before_it():
    letters = ["(a)", "(b)", "(c)", "(d)", "(e)", "(f)", "(g)", "(h)", "(i)", "(j)"]
    assert [depth for _, depth in outline("1.", *letters)] == [0] + [1] * 10


def test_outline_takes_i_for_a_numeral_when_ii_follows():
    assert [depth for _, depth in outline("1.", "(a)", "(i)", "(ii)", "(b)")] == [0, 1, 2, 2, 1]


def test_outline_takes_i_below_h_for_a_numeral_when_ii_follows_and_the_letters_go_on():
    letters = ["(a)", "(b)", "(c)", "(d)", "(e)", "(f)", "(g)", "(h)"]
    found = outline("1.", *letters, "(i)", "(ii)", "(iii)", "(i)", "(j)")
    assert [depth for _, depth in found] == [0] + [1] * 8 + [2, 2, 2, 1, 1]


def test_outline_tells_roman_articles_from_letters_below_them():
    numbers = ["I.", "A.", "B.", "C.", "D.", "E.", "F.", "G.", "H.", "I.", "J.", "II.", "A.", "B."]
    assert [depth for _, depth in outline(*numbers)] == [0] + [1] * 10 + [0, 1, 1]


def test_outline_puts_sections_under_articles():
    assert outline("ARTICLE I", "Section 1.01", "(a)", "(b)", "ARTICLE II", "Section 2.01") == [
        ("ARTICLE I", 0),
        ("Section 1.01", 1),
        ("(a)", 2),
        ("(b)", 2),
        ("ARTICLE II", 0),
        ("Section 2.01", 1),
    ]


def test_outline_nests_again_as_it_nested_before():
    part = ["A.", "1.", "2.", "B.", "1.", "2."]
    found = outline("1.", *part, "2.", *part, "3.", *part, "4.", *part)
    assert [depth for _, depth in found] == [0, 1, 2, 2, 1, 2, 2] * 4


def test_outline_keeps_the_depth_of_the_source_where_numbers_begin_anew():
    def listed(number: str, hint: float) -> Candidate:
        return candidate(number, weight=5.0)._replace(hint=hint)

    row = [listed("1.", 1), listed("2.", 1), listed("2.1", 2), listed("2.2", 2), listed("1.", 1), listed("1.1", 2)]
    assert [depth for _, depth in choose_outline(row)] == [0, 0, 1, 1, 0, 1]


def test_outline_passes_over_a_doubtful_number_out_of_sequence():
    row = [candidate("1."), candidate("2."), candidate("17.", weight=0.5, doubt=3.0), candidate("3.")]
    assert [index for index, _ in choose_outline(row)] == [0, 1, 3]


def test_outline_passes_over_a_lonely_number_within_a_line():
    row = [candidate("1."), candidate("(a)", weight=1.0, is_inline=True), candidate("2.")]
    assert [index for index, _ in choose_outline(row)] == [0, 2]


def test_outline_is_empty_without_candidates():
    assert choose_outline([]) == []


def test_outline_of_many_rows_that_begin_anew_is_found():
    row = [candidate(number, start=place) for place, number in enumerate(["1.", "(a)", "(i)"] * 3_000)]
    assert choose_outline(row)[0][0] == 0


def test_outline_goes_on_above_a_thousand():
    numbers = [f"{number}." for number in range(1, 1004)]
    assert outline(*numbers) == [(number, 0) for number in numbers]


def test_outline_leaves_out_years_but_begins_with_an_article_of_a_law():
    assert outline("1.", "2.", "2019.", "2020.", "2021.", "3.") == [("1.", 0), ("2.", 0), ("3.", 0)]
    articles = ["Article 1101", "Article 1102", "Article 1103"]
    assert outline(*articles) == [(article, 0) for article in articles]


def test_articles_count_on_through_chapters():
    numbers = ["第一章", "第一条", "第二条", "第二章", "第三条", "第三章", "第四条"]
    assert [depth for _, depth in outline(*numbers)] == [0, 1, 1, 0, 1, 0, 1]
    assert [depth for _, depth in outline("Titre I", "Article 1", "Article 2", "Titre II", "Article 3")] == [
        0,
        1,
        1,
        0,
        1,
    ]


def test_decimals_stand_below_roman_numbers_with_a_dash():
    assert [depth for _, depth in outline("I -", "1.1", "1.2", "II -", "2.1")] == [0, 1, 1, 0, 1]
