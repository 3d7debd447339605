"""Requests beyond this computer, as a list: those that were sent, or those that a run would send."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QDateTime,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from reviewer.domain.estimate import PlannedRequest
from reviewer.domain.sent import SentRequest
from reviewer.ui import words
from reviewer.ui.translation import QT_TRANSLATE_NOOP

CONTEXT = "Requests"
_COLUMNS = (
    QT_TRANSLATE_NOOP("Requests", "When"),
    QT_TRANSLATE_NOOP("Requests", "To"),
    QT_TRANSLATE_NOOP("Requests", "Model"),
    QT_TRANSLATE_NOOP("Requests", "About"),
    QT_TRANSLATE_NOOP("Requests", "Bytes"),
    QT_TRANSLATE_NOOP("Requests", "Outcome"),
)

Index = QModelIndex | QPersistentModelIndex
Titles = Mapping[tuple[str, str], str]
"""What sections are called, by the ids of document and section."""


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request in the list; ``text`` is empty where it has to be fetched, ``sent`` None where it was not sent yet."""

    when: str
    where: str
    model: str
    about: str
    size_bytes: int
    outcome: str = "–"
    text: str = ""
    sent: SentRequest | None = None


def sent_rows(sent: Sequence[SentRequest], titles: Titles) -> list[RequestRow]:
    """Rows of what was sent."""
    return [
        RequestRow(
            _when(each),
            f"{each.destination}" + (f" ({each.via})" if each.via else ""),
            each.model,
            _about(titles, each.document, each.section),
            each.size_bytes,
            _outcome(each),
            sent=each,
        )
        for each in sent
    ]


def planned_rows(planned: Sequence[PlannedRequest], titles: Titles) -> list[RequestRow]:
    """Rows of what a run would send beyond this computer."""
    unknown = _translated(QT_TRANSLATE_NOOP("Requests", "What is asked here rests on answers that are not there yet."))
    return [
        RequestRow(
            "–",
            str(each.destination),
            each.model,
            _about(titles, each.document, each.section),
            each.size_bytes,
            text=each.body.decode("utf-8", "replace") or unknown,
        )
        for each in planned
        if each.destination is not None
    ]


class RequestsModel(QAbstractTableModel):
    """Requests in their order: when, where to, to which model, about what, how many bytes, what came of it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[RequestRow, ...] = ()

    def show(self, rows: Sequence[RequestRow]) -> None:
        """Replaces the list."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row(self, number: int) -> RequestRow:
        """The request in a row."""
        return self._rows[number]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """As many rows as requests."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Six."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The columns' names."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _translated(_COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """In the user's own words and format."""
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        shown: tuple[Callable[[RequestRow], str], ...] = (
            lambda row: row.when,
            lambda row: row.where,
            lambda row: row.model,
            lambda row: row.about,
            lambda row: QLocale().toString(row.size_bytes),
            lambda row: row.outcome,
        )
        return shown[index.column()](self._rows[index.row()])


def _when(sent: SentRequest) -> str:
    moment = QDateTime.fromSecsSinceEpoch(int(sent.at.timestamp()))
    return f"{QLocale().toString(moment, QLocale.FormatType.ShortFormat)}:{moment.time().second():02}"


def _outcome(sent: SentRequest) -> str:
    said = words.alone(sent.status)
    return f"{said} ({sent.code})" if sent.code else said


def _about(titles: Titles, document: str, section: str) -> str:
    if not section and not document:
        return _translated(QT_TRANSLATE_NOOP("Requests", "results of several sections"))
    return titles.get((document, section), " ".join(filter(None, (document, section))))


def _translated(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text)
