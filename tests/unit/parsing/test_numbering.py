import pytest

from reviewer.parsing.numbering import read_label, read_number, roman_value


@pytest.mark.parametrize(
    ("text", "printed", "families"),
    [
        ("1. Term", "1", ["n.1"]),
        ("1.1 Term", "1.1", ["n.2"]),
        ("1.1.1. Term", "1.1.1", ["n.3"]),
        ("2.0 Umfang", "2.0", ["n.1"]),
        ("(a) the fees", "(a)", ["(a)"]),
        ("(A) Background", "(A)", ["(A)"]),
        ("(i) the fees", "(i)", ["(a)", "(i)"]),
        ("(ii) the fees", "(ii)", ["(a)", "(i)"]),
        ("(1) the fees", "(1)", ["(1)"]),
        ("3) the fees", "3)", ["1)"]),
        ("IV. Term", "IV", ["I."]),
        ("C. Term", "C", ["A."]),
        ("7 PAYMENT", "7", ["n.1"]),
        ("ARTICLE IV Term", "ARTICLE IV", ["article"]),
        ("Article 4: Term", "Article 4", ["article"]),
        ("Section 2.03 Term", "Section 2.03", ["section.2"]),
        ("§ 5 Haftung", "§ 5", ["section"]),
        ("Clause 7 Term", "Clause 7", ["section"]),
        ("Schedule 2", "Schedule 2", ["schedule"]),
        ("EXHIBIT B", "EXHIBIT B", ["schedule"]),
        ("Anlage 1", "Anlage 1", ["schedule"]),
        ("第十二条 定义", "第十二条", ["section"]),
    ],
)
def test_label_is_read_with_its_families(text: str, printed: str, families: list[str]) -> None:
    label = read_label(text)
    assert label is not None
    assert label.printed == printed
    assert sorted(reading.family for reading in label.readings) == sorted(families)


@pytest.mark.parametrize("text", ["the parties", "2020 was", "$5.00", "section 5", "Sections", "1,000 units", "a", "•"])
def test_no_label_is_read_from_other_words(text: str) -> None:
    assert read_label(text) is None


@pytest.mark.parametrize(
    ("number", "printed", "ordinals"),
    [("3.1.", "3.1", (3, 1)), ("(b)", "(b)", (2,)), ("3.1(a)", "3.1(a)", (1,)), ("Article II", "Article II", (2,))],
)
def test_computed_number_is_read(number: str, printed: str, ordinals: tuple[int, ...]) -> None:
    label = read_number(number)
    assert label is not None
    assert label.printed == printed
    assert label.readings[0].ordinals == ordinals


def test_bullet_is_no_number() -> None:
    assert read_number("•") is None


@pytest.mark.parametrize(
    ("numeral", "value"), [("iv", 4), ("IX", 9), ("xl", 40), ("iiii", None), ("ic", None), ("", None)]
)
def test_roman_numeral_has_its_value(numeral: str, value: int | None) -> None:
    assert roman_value(numeral) == value


def test_chinese_numeral_counts() -> None:
    label = read_label("第二十一条")
    assert label is not None
    assert label.readings[0].ordinals == (21,)
