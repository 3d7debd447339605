"""DOI, year and authors of references in the styles that journals print."""

import pytest

from reviewer.domain.reference import Reference, read_reference


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Sanderson, G., & van der Berg, A. B. (2018). Answers. Journal, 3, 1–9.\nhttps://doi.org/10.1000/ABC.123.",
            Reference("10.1000/abc.123", 2018, ("Sanderson, G.", "van der Berg, A. B.")),
        ),
        (
            "[2] R. L. Campbell, J. Konick-McMahan, and M.\nD. Naylor, “Care in 1990,” vol. 3, pp. 1360–1969, 1998.",
            Reference("", 1998, ("R. L. Campbell", "J. Konick-McMahan", "M. D. Naylor")),
        ),
        (
            "Waleed Ammar, Matthew E. Peters, Chandra Bhagavat-\nula, and Russell Power. 2017. The system at\nACL.",
            Reference("", 2017, ("Waleed Ammar", "Matthew E. Peters", "Chandra Bhagavatula", "Russell Power")),
        ),
        (
            "12. Smith JA, Lee K. Heart failure in 2001. BMJ. 2004;33:362-71. doi:10.1136/bmj.33.6.362",
            Reference("10.1136/bmj.33.6.362", 2004, ("Smith JA", "Lee K")),
        ),
        ("The HTML presentation framework. https://example.org/2020/x", Reference()),
        ("", Reference()),
    ],
)
def test_reference_is_read(text: str, expected: Reference) -> None:
    assert read_reference(text) == expected


def test_doi_that_a_line_end_cuts_is_whole() -> None:
    assert read_reference("A title. 2020. https://doi.org/\n10.1000/xyz").doi == "10.1000/xyz"


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("A title. 2008. https://doi.org/10.1111/j.\n1365-2966.2008.13422.x\n", "10.1111/j.1365-2966.2008.13422.x"),
        ("A title. 2016. https://doi.org/10.\n3233/978-1-61499-649-1-87", "10.3233/978-1-61499-649-1-87"),
        ("A title. 1980. https://doi.org/10.1016/0009-2614(80)\n80396-4", "10.1016/0009-2614(80)80396-4"),
        ("A title. 2020. https://doi.org/10.32614/CRAN.package.\nname", "10.32614/cran.package.name"),
        ("A title. doi:10.1000/xyz.\nSpringer", "10.1000/xyz"),
        ("A title. doi:10.1000/xyz.\nSeen in May 2020", "10.1000/xyz"),
        ("A title. doi:10.1000/xyz.\nhttps://example.org/10", "10.1000/xyz"),
    ],
)
def test_doi_goes_on_where_the_rest_is_a_line_of_its_own(text: str, doi: str) -> None:
    assert read_reference(text).doi == doi
