from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QTabWidget, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.finding import Segment, Summary, SummarySentence, Translation
from reviewer.domain.ids import DocumentId
from reviewer.domain.report import DocumentReport
from reviewer.domain.settings import ThemeChoice
from reviewer.ui.theme.theme import Theme
from reviewer.ui.views.results_dock import ResultsDock
from tests.fakes.reports import DOCUMENT, FEES, LIABILITY, TERM, cited, make_report

REPORT = make_report().documents[DOCUMENT.id]
NAMES = {DOCUMENT.id: "contract.txt"}


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    theme = Theme(qapp, ThemeChoice.LIGHT)
    yield theme
    theme.deleteLater()


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(700, 260)
    return host


@pytest.fixture
def dock(qtbot: QtBot, theme: Theme, host: QWidget) -> ResultsDock:
    dock = ResultsDock(theme, host)
    dock.resize(host.size())
    dock.show_document(REPORT, NAMES)
    dock.show_synthesis(make_report().synthesis, NAMES)
    with qtbot.waitExposed(host):
        host.show()
    return dock


def view(dock: ResultsDock, name: str) -> QTreeView:
    found = dock.findChild(QTreeView, f"{name}View")
    assert isinstance(found, QTreeView)
    return found


def tabs(dock: ResultsDock) -> list[str]:
    found = dock.findChild(QTabWidget, "results")
    assert isinstance(found, QTabWidget)
    return [found.tabText(at) for at in range(found.count()) if found.isTabVisible(at)]


def blank(dock: ResultsDock, name: str) -> str:
    label = dock.findChild(QLabel, f"{name}Blank")
    assert isinstance(label, QLabel)
    assert label.textFormat() is Qt.TextFormat.PlainText
    return label.text() if label.isVisible() else ""


def row(tree: QTreeView, *path: int) -> QModelIndex:
    index = QModelIndex()
    for at in path:
        index = tree.model().index(at, 0, index)
    assert index.isValid()
    return index


def click(qtbot: QtBot, tree: QTreeView, index: QModelIndex) -> None:
    tree.scrollTo(index)
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualRect(index).center())


def merge(dock: ResultsDock, report: DocumentReport) -> None:
    """Shows what is new in a report in all panels."""
    dock.merge(report)
    while dock.catch_up():
        pass


def test_tabs_count_what_is_in_them(dock: ResultsDock) -> None:
    assert tabs(dock) == ["Summary 3", "Translation 2", "Synthesis 1", "Where parts went 3"]


def test_tabs_count_nothing_before_a_run(dock: ResultsDock) -> None:
    dock.show_document(None, {})
    dock.show_synthesis(None, {})
    assert tabs(dock) == ["Summary", "Translation", "Synthesis", "Where parts went"]


def test_sentence_leads_to_its_words_when_clicked(dock: ResultsDock, qtbot: QtBot) -> None:
    tree = view(dock, "summary")
    with qtbot.waitSignal(dock.place_wanted) as wanted:
        click(qtbot, tree, row(tree, 1, 0))
    assert wanted.args == [DOCUMENT.id, cited("within 30 days").anchor]


def test_part_leads_to_its_section_when_clicked(dock: ResultsDock, qtbot: QtBot) -> None:
    tree = view(dock, "summary")
    with qtbot.waitSignal(dock.section_wanted) as wanted, qtbot.assertNotEmitted(dock.place_wanted):
        click(qtbot, tree, row(tree, 1))
    assert wanted.args == [DOCUMENT.id, FEES]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_row_leads_to_its_place_by_keyboard(dock: ResultsDock, qtbot: QtBot, key: Qt.Key) -> None:
    tree = view(dock, "summary")
    tree.setCurrentIndex(row(tree, 1))
    qtbot.keyClick(tree, Qt.Key.Key_Down)
    with qtbot.waitSignal(dock.place_wanted) as wanted:
        qtbot.keyClick(tree, key)
    assert wanted.args == [DOCUMENT.id, cited("within 30 days").anchor]


def test_made_up_words_lead_to_their_part(dock: ResultsDock, qtbot: QtBot) -> None:
    made_up = SummarySentence("So it is said.", (Citation("made up", QuoteStatus.UNVERIFIED),))
    dock.show_document(replace(REPORT, summaries=(Summary(FEES, "", (made_up,), "m"),)), NAMES)
    tree = view(dock, "summary")
    with qtbot.waitSignal(dock.section_wanted) as wanted, qtbot.assertNotEmitted(dock.place_wanted):
        click(qtbot, tree, row(tree, 0, 0))
    assert wanted.args == [DOCUMENT.id, FEES]


@pytest.mark.parametrize(("tab", "path"), [("translation", (0, 0)), ("routes", (0,))])
def test_segments_and_routes_lead_to_their_part(
    dock: ResultsDock, qtbot: QtBot, tab: str, path: tuple[int, ...]
) -> None:
    dock.show_tab(tab)
    tree = view(dock, tab)
    with qtbot.waitSignal(dock.section_wanted) as wanted:
        click(qtbot, tree, row(tree, *path))
    assert wanted.args == [DOCUMENT.id, FEES]


@pytest.mark.parametrize("path", [(0, 0), (0, 0, 0)])
def test_statements_and_their_citations_lead_to_the_words(
    dock: ResultsDock, qtbot: QtBot, path: tuple[int, ...]
) -> None:
    dock.show_tab("synthesis")
    tree = view(dock, "synthesis")
    with qtbot.waitSignal(dock.place_wanted) as wanted:
        click(qtbot, tree, row(tree, *path))
    assert wanted.args == [DOCUMENT.id, cited("within 30 days").anchor]


def test_notice_says_what_needs_a_model_and_how_to_get_one(dock: ResultsDock, qtbot: QtBot) -> None:
    dock.show_tab("translation")
    text, button = dock.findChild(QLabel, "chooseModelText"), dock.findChild(QPushButton, "chooseModel")
    assert isinstance(text, QLabel)
    assert isinstance(button, QPushButton)
    assert text.text() == "1 part in German needs a model. Without one the built-in checks cannot translate."
    assert (button.text(), button.accessibleName()) == ("Choose a model…", "Choose a model…")

    with qtbot.waitSignal(dock.model_wanted):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    merge(dock, replace(REPORT, translations=REPORT.translations[1:]))

    assert not button.isVisible()


def test_empty_panels_say_why(dock: ResultsDock) -> None:
    bare = replace(REPORT, summaries=(), translations=(), is_finished=True)
    dock.show_document(bare, NAMES)
    dock.show_synthesis(None, NAMES)

    assert blank(dock, "summary") == "Nothing was summarized here. Contracts are assessed: see Findings."
    dock.show_tab("translation")
    assert blank(dock, "translation") == "Everything is in English; nothing to translate."
    dock.show_tab("synthesis")
    assert blank(dock, "synthesis") == "A synthesis needs two or more papers in one run."
    dock.show_tab("routes")
    assert blank(dock, "routes") == ""


def test_growing_report_leaves_what_is_read_in_its_place(dock: ResultsDock, qtbot: QtBot) -> None:
    sentence = SummarySentence("A sentence of some length that is read. " * 4, (cited("within 30 days"),))
    late = tuple(Summary(section, "", (sentence,) * 6, "m") for section in (LIABILITY, TERM))
    early = Summary(FEES, "", (sentence,) * 6, "m")
    dock.show_document(replace(REPORT, summaries=late), NAMES)
    tree = view(dock, "summary")
    tree.executeDelayedItemsLayout()
    tree.verticalScrollBar().setValue(200)
    top = tree.indexAt(QPoint(0, 0))
    before = (top.data(), top.parent().data(), tree.visualRect(top).top())

    merge(dock, replace(REPORT, summaries=(*late, early)))

    after = tree.indexAt(QPoint(0, 0))
    assert tree.model().rowCount() == 3
    assert (after.data(), after.parent().data(), tree.visualRect(after).top()) == before
    assert tree.isExpanded(row(tree, 0))


def test_report_of_another_document_changes_nothing(dock: ResultsDock) -> None:
    other = replace(REPORT, document=replace(REPORT.document, id=DocumentId("other")), summaries=())
    merge(dock, other)
    assert tabs(dock)[0] == "Summary 3"


def test_section_comes_into_view_and_the_focus_stays(dock: ResultsDock, qtbot: QtBot) -> None:
    other = QLineEdit(dock.parentWidget())
    other.show()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    with qtbot.assertNotEmitted(dock.section_wanted):
        dock.focus_section(LIABILITY)

    assert view(dock, "summary").currentIndex().data() == "2 Liability"
    assert view(dock, "routes").currentIndex().data() == "2 Liability"
    assert other.hasFocus()


def test_headings_and_messages_span_both_languages(dock: ResultsDock) -> None:
    tree = view(dock, "translation")
    dock.show_tab("translation")
    assert tree.isFirstColumnSpanned(0, QModelIndex())
    assert not tree.isFirstColumnSpanned(0, row(tree, 0))
    assert tree.isFirstColumnSpanned(0, row(tree, 1))

    late = Translation(LIABILITY, "de", "en", (), "m")
    merge(dock, replace(REPORT, translations=(*REPORT.translations, late)))

    assert [tree.isFirstColumnSpanned(at, QModelIndex()) for at in range(3)] == [True] * 3


def test_rows_grow_when_the_panel_gets_narrow(dock: ResultsDock, qtbot: QtBot) -> None:
    long = Translation(FEES, "de", "en", (Segment("Ein langer Satz. " * 20, "A long sentence. " * 20),), "m")
    dock.show_document(replace(REPORT, translations=(long,)), NAMES)
    dock.show_tab("translation")
    tree = view(dock, "translation")
    tree.executeDelayedItemsLayout()
    wide = tree.visualRect(row(tree, 0, 0)).height()

    dock.resize(350, 260)

    qtbot.waitUntil(lambda: tree.visualRect(row(tree, 0, 0)).height() > 1.5 * wide)


def test_markup_in_results_is_painted_as_text(dock: ResultsDock, qtbot: QtBot, theme: Theme) -> None:
    markup = '<img src="file:///nowhere.png"><h1>Large</h1>'
    summary = Summary(FEES, "", (SummarySentence(markup, (Citation(markup, QuoteStatus.UNVERIFIED),)),), "m")
    plain = Summary(FEES, "", (SummarySentence("x", (Citation("x", QuoteStatus.UNVERIFIED),)),), "m")
    heights = []
    for each in (summary, plain):
        dock.show_document(replace(REPORT, summaries=(each,)), NAMES)
        tree = view(dock, "summary")
        tree.executeDelayedItemsLayout()
        heights.append(tree.visualRect(row(tree, 0, 0)).height())
        dock.grab()

    assert row(view(dock, "summary"), 0, 0).data() == "x"
    assert heights[0] == heights[1]


def test_dock_follows_the_theme(dock: ResultsDock, theme: Theme) -> None:
    light = dock.grab().toImage()
    theme.choose(ThemeChoice.DARK)
    dark = dock.grab().toImage()
    assert light.pixelColor(350, 255).lightness() > dark.pixelColor(350, 255).lightness()


def test_everything_that_takes_the_focus_has_names(dock: ResultsDock) -> None:
    focusable = [each for each in dock.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(focusable) >= 6
    assert [each for each in focusable if not (each.objectName() and each.accessibleName())] == []


def test_unknown_tab_is_an_error(dock: ResultsDock) -> None:
    with pytest.raises(KeyError):
        dock.show_tab("matrix")
