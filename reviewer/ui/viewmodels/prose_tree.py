"""A tree of prose that grows in place: what the panels under the source are made of."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import overload

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from reviewer.domain.ids import SectionId
from reviewer.ui.viewmodels.prose import Cell, Row, Setting, Tone

Index = QModelIndex | QPersistentModelIndex

PLACE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
CITATION_ROLE = PLACE_ROLE + 1
NOTE_ROLE = PLACE_ROLE + 2
ASIDE_ROLE = PLACE_ROLE + 3
TONE_ROLE = PLACE_ROLE + 4
LOOK_ROLE = PLACE_ROLE + 5
SETTING_ROLE = PLACE_ROLE + 6
CLOSED_ROLE = PLACE_ROLE + 7

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_ROOT = 0
_TOP = QModelIndex()


@dataclass(slots=True)
class _Node:
    """A row in the model; ``position`` among its siblings."""

    id: int
    parent: int
    position: int
    depth: int
    row: Row
    nodes: list["_Node"] = field(default_factory=list)


class ProseTree(QAbstractItemModel):
    """Rows of prose under rows of prose, any depth. `grow` changes only what differs; nothing is reset.

    The first column of every row tells it all to a screen reader.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = [""]
        self._next_id = _ROOT + 1
        self._root = _Node(_ROOT, _ROOT, 0, -1, Row("", ()))
        self._nodes: dict[int, _Node] = {_ROOT: self._root}

    @property
    def count(self) -> int:
        """How many rows stand at the top."""
        return len(self._root.nodes)

    def replace_all(self, rows: Sequence[Row]) -> None:
        """Shows other rows, as of another document."""
        self.beginResetModel()
        self._root.nodes = []
        self._nodes = {_ROOT: self._root}
        self._attach(self._root, 0, rows)
        self.endResetModel()

    def grow(self, rows: Sequence[Row]) -> None:
        """Brings the tree to these rows: inserts, changes and removes; rows that stay keep their index and selection.

        Linear in the rows, for rows that keep their order.
        """
        self._grow(self._root, rows)

    def index_of_section(self, section: SectionId | None) -> QModelIndex:
        """The first row at the top that leads into a section, or an invalid index."""
        for node in self._root.nodes:
            if node.row.place and node.row.place.section == section:
                return self.createIndex(node.position, 0, node.id)
        return QModelIndex()

    def name_columns(self, columns: Sequence[str]) -> None:
        """Says which columns there are. One without a name until then."""
        self.beginResetModel()
        self._columns = list(columns)
        self.endResetModel()

    def index(self, row: int, column: int, parent: Index = _TOP) -> QModelIndex:
        """The index of a row under another one."""
        nodes = self._node(parent).nodes
        if not (0 <= row < len(nodes) and 0 <= column < len(self._columns)):
            return QModelIndex()
        return self.createIndex(row, column, nodes[row].id)

    @overload
    def parent(self) -> QObject | None: ...
    @overload
    def parent(self, child: Index) -> QModelIndex: ...
    def parent(self, child: Index | None = None) -> QModelIndex | QObject | None:
        """The row another one is under; without an argument, the object that owns the model."""
        if child is None:
            return super().parent()
        return self._index(self._nodes[self._node(child).parent])

    def hasChildren(self, parent: Index = _TOP) -> bool:
        """True where rows are under a row. Views ask it of every row; by way of `rowCount` it takes twice as long."""
        return parent.column() <= 0 and bool(self._node(parent).nodes)

    def rowCount(self, parent: Index = _TOP) -> int:
        """How many rows are under a row."""
        return 0 if parent.column() > 0 else len(self._node(parent).nodes)

    def columnCount(self, parent: Index = _TOP) -> int:  # noqa: ARG002  # Qt's signature
        """How many columns there are; all rows have the same."""
        return len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> str | None:
        """A column's name."""
        if role != _DISPLAY or orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        return self._columns[section]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """All rows can be chosen; none can be changed."""
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """What a cell shows, or one of this module's roles: place, citation, note, aside, tone, to look at, closed."""
        if not index.isValid():
            return None
        node, column = self._nodes[index.internalId()], index.column()
        row = node.row
        cell = row.cells[column] if column < len(row.cells) else _EMPTY
        if role == SETTING_ROLE:
            return Setting(cell, row.tone, node.depth, row.tone is not Tone.BODY)
        if role == _DISPLAY:
            return cell.text
        return _of_cell(cell, role) if role in _CELL_ROLES else _of_row(row, cell, column, role)

    def _index(self, node: _Node) -> QModelIndex:
        return QModelIndex() if node.id == _ROOT else self.createIndex(node.position, 0, node.id)

    def _node(self, index: Index) -> _Node:
        return self._nodes[index.internalId()] if index.isValid() else self._root

    def _attach(self, parent: _Node, position: int, rows: Sequence[Row]) -> None:
        """Hangs rows with all that is under them before a position; the caller tells the views."""
        made = []
        for row in rows:
            node = _Node(self._next_id, parent.id, 0, parent.depth + 1, row)
            self._next_id += 1
            self._nodes[node.id] = node
            self._attach(node, 0, row.rows)
            made.append(node)
        parent.nodes[position:position] = made
        _renumber(parent)

    def _detach(self, node: _Node) -> None:
        for each in node.nodes:
            self._detach(each)
        del self._nodes[node.id]

    def _grow(self, parent: _Node, rows: Sequence[Row]) -> None:
        self._drop_others(parent, rows)
        position = 0
        while position < len(rows):
            nodes = parent.nodes
            if position < len(nodes) and nodes[position].row.key == rows[position].key:
                self._change(nodes[position], rows[position])
                position += 1
                continue
            following = nodes[position].row.key if position < len(nodes) else None
            end = next((at for at in range(position, len(rows)) if rows[at].key == following), len(rows))
            self.beginInsertRows(self._index(parent), position, end - 1)
            self._attach(parent, position, rows[position:end])
            self.endInsertRows()
            position = end

    def _drop_others(self, parent: _Node, rows: Sequence[Row]) -> None:
        """Removes what is not among the rows, or stands in another order than there."""
        rank = {row.key: at for at, row in enumerate(rows)}
        last, gone = -1, []
        for node in parent.nodes:
            if rank.get(node.row.key, -1) > last:
                last = rank[node.row.key]
            else:
                gone.append(node)
        for node in reversed(gone):
            self.beginRemoveRows(self._index(parent), node.position, node.position)
            parent.nodes.remove(node)
            self._detach(node)
            _renumber(parent)
            self.endRemoveRows()

    def _change(self, node: _Node, row: Row) -> None:
        if node.row is row or node.row == row:
            return
        is_changed = replace(node.row, rows=()) != replace(row, rows=())
        node.row = row
        if is_changed:
            first = self._index(node)
            self.dataChanged.emit(first, first.siblingAtColumn(len(self._columns) - 1))
        self._grow(node, row.rows)


_EMPTY = Cell("")
_CELL_ROLES = {NOTE_ROLE, ASIDE_ROLE, LOOK_ROLE, _TOOL_TIP}


def _of_cell(cell: Cell, role: int) -> object:
    if role == NOTE_ROLE:
        return cell.note
    if role == ASIDE_ROLE:
        return cell.aside
    return cell.needs_look if role == LOOK_ROLE else _tip(cell)


def _of_row(row: Row, cell: Cell, column: int, role: int) -> object:
    if role == TONE_ROLE:
        return row.tone
    if role == PLACE_ROLE:
        return row.place
    if role == CLOSED_ROLE:
        return row.is_closed
    if role == CITATION_ROLE:
        return row.place.citation if row.place else None
    if role == _ACCESSIBLE:
        return _spoken(row.cells if column == 0 else (cell,))
    return None


def _spoken(cells: Sequence[Cell]) -> str:
    said = (part for cell in cells for part in (cell.text, cell.aside, cell.note))
    return "; ".join(part.rstrip(".") for part in said if part)


def _tip(cell: Cell) -> str | None:
    """Marked as rich text, so that it wraps, with everything escaped, so that nothing in it is followed."""
    text = cell.tip or "\n".join(part for part in (cell.text, cell.note) if part)
    return "<p>" + escape(text).replace("\n", "<br>") + "</p>" if text else None


def _renumber(parent: _Node) -> None:
    for position, node in enumerate(parent.nodes):
        node.position = position
