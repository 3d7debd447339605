"""Questions over documents as a table: a row a document, a column a question."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from reviewer.domain.answer import Answer, AnswerState, FieldAnswer
from reviewer.domain.ids import DocumentId
from reviewer.domain.report import DocumentReport, Report
from reviewer.domain.vote import RULE, VerdictStatus
from reviewer.services.requests import of_run
from reviewer.ui import words
from reviewer.ui.viewmodels import wording
from reviewer.ui.viewmodels.cell import CELL_ROLE, TableCell
from reviewer.ui.viewmodels.prose import Place, one_line
from reviewer.ui.viewmodels.tool_tip import plain_tool_tip

ASKED = "answer"
"""What answers questions."""
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class MatrixCell(TableCell):
    """What one document says to one question: the answer, why there is none, or what it rests on.

    Attributes:
        place: the words it rests on.
    """

    place: Place | None = None


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A document, and its cells in the order of the questions."""

    document: DocumentId
    name: str
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Questions, and a row for each document."""

    questions: tuple[str, ...] = ()
    rows: tuple[MatrixRow, ...] = ()

    @property
    def count(self) -> int:
        """How many cells have an answer, or something a person should look at."""
        return sum(bool(cell.value) for row in self.rows for cell in row.cells)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Matrix", text)


def matrix_of(report: Report) -> Matrix:
    """The answers of a run so far; empty where no document was asked anything. Linear in the answers."""
    documents = list(report.documents.values())
    answers = [_by_question(each) for each in documents]
    if not any(answers):
        return Matrix()
    asked = report.run and of_run(report.run).questions
    found = sorted({(each.number, each.part) for by_question in answers for each in by_question.values()})
    questions = asked or tuple(part for _, part in found)
    rows = (_row(document, questions, by_part) for document, by_part in zip(documents, answers, strict=True))
    return Matrix(questions, tuple(rows))


def _by_question(report: DocumentReport) -> dict[str, Answer]:
    return {each.part: each for each in report.answers if each.uses == ASKED}


def _row(report: DocumentReport, questions: Sequence[str], answers: dict[str, Answer]) -> MatrixRow:
    cells = tuple(_cell(report, answers.get(each)) for each in questions)
    return MatrixRow(report.document.id, report.document.name, cells)


def _cell(report: DocumentReport, answer: Answer | None) -> MatrixCell:
    whole = Place(report.document.id, None)
    if answer is None:
        return MatrixCell("", _tr("Not answered") if report.is_finished else _tr("Waiting"), report.is_finished, whole)
    if answer.state is not AnswerState.DONE or not answer.fields:
        return MatrixCell(answer.message, words.alone(answer.state), needs_look=True, place=whole)
    return _answered(report, answer, answer.fields[0])


def _answered(report: DocumentReport, answer: Answer, field: FieldAnswer) -> MatrixCell:
    citation = next((each for each in field.citations if each.is_evidence), None)
    place = Place(report.document.id, answer.section, citation)
    if field.status is not VerdictStatus.DECIDED:
        said = _tr("The answers differ; decide yourself")
        return MatrixCell(said, f"{words.alone(field.status)} · {_votes(field)}", needs_look=True, place=place)
    if not field.is_stated:
        return MatrixCell("", _absent(field), needs_look=False, place=place)
    rests_on = wording.citation_line(citation or next(iter(field.citations), None))
    state = " · ".join(filter(None, (rests_on, _votes(field))))
    return MatrixCell(one_line(field.value), state, citation is None, place)


def _absent(field: FieldAnswer) -> str:
    """The built-in checks look for words and do not find them; a model reads, and says that nothing is said."""
    is_rule = len(field.votes) == 1 and field.votes[0].rater == RULE
    said = _tr("Not found") if is_rule else _tr("Not stated")
    return " · ".join(filter(None, (said, _votes(field))))


def _votes(field: FieldAnswer) -> str:
    """How the votes fell; empty where nothing was counted."""
    if len(field.votes) < 2:
        return ""
    won = round(field.support * sum(vote.counted for vote in field.votes))
    return _tr("%1 of %2 votes").replace("%1", str(won)).replace("%2", str(len(field.votes)))


class MatrixModel(QAbstractTableModel):
    """A matrix that fills: cells change in place, new documents come at the end."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._matrix = Matrix()

    @property
    def matrix(self) -> Matrix:
        """What it shows."""
        return self._matrix

    def show(self, matrix: Matrix) -> None:
        """Shows another matrix; where it is the same one with more in it, what is selected stays so."""
        before = self._matrix
        kept = tuple(each.document for each in matrix.rows[: len(before.rows)])
        if matrix.questions != before.questions or kept != tuple(each.document for each in before.rows):
            self.beginResetModel()
            self._matrix = matrix
            self.endResetModel()
            return
        self._matrix = Matrix(matrix.questions, matrix.rows[: len(before.rows)])
        for row, (old, new) in enumerate(zip(before.rows, matrix.rows, strict=False)):
            if old != new:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(matrix.questions) - 1))
        if len(matrix.rows) > len(before.rows):
            self.beginInsertRows(QModelIndex(), len(before.rows), len(matrix.rows) - 1)
            self._matrix = matrix
            self.endInsertRows()

    def place(self, index: Index) -> Place | None:
        """Where a cell leads."""
        return self._cell(index).place

    def _cell(self, index: Index) -> MatrixCell:
        return self._matrix.rows[index.row()].cells[index.column()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """A row a document."""
        return 0 if parent.isValid() else len(self._matrix.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """A column a question."""
        return 0 if parent.isValid() else len(self._matrix.questions)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        """Questions above, documents beside; in full as tool tips."""
        if orientation is Qt.Orientation.Horizontal:
            names: Sequence[str] = self._matrix.questions
        else:
            names = [each.name for each in self._matrix.rows]
        if not 0 <= section < len(names):
            return None
        if role == _TOOL_TIP:
            return plain_tool_tip(names[section])
        return names[section] if role in (_DISPLAY, _ACCESSIBLE) else None

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """Value and state; the cell itself for the delegate."""
        if not index.isValid():
            return None
        cell = self._cell(index)
        if role == CELL_ROLE:
            return cell
        said = " · ".join(filter(None, (cell.value, cell.state)))
        if role == _DISPLAY:
            return said
        if role == _ACCESSIBLE:
            return f"{self._matrix.rows[index.row()].name}, {self._matrix.questions[index.column()]} {said}"
        return plain_tool_tip(f"{cell.value}\n{cell.state}".strip()) if role == _TOOL_TIP else None
