"""What differs between two versions as a table: what nobody tracked first, then what weighs most."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from reviewer.domain.anchor import TextSpan
from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.comparison import Change, Comparison, SectionFate
from reviewer.domain.document import Document
from reviewer.domain.projection import Projection, project
from reviewer.domain.section import Section
from reviewer.services.comparing import ComparedVersions
from reviewer.ui import words
from reviewer.ui.viewmodels import wording
from reviewer.ui.viewmodels.cell import CELL_ROLE, TableCell
from reviewer.ui.viewmodels.prose import Place
from reviewer.ui.viewmodels.tool_tip import plain_tool_tip

WHAT, WHERE, EARLIER, LATER = range(4)
COLUMNS = 4
SHOWN_CHARS = 400
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change of words, or what became of a section.

    Attributes:
        what: what happened; ``why``: why it is worth a look, and whether nobody tracked it.
        span: the words in the later version, else those that are gone in the earlier one (``is_gone``).
    """

    what: str
    why: str
    where: str
    earlier: str
    later: str
    span: TextSpan
    is_gone: bool = False
    is_untracked: bool = False


def _tr(text: str) -> str:
    return QCoreApplication.translate("Changes", text)


def change_rows(compared: ComparedVersions) -> list[ChangeRow]:
    """What nobody tracked, the rest with what weighs most first, sections, references that follow new numbers."""
    untracked = compared.untracked or Comparison()
    told = {(each.old, each.new_words) for each in untracked.changes}
    rest = [each for each in compared.comparison.changes if (each.old, each.new_words) not in told]
    told_of = {_of_fate(each) for each in untracked.sections}
    fates = [each for each in compared.comparison.sections if _of_fate(each) not in told_of]
    return [
        *(_row(each, is_untracked=True) for each in _weighty_first(untracked.changes)),
        *_section_rows(compared, untracked.sections, is_untracked=True),
        *(_row(each) for each in _weighty_first(each for each in rest if not each.follows_numbers)),
        *_section_rows(compared, fates),
        *(_row(each) for each in rest if each.follows_numbers),
    ]


def summary(compared: ComparedVersions | None) -> str:
    """How honest the later version is about its changes, in a sentence; empty where nothing is compared."""
    if compared is None:
        return ""
    if compared.comparison.is_same and (compared.untracked is None or compared.untracked.is_same):
        return _tr("The two versions are word for word the same.")
    if compared.untracked is None:
        return _tr("The later version has no tracked changes; this is all that differs.")
    if compared.untracked.is_same:
        return _tr("Every change of the later version is a tracked one.")
    return _tr("Not every change of the later version was tracked; those that were not stand first.")


def _weighty_first(changes: Iterable[Change]) -> list[Change]:
    return sorted(changes, key=lambda each: not each.is_weighty)


def _row(change: Change, *, is_untracked: bool = False) -> ChangeRow:
    why = [
        _tr("not tracked") if is_untracked else "",
        ", ".join(map(words.word, change.weights)) if change.is_weighty else "",
        _tr("follows the new numbers") if change.follows_numbers else "",
        _tr("read from a picture: look twice") if change.is_doubtful else "",
    ]
    is_gone = not len(change.new)
    return ChangeRow(
        what=words.alone(change.kind),
        why=" · ".join(filter(None, why)),
        where=_title(change.new_section or change.old_section),
        earlier=change.old_words,
        later=change.new_words,
        span=change.old if is_gone else change.new,
        is_gone=is_gone,
        is_untracked=is_untracked,
    )


def _of_fate(fate: SectionFate) -> tuple[object, ...]:
    spans = [each.own if each else None for each in (fate.old, fate.new)]
    return (*spans, fate.is_moved, fate.is_renumbered)


def _section_rows(
    compared: ComparedVersions, fates: Iterable[SectionFate], *, is_untracked: bool = False
) -> Iterator[ChangeRow]:
    readings = project(compared.old), project(compared.new)
    for fate in fates:
        what, section = _became(fate), fate.new or fate.old
        if what and section is not None:
            yield ChangeRow(
                what=what,
                why=_tr("not tracked") if is_untracked else "",
                where=_title(section),
                earlier=_side(fate, fate.old, readings[0]),
                later=_side(fate, fate.new, readings[1]),
                span=section.own,
                is_gone=fate.new is None,
                is_untracked=is_untracked,
            )


def _side(fate: SectionFate, section: Section | None, reading: Projection) -> str:
    """Of a part that is new or gone its first words; its number where only that is another one."""
    if section is None:
        return ""
    if not (fate.is_inserted or fate.is_deleted):
        return section.number
    words_of = " ".join(reading.from_document(section.own).of(reading.text).split())
    return words_of[:SHOWN_CHARS]


def _became(fate: SectionFate) -> str:
    """What became of a section beside its words; empty where nothing did."""
    if fate.is_inserted:
        return _tr("New part")
    if fate.is_deleted:
        return _tr("Part is gone")
    if fate.is_moved:
        return _tr("Part was moved")
    return _tr("Part is numbered anew") if fate.is_renumbered else ""


def _title(section: Section | None) -> str:
    return wording.part_title(section) if section else _tr("Outside of any part")


class ChangesModel(QAbstractTableModel):
    """Rows of one comparison; a row leads to its words in the later version, or to those gone in the earlier one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ChangeRow] = []
        self._documents: tuple[Document, Document] | None = None

    def show(self, compared: ComparedVersions | None) -> None:
        """Shows another comparison, or none."""
        self.beginResetModel()
        self._rows = change_rows(compared) if compared else []
        self._documents = (compared.old, compared.new) if compared else None
        self.endResetModel()

    def place(self, index: Index) -> Place | None:
        """Where a row leads."""
        if self._documents is None:
            return None
        row = self._rows[index.row()]
        document = self._documents[0 if row.is_gone else 1]
        anchor = document.anchor(row.span)
        return Place(document.id, None, Citation(anchor.quote.exact, QuoteStatus.VERIFIED, anchor))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """A row a change."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """What, where, earlier words, later words."""
        return 0 if parent.isValid() else COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        """The names of the columns; the versions by their files' names as tool tips."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < COLUMNS:
            return None
        if role in (_DISPLAY, _ACCESSIBLE):
            return (_tr("What"), _tr("Where"), _tr("Earlier version"), _tr("Later version"))[section]
        if role == _TOOL_TIP and self._documents is not None and section in (EARLIER, LATER):
            return plain_tool_tip(self._documents[section - EARLIER].source.name)
        return None

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """Plain words; the cell for the delegate."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == _ACCESSIBLE:
            parts = (row.what, row.why, row.where, *_sides(row))
            return ", ".join(filter(None, parts))
        cell = _cells(row)[index.column()]
        if role == CELL_ROLE:
            return cell
        said = "\n".join(filter(None, (cell.value, cell.state)))
        if role == _DISPLAY:
            return said
        return plain_tool_tip(said) if role == _TOOL_TIP else None


def _sides(row: ChangeRow) -> tuple[str, str]:
    """Both versions, for a screen reader."""
    earlier, later = _tr("Earlier version: %1"), _tr("Later version: %1")
    return earlier.replace("%1", row.earlier or "–"), later.replace("%1", row.later or "–")


def _cells(row: ChangeRow) -> tuple[TableCell, ...]:
    return (
        TableCell(row.what, row.why, row.is_untracked),
        TableCell(row.where, ""),
        TableCell(row.earlier, ""),
        TableCell(row.later, ""),
    )
