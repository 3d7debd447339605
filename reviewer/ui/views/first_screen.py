"""The first screen: where to drop, what to try, what leaves this computer. No wizard."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reviewer.ui.theme.icons import application_icon, icon
from reviewer.ui.theme.theme import Theme, scaled_font
from reviewer.ui.theme.tokens import Scale, Space
from reviewer.ui.viewmodels.drop import dropped_paths

if TYPE_CHECKING:
    from reviewer.ui.viewmodels.runs import RunsModel

WIDTH = 760
RECENT_HEIGHT = 190


class FirstScreen(QScrollArea):
    """What a fresh window shows.

    Args:
        add_files, add_folder, models: the window's actions behind the buttons.
    """

    dropped = Signal(object)
    """The paths of what was dropped; empty where there was no file behind it."""
    contracts_wanted = Signal()
    papers_wanted = Signal()
    run_opened = Signal(str)

    def __init__(self, theme: Theme, add_files: QAction, add_folder: QAction, models: QAction) -> None:
        super().__init__()
        self._theme = theme
        self._runs: RunsModel | None = None
        self._icons: list[tuple[QLabel, str]] = []
        self._buttons: list[tuple[QPushButton, str]] = []
        self.setObjectName("firstScreen")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._page(add_files, add_folder, models))
        theme.changed.connect(self._draw)
        self._draw()
        self._show_recent()

    def show_runs(self, runs: "RunsModel") -> None:
        """Lists these runs from now on."""
        self._runs = runs
        self._list.setModel(runs)
        runs.modelReset.connect(self._show_recent)
        self._show_recent()

    def _page(self, add_files: QAction, add_folder: QAction, models: QAction) -> QWidget:
        column = QWidget()
        column.setMaximumWidth(WIDTH)
        layout = QVBoxLayout(column)
        layout.setSpacing(Space.LARGE)
        layout.setContentsMargins(Space.HUGE, Space.HUGE, Space.HUGE, Space.HUGE)
        layout.addLayout(self._headline())
        layout.addWidget(self._drop_area(add_files, add_folder))
        layout.addLayout(self._samples())
        layout.addWidget(self._facts(models))
        layout.addWidget(self._recent())
        page = QWidget()
        outer = QHBoxLayout(page)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addStretch(1)
        centred = QVBoxLayout()
        centred.addStretch(1)
        centred.addWidget(column)
        centred.addStretch(2)
        outer.addLayout(centred, 10)
        outer.addStretch(1)
        return page

    def _headline(self) -> QHBoxLayout:
        picture = QLabel()
        picture.setPixmap(application_icon().pixmap(QSize(48, 48)))
        title = QLabel(self.tr("Reviewer"))
        title.setFont(scaled_font(Scale.DISPLAY, bold=True))
        line = _muted(self.tr("Reads contracts and papers with you. Every finding points at the exact words."))
        texts = QVBoxLayout()
        texts.setSpacing(Space.HAIR)
        texts.addWidget(title)
        texts.addWidget(line)
        row = QHBoxLayout()
        row.setSpacing(Space.LARGE)
        row.addWidget(picture)
        row.addLayout(texts, 1)
        return row

    def _drop_area(self, add_files: QAction, add_folder: QAction) -> QWidget:
        area = DropArea()
        area.dropped.connect(self.dropped)
        layout = QVBoxLayout(area)
        layout.setContentsMargins(Space.HUGE, Space.HUGE, Space.HUGE, Space.HUGE)
        layout.setSpacing(Space.MEDIUM)
        picture = QLabel()
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._icons.append((picture, "drop"))
        title = QLabel(self.tr("Drop contracts or papers here"))
        title.setFont(scaled_font(Scale.HEADING, bold=True))
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        kinds = _muted(self.tr("PDF, Word, OpenDocument, RTF, HTML, mail or text; one file, many, or a whole folder"))
        kinds.setAlignment(Qt.AlignmentFlag.AlignCenter)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        files = self._button(self.tr("Choose files…"), "chooseFiles", add_files.trigger)
        files.setProperty("role", "primary")
        buttons.addWidget(files)
        buttons.addWidget(self._button(self.tr("Choose a folder…"), "chooseFolder", add_folder.trigger))
        buttons.addStretch(1)
        for each in (picture, title, kinds):
            layout.addWidget(each)
        layout.addLayout(buttons)
        return area

    def _samples(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.LARGE)
        contract = self._button(self.tr("Try the sample contracts"), "sampleContracts", self.contracts_wanted.emit)
        papers = self._button(self.tr("Try the sample papers"), "samplePapers", self.papers_wanted.emit)
        self._buttons += [(contract, "scales"), (papers, "paper")]
        for button in (contract, papers):
            button.setMinimumHeight(44)
            row.addWidget(button, 1)
        return row

    def _facts(self, models: QAction) -> QWidget:
        card = QFrame()
        card.setObjectName("card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
        layout.setSpacing(Space.MEDIUM)
        works = self.tr(
            "Works without an AI model: built-in checks hold contracts against a playbook and summarize papers. "
            "With a model, every answer is voted on, and dissent is shown."
        )
        first = self._fact("model", works)
        first.addWidget(self._button(self.tr("Choose a model…"), "firstModel", models.trigger))
        stays = self.tr("Nothing leaves this computer unless you choose a model elsewhere. No account, no telemetry.")
        layout.addLayout(first)
        layout.addLayout(self._fact("lock", stays))
        return card

    def _fact(self, icon_name: str, text: str) -> QHBoxLayout:
        picture = QLabel()
        self._icons.append((picture, icon_name))
        label = QLabel(text)
        label.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(Space.MEDIUM)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(label, 1)
        return row

    def _recent(self) -> QWidget:
        self._recent_box = QWidget()
        layout = QVBoxLayout(self._recent_box)
        layout.setContentsMargins(0, 0, 0, 0)
        title = QLabel(self.tr("Earlier reviews"))
        title.setFont(scaled_font(Scale.BODY, bold=True))
        self._list = QListView()
        self._list.setObjectName("recentRuns")
        self._list.setAccessibleName(self.tr("Earlier reviews"))
        self._list.setMaximumHeight(RECENT_HEIGHT)
        self._list.setSpacing(Space.TINY)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setUniformItemSizes(True)
        self._list.activated.connect(self._open)
        self._list.clicked.connect(self._open)
        layout.addWidget(title)
        layout.addWidget(self._list)
        return self._recent_box

    def _button(self, text: str, name: str, slot: object) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text.rstrip("…"))
        button.clicked.connect(slot)
        return button

    def _open(self, index: QModelIndex) -> None:
        if self._runs is not None:
            self.run_opened.emit(self._runs.run(index.row()).id)

    def _show_recent(self) -> None:
        self._recent_box.setVisible(self._runs is not None and self._runs.rowCount() > 0)

    def _draw(self) -> None:
        palette = self._theme.palette
        for label, name in self._icons:
            edge = 40 if name == "drop" else 24
            label.setPixmap(icon(name, palette.accent).pixmap(QSize(edge, edge)))
        for button, name in self._buttons:
            button.setIcon(icon(name, palette.accent))


class DropArea(QFrame):
    """A frame that says when something is dropped on it."""

    dropped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("dropArea")
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Anything may be dropped: what cannot be read is told, never ignored."""
        event.acceptProposedAction()
        self._light(is_active=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Back to normal."""
        super().dragLeaveEvent(event)
        self._light(is_active=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Says what was dropped."""
        self._light(is_active=False)
        event.acceptProposedAction()
        self.dropped.emit(dropped_paths(event.mimeData()))

    def _light(self, *, is_active: bool) -> None:
        self.setProperty("active", "true" if is_active else "false")
        self.style().unpolish(self)
        self.style().polish(self)


def _muted(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "muted")
    label.setWordWrap(True)
    return label
