"""Our own typeface, so that the window looks and measures the same everywhere."""

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from reviewer import assets

FAMILY = "Inter"


def load_fonts(application: QApplication) -> None:
    """Puts the bundled typeface before the system's, which stays for the scripts that ours does not have."""
    for name in assets.asset_names("fonts", ".otf"):
        QFontDatabase.addApplicationFont(str(assets.asset_path("fonts", f"{name}.otf")))
    font = QFont(application.font())
    font.setFamilies([FAMILY, *(each for each in font.families() if each != FAMILY)])
    application.setFont(font)
