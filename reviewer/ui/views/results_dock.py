"""What lies under the source: answers, changes, summary, translation, synthesis, routes."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QTabBar, QTabWidget, QVBoxLayout, QWidget

from reviewer.domain.finding import Synthesis
from reviewer.domain.ids import DocumentId, SectionId
from reviewer.domain.report import DocumentReport
from reviewer.services.comparing import ComparedVersions
from reviewer.ui.theme.icons import icon
from reviewer.ui.theme.theme import Theme
from reviewer.ui.theme.tokens import ICON_SIZE, Space
from reviewer.ui.viewmodels import blanks
from reviewer.ui.viewmodels.changes import ChangesModel
from reviewer.ui.viewmodels.changes import summary as changes_summary
from reviewer.ui.viewmodels.matrix import Matrix, MatrixModel
from reviewer.ui.viewmodels.prose import Place, Row
from reviewer.ui.viewmodels.prose_tree import PLACE_ROLE
from reviewer.ui.viewmodels.report_tree import ReportTree
from reviewer.ui.viewmodels.routes import RoutesModel
from reviewer.ui.viewmodels.summaries import SummariesModel
from reviewer.ui.viewmodels.synthesis import SynthesisModel
from reviewer.ui.viewmodels.translations import TranslationsModel
from reviewer.ui.views.cell_table import CellTable, ChangesView, MatrixView
from reviewer.ui.views.prose_view import ProseView
from reviewer.ui.views.results_panel import Notice, Remark, ResultsPanel

_ICONS = {
    "answers": "help",
    "changes": "scales",
    "summary": "summary",
    "translation": "translate",
    "synthesis": "synthesis",
    "routes": "route",
}
_BLANKS = {
    "summary": blanks.summary_blank,
    "translation": blanks.translation_blank,
    "routes": blanks.routes_blank,
}
_AROUND_TAB = ICON_SIZE + 2 * Space.MEDIUM + Space.SMALL
"""What a tab takes besides its words, in device-independent pixels."""
_ROUTE_COLUMNS = {1: "Portuguese", 2: "Summarize", 3: "0.95, unsure"}


class ResultsDock(QWidget):
    """Panels about the document that is open; the synthesis, and answers to questions, are about all documents.

    Attributes:
        place_wanted: a row with cited words was clicked, or Enter pressed on it; with `DocumentId` and `Anchor`.
        section_wanted: the same for a row without; with `DocumentId` and `SectionId`, or None for the whole document.
        model_wanted: someone wants to choose a model.
        other_route_wanted: someone wants to send the part elsewhere whose row is chosen among the routes.
    """

    place_wanted = Signal(object, object)
    section_wanted = Signal(object, object)
    model_wanted = Signal()
    other_route_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dock")
        self._theme = theme
        self._report: DocumentReport | None = None
        self._stale: set[str] = set()
        self._is_streaming = False
        self._summaries = SummariesModel(self)
        self._translations = TranslationsModel(self)
        self._synthesis = SynthesisModel(self)
        self._routes = RoutesModel(self)
        self._matrix = MatrixModel(self)
        self._changes = ChangesModel(self)
        self._titles = {
            "answers": self.tr("Answers"),
            "changes": self.tr("Changes"),
            "summary": self.tr("Summary"),
            "translation": self.tr("Translation"),
            "synthesis": self.tr("Synthesis"),
            "routes": self.tr("Where parts went"),
        }
        self._notice = Notice(self.tr("Choose a model…"), "chooseModel", theme)
        self._notice.acted.connect(self.model_wanted)
        self._honesty = Remark("changesRemark")
        trees = {**self._models(), "synthesis": self._synthesis}
        self._views = {name: ProseView(model, theme) for name, model in trees.items()}
        self._panels = {
            "answers": self._panel("answers", MatrixView(self._matrix, theme)),
            "changes": self._panel("changes", ChangesView(self._changes, theme), self._honesty),
            "summary": self._panel("summary", self._views["summary"]),
            "translation": self._panel("translation", self._views["translation"], self._notice),
            "synthesis": self._panel("synthesis", self._views["synthesis"]),
            "routes": self._panel("routes", self._views["routes"]),
        }
        routes = self._views["routes"]
        routes.set_as_table(_ROUTE_COLUMNS)
        routes.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        routes.customContextMenuRequested.connect(self.other_route_wanted)
        self._tabs = self._make_tabs()
        theme.changed.connect(self._draw_icons)
        self._draw_icons()
        self.show_document(None, {})
        self.show_synthesis(None, {})
        self.show_answers(Matrix(), is_asked=False)
        self.show_changes(None, is_asked=False)
        self.show_tab("summary")

    def show_document(self, report: DocumentReport | None, names: Mapping[DocumentId, str]) -> None:
        """Shows what was found in a document; None before there is anything."""
        self._report = report
        self._stale = set(self._models())
        self._catch_up_all()
        name = names.get(report.document.id, report.document.name) if report else ""
        for key in ("summary", "translation", "routes"):
            of_it = self.tr("{panel} of {name}").format(panel=self._titles[key], name=name)
            self._views[key].setAccessibleName(of_it if name else self._titles[key])

    def merge(self, report: DocumentReport) -> None:
        """Takes what is new in the document that is shown, for `catch_up`; a report of another one changes nothing."""
        if self._report is not None and report.document.id == self._report.document.id:
            self._report = report
            self._stale = set(self._models())

    def set_streaming(self, *, streaming: bool) -> None:
        """While results stream in, panels behind another one wait until they are looked at, or it ends: `catch_up`."""
        self._is_streaming = streaming

    def catch_up(self) -> bool:
        """Brings one panel that waits up to date; gives whether there are more."""
        waiting = [key for key in self._models() if key in self._stale and self._is_wanted(key)]
        if waiting:
            self._catch_up_panel(waiting[0])
        return len(waiting) > 1

    def show_synthesis(self, synthesis: Synthesis | None, names: Mapping[DocumentId, str]) -> None:
        """Shows what the run's documents say together; None where there is no such thing."""
        self._synthesis.show(synthesis, names)
        self._panels["synthesis"].explain(blanks.synthesis_blank(synthesis))
        self._count("synthesis", self._synthesis.statement_count)

    def show_totals(self, rows: Sequence[Row]) -> None:
        """Shows what the whole run comes to above each document's summary; no rows: nothing."""
        self._summaries.take_totals(rows)
        if self._report is not None:
            self._stale.add("summary")
            self._catch_up_all()

    def show_answers(self, matrix: Matrix, *, is_asked: bool) -> bool:
        """Shows the answers of all documents; gives whether they are the first ones.

        Args:
            matrix: the answers so far.
            is_asked: whether the next run asks questions; where it does not, no answers means no panel.
        """
        is_first = bool(matrix.rows) and not self._matrix.matrix.rows
        self._matrix.show(matrix)
        self._panels["answers"].explain(blanks.answers_blank(matrix))
        self._count("answers", matrix.count)
        self._let_in("answers", is_in=is_asked or bool(matrix.rows))
        return is_first

    def show_changes(self, compared: ComparedVersions | None, *, is_asked: bool) -> None:
        """Shows what differs between two versions; the panel is there where that is known, or the next run asks it."""
        self._changes.show(compared)
        self._honesty.say(changes_summary(compared))
        self._panels["changes"].explain(blanks.changes_blank(compared, self._changes.rowCount()))
        self._count("changes", self._changes.rowCount())
        self._let_in("changes", is_in=is_asked or compared is not None)

    def _let_in(self, name: str, *, is_in: bool) -> None:
        self._tabs.setTabVisible(list(self._panels).index(name), is_in)
        self._draw_icons()

    @property
    def tab_bar(self) -> QTabBar:
        """Where the keyboard chooses a panel."""
        return self._tabs.tabBar()

    def show_tab(self, name: str) -> None:
        """Brings a panel to the front: ``answers``, ``summary``, ``translation`` ...

        Raises:
            KeyError: there is no such panel.
        """
        self._tabs.setCurrentWidget(self._panels[name])

    def focus_section(self, section_id: SectionId | None) -> None:
        """Scrolls all panels to a section, or to the nearest part around it; the keyboard's focus stays where it is."""
        for key, model in self._models().items():
            self._views[key].show_row(model.index_near_section(section_id))

    @property
    def routed_item(self) -> str | None:
        """The item whose row is chosen among the routes, by its name; None where none is."""
        place: Place | None = self._views["routes"].currentIndex().data(PLACE_ROLE)
        return (place.section or place.document) if place else None

    @property
    def routed_place(self) -> QPoint:
        """Where on the screen that row is."""
        view = self._views["routes"]
        return view.viewport().mapToGlobal(view.visualRect(view.currentIndex()).center())

    def _panel(self, name: str, view: ProseView | CellTable, above: QWidget | None = None) -> ResultsPanel:
        view.setObjectName(f"{name}View")
        view.setAccessibleName(self._titles[name])
        view.place_chosen.connect(self._go)
        panel = ResultsPanel(view, _ICONS[name], self._theme, above, self)
        panel.blank.label.setObjectName(f"{name}Blank")
        return panel

    def _make_tabs(self) -> QTabWidget:
        tabs = QTabWidget(self)
        tabs.setObjectName("results")
        tabs.setAccessibleName(self.tr("Results under the source"))
        tabs.tabBar().setObjectName("resultsTabs")
        tabs.tabBar().setAccessibleName(self.tr("Results under the source"))
        for name, panel in self._panels.items():
            tabs.addTab(panel, self._titles[name])
        tabs.currentChanged.connect(self._catch_up_all)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(tabs)
        return tabs

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, the tabs have no icons."""
        super().resizeEvent(event)
        self._draw_icons()

    def _draw_icons(self) -> None:
        bar = self._tabs.tabBar()
        shown = [at for at in range(bar.count()) if bar.isTabVisible(at)]
        words = sum(bar.fontMetrics().horizontalAdvance(bar.tabText(at)) + _AROUND_TAB for at in shown)
        is_roomy = words <= self.width()
        for position, name in enumerate(self._panels):
            drawn = icon(_ICONS[name], self._theme.palette.muted) if is_roomy else QIcon()
            self._tabs.setTabIcon(position, drawn)

    def _models(self) -> dict[str, ReportTree]:
        return {"summary": self._summaries, "translation": self._translations, "routes": self._routes}

    def _catch_up_all(self) -> None:
        while self.catch_up():
            pass

    def _is_wanted(self, key: str) -> bool:
        return not self._is_streaming or self._panels[key] is self._tabs.currentWidget()

    def _catch_up_panel(self, key: str) -> None:
        panel, model = self._panels[key], self._models()[key]
        self._stale.remove(key)
        with self._views[key].steady():
            model.show(None) if self._report is None else model.merge(self._report)
        panel.explain("" if model.rowCount() else _BLANKS[key](self._report))
        self._count(key, model.count)
        self._notice.say(self._translations.notice)

    def _count(self, name: str, count: int) -> None:
        title = self._titles[name]
        self._tabs.setTabText(list(self._panels).index(name), f"{title} {count}" if count else title)

    def _go(self, place: Place) -> None:
        if place.anchor:
            self.place_wanted.emit(place.document, place.anchor)
        else:
            self.section_wanted.emit(place.document, place.section)
