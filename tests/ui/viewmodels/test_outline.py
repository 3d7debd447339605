from dataclasses import replace
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, Visibility
from reviewer.domain.ids import SectionId
from reviewer.domain.outcome import Severity
from reviewer.domain.section import Section, SectionKind
from reviewer.ui.viewmodels.outline import (
    FINDINGS_ROLE,
    FOLDED_FINDINGS_ROLE,
    FOLDED_STATE_ROLE,
    HAS_FINDINGS_ROLE,
    HAS_STATES_ROLE,
    LABELS_ROLE,
    SECTION_ROLE,
    STATE_ROLE,
    TITLE_ROLE,
    OutlineModel,
    labels_of,
)
from reviewer.ui.viewmodels.progress import SectionState
from tests.fakes.documents import make_document
from tests.fakes.reports import FEES, LIABILITY, make_report

SPAN = TextSpan(0, 0)
T = TypeVar("T")


def part(name: str, number: str = "", heading: str = "", parent: str = "", kind: str = "clause") -> Section:
    above = SectionId(parent) if parent else None
    return Section(SectionId(name), SectionKind(kind), number, heading, 2 if parent else 1, above, SPAN, SPAN)


TREE = (
    part("title", heading="Services Agreement", kind="title"),
    part("fees", "1", "Fees"),
    part("due", "1.1", "When due", "fees"),
    part("late", "1.2", "", "fees"),
    part("rate", "(a)", "Rate", "late"),
    part("signed", kind="signature"),
)


def shown(*sections: Section) -> OutlineModel:
    model = OutlineModel()
    model.show(sections or TREE)
    return model


def data(model: OutlineModel, name: str, role: int = 0) -> object:
    return model.index_of(SectionId(name)).data(role)


def spoken(model: OutlineModel, name: str) -> object:
    return data(model, name, int(Qt.ItemDataRole.AccessibleTextRole))


def ids(**values: T) -> dict[SectionId, T]:
    return {SectionId(name): value for name, value in values.items()}


def changes(model: OutlineModel) -> list[tuple[object, object]]:
    seen: list[tuple[object, object]] = []
    model.dataChanged.connect(
        lambda first, last: seen.append((first.data(SECTION_ROLE).id, last.data(SECTION_ROLE).id))
    )
    return seen


def test_outline_is_the_tree_of_the_sections(qtmodeltester: ModelTester) -> None:
    model = shown()
    qtmodeltester.check(model)
    assert model.rowCount() == 3
    assert model.count() == 6
    fees = model.index(1, 0)
    assert (fees.data(), model.rowCount(fees)) == ("1 Fees", 2)
    rate = model.index_of(SectionId("rate"))
    assert rate.parent().data(SECTION_ROLE).id == "late"
    assert rate.parent().parent() == fees
    assert data(model, "fees", int(Qt.ItemDataRole.ToolTipRole)) == "<qt>1 Fees</qt>"
    assert model.data(QModelIndex()) is None
    assert not model.index_of(SectionId("none")).isValid()
    assert not model.index(9, 0).isValid()
    assert not model.index(0, 0).parent().isValid()


def test_outline_calls_a_section_without_a_heading_what_it_is() -> None:
    model = shown()
    assert data(model, "signed") == "Signatures"
    assert data(model, "late") == "1.2 Clause"
    assert data(model, "late", TITLE_ROLE) == "Clause"


def test_outline_has_a_word_for_every_kind() -> None:
    model = shown(*(part(kind.value, kind=kind.value) for kind in SectionKind))
    assert all(data(model, kind.value) for kind in SectionKind)


def test_outline_calls_a_section_without_a_heading_by_its_first_visible_words() -> None:
    document = make_document("Parties\n1.1. hidden\nPay\twithin 30 days.\nwords\n")
    seen, secret, rest, last = document.blocks
    secret = replace(secret, visibility=Visibility.HIDDEN, span=TextSpan(13, 19))
    number = Block(TextSpan(8, 13))
    document = replace(document, blocks=(seen, number, secret, rest, last))
    sections = (
        replace(part("who", kind="parties"), own=TextSpan(0, 8)),
        replace(part("pay", "1.1"), own=TextSpan(8, 40)),
        replace(part("blank", "1.2"), own=TextSpan(45, 46)),
    )
    model = OutlineModel()
    model.show(sections, document)
    assert data(model, "who") == "Parties"
    assert data(model, "pay") == "1.1 Pay within 30 days."
    assert data(model, "blank") == "1.2 Clause"


def test_outline_says_how_each_section_stands_and_what_was_found() -> None:
    model = shown()
    assert not data(model, "fees", HAS_STATES_ROLE)
    model.set_states(ids(fees=SectionState.DONE, due=SectionState.RUNNING))
    model.set_findings(ids(fees=(2, Severity.HIGH), rate=(1, Severity.CRITICAL)))
    assert data(model, "fees", HAS_STATES_ROLE)
    assert (data(model, "fees", STATE_ROLE), data(model, "title", STATE_ROLE)) == (SectionState.DONE, SectionState.NONE)
    assert (data(model, "fees", FINDINGS_ROLE), data(model, "due", FINDINGS_ROLE)) == ((2, Severity.HIGH), (0, None))
    assert (data(model, "fees", HAS_FINDINGS_ROLE), data(model, "due", HAS_FINDINGS_ROLE)) == ("1", "0")
    assert spoken(model, "fees") == "1 Fees, done, 2 findings, worst high, 1 finding in its parts"
    assert spoken(model, "rate") == "(a) Rate, 1 finding, worst critical"
    assert spoken(model, "title") == "Services Agreement"


def test_outline_shows_the_worst_of_all_parts_where_a_row_is_folded() -> None:
    model = shown()
    model.set_states(ids(fees=SectionState.DONE, late=SectionState.DONE, rate=SectionState.FAILED))
    model.set_findings(ids(fees=(2, Severity.LOW), rate=(3, Severity.HIGH)))
    assert data(model, "fees", FOLDED_STATE_ROLE) == SectionState.FAILED
    assert data(model, "fees", FOLDED_FINDINGS_ROLE) == (5, Severity.HIGH)
    assert data(model, "title", FOLDED_FINDINGS_ROLE) == (0, None)
    model.set_states(ids(fees=SectionState.DONE, late=SectionState.DONE, rate=SectionState.DONE))
    model.set_findings({})
    assert data(model, "fees", FOLDED_STATE_ROLE) == SectionState.DONE
    assert data(model, "fees", FOLDED_FINDINGS_ROLE) == (0, None)


def test_outline_changes_only_the_rows_that_changed_and_those_around_them() -> None:
    model = shown()
    seen = changes(model)
    model.set_states(ids(rate=SectionState.RUNNING))
    assert sorted(seen, key=str) == [("fees", "fees"), ("late", "late"), ("rate", "rate")]
    seen.clear()
    model.set_states(ids(rate=SectionState.RUNNING, due=SectionState.NONE))
    assert seen == []
    model.set_findings(ids(title=(1, Severity.LOW), fees=(1, Severity.LOW), gone=(1, Severity.LOW)))
    assert seen == [("title", "fees")]


def test_outline_forgets_states_with_the_document() -> None:
    model = shown()
    model.set_states(ids(fees=SectionState.DONE))
    model.show(TREE[1:2])
    assert (model.rowCount(), data(model, "fees", STATE_ROLE)) == (1, SectionState.NONE)
    model.show(())
    assert model.rowCount() == 0


def test_outline_puts_a_part_of_something_unknown_at_the_top() -> None:
    model = shown(part("lost", "9", "Lost", "nowhere"))
    assert model.rowCount() == 1


@settings(max_examples=30)
@given(
    depths=st.lists(st.integers(0, 3), min_size=1, max_size=30),
    rounds=st.lists(st.dictionaries(st.integers(0, 29), st.sampled_from(SectionState)), max_size=4),
)
def test_outline_folds_alike_however_it_got_there(depths: list[int], rounds: list[dict[int, SectionState]]) -> None:
    """What is kept of folded rows is never stale: a fresh model says the same."""
    sections: list[Section] = []
    around: list[str] = []
    for index, depth in enumerate(depths):
        around = [*around[:depth], str(index)]
        sections.append(part(str(index), str(index), "Head", around[-2] if len(around) > 1 else ""))
    lasting = shown(*sections)
    for states in rounds:
        given_states = {SectionId(str(index)): state for index, state in states.items()}
        fresh = shown(*sections)
        for model in (lasting, fresh):
            model.set_states(given_states)
        for section in sections:
            assert data(lasting, section.id, FOLDED_STATE_ROLE) == data(fresh, section.id, FOLDED_STATE_ROLE)


def test_outline_says_what_a_part_is_about() -> None:
    model = shown()
    seen: list[str] = []
    model.dataChanged.connect(lambda *_: seen.append("changed"))
    model.set_labels({SectionId("fees"): "Payment"})
    model.set_labels({SectionId("fees"): "Payment"})
    assert len(seen) >= 1
    assert (data(model, "fees", LABELS_ROLE), data(model, "title", LABELS_ROLE)) == ("Payment", "")
    assert "Payment" in str(data(model, "fees", int(Qt.ItemDataRole.AccessibleTextRole)))


def test_labels_of_a_report_are_in_plain_words() -> None:
    (report,) = make_report().documents.values()
    assert labels_of(report) == {FEES: "Payment", LIABILITY: "Cap on liability"}
