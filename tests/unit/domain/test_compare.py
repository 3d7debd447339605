from dataclasses import replace

from reviewer.domain.compare import compare
from reviewer.domain.comparison import ChangeKind, Comparison, SectionFate, Weight
from reviewer.domain.document import Document, Origin
from reviewer.domain.projection import project
from reviewer.domain.section import Section
from reviewer.domain.version import Version
from tests.fakes.documents import make_document, make_sections

FEES = "1 Fees\nThe Customer shall pay the Fees within thirty days of the invoice.\n"
SECRETS = "2 Secrets\nEach party keeps the secrets of the other party and discloses none of them.\n"
TERM = "3 Term\nThis agreement runs for two years, subject to clause 1 and clause 2 above.\n"
NOTICES = "4 Notices\nNotices are in writing and are effective when they are received by the other.\n"
LAW = "5 Law\nThe laws of the place where the Customer lives govern this whole agreement.\n"
ALL = (FEES, SECRETS, TERM, NOTICES, LAW)


def version(*parts: str, document: Document | None = None, sections: tuple[Section, ...] | None = None) -> Version:
    made = document or make_document("".join(parts))
    return Version(made, project(made), make_sections(parts) if sections is None else sections)


def compared(old: tuple[str, ...], new: tuple[str, ...]) -> Comparison:
    return compare(version(*old), version(*new))


def fates(comparison: Comparison, flag: str) -> list[str]:
    return [(fate.old or fate.new).heading for fate in comparison.sections if getattr(fate, f"is_{flag}")]  # type: ignore[union-attr]


def words(comparison: Comparison) -> list[tuple[str, str]]:
    return [(change.old_words, change.new_words) for change in comparison.changes]


def test_the_same_text_is_the_same() -> None:
    found = compared(ALL, ALL)
    assert found.is_same
    assert fates(found, "same") == ["Fees", "Secrets", "Term", "Notices", "Law"]


def test_a_changed_word_is_told_with_its_places_and_section() -> None:
    new = (FEES.replace("thirty", "sixty"), *ALL[1:])
    found = compared(ALL, new)
    (change,) = found.changes
    assert (change.kind, change.old_words, change.new_words) == (ChangeKind.REPLACED, "thirty", "sixty")
    assert change.old.of("".join(ALL)) == "thirty"
    assert change.new.of("".join(new)) == "sixty"
    assert change.new_section is not None
    assert change.new_section.heading == "Fees"
    assert (change.weights, change.is_weighty) == ((Weight.NUMBER,), True)
    assert fates(found, "changed") == ["Fees"]
    assert not found.is_same


def test_words_that_went_and_came_lie_where_they_would() -> None:
    secrets, law = SECRETS.replace(" of the other party", ""), LAW.replace("whole ", "whole new ")
    found = compared(ALL, (FEES, secrets, TERM, NOTICES, law))
    gone, come = found.changes
    assert (gone.kind, gone.old_words, gone.new_words) == (ChangeKind.DELETED, "of the other party", "")
    assert len(gone.new) == 0
    assert (come.kind, come.new_words) == (ChangeKind.INSERTED, "new")
    assert len(come.old) == 0
    assert come.weights == ()


def test_words_at_the_very_end_lie_at_the_end() -> None:
    found = compared(ALL, (*ALL[:-1], LAW.removesuffix("whole agreement.\n") + "\n"))
    (gone,) = found.changes
    assert gone.new.start <= len("".join(ALL))


def test_sections_that_went_and_came_are_no_changes_of_words() -> None:
    new = "6 Insurance\nThe Supplier takes out insurance against fire and keeps it all the time.\n"
    found = compared(ALL, (FEES, TERM, NOTICES, LAW, new))
    assert fates(found, "deleted") == ["Secrets"]
    assert fates(found, "inserted") == ["Insurance"]
    assert [(fate.old or fate.new).heading for fate in found.sections] == [  # type: ignore[union-attr]
        "Fees", "Secrets", "Term", "Notices", "Law", "Insurance",
    ]  # fmt: skip
    assert found.changes == ()


def test_a_section_that_went_at_the_beginning_stands_first() -> None:
    assert fates(compared(ALL, ALL[1:]), "deleted") == ["Fees"]
    assert compared(ALL, ALL[1:]).sections[0].is_deleted


def test_a_moved_section_is_told_once() -> None:
    found = compared(ALL, (SECRETS, TERM, NOTICES, LAW, FEES))
    assert fates(found, "moved") == ["Fees"]
    assert found.changes == ()


def test_what_is_inside_of_a_moved_section_was_not_moved_again() -> None:
    moved_both = compare(nested(ALL), nested((TERM, NOTICES, LAW, FEES, SECRETS)))
    assert fates(moved_both, "moved") == ["Fees"]


def test_what_left_a_moved_section_was_moved_by_itself() -> None:
    apart = compare(nested(ALL), version(TERM, NOTICES, SECRETS, LAW, FEES))
    assert fates(apart, "moved") == ["Secrets", "Fees"]


def nested(parts: tuple[str, ...]) -> Version:
    """A version in which the secrets are a part of the fees."""
    made = make_sections(parts)
    fees = next(each for each in made if each.heading == "Fees")
    return version(*parts, sections=tuple(replace(e, parent=fees.id) if e.heading == "Secrets" else e for e in made))


def test_a_heading_between_two_sections_that_went_stayed_as_it_was() -> None:
    heading, child = "6 Ending\n", "6.1 Either party ends this agreement by a letter to the other one at any time.\n"
    found = compared((FEES, SECRETS, heading, child, LAW), (FEES, heading, LAW))
    assert fates(found, "deleted") == [
        "Secrets",
        "Either party ends this agreement by a letter to the other one at any time.",
    ]
    assert words(found) == []


def test_a_full_stop_is_not_moved_with_the_section_behind_it() -> None:
    """The section before ends in another word now; its full stop is still its own."""
    found = compared((FEES, TERM, LAW, NOTICES), (FEES, NOTICES.replace("other.", "first."), TERM, LAW))
    assert words(found) == [("other", "first")]


def test_new_numbers_are_told_and_are_no_words() -> None:
    renumbered = tuple(part.replace(str(place), str(place + 5), 1) for place, part in enumerate(ALL, 1))
    term = renumbered[2].replace("clause 1 and clause 2", "clause 6 and clause 7")
    found = compared(ALL, (*renumbered[:2], term, *renumbered[3:]))
    assert len(fates(found, "renumbered")) == 5
    assert [change.follows_numbers for change in found.changes] == [True, True]
    assert not any(change.is_weighty for change in found.changes)
    assert words(found) == [("1", "6"), ("2", "7")]


def test_a_reference_to_another_section_is_weighty() -> None:
    found = compared(ALL, (FEES, SECRETS, TERM.replace("clause 2", "clause 4"), NOTICES, LAW))
    assert [(change.follows_numbers, change.is_weighty) for change in found.changes] == [(False, True)]


def test_each_kind_of_weighty_word_is_told() -> None:
    def weights(before: str, after: str) -> tuple[Weight, ...]:
        filler = " as the Customer and the Customer and the Supplier and the Supplier agree\n"
        found = compared((f"1 A\nUp to {before} it holds{filler}",), (f"1 A\nUp to {after} it holds{filler}",))
        return tuple(weight for change in found.changes for weight in change.weights)

    assert weights("5 %", "7 %") == (Weight.NUMBER,)
    assert weights("March 1", "May 1") == (Weight.DATE,)
    assert weights("2024", "2025") == (Weight.DATE,)
    assert weights("here", "not here") == (Weight.NEGATION,)
    assert weights("may", "shall") == (Weight.MODAL,)
    assert weights("the Customer", "the Supplier") == (Weight.NAME,)
    assert weights("green", "yellow") == ()


def test_how_a_version_was_cut_makes_no_difference_to_its_words() -> None:
    whole = make_document("".join(ALL))
    (section,) = make_sections(("".join(ALL),))
    found = compare(version(*ALL), version(document=whole, sections=(replace(section, number="", heading=""),)))
    assert [change.new_words for change in found.changes] == ["1", "2", "3", "4", "5"]  # numbers of none are words
    assert not any(fate.is_inserted or fate.is_deleted for fate in found.sections)


def test_versions_without_sections_are_compared_all_the_same() -> None:
    found = compare(
        version(document=make_document("One two three four.\n"), sections=()),
        version(document=make_document("One two three five.\n"), sections=()),
    )
    (change,) = found.changes
    assert (change.old_words, change.new_words, change.old_section, change.new_section) == ("four", "five", None, None)
    assert found.sections == ()


def test_a_word_or_two_between_longer_changes_is_told_with_them() -> None:
    before, after = "alpha beta gamma of delta epsilon zeta", "red green blue of pink grey black"
    old = (FEES, f"2 Secrets\nEach party keeps {before} and tells it to none.\n", TERM)
    new = (FEES, f"2 Secrets\nEach party keeps {after} and tells it to none.\n", TERM)
    assert words(compared(old, new)) == [(before, after)]


def test_a_change_over_the_border_of_two_sections_is_told_for_each() -> None:
    first, second = "1 A\nOne two three four five six seven eight ", " nine ten eleven twelve thirteen\n"
    old = (f"{first}alpha beta gamma\n", f"2 B\ndelta epsilon zeta{second}")
    new = (f"{first}red green blue\n", f"2 B\npink grey black{second}")
    found = compared(old, new)
    assert {change.new_section.number for change in found.changes if change.new_section} == {"1", "2"}


def test_words_read_from_a_picture_are_doubtful() -> None:
    parts = (FEES.replace("thirty", "sixty"), *ALL[1:])
    made = make_document("".join(parts))
    scanned = replace(made, blocks=tuple(replace(each, origin=Origin.OCR) for each in made.blocks))
    picture = version(document=scanned, sections=make_sections(parts))
    for found in (compare(version(*ALL), picture), compare(picture, version(*ALL))):
        assert [change.is_doubtful for change in found.changes] == [True]


def test_line_ends_quotation_marks_and_ligatures_are_no_changes() -> None:
    old = ("1 A\nThe “first” offi-\ncer keeps the file of each well-known party.\n", *ALL[1:])
    new = ('1 A\nThe "first" officer keeps the ﬁle of each\nwell-known party.\n', *ALL[1:])
    assert compared(old, new).changes == ()


def test_chinese_is_compared_sign_by_sign() -> None:
    old = ("1 费用\n客户应在三十天内付款给供应商并保存所有记录。\n",)
    new = ("1 费用\n客户应在六十天内付款给供应商并保存所有记录。\n",)
    assert words(compared(old, new)) == [("三", "六")]


def test_a_number_is_left_out_behind_what_strayed_before_it() -> None:
    def stray(number: str) -> Version:
        parts = (FEES, f"| 31 |\n\n{number} Secrets\nEach party keeps the secrets of the other and tells none.\n")
        fees, secrets = make_sections(parts)
        return version(*parts, sections=(fees, replace(secrets, number=number, heading="Secrets")))

    found = compare(stray("2"), stray("7"))
    assert found.changes == ()
    assert fates(found, "renumbered") == ["Secrets"]


def test_numbers_in_brackets_are_left_out_whole() -> None:
    old = ("(a) Fees\nThe Customer pays them within thirty days of the invoice.\n",)
    new = ("(b) Fees\nThe Customer pays them within thirty days of the invoice.\n",)
    found = compared(old, new)
    assert found.changes == ()
    assert fates(found, "renumbered") == ["Fees"]


def test_a_fate_without_flags_is_the_same() -> None:
    section = make_sections(ALL)[0]
    assert SectionFate(section, section).is_same
    assert SectionFate(None, section).is_inserted
    assert SectionFate(section, None).is_deleted
