from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.ids import DocumentId, SectionId
from reviewer.ui.viewmodels.prose import Cell, Place, Row, Tone
from reviewer.ui.viewmodels.prose_tree import CITATION_ROLE, NOTE_ROLE, PLACE_ROLE, TONE_ROLE, ProseTree

CITATION = Citation("words", QuoteStatus.UNVERIFIED)


def row(key: str, *rows: Row, note: str = "") -> Row:
    return Row(key, (Cell(key, note=note),), rows=rows)


def texts(model: ProseTree, parent: QModelIndex | None = None) -> list[object]:
    """The tree as nested lists: a row without children is its text."""
    parent = parent or QModelIndex()
    found: list[object] = []
    for at in range(model.rowCount(parent)):
        index = model.index(at, 0, parent)
        below = texts(model, index)
        found.append([index.data(), *below] if below else index.data())
    return found


def grown(*states: Sequence[Row]) -> ProseTree:
    model = ProseTree()
    for rows in states:
        model.grow(rows)
    return model


def test_tree_inserts_before_between_and_after(qtmodeltester: ModelTester) -> None:
    model = ProseTree()
    qtmodeltester.check(model)
    model.grow([row("b", row("b1"))])
    kept = QPersistentModelIndex(model.index(0, 0, model.index(0, 0)))

    model.grow([row("a"), row("b", row("b0"), row("b1"), row("b2")), row("c", row("c1")), row("d")])

    assert texts(model) == ["a", ["b", "b0", "b1", "b2"], ["c", "c1"], "d"]
    assert (kept.data(), kept.row(), kept.parent().row()) == ("b1", 1, 1)


def test_tree_is_not_reset_when_it_grows(qtbot: QtBot) -> None:
    model = grown([row("b")])

    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.rowsInserted) as inserted:
        model.grow([row("b"), row("c"), row("d")])

    assert inserted.args is not None
    assert inserted.args[1:] == [1, 2]


def test_tree_says_what_changed_and_only_that(qtbot: QtBot) -> None:
    model = grown([row("a"), row("b", row("b1"))])

    with qtbot.waitSignals([model.dataChanged], check_params_cbs=[lambda first, *_: first.row() == 1]):
        model.grow([row("a"), row("b", row("b1"), note="more")])
    with qtbot.assertNotEmitted(model.dataChanged):
        model.grow([row("a"), row("b", row("b1"), note="more")])

    assert model.index(1, 0).data(NOTE_ROLE) == "more"


def test_tree_drops_what_is_gone_and_moves_what_changed_its_order(qtmodeltester: ModelTester) -> None:
    model = ProseTree()
    qtmodeltester.check(model)
    model.grow([row("a"), row("b", row("b1")), row("c"), row("d")])

    model.grow([row("d"), row("b", row("b2")), row("e")])

    assert texts(model) == ["d", ["b", "b2"], "e"]


def test_tree_shows_other_rows(qtmodeltester: ModelTester) -> None:
    model = grown([row("a", row("a1"))])
    qtmodeltester.check(model)

    model.replace_all([row("x", row("y", row("z")))])

    assert texts(model) == [["x", ["y", "z"]]]
    assert model.count == 1


def test_row_leads_to_its_citation() -> None:
    place = Place(DocumentId("d"), SectionId("s"), CITATION)
    model = grown([Row("a", (Cell("A"),), Tone.HEADING, place), row("b")])
    index = model.index_of_section(SectionId("s"))

    assert (index.data(PLACE_ROLE), index.data(CITATION_ROLE), index.data(TONE_ROLE)) == (place, CITATION, "heading")
    assert place.anchor is None
    assert model.index(1, 0).data(CITATION_ROLE) is None
    assert not model.index_of_section(SectionId("t")).isValid()


def test_row_is_read_out_whole_from_its_first_column() -> None:
    model = ProseTree()
    model.name_columns(["One", "Two"])
    model.grow([Row("a", (Cell("Source.", aside="aside"), Cell("Target.", note="Numbers differ")))])
    role = Qt.ItemDataRole.AccessibleTextRole

    assert model.index(0, 0).data(role) == "Source; aside; Target; Numbers differ"
    assert model.index(0, 1).data(role) == "Target; Numbers differ"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Two"


def test_tool_tip_follows_no_markup_of_the_text() -> None:
    model = grown([Row("a", (Cell('<img src="file:///x">', note="a < b"),)), row("")])
    role = Qt.ItemDataRole.ToolTipRole

    assert model.index(0, 0).data(role) == "<p>&lt;img src=&quot;file:///x&quot;&gt;<br>a &lt; b</p>"
    assert model.index(1, 0).data(role) is None
