from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from reviewer.domain.anchor import TextSpan
from reviewer.domain.comparison import Change, ChangeKind, Comparison, SectionFate, Weight
from reviewer.services.comparing import ComparedVersions
from reviewer.ui.viewmodels.changes import ChangesModel, change_rows, summary
from tests.fakes.documents import CLAUSES, make_document, make_sections

DOCUMENT, SECTIONS = make_document(), make_sections(CLAUSES)
TEXT = DOCUMENT.text


def change(old: str, new: str, at: int, **more: object) -> Change:
    """Words of the document, at different places."""
    kind = ChangeKind.INSERTED if not old else ChangeKind.REPLACED if new else ChangeKind.DELETED
    spans = TextSpan(at, at + len(old)), TextSpan(at, at + len(new))
    return replace(Change(kind, *spans, old, new, SECTIONS[0], SECTIONS[0]), **more)  # type: ignore[arg-type]  # fields


PLAIN, NUMBER = change("dear", "kind", 1), change("30", "14", 20, weights=(Weight.NUMBER,))
GONE = change("reasonable", "", 40)
FOLLOWER = change("4.3", "4.4", 60, weights=(Weight.NUMBER,), follows_numbers=True)
DOUBTFUL = change("", "l0", 80, is_doubtful=True)
NEW, LOST = SectionFate(None, SECTIONS[1]), SectionFate(SECTIONS[2], None)
MOVED = SectionFate(SECTIONS[0], SECTIONS[0], is_moved=True)
RENUMBERED = SectionFate(SECTIONS[1], replace(SECTIONS[1], number="9"), is_renumbered=True)


def compared(*, untracked: Comparison | None = None, accepted: Comparison | None = None) -> ComparedVersions:
    whole = Comparison((NEW, LOST, MOVED, RENUMBERED), (FOLLOWER, PLAIN, NUMBER, GONE, DOUBTFUL))
    return ComparedVersions(DOCUMENT, DOCUMENT, accepted or whole, untracked)


def test_weighty_changes_lead_and_references_that_follow_come_last() -> None:
    rows = change_rows(compared())
    assert [(row.what, row.earlier, row.later) for row in rows[:4]] == [
        ("Replaced", "30", "14"),
        ("Replaced", "dear", "kind"),
        ("Taken out", "reasonable", ""),
        ("Added", "", "l0"),
    ]
    assert rows[3].why == "read from a picture: look twice"
    assert [row.what for row in rows[4:]] == [
        *("New part", "Part is gone", "Part was moved", "Part is numbered anew", "Replaced"),
    ]
    assert rows[-1].why == "follows the new numbers"
    assert rows[4].later.startswith(" ".join(SECTIONS[1].own.of(TEXT).split())[:20])
    assert (rows[7].earlier, rows[7].later) == (SECTIONS[1].number, "9")
    assert not any(row.is_untracked for row in rows)


def test_what_nobody_tracked_leads_and_stands_once() -> None:
    rows = change_rows(compared(untracked=Comparison((LOST,), (GONE,))))
    assert [(row.what, row.is_untracked) for row in rows[:3]] == [
        ("Taken out", True),
        ("Part is gone", True),
        ("Replaced", False),
    ]
    assert rows[0].why == "not tracked"
    assert [row.what for row in rows].count("Part is gone") == 1
    assert [row.earlier for row in rows].count("reasonable") == 1


def test_how_honest_the_later_version_is_stands_in_a_sentence() -> None:
    assert summary(None) == ""
    assert "no tracked changes" in summary(compared())
    assert "Every change" in summary(compared(untracked=Comparison()))
    assert "Not every change" in summary(compared(untracked=Comparison((), (PLAIN,))))
    assert "word for word the same" in summary(compared(accepted=Comparison((SectionFate(*SECTIONS[:1] * 2),), ())))


def test_table_speaks_and_leads_to_the_words(qtmodeltester: ModelTester) -> None:
    model = ChangesModel()
    assert model.place(model.index(0, 0)) is None
    model.show(compared())
    qtmodeltester.check(model)
    spoken = model.index(0, 3).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Replaced, a number, ")
    assert spoken.endswith("Earlier version: 30, Later version: 14")
    place = model.place(model.index(2, 0))
    assert place is not None
    assert place.anchor is not None
    assert place.anchor.span == GONE.old
    model.show(None)
    assert model.rowCount() == 0
