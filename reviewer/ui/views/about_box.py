"""What this program is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from reviewer import __version__


class AboutBox(QMessageBox):
    """Version, licence, and whose work is in it. Opened with ``open()``, never ``exec()``."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Reviewer"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setTextFormat(Qt.TextFormat.PlainText)
        text = self.tr(
            "Reviewer %1\n\nReads contracts and papers with you. MIT licence.\nBuilt with Qt for Python (LGPL), "
            "PDFium, the Inter typeface and Phosphor icons. Findings are a starting point, not legal advice."
        )
        self.setText(text.replace("%1", __version__))
