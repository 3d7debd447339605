"""Check digits: true numbers pass, and those with one wrong digit do not."""

import pytest

from reviewer.domain import check_digits as check

# Published examples of the issuers and of the standards; none is a living person's.
TRUE = [
    (check.is_iban, "DE89370400440532013000"),
    (check.is_iban, "GB82WEST12345698765432"),
    (check.is_iban, "FR1420041010050500013M02606"),
    (check.is_iban, "NO9386011117947"),
    (check.is_iban, "MT84MALT011000012345MTLCAST001S"),
    (check.is_card, "4111111111111111"),
    (check.is_card, "378282246310005"),
    (check.is_card, "5555555555554444"),
    (check.is_german_tax_id, "86095742719"),
    (check.is_german_tax_id, "65929970489"),
    (check.is_french_insee, "184127645108946"),
    (check.is_spanish_id, "12345678Z"),
    (check.is_spanish_id, "X1234567L"),
    (check.is_chinese_id, "11010519491231002X"),
    (check.is_us_ssn, "123456789"),
    (check.is_us_ein, "12-3456789"),
]


@pytest.mark.parametrize(("is_one", "number"), TRUE)
def test_true_numbers_pass(is_one, number: str) -> None:
    assert is_one(number)


@pytest.mark.parametrize(("is_one", "number"), [each for each in TRUE if "us_" not in each[0].__name__])
def test_one_wrong_digit_is_noticed(is_one, number: str) -> None:
    place = next(index for index in range(len(number) - 3, 0, -1) if number[index].isdigit())
    wrong = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
    assert not is_one(wrong)


@pytest.mark.parametrize(
    ("is_one", "number"),
    [
        (check.is_iban, "DE8937040044053201300"),
        (check.is_iban, "XX89370400440532013000"),
        (check.is_card, "411111111111"),
        (check.is_card, "9111111111111111"),
        (check.is_card, "2222222222222222"),
        (check.is_german_tax_id, "06095742719"),
        (check.is_german_tax_id, "12345678901"),
        (check.is_german_tax_id, "11223456789"),
        (check.is_chinese_id, "110105194913310028"),
        (check.is_chinese_id, "110105100012310021"),
        (check.is_us_ssn, "000456789"),
        (check.is_us_ssn, "666456789"),
        (check.is_us_ssn, "912456789"),
        (check.is_us_ssn, "123006789"),
        (check.is_us_ssn, "123450000"),
        (check.is_us_ein, "07-3456789"),
    ],
)
def test_what_nobody_was_given_is_none(is_one, number: str) -> None:
    assert not is_one(number)


def test_corsican_departments_count_as_numbers() -> None:
    for department, stands_for in (("2A", "19"), ("2B", "18")):
        key = 97 - int(f"18412{stands_for}451089") % 97
        assert check.is_french_insee(f"18412{department}451089{key:02}")
