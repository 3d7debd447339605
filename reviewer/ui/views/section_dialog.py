"""Puts right what a section is called: number, heading, kind, level."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reviewer.domain.correction import DEEPEST, Correction, CorrectionAction
from reviewer.domain.section import Section, SectionKind
from reviewer.ui.theme.theme import scaled_font
from reviewer.ui.theme.tokens import Scale, Space
from reviewer.ui.viewmodels.section_titles import kind_word


class SectionDialog(QDialog):
    """Opened with ``open()``, never ``exec()``. Gives one correction for each field that was changed."""

    corrected = Signal(object)
    """A tuple of `Correction`; never empty."""

    def __init__(self, section: Section, parent: QWidget) -> None:
        super().__init__(parent)
        self._section = section
        self.setObjectName("sectionDialog")
        self.setWindowTitle(self.tr("Section"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(480)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.HUGE, Space.HUGE, Space.HUGE, Space.LARGE)
        layout.setSpacing(Space.MEDIUM)
        title = QLabel(self.tr("What this section is called"))
        title.setFont(scaled_font(Scale.HEADING, bold=True))
        layout.addWidget(title)
        note = QLabel(self.tr("The correction is kept with the document. The next run reviews only what changed."))
        note.setProperty("role", "muted")
        note.setWordWrap(True)
        layout.addWidget(note)
        layout.addLayout(self._fields())
        layout.addLayout(self._buttons())

    def _fields(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(Space.LARGE)
        form.setVerticalSpacing(Space.MEDIUM)
        self._number = QLineEdit(self._section.number)
        self._heading = QLineEdit(self._section.heading)
        self._kind = QComboBox()
        for kind in SectionKind:
            self._kind.addItem(kind_word(kind), kind)
        self._kind.setCurrentIndex(list(SectionKind).index(self._section.kind))
        self._level = QComboBox()
        self._level.addItems([str(level) for level in range(1, DEEPEST + 1)])
        self._level.setCurrentText(str(self._section.level))
        fields: tuple[tuple[str, str, QWidget], ...] = (
            ("sectionNumber", self.tr("&Number"), self._number),
            ("sectionHeading", self.tr("&Heading"), self._heading),
            ("sectionKind", self.tr("&Kind"), self._kind),
            ("sectionLevel", self.tr("&Level, 1 for the top"), self._level),
        )
        for name, label, field in fields:
            field.setObjectName(name)
            field.setAccessibleName(label.replace("&", ""))
            form.addRow(label, field)
        return form

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setObjectName("cancelSection")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        keep = QPushButton(self.tr("Correct"))
        keep.setObjectName("correctSection")
        keep.setProperty("role", "primary")
        keep.setDefault(True)
        keep.clicked.connect(self._give)
        for button in (cancel, keep):
            button.setAccessibleName(button.text())
            row.addWidget(button)
        return row

    def _give(self) -> None:
        section, at = self._section, self._section.own.start
        now = {
            CorrectionAction.RENUMBER: (section.number, self._number.text().strip()),
            CorrectionAction.RENAME: (section.heading, self._heading.text().strip()),
            CorrectionAction.RELABEL: (section.kind.value, SectionKind(self._kind.currentData()).value),
            CorrectionAction.LEVEL: (str(section.level), self._level.currentText()),
        }
        changed = tuple(Correction(action, at, new) for action, (old, new) in now.items() if old != new)
        if changed:
            self.corrected.emit(changed)
        self.accept()
