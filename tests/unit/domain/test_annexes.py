import pytest

from reviewer.domain.annexes import unread


def names(text: str) -> list[str]:
    return [each.name for each in unread(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The fees are in Exhibit B. The rest is in Schedule 2.", ["Exhibit B", "Schedule 2"]),
        ("The fees are in Exhibit B, and Exhibit B is part of this.", ["Exhibit B"]),
        ("The fees are in Exhibit B.\n\nEXHIBIT B\nFees\n", []),
        ("The fees are in Annex No. 3.\n\nAnnex 3 - Fees\nTen.", []),
        ("Exhibit C to this paper is\nExhibit C, as the parties agreed.", ["Exhibit C"]),
        ("An exhibit of art, on a tight schedule at 5.", []),
        ("The Standard Terms are incorporated herein by reference.", ["a paper taken in by reference"]),
        ("Use is subject to the terms and conditions posted at example.com.", ["a paper taken in by reference"]),
        ("They enter into the Form NDA (available at https://example.com/nda/).", ["a paper taken in by reference"]),
        ("The logo is available at https://example.com/logo.", []),
        ("The recitals are incorporated by reference.", []),
        ("The terms of Exhibit D are incorporated by reference.", ["Exhibit D"]),
    ],
)
def test_papers_that_are_not_in_the_file_are_told(text: str, found: list[str]) -> None:
    assert names(text) == found


def test_place_is_the_sentence_or_a_part_of_a_long_one() -> None:
    text = "One. The fees are in Exhibit B. Two."
    (paper,) = unread(text)
    assert paper.place.of(text) == "The fees are in Exhibit B."
    long = "word " * 200 + "in Exhibit B " + "word " * 200
    (paper,) = unread(long)
    assert "Exhibit B" in paper.place.of(long)
    assert len(paper.place) <= 600
