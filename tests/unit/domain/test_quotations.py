import pytest

from reviewer.domain.quotations import quotations


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It says “the fee is due” and no more.", ("the fee is due",)),
        ('It says "the fee is due" and "the fee is due" again.', ("the fee is due",)),
        ("Es heißt „die Gebühr ist fällig“ darin.", ("die Gebühr ist fällig",)),
        ("Il dit « la somme est due » ici.", ("la somme est due",)),
        ("合同规定“乙方应当付款”。", ("乙方应当付款",)),
        ("約款は「乙は支払を行う」とする。", ("乙は支払を行う",)),
        ('The "Fee" and the “Due Date” are defined.', ()),
        ("He said nothing.", ()),
        ('A 5" pipe and\na 6" pipe it is.', ()),
    ],
)
def test_quotations_are_words_between_marks_that_are_long_enough(text: str, found: tuple[str, ...]) -> None:
    assert quotations(text) == found
