"""The outline: the sections of one document as a tree, with how each stands and what was found in it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import (
    QT_TRANSLATE_NOOP,
    QAbstractItemModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from reviewer.domain.document import Document
from reviewer.domain.ids import SectionId
from reviewer.domain.outcome import Severity
from reviewer.domain.report import DocumentReport
from reviewer.domain.section import Section
from reviewer.ui import words
from reviewer.ui.viewmodels.progress import SectionState
from reviewer.ui.viewmodels.section_titles import section_titles
from reviewer.ui.viewmodels.severity_words import findings_words, worst_words
from reviewer.ui.viewmodels.tool_tip import plain_tool_tip

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
_USER = int(Qt.ItemDataRole.UserRole)
SECTION_ROLE = _USER
"""The row's `Section`."""
TITLE_ROLE = _USER + 1
"""Heading, first words or kind, without the number."""
STATE_ROLE = _USER + 2
"""The section's own `SectionState`."""
FOLDED_STATE_ROLE = _USER + 3
"""The state that most needs a look among the section and all parts of it."""
FINDINGS_ROLE = _USER + 4
"""How many findings are in the section itself, and the worst `Severity` or None."""
FOLDED_FINDINGS_ROLE = _USER + 5
"""The same over the section and all parts of it."""
LABELS_ROLE = _USER + 8
"""What the section is about: its labels in plain words, in one line; empty where it has none."""
HAS_STATES_ROLE = _USER + 7
"""True where any section of the document has a state."""
HAS_FINDINGS_ROLE = _USER + 6
"""``1`` where the section itself has findings, else ``0``: what the filter reads."""

Index = QModelIndex | QPersistentModelIndex
Found = tuple[int, Severity | None]
NOTHING: Found = (0, None)

_STATES = {
    SectionState.NONE: "",
    SectionState.WAITING: QT_TRANSLATE_NOOP("Outline", "waiting"),
    SectionState.RUNNING: QT_TRANSLATE_NOOP("Outline", "running"),
    SectionState.DONE: QT_TRANSLATE_NOOP("Outline", "done"),
    SectionState.FAILED: QT_TRANSLATE_NOOP("Outline", "failed"),
}
_MOST_NEEDS_A_LOOK = (
    SectionState.FAILED,
    SectionState.RUNNING,
    SectionState.WAITING,
    SectionState.DONE,
    SectionState.NONE,
)


class OutlineModel(QAbstractItemModel):
    """A tree of sections. Nodes are known by their position in the sequence shown, which is each index's id.

    What a folded row shows is worked out when it is asked for, and kept until something below it changes.
    """

    def __init__(self) -> None:
        super().__init__()
        self._sections: tuple[Section, ...] = ()
        self._titles: dict[SectionId, str] = {}
        self._positions: dict[SectionId, int] = {}
        self._parents: list[int] = []
        self._rows: list[int] = []
        self._children: dict[int, list[int]] = {-1: []}
        self._states: dict[SectionId, SectionState] = {}
        self._findings: dict[SectionId, tuple[int, Severity]] = {}
        self._labels: dict[SectionId, str] = {}
        self._folded: dict[int, tuple[SectionState, Found]] = {}

    # ------------------------------------------------------------------------------------------------ what is shown

    def show(self, sections: Sequence[Section], document: Document | None = None) -> None:
        """Shows the sections of a document, in the order they stand in; states and findings are forgotten.

        With the document, parts without a heading are called by their first words.
        """
        self.beginResetModel()
        self._sections = tuple(sections)
        self._titles = section_titles(sections, document)
        self._positions = {section.id: position for position, section in enumerate(sections)}
        self._parents = [self._positions.get(section.parent, -1) if section.parent else -1 for section in sections]
        self._children = defaultdict(list, {-1: []})
        self._rows = []
        for position, parent in enumerate(self._parents):
            self._rows.append(len(self._children[parent]))
            self._children[parent].append(position)
        self._states, self._findings, self._labels, self._folded = {}, {}, {}, {}
        self.endResetModel()

    def set_states(self, states: Mapping[SectionId, SectionState]) -> None:
        """Says how every section stands; those that are left out stand at *none*."""
        if states != self._states:
            changed = _changed(self._states, states, SectionState.NONE)
            self._states = dict(states)
            self._tell(changed)

    def set_findings(self, findings: Mapping[SectionId, tuple[int, Severity]]) -> None:
        """Says how many findings every section has and the worst of them; those that are left out have none."""
        if findings != self._findings:
            changed = _changed(self._findings, findings, NOTHING)
            self._findings = dict(findings)
            self._tell(changed)

    def set_labels(self, labels: Mapping[SectionId, str]) -> None:
        """Says what every section is about, in plain words; those that are left out say nothing."""
        if labels != self._labels:
            changed = _changed(self._labels, labels, "")
            self._labels = dict(labels)
            self._tell(changed)

    def count(self) -> int:
        """How many sections there are, at all levels."""
        return len(self._sections)

    def index_of(self, section_id: SectionId) -> QModelIndex:
        """The row of a section; invalid where there is none."""
        position = self._positions.get(section_id)
        return QModelIndex() if position is None else self._index_at(position)

    # ----------------------------------------------------------------------------------------------------- the tree

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's signature
        """The child of a row."""
        children = self._children.get(_position(parent), [])
        if column != 0 or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, 0, children[row])

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008 - QObject has a parent too
        """The section around a section."""
        if not index.isValid():
            return QModelIndex()
        parent = self._parents[index.internalId()]
        return QModelIndex() if parent < 0 else self._index_at(parent)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many parts a section has."""
        return len(self._children.get(_position(parent), []))

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """One."""
        return 1

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """Number and title, state and findings of a section."""
        if not index.isValid():
            return None
        position = index.internalId()
        section = self._sections[position]
        if role == _DISPLAY:
            return self._name(section)
        if role == FINDINGS_ROLE:
            return self._findings.get(section.id, NOTHING)
        if role == HAS_FINDINGS_ROLE:
            return "1" if section.id in self._findings else "0"
        return self._more(position, section, role)

    def _more(self, position: int, section: Section, role: int) -> object:
        if role == SECTION_ROLE:
            return section
        if role == TITLE_ROLE:
            return self._titles[section.id]
        if role == STATE_ROLE:
            return self._states.get(section.id, SectionState.NONE)
        if role == LABELS_ROLE:
            return self._labels.get(section.id, "")
        if role == HAS_STATES_ROLE:
            return bool(self._states)
        if role in (FOLDED_STATE_ROLE, FOLDED_FINDINGS_ROLE):
            return self._fold(position)[role == FOLDED_FINDINGS_ROLE]
        if role == _TOOL_TIP:
            return plain_tool_tip(self._spoken(position, section))
        return self._spoken(position, section) if role == _ACCESSIBLE else None

    # ------------------------------------------------------------------------------------------------------ in words

    def _name(self, section: Section) -> str:
        return f"{section.number} {self._titles[section.id]}".strip()

    def _spoken(self, position: int, section: Section) -> str:
        """A row for a screen reader: ``9.2 Cap, Cap on liability, done, 2 findings, worst high``."""
        own = self._findings.get(section.id, NOTHING)
        inside = self._fold(position)[1][0] - own[0]
        state = state_word(self._states.get(section.id, SectionState.NONE))
        words = [self._name(section), self._labels.get(section.id, ""), state, *worst_words(*own)]
        if inside:
            words.append(QCoreApplication.translate("Outline", "%1 in its parts").replace("%1", findings_words(inside)))
        return ", ".join(word for word in words if word)

    # ------------------------------------------------------------------------------------------------- parts together

    def _fold(self, position: int) -> tuple[SectionState, Found]:
        kept = self._folded.get(position)
        if kept is None:
            section = self._sections[position].id
            own = self._states.get(section, SectionState.NONE), self._findings.get(section, NOTHING)
            kept = _together([own, *(self._fold(child) for child in self._children.get(position, ()))])
            self._folded[position] = kept
        return kept

    def _tell(self, sections: Iterable[SectionId]) -> None:
        """Rows that changed and all rows around them, one range a parent: views take as long for a row."""
        touched: set[int] = set()
        for section in sections:
            position = self._positions.get(section, -1)
            while position >= 0 and position not in touched:
                touched.add(position)
                self._folded.pop(position, None)
                position = self._parents[position]
        by_parent = defaultdict(list)
        for position in touched:
            by_parent[self._parents[position]].append(self._rows[position])
        for parent, rows in by_parent.items():
            children = self._children[parent]
            self.dataChanged.emit(self._index_at(children[min(rows)]), self._index_at(children[max(rows)]))

    def _index_at(self, position: int) -> QModelIndex:
        return self.createIndex(self._rows[position], 0, position)


def labels_of(report: DocumentReport) -> dict[SectionId, str]:
    """What each section of a report is about, in plain words on one line."""
    found = defaultdict[SectionId, list[str]](list)
    for each in report.labels:
        found[each.section].append(words.label(each.label))
    return {section: ", ".join(sorted(names)) for section, names in found.items()}


def state_word(state: SectionState) -> str:
    """How a section stands, as a word; empty where nothing is asked of it."""
    return QCoreApplication.translate("Outline", str(_STATES[state])) if _STATES[state] else ""


def _position(index: Index) -> int:
    return int(index.internalId()) if index.isValid() else -1


def _changed(old: Mapping[SectionId, object], new: Mapping[SectionId, object], missing: object) -> list[SectionId]:
    return [each for each in old.keys() | new.keys() if old.get(each, missing) != new.get(each, missing)]


def _together(parts: Sequence[tuple[SectionState, Found]]) -> tuple[SectionState, Found]:
    states = {state for state, _ in parts}
    worst = [severity for _, (_, severity) in parts if severity is not None]
    count = sum(count for _, (count, _) in parts)
    state = next(each for each in _MOST_NEEDS_A_LOOK if each in states)
    return state, (count, min(worst, key=lambda each: each.rank, default=None))
