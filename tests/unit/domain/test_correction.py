"""How a document was cut, put right by hand."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.correction import (
    Correction,
    CorrectionAction,
    correct,
    corrections_of,
    encode_correction,
)
from reviewer.domain.decision import OPEN, Decision, DecisionAction, SubjectKind, SubjectRef, stand
from reviewer.domain.projection import project
from reviewer.domain.section import Section, SectionKind
from tests.fakes.documents import CLAUSES, make_document, make_sections

DOCUMENT = make_document()
PROJECTION = project(DOCUMENT)
SECTIONS = make_sections(CLAUSES)
FIRST, SECOND, THIRD = (section.span.start for section in SECTIONS)
SUBJECT = SubjectRef(SubjectKind.SECTIONS, DOCUMENT.id)


def corrected(*corrections: Correction) -> tuple[Section, ...]:
    result = correct(DOCUMENT, PROJECTION, SECTIONS, corrections)
    assert result.stale == ()
    return result.sections


def test_nothing_corrected_is_nothing_changed() -> None:
    assert corrected() == SECTIONS


def test_merge_joins_a_section_to_the_one_before_it() -> None:
    first, second = corrected(Correction(CorrectionAction.MERGE, SECOND))
    assert first.own.of(DOCUMENT.text) == CLAUSES[0] + CLAUSES[1]
    assert (first.number, second.number) == ("1", "3")


def test_split_cuts_a_section_in_two() -> None:
    at = DOCUMENT.text.index("The Supplier")
    _, second, new, _ = corrected(Correction(CorrectionAction.SPLIT, at))
    assert second.own.of(DOCUMENT.text) == "2 Liability\n"
    assert (new.own.of(DOCUMENT.text), new.number, new.kind) == (CLAUSES[1][12:], "", SectionKind.CLAUSE)


@pytest.mark.parametrize(
    ("action", "value", "number", "heading", "kind"),
    [
        (CorrectionAction.RENUMBER, " 2.1 ", "2.1", "Liability", SectionKind.CLAUSE),
        (CorrectionAction.RENAME, "Cap  on liability", "2", "Cap on liability", SectionKind.CLAUSE),
        (CorrectionAction.RELABEL, "definition", "2", "Liability", SectionKind.DEFINITION),
    ],
)
def test_section_is_called_otherwise(
    action: CorrectionAction, value: str, number: str, heading: str, kind: SectionKind
) -> None:
    section = corrected(Correction(action, SECOND, value))[1]
    assert (section.number, section.heading, section.kind) == (number, heading, kind)


def test_level_moves_a_section_under_the_one_before_it() -> None:
    first, second, _ = corrected(Correction(CorrectionAction.LEVEL, SECOND, "2"))
    assert (second.level, second.parent) == (2, first.id)
    assert first.span.end == second.span.end


def test_only_the_changed_section_gets_another_id() -> None:
    before = corrected(Correction(CorrectionAction.RENAME, FIRST, "Fees"))
    after = corrected(Correction(CorrectionAction.RENAME, SECOND, "Other"))
    assert [each.id for each in before][2] == [each.id for each in after][2]
    assert before[1].id != after[1].id


@pytest.mark.parametrize(
    "stale",
    [
        Correction(CorrectionAction.MERGE, FIRST),
        Correction(CorrectionAction.MERGE, SECOND + 1),
        Correction(CorrectionAction.SPLIT, SECOND),
        Correction(CorrectionAction.SPLIT, FIRST),
        Correction(CorrectionAction.SPLIT, len(DOCUMENT.text)),
        Correction(CorrectionAction.RELABEL, SECOND, "poem"),
        Correction(CorrectionAction.LEVEL, SECOND, "0"),
        Correction(CorrectionAction.LEVEL, SECOND, "deep"),
    ],
)
def test_correction_that_finds_nothing_is_told_and_changes_nothing(stale: Correction) -> None:
    result = correct(DOCUMENT, PROJECTION, SECTIONS, [stale])
    assert result.stale == (stale,)
    assert [each.own for each in result.sections] == [each.own for each in SECTIONS]


_ANY = st.builds(
    Correction,
    st.sampled_from(CorrectionAction),
    st.integers(0, len(DOCUMENT.text)),
    st.sampled_from(["", "2", "clause", "x y"]),
)


@given(st.lists(_ANY, max_size=8))
def test_corrected_sections_tile_what_is_visible(corrections: list[Correction]) -> None:
    sections = correct(DOCUMENT, PROJECTION, SECTIONS, corrections).sections
    assert sections[0].own.start == 0
    assert [each.own.end for each in sections[:-1]] == [each.own.start for each in sections[1:]]
    assert sections[-1].own.end == len(DOCUMENT.text)


def _decision(action: DecisionAction, value: str = "") -> Decision:
    return Decision(SUBJECT, action, datetime(2026, 1, 1, tzinfo=UTC), value=value)


def test_corrections_are_kept_as_decisions_and_taken_back_one_by_one() -> None:
    merge = Correction(CorrectionAction.MERGE, 7)
    rename = Correction(CorrectionAction.RENAME, 9, "Näme")
    journal = [_decision(DecisionAction.RESPLIT, encode_correction(each)) for each in (merge, rename)]
    assert corrections_of(journal) == (merge, rename)
    undo = _decision(DecisionAction.REOPEN)
    assert corrections_of([*journal, undo]) == (merge,)
    assert corrections_of([undo, *journal]) == (merge, rename)
    assert corrections_of([_decision(DecisionAction.NOTE, "why")]) == ()


def test_correction_says_nothing_about_a_finding() -> None:
    assert stand(OPEN, _decision(DecisionAction.RESPLIT, "{}")) == OPEN
