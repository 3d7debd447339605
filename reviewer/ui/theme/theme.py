"""The theme in use: a palette put on the application, and a signal when it changes."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from reviewer import assets
from reviewer.domain.settings import ThemeChoice
from reviewer.ui.theme.stylesheet import stylesheet
from reviewer.ui.theme.tokens import DARK, LIGHT, Palette


class Theme(QObject):
    """The palette everything is drawn with. One per application; widgets that paint themselves read ``palette``.

    Fusion with palettes of our own: a platform's dark mode is not there on every platform, and looks different on each.
    """

    changed = Signal()

    def __init__(self, application: QApplication, choice: ThemeChoice = ThemeChoice.SYSTEM) -> None:
        super().__init__(application)
        self._application = application
        self._choice = choice
        self.palette: Palette = LIGHT
        application.setStyle("Fusion")
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        self.choose(choice)

    @property
    def choice(self) -> ThemeChoice:
        """What was asked for last."""
        return self._choice

    def choose(self, choice: ThemeChoice) -> None:
        """Puts a theme on the application."""
        self._choice = choice
        self.palette = _palette(choice)
        self._application.setPalette(qt_palette(self.palette))
        self._application.setStyleSheet(stylesheet(self.palette, _picture("arrow", self.palette)))
        self.changed.emit()

    def _follow_system(self) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self.choose(ThemeChoice.SYSTEM)


def _palette(choice: ThemeChoice) -> Palette:
    if choice is ThemeChoice.SYSTEM:
        is_dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return DARK if is_dark else LIGHT
    return DARK if choice is ThemeChoice.DARK else LIGHT


def _picture(name: str, palette: Palette) -> str:
    theme = "dark" if palette.is_dark else "light"
    return assets.asset_path("icons", f"{name}_{theme}.svg").as_posix()


def scaled_font(factor: float, *, bold: bool = False) -> QFont:
    """The application's font at a factor of its size (`reviewer.ui.theme.tokens.Scale`)."""
    font = QFont(QGuiApplication.font())
    font.setPointSizeF(font.pointSizeF() * factor)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


def qt_palette(palette: Palette) -> QPalette:
    """The same colours in Qt's roles, for everything the stylesheet does not name."""
    role = QPalette.ColorRole
    colours = {
        role.Window: palette.window,
        role.WindowText: palette.text,
        role.Base: palette.surface,
        role.AlternateBase: palette.sunken,
        role.Text: palette.text,
        role.Button: palette.surface,
        role.ButtonText: palette.text,
        role.BrightText: palette.danger,
        role.Highlight: palette.chosen,
        role.HighlightedText: palette.text,
        role.Link: palette.accent,
        role.LinkVisited: palette.accent,
        role.ToolTipBase: palette.surface,
        role.ToolTipText: palette.text,
        role.PlaceholderText: palette.muted,
        role.Light: palette.surface,
        role.Midlight: palette.line,
        role.Mid: palette.line,
        role.Dark: palette.edge,
        role.Shadow: palette.desk,
        role.Accent: palette.accent,
    }
    result = QPalette()
    for each, colour in colours.items():
        result.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, each, QColor(palette.edge))
    return result
