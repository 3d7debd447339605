import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QListView, QToolButton, QTreeView, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from reviewer.domain.ids import SectionId
from reviewer.domain.outcome import Severity
from reviewer.domain.section import Section
from reviewer.domain.settings import ThemeChoice
from reviewer.ui.theme.theme import Theme
from reviewer.ui.viewmodels.documents import DocumentsModel
from reviewer.ui.viewmodels.outline import SECTION_ROLE, OutlineModel
from reviewer.ui.viewmodels.progress import SectionState
from reviewer.ui.viewmodels.shelf import ShelfEntry, ShelfState
from reviewer.ui.views.documents_pane import MOST_UNFOLDED, DocumentsPane
from tests.fakes.documents import make_sections

FILES = (
    ShelfEntry("a", "services-agreement.docx", ShelfState.DONE, None, "Contract", 6, "en", 12, Severity.HIGH),
    ShelfEntry("b", "paper.pdf", ShelfState.READY, None, "Paper", 3, "de"),
    ShelfEntry("c", "locked.pdf", ShelfState.REFUSED, message="It has a password.", hint="Remove the password."),
)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


def tree_of(count: int) -> list[Section]:
    """Top-level sections of three, the second and third a part of the first each."""
    sections = list(make_sections([f"{number} Head\n" for number in range(1, count + 1)]))
    for index in range(count):
        if index % 3:
            sections[index] = replace(sections[index], parent=sections[index - index % 3].id, level=2)
    return sections


class Column:
    """The pane with its models and what it says."""

    def __init__(self, theme: Theme, qtbot: QtBot) -> None:
        self.documents, self.outline = DocumentsModel(), OutlineModel()
        self.pane = DocumentsPane(theme, self.documents, self.outline)
        qtbot.addWidget(self.pane)
        self.said: list[object] = []
        for signal in (self.pane.document_chosen, self.pane.section_chosen, self.pane.remove_requested):
            signal.connect(self.said.append)
        self.pane.resize(260, 820)
        self.documents.show(FILES)
        self.outline.show(tree_of(6))
        with qtbot.waitActive(self.pane):
            self.pane.show()
            self.pane.activateWindow()

    def find(self, kind: type, name: str) -> QWidget:
        """A part by its object name."""
        found = self.pane.findChild(kind, name)
        assert found is not None
        return found

    @property
    def files(self) -> QListView:
        return self.find(QListView, "documentsList")

    @property
    def tree(self) -> QTreeView:
        return self.find(QTreeView, "outlineTree")

    def sections(self) -> list[str]:
        """The sections in sight, from top to bottom."""
        found, index = [], self.tree.model().index(0, 0)
        while index.isValid():
            found.append(index.data(SECTION_ROLE).id)
            index = self.tree.indexBelow(index)
        return found

    def selected(self) -> list[str]:
        return [index.data(SECTION_ROLE).id for index in self.tree.selectionModel().selectedIndexes()]


@pytest.fixture
def column(theme: Theme, qtbot: QtBot) -> Column:
    return Column(theme, qtbot)


def test_pane_names_everything_that_takes_the_focus(column: Column) -> None:
    takers = [each for each in column.pane.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    named = [each for each in takers if each.objectName() and each.accessibleName()]
    assert {each.objectName() for each in named} >= {
        "documentsList",
        "outlineTree",
        "addDocuments",
        "onlyWithFindings",
    }
    assert named == takers
    assert [each.objectName() for _, each in column.pane.panes()] == ["documentsList", "outlineTree"]


def test_pane_asks_for_files(column: Column, qtbot: QtBot) -> None:
    with qtbot.waitSignal(column.pane.add_requested):
        qtbot.mouseClick(column.find(QToolButton, "addDocuments"), Qt.MouseButton.LeftButton)


def test_pane_says_which_document_is_chosen_by_key_and_by_click(column: Column, qtbot: QtBot) -> None:
    column.pane.select_document("a")
    assert column.said == []
    qtbot.keyClick(column.files, Qt.Key.Key_Down)
    assert column.said == ["b"]
    qtbot.keyClick(column.files, Qt.Key.Key_Return)
    assert column.said == ["b", "b"]
    place = column.files.visualRect(column.documents.index_of("a")).center()
    qtbot.mouseClick(column.files.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert column.said[-1] == "a"


def test_pane_asks_to_remove_a_document(column: Column, qtbot: QtBot) -> None:
    column.files.setFocus()
    column.pane.select_document("")
    (remove,) = column.files.actions()
    column.pane.select_document("c")
    qtbot.keyClick(column.files, Qt.Key.Key_Delete)
    remove.trigger()
    assert column.said == ["c", "c"]
    assert column.files.contextMenuPolicy() is Qt.ContextMenuPolicy.ActionsContextMenu


def test_pane_asks_to_remove_nothing_where_there_is_nothing(column: Column) -> None:
    column.documents.show([])
    column.files.actions()[0].trigger()
    assert column.said == []


def test_pane_follows_without_saying_so(column: Column) -> None:
    column.pane.select_document("b")
    column.pane.select_section(SectionId("s5"))
    assert column.files.currentIndex().row() == 1
    assert column.selected() == ["s5"]
    column.pane.select_document("gone")
    column.pane.select_section(None)
    assert (column.files.selectionModel().hasSelection(), column.selected(), column.said) == (False, [], [])


def test_pane_says_which_section_is_chosen(column: Column, qtbot: QtBot) -> None:
    column.pane.select_section(SectionId("s1"))
    qtbot.keyClick(column.tree, Qt.Key.Key_Down)
    assert column.said == ["s2"]
    place = column.tree.visualRect(column.tree.currentIndex()).center()
    qtbot.mouseClick(column.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert column.said == ["s2", "s2"]


def test_pane_steps_through_the_outline(column: Column) -> None:
    for _ in range(3):
        column.pane.step_section(1)
    column.pane.step_section(-1)
    assert column.said == ["s1", "s2", "s3", "s2"]
    column.pane.select_section(SectionId("s6"))
    column.pane.step_section(1)
    assert column.said[4:] == []


def test_pane_steps_nowhere_without_an_outline(column: Column) -> None:
    column.outline.show([])
    column.pane.step_section(1)
    assert column.said == []


def test_pane_shows_only_sections_with_findings_when_asked(column: Column, qtbot: QtBot) -> None:
    assert column.sections() == ["s1", "s2", "s3", "s4", "s5", "s6"]
    column.outline.set_findings({SectionId("s5"): (1, Severity.LOW)})
    column.pane.select_section(SectionId("s2"))
    qtbot.mouseClick(column.find(QToolButton, "onlyWithFindings"), Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert column.sections() == ["s4", "s5"]
    column.outline.set_findings({SectionId("s5"): (1, Severity.LOW), SectionId("s1"): (2, Severity.HIGH)})
    assert column.sections() == ["s1", "s4", "s5"]
    column.pane.select_section(SectionId("s3"))
    assert column.selected() == ["s1"]
    column.find(QToolButton, "onlyWithFindings").setChecked(False)
    assert len(column.sections()) == 6
    assert column.selected() == ["s1"]
    column.outline.show(tree_of(9))
    assert len(column.sections()) == 9
    assert column.said == []


def test_pane_passes_the_model_tester_while_it_filters(column: Column, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(column.tree.model())
    column.find(QToolButton, "onlyWithFindings").setChecked(True)
    column.outline.set_findings({SectionId("s5"): (1, Severity.LOW)})
    column.outline.set_findings({})
    assert column.sections() == []


def test_pane_folds_a_long_outline_and_unfolds_where_something_is_selected(column: Column) -> None:
    column.outline.show(tree_of(MOST_UNFOLDED + 1))
    assert column.sections()[:2] == ["s1", "s4"]
    column.pane.select_section(SectionId("s3"))
    assert column.sections()[:4] == ["s1", "s2", "s3", "s4"]


def test_pane_gives_a_refusal_the_height_its_words_need(column: Column) -> None:
    view = column.files
    plain, refused = (view.visualRect(column.documents.index_of(key)).height() for key in ("b", "c"))
    column.documents.update([*FILES[:2], replace(FILES[2], hint="Remove the password. " * 8)])
    assert view.visualRect(column.documents.index_of("c")).height() > refused >= plain


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_pane_paints_every_state_in_the_colours_of_the_theme(column: Column, theme: Theme, choice: ThemeChoice) -> None:
    entries = [ShelfEntry(state.value, state.value, state, findings=2, worst=Severity.LOW) for state in ShelfState]
    column.documents.show(entries)
    states = list(SectionState)
    column.outline.set_states({section.id: states[index % 5] for index, section in enumerate(tree_of(6))})
    column.outline.set_findings({SectionId("s2"): (3, Severity.CRITICAL)})
    column.tree.setFocus()
    column.pane.select_section(SectionId("s2"))
    theme.choose(choice)
    column.pane.resize(260, 1200)
    image = column.pane.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    palette = theme.palette
    assert {palette.surface, palette.chosen, palette.focus, palette.severities[Severity.CRITICAL]} <= seen
    column.tree.collapseAll()
    assert not column.pane.grab().isNull()


@pytest.mark.data
def test_pane_shows_the_sections_of_a_real_contract(column: Column, shared_data: Path) -> None:
    from reviewer.bootstrap import open_reader
    from reviewer.services.library import OpenedFile

    opened: list[object] = []
    with open_reader() as reader:
        asyncio.run(reader.library.open_each([shared_data / "contracts" / "cuad-017.pdf"], opened.append))
    (file,) = opened
    assert isinstance(file, OpenedFile)
    column.outline.show(file.sections, file.document)
    assert column.sections() == [section.id for section in file.sections]
    assert column.outline.index_of(file.sections[5].id).data() == "Section 1.01 Appointment"
    assert all(column.outline.index_of(section.id).data() for section in file.sections)
