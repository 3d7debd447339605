import pytest

from reviewer.domain.category import Category, Sign, match
from reviewer.domain.category_file import read_categories
from reviewer.domain.clause import Clause
from reviewer.domain.section import SectionKind

FILE = """
[words]
policy = 'policy|cover'

[[labels]]
name = "Insurance"
headings = ["insurance"]
heading = 0.7
kinds = { schedule = 0.6, recital = -0.6 }
sure = ['maintain {policy}']
likely = ['insured by']
hint = ['premium']
against = ['no duty']
"""
(INSURANCE,) = CATEGORIES = read_categories(FILE)


def reason(clause: Clause) -> str:
    return "".join(found.reason for found in match(clause, CATEGORIES))


def test_file_becomes_categories() -> None:
    assert INSURANCE.name == "Insurance"
    assert INSURANCE.heading_weight == 0.7
    assert INSURANCE.kinds == {SectionKind.SCHEDULE: 0.6, SectionKind.RECITAL: -0.6}
    assert INSURANCE.signs[Sign.SURE] == ("maintain (?:policy|cover)",)


def test_sure_words_are_enough() -> None:
    assert reason(Clause("It shall maintain cover.")) == "words “maintain cover”"


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        (Clause("It is insured by Acme."), ""),
        (Clause("It is insured by Acme for a premium."), "words “insured by”, “premium”"),
        (Clause("It is insured by Acme. A premium is due."), ""),
        (Clause("It is insured by Acme.", "Insurance"), "heading “Insurance”; words “insured by”"),
        (
            Clause("It is insured by Acme.", "Duties", ("Risk", "Insurance")),
            "under the heading “Insurance”; words “insured by”",
        ),
        (Clause("It pays a premium.", "Duties", ("Insurance",)), ""),
        (
            Clause("It pays a premium.", kind=SectionKind.SCHEDULE),
            "the part is of the kind “schedule”; words “premium”",
        ),
        (Clause("It is insured by Acme for a premium.", kind=SectionKind.RECITAL), ""),
        (Clause("There is no duty to maintain cover."), ""),
        (Clause("There is no duty to pay. It shall maintain cover."), "words “maintain cover”"),
        (Clause("Insurance"), ""),
    ],
)
def test_signs_of_heading_kind_and_one_sentence_are_added(clause: Clause, found: str) -> None:
    assert reason(clause) == found


def test_words_of_the_heading_are_not_counted_twice() -> None:
    assert reason(Clause("3. Premium insured by us", "Premium insured by us")) == ""


def test_words_run_over_from_the_sentence_above() -> None:
    (found,) = match(Clause("(a) cover.", lead="It shall maintain"), [category("maintain (?:.a. )?cover")])
    assert [span.of("(a) cover.") for span in found.words] == ["(a) cover"]
    (lead,) = match(Clause("(a) fire.", lead="It shall maintain cover against"), [category("maintain cover")])
    assert lead.words == ()


def test_full_stop_in_a_number_or_a_name_ends_no_sentence() -> None:
    one = [category("shall[^.;]{0,40}maintain")]
    assert match(Clause("It shall, under 28.4 and Acme Inc. rules, maintain it."), one)
    assert not match(Clause("It shall. And they maintain it."), one)


def test_long_words_are_shortened_and_confidence_grows_with_signs() -> None:
    (found,) = match(Clause("It shall " + "gladly " * 12 + "maintain it."), [category("shall .{10,90}maintain")])
    assert found.reason.endswith("…”")
    assert len(found.reason) < 75
    assert found.confidence == 0.5
    (more,) = match(Clause("It shall maintain cover, insured by Acme.", "Insurance"), CATEGORIES)
    assert more.confidence > found.confidence


def test_signs_that_need_no_word_are_searched_everywhere() -> None:
    found = match(Clause("It is due on 4711."), (category(r"\d{4}"), category("payable")))
    assert [each.category for each in found] == ["Any"]


def category(sure: str) -> Category:
    return Category("Any", {}, (), 0.6, {Sign.SURE: (sure,)})
