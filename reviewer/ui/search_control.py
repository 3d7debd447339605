"""Between the search and the room: searches what is typed, goes to what is chosen."""

from PySide6.QtCore import QObject

from reviewer.domain.search import HitKind, SearchHit, SearchPage
from reviewer.ui.commands import Commands
from reviewer.ui.main_window import MainWindow
from reviewer.ui.presenter import Presenter
from reviewer.ui.theme.theme import Theme
from reviewer.ui.viewmodels.notice import Notice, NoticeKind
from reviewer.ui.viewmodels.session import Session
from reviewer.ui.views.search_dialog import SearchDialog


class SearchControl(QObject):
    """Opens the search, and shows in the room what was found."""

    def __init__(
        self, window: MainWindow, session: Session, commands: Commands, presenter: Presenter, theme: Theme
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._commands = window, session, commands
        self._presenter, self._theme = presenter, theme
        self._dialog: SearchDialog | None = None
        commands.found_opened.connect(self._show)

    def open(self) -> None:
        """Brings the search to the front, as it was left."""
        if self._dialog is None:
            self._dialog = self._make()
        self._dialog.begin()
        self._dialog.set_filling(filling=True)
        self._commands.fill_search()

    def _make(self) -> SearchDialog:
        dialog, commands = SearchDialog(self._theme, self._window), self._commands
        dialog.words_typed.connect(commands.search)
        dialog.more_wanted.connect(commands.search)
        dialog.hit_chosen.connect(self._go)
        commands.searched.connect(self._take)
        commands.search_refused.connect(dialog.refuse)
        commands.search_filled.connect(lambda: dialog.set_filling(filling=False))
        return dialog

    def _take(self, typed: str, before: SearchPage | None, page: SearchPage) -> None:
        if self._dialog is not None:
            self._dialog.show_page(typed, page, is_first=before is None)

    def _go(self, hit: SearchHit) -> None:
        """To the place in a document that is open; else what holds it is opened first."""
        if self._is_open(hit):
            self._show(hit)
        elif self._session.is_running:
            text = self.tr("A run is going on. Open what was found when it has ended.")
            self._commands.noticed.emit(Notice(NoticeKind.INFO, text))
        else:
            self._commands.open_found(hit)

    def _is_open(self, hit: SearchHit) -> bool:
        file = self._session.file_of(hit.document)
        if file is None or hit.finding is None or hit.span is not None:
            return file is not None
        report = self._session.report_of(file)
        return report is not None and any(each.id == hit.finding for each in report.findings)

    def _show(self, hit: SearchHit) -> None:
        file = self._session.file_of(hit.document)
        if file is None:
            return
        self._session.show(file.key)
        if hit.kind in (HitKind.FINDING, HitKind.NOTE) and hit.finding and self._presenter.show_finding(hit.finding):
            return
        if hit.span is not None:
            self._presenter.show_words(hit.span)
