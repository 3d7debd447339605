"""What can be the number of a clause, how it is printed, and what it can mean."""

import pytest

from reviewer.parsing.numbering import Reading, read_label, read_number, roman_value


@pytest.mark.parametrize(
    ("text", "printed", "readings"),
    [
        ("1. Payment", "1", {("n.1", (1,))}),
        ("1.1 The fee", "1.1", {("n.2", (1, 1))}),
        ("1.1.1 The fee", "1.1.1", {("n.3", (1, 1, 1))}),
        ("2.0 Methodik", "2.0", {("n.1", (2,))}),
        ("(a) first", "(a)", {("(a)", (1,))}),
        ("(i) first", "(i)", {("(a)", (9,)), ("(i)", (1,))}),
        ("(iv) fourth", "(iv)", {("(i)", (4,))}),
        ("(aa) after z", "(aa)", {("(a)", (27,))}),
        ("(A) first", "(A)", {("(A)", (1,))}),
        ("(12) twelfth", "(12)", {("(1)", (12,))}),
        ("a) first", "a)", {("a)", (1,))}),
        ("IV. Fees", "IV", {("I.", (4,))}),
        ("Article IV Fees", "Article IV", {("article", (4,))}),
        ("ARTICLE  IV", "ARTICLE IV", {("article", (4,))}),
        ("Artikel 2 Preis", "Artikel 2", {("article", (2,))}),
        ("Section 2.3 Taxes", "Section 2.3", {("section.2", (2, 3))}),
        ("Clause 7: Fees", "Clause 7", {("section", (7,))}),
        ("§ 5 Haftung", "§ 5", {("section", (5,))}),
        ("Schedule 2", "Schedule 2", {("schedule", (2,))}),
        ("EXHIBIT B", "EXHIBIT B", {("schedule", (2,))}),
        ("Anlage 3", "Anlage 3", {("schedule", (3,))}),
        ("1204. Fees", "1204", {("n.1", (1204,))}),
        ("I - DEFINITIONS", "I", {("I-", (1,))}),
        ("FIRST: The parties", "FIRST", {("section", (1,))}),
        ("Titre II - Livraison", "Titre II", {("chapter", (2,))}),
        ("10000. Fees", "10000", {("n.1", (10000,))}),
        ("Article 1382 Damage", "Article 1382", {("article", (1382,))}),
        ("§ 1353 Ehe", "§ 1353", {("section", (1353,))}),
        ("Section 1201.5 Taxes", "Section 1201.5", {("section.2", (1201, 5))}),
        ("ARTICLE CXLIV", "ARTICLE CXLIV", {("article", (144,))}),
        ("ARTICLE MXIX", "ARTICLE MXIX", {("article", (1019,))}),
        ("XCIX. Fees", "XCIX", {("I.", (99,))}),
        ("(xxxviii) more", "(xxxviii)", {("(i)", (38,))}),
        ("(c) third", "(c)", {("(a)", (3,))}),
        ("第一百零三条 附则", "第一百零三条", {("section", (103,))}),
        ("第千二百条 雑則", "第千二百条", {("section", (1200,))}),
        ("第三条 费用", "第三条", {("section", (3,))}),
        ("第十二章 总则", "第十二章", {("article", (12,))}),
    ],
)
def test_read_label_gives_the_printed_number_and_its_readings(text, printed, readings):
    label = read_label(text)
    assert label is not None
    assert label.printed == printed
    assert {(reading.family, reading.ordinals) for reading in label.readings} == readings
    assert not text[label.end :].startswith((".", ":", ")"))


@pytest.mark.parametrize(
    "text",
    ["", "Payment", "1,000 euros", "1.5m long", "100 % of it", "(see above)", "section shall", "articles of clothing"],
)
def test_read_label_is_none_when_there_is_no_number_of_a_clause(text):
    assert read_label(text) is None


def test_read_label_reads_at_an_offset():
    label = read_label("see 7. Fees", 4)
    assert label is not None
    assert (label.printed, label.end) == ("7", 6)


def test_read_label_tells_a_number_without_punctuation():
    label = read_label("7 Payment")
    assert label is not None
    assert label.is_bare


@pytest.mark.parametrize(
    ("number", "printed", "reading"),
    [
        ("1.", "1", Reading("n.1", (1,))),
        ("1.1.", "1.1", Reading("n.2", (1, 1))),
        ("(c)", "(c)", Reading("(a)", (3,))),
        ("3.1(a)", "3.1(a)", Reading("(a)", (1,))),
        ("Article IV", "Article IV", Reading("article", (4,))),
        ("7", "7", Reading("n.1", (7,))),
    ],
)
def test_read_number_reads_what_a_word_processor_prints(number, printed, reading):
    label = read_number(number)
    assert label is not None
    assert label.printed == printed
    assert reading in label.readings


@pytest.mark.parametrize("bullet", ["•", "-", "o", "\uf0b7", ""])
def test_read_number_is_none_for_a_bullet(bullet):
    assert read_number(bullet) is None


@pytest.mark.parametrize(
    ("numeral", "value"), [("i", 1), ("iv", 4), ("IX", 9), ("xiv", 14), ("XL", 40), ("lx", 60), ("iix", None)]
)
def test_roman_value_reads_small_numerals(numeral, value):
    assert roman_value(numeral) == value


@pytest.mark.parametrize("numeral", ["", "iiii", "vx", "abc", "ic"])
def test_roman_value_is_none_when_malformed(numeral):
    assert roman_value(numeral) is None
