"""Page numbers as they are printed."""

import pytest

from reviewer.parsing.pdf_page_numbers import printed_numbers


def test_journal_pages_count_on_from_where_the_issue_left_off() -> None:
    furniture = {page: [f"Journal of Clauses 12 (2024) {page + 1126}"] for page in range(1, 6)}
    assert printed_numbers(furniture, 5) == {1: "1127", 2: "1128", 3: "1129", 4: "1130", 5: "1131"}


def test_page_without_a_number_gets_one_from_its_neighbours() -> None:
    furniture = {page: [f"{page + 10}"] for page in (2, 3, 4)}
    assert printed_numbers(furniture, 4)[1] == "11"


@pytest.mark.parametrize(
    "texts",
    [
        {1: ["1"], 2: ["2"], 3: ["3"]},  # what everybody expects needs no second number
        {1: ["2024"], 2: ["2024"], 3: ["2024"]},
        {1: ["Page 1 of 3"], 2: ["Page 2 of 3"], 3: ["Page 3 of 3"]},
        {1: ["7"], 2: ["3"], 3: ["12"]},
        {1: ["11"], 2: ["12"]},
        {},
    ],
)
def test_what_does_not_count_on_is_no_page_number(texts: dict[int, list[str]]) -> None:
    assert printed_numbers(texts, 3) == {}


def test_pages_before_the_first_number_have_none() -> None:
    furniture = {page: [f"{page - 2}"] for page in range(3, 10)}
    assert sorted(printed_numbers(furniture, 9)) == list(range(3, 10))
