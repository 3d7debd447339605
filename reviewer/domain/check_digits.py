"""Check digits: whether a number that looks like an account's or a person's can be one.

Rules: ISO 13616 (IBAN, with the lengths of its registry), ISO 7064 (mod 97-10, mod 11-10, mod 11-2), the Luhn formula
of ISO/IEC 7812; for France, Spain and China those that the number's issuer publishes. Separators are taken out before.
"""

from collections import Counter
from datetime import date

_IBAN_LENGTHS = {
    15: "NO", 16: "BE", 18: "DK FI FO GL NL FK SD", 19: "MK SI", 20: "AT BA EE KZ LT LU XK MN", 21: "CH HR LI LV",
    22: "BG BH CR DE GB GE IE ME RS VA", 23: "AE GI IL IQ TL OM SO", 24: "AD CZ ES MD PK RO SA SE SK TN VG",
    25: "LY PT ST", 26: "IS TR", 27: "FR GR IT MC MR SM DJ BI", 28: "AL AZ BY CY DO GT HU LB PL SV NI",
    29: "BR PS QA UA",
    30: "JO KW MU YE", 31: "MT SC", 32: "LC", 33: "RU",
}  # fmt: skip
IBAN_LENGTH = {country: length for length, countries in _IBAN_LENGTHS.items() for country in countries.split()}
_DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
_CHINESE_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHINESE_SIGNS = "10X98765432"
_FIRST_YEAR = 1850
_CARD_DIGITS = range(13, 20)
_LAST_DIGIT = 9
_NO_EIN = {"00", "07", "08", "09", "17", "18", "19", "28", "29", "49", "69", "70", "78", "79", "89", "96", "97"}
"""Beginnings that the Internal Revenue Service gives to no employer."""


def is_iban(text: str) -> bool:
    """An international bank account number, in capitals: of its country's length, and 1 modulo 97."""
    if len(text) != IBAN_LENGTH.get(text[:2]):
        return False
    return int("".join(str(int(each, 36)) for each in text[4:] + text[:4])) % 97 == 1


def is_card(digits: str) -> bool:
    """A payment card's number: 13 to 19 digits that begin as issuers' do, by the Luhn formula."""
    if len(digits) not in _CARD_DIGITS or digits[0] not in "23456" or len(set(digits)) == 1:
        return False
    doubled = (int(each) * (1 + place % 2) for place, each in enumerate(reversed(digits)))
    return sum(each - _LAST_DIGIT if each > _LAST_DIGIT else each for each in doubled) % 10 == 0


def is_german_tax_id(digits: str) -> bool:
    """A *Steuer-ID*: 11 digits by ISO 7064 mod 11-10; of the first ten one comes two or three times."""
    if digits[0] == "0":
        return False
    counts = sorted(Counter(digits[:10]).values(), reverse=True)
    if counts[0] not in {2, 3} or counts[1] != 1:
        return False
    product = 10
    for each in digits[:10]:
        product = ((int(each) + product) % 10 or 10) * 2 % 11
    return (11 - product) % 10 == int(digits[10])


def is_french_insee(text: str) -> bool:
    """A French social security number: 13 signs and 97 less their remainder; Corsica's letters stand for numbers."""
    number = int(text[:13].replace("2A", "19").replace("2B", "18"))
    return 97 - number % 97 == int(text[13:])


def is_spanish_id(text: str) -> bool:
    """A DNI (eight digits) or NIE (X, Y or Z and seven), with the letter that follows from them."""
    digits = str("XYZ".find(text[0])) + text[1:-1] if text[0] in "XYZ" else text[:-1]
    return _DNI_LETTERS[int(digits) % 23] == text[-1]


def is_chinese_id(text: str) -> bool:
    """A resident identity number: 17 digits with a date of birth, and the sign that follows from them (mod 11-2)."""
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    total = sum(weight * int(each) for weight, each in zip(_CHINESE_WEIGHTS, text[:17], strict=True))
    return born.year >= _FIRST_YEAR and _CHINESE_SIGNS[total % 11] == text[17]


def is_us_ssn(digits: str) -> bool:
    """A US social security number as it may have been given out: no part is all zeros, no area 666 or from 900 on."""
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    return area not in {"000", "666"} and area[0] != "9" and group != "00" and serial != "0000"


def is_us_ein(digits: str) -> bool:
    """A US employer's number, by its first two digits."""
    return digits[:2] not in _NO_EIN
