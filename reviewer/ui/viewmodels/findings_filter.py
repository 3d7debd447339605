"""Which findings the table lists."""

from enum import StrEnum

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel

from reviewer.domain.decision import Status
from reviewer.domain.ids import FindingId
from reviewer.domain.outcome import Severity
from reviewer.ui.viewmodels.entry import Entry
from reviewer.ui.viewmodels.findings import FindingsModel, sentence

Index = QModelIndex | QPersistentModelIndex


class Review(StrEnum):
    """Which findings to list: all, those nobody decided about, or those that are decided."""

    ALL = "all"
    OPEN = "open"
    DECIDED = "decided"


class FindingsFilter(QSortFilterProxyModel):
    """Lists the findings that hold certain words, stand in a certain way and matter so much.

    What is listed stays listed until the filter is set anew: a decision does not take its row away from under the
    pointer, and the next finding stays the next.
    """

    def __init__(self, model: FindingsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._words: list[str] = []
        self._review = Review.ALL
        self._least: Severity | None = None
        self._listed: set[FindingId] = set()
        model.modelAboutToBeReset.connect(self._listed.clear)
        self.setSourceModel(model)

    @property
    def is_filtering(self) -> bool:
        """True where something may be left out."""
        return bool(self._words or self._least) or self._review is not Review.ALL

    def filter_words(self, text: str) -> None:
        """Only findings that hold all of these words, in whatever order."""
        self._begin()
        self._words = text.casefold().split()
        self._end()

    def filter_review(self, review: Review) -> None:
        """Only findings that are reviewed, or not."""
        self._begin()
        self._review = review
        self._end()

    def filter_severity(self, least: Severity | None) -> None:
        """Only findings that matter at least so much; None for all."""
        self._begin()
        self._least = least
        self._end()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """True for what is listed."""
        del source_parent
        if not self.is_filtering:
            return True
        entry = self._model.entry(source_row)
        if entry.finding.id in self._listed:
            return True
        is_match = self._matches(entry)
        if is_match:
            self._listed.add(entry.finding.id)
        return is_match

    def _begin(self) -> None:
        self.beginFilterChange()
        self._listed.clear()

    def _end(self) -> None:
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def _matches(self, entry: Entry) -> bool:
        if self._least is not None and entry.finding.severity.rank > self._least.rank:
            return False
        is_open = entry.standing.status is Status.OPEN
        if self._review is not Review.ALL and is_open is not (self._review is Review.OPEN):
            return False
        text = _searched(entry) if self._words else ""
        return all(word in text for word in self._words)


def _searched(entry: Entry) -> str:
    """Everything a person would search a finding by, in small letters."""
    finding = entry.finding
    quotes = " ".join(citation.quote for citation in finding.citations)
    parts = (sentence(entry), entry.heading, finding.rationale, finding.gap, quotes, entry.standing.note)
    return " ".join(parts).casefold()
