"""Between the window and where parts go: a menu of places to send one to."""

from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu

from reviewer.domain.workflow import RouteMethod
from reviewer.ui.main_window import MainWindow
from reviewer.ui.route_commands import RouteCommands, RoutedPart
from reviewer.ui.viewmodels.notice import Notice, NoticeKind
from reviewer.ui.viewmodels.session import Session
from reviewer.ui.viewmodels.wording import route_name
from reviewer.ui.views.results_dock import ResultsDock

_AUTO = "auto"


class RouteControl(QObject):
    """Asks where the chosen part is to go."""

    def __init__(self, window: MainWindow, session: Session, commands: RouteCommands, panels: ResultsDock) -> None:
        super().__init__(window)
        self._window, self._session, self._commands, self._panels = window, session, commands, panels
        commands.listed.connect(self._open)
        panels.other_route_wanted.connect(self.ask)

    def ask(self) -> None:
        """Opens the menu, once it is known what is in it."""
        if self._session.is_running or self._session.is_read_only:
            return
        part = self.part
        if part is None:
            text = self.tr("Choose a part in the panel that says where parts went, then send it elsewhere.")
            self._commands.noticed.emit(Notice(NoticeKind.INFO, text))
        else:
            self._commands.list_for(part)

    @property
    def part(self) -> RoutedPart | None:
        """The part that is chosen among those that were routed; None where there is none."""
        report, run = self._session.report_of(self._session.shown), self._session.report.run
        file, item = self._session.shown, self._panels.routed_item
        routed = next((each for each in report.routes if each.item == item), None) if report else None
        if routed is None or report is None or run is None or file is None or file.document is None:
            return None
        return RoutedPart(file.document, routed, report.workflow if run.workflow == _AUTO else run.workflow)

    def _open(self, part: RoutedPart, routes: tuple[str, ...]) -> None:
        menu = QMenu(self._window)
        menu.setObjectName("otherRoutes")
        menu.setAccessibleName(self.tr("Send this part to"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        now = (part.routed.route.route, *part.routed.route.also)
        for route in routes:
            action = menu.addAction(route_name(route), partial(self._commands.send, part, route))
            action.setCheckable(True)
            action.setChecked(route in now)
        if part.routed.route.method is RouteMethod.PERSON:
            menu.addSeparator()
            menu.addAction(self.tr("Where it is found to &belong"), partial(self._commands.release, part))
        menu.popup(self._panels.routed_place)
