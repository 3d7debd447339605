"""The source: a document's pages as they are printed, or its text, with the cited words highlighted."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from reviewer.domain.anchor import Anchor
from reviewer.domain.changes import has_changes
from reviewer.domain.document import Document, DocumentWarning
from reviewer.domain.ids import DocumentId
from reviewer.domain.projection import View
from reviewer.domain.raster import Raster, Tile
from reviewer.domain.section import Section
from reviewer.ui.theme.theme import Theme, scaled_font
from reviewer.ui.theme.tokens import ICON_SIZE, Scale, Space
from reviewer.ui.translation import QT_TRANSLATE_NOOP
from reviewer.ui.viewmodels.mark import Mark
from reviewer.ui.views.banner import Banner
from reviewer.ui.widgets.page_view import PageView
from reviewer.ui.widgets.text_view import TextView

_READINGS = {
    View.FINAL: QT_TRANSLATE_NOOP("SourcePane", "Changes accepted"),
    View.ORIGINAL: QT_TRANSLATE_NOOP("SourcePane", "Before the changes"),
    View.MARKED: QT_TRANSLATE_NOOP("SourcePane", "Changes marked"),
    View.CHANGES: QT_TRANSLATE_NOOP("SourcePane", "Only what changed"),
}


class SourcePane(QWidget):
    """Pages where there are any and the file is still there; else the text. Both show the same marks.

    Args:
        toggle_text: the action that changes between pages and text; checked for text.
        zooms: actions for zooming out, in, and to the width.

    Attributes:
        has_changes: the document that is shown holds tracked changes.
    """

    mark_activated = Signal(str)
    tile_wanted = Signal(object, object)
    """`DocumentId`, `Tile`."""

    def __init__(self, theme: Theme, toggle_text: QAction, zooms: Sequence[QAction]) -> None:
        super().__init__()
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._toggle_text = toggle_text
        self._document: Document | None = None
        self._sections: Sequence[Section] = ()
        self._view = View.FINAL
        self.has_changes = False
        self._has_pages = False
        self._remarks = Banner(theme, "remarks")
        self._pages = PageView(theme)
        self._text = TextView(theme)
        for view in (self._pages, self._text):
            view.mark_activated.connect(self.mark_activated)
        self._pages.tile_wanted.connect(self._want)
        self._pages.page_changed.connect(self._show_place)
        self._pages.zoom_changed.connect(self._show_place)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._pages)
        self._stack.addWidget(self._text)
        toggle_text.toggled.connect(self._show_view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._header(toggle_text, zooms))
        layout.addWidget(self._note())
        layout.addWidget(self._remarks)
        layout.addWidget(self._stack, 1)
        self._show_view()

    # ------------------------------------------------------------------------------------------------ what is shown

    def show_document(self, document: Document | None, sections: Sequence[Section]) -> None:
        """Shows a document's text, until `show_pages` says that its pages can be drawn."""
        self._document, self._sections = document, sections
        self.has_changes = document is not None and has_changes(document)
        self._has_pages = False
        self._note_label.hide()
        self._title.setText(document.source.name if document else "")
        self._show_remarks(document.warnings if document else ())
        self._pages.clear()
        if document is None:
            self._text.clear()
        else:
            self._text.show_document(document, sections, self._view if self.has_changes else View.VISIBLE)
        self._show_view()

    @property
    def reading(self) -> View:
        """How documents with tracked changes are read; it stays for those that are shown next."""
        return self._view

    def read_as(self, view: View) -> None:
        """Reads documents with tracked changes in another way. Highlights stay where their words are shown."""
        if view is self._view:
            return
        self._view = view
        if self._document is not None and self.has_changes:
            self._text.change_view(self._document, self._sections, view)
            self._show_place()

    def show_pages(self, document: DocumentId, problem: str) -> None:
        """Shows the pages of the document, or says in place why they cannot be."""
        if self._document is None or self._document.id != document:
            return
        self._has_pages = not problem
        if problem:
            self._note_label.setText(self.tr("Shown as text: %1").replace("%1", problem))
            self._note_label.show()
        else:
            self._pages.show_pages(self._document.pages)
        self._show_view()

    def take_tile(self, document: DocumentId, tile: Tile, raster: Raster) -> None:
        """Puts a drawn tile on its page."""
        if self._document is not None and self._document.id == document:
            self._pages.take_tile(tile, raster)

    def refuse_tile(self, document: DocumentId, tile: Tile, message: str) -> None:
        """Says on the page why it cannot be drawn."""
        if self._document is not None and self._document.id == document:
            self._pages.refuse_tile(tile, message)

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Highlights these words."""
        self._pages.set_marks(marks)
        self._text.set_marks(marks)

    def select_mark(self, mark_id: str | None) -> None:
        """Makes the highlights of one finding stand out."""
        self._pages.select_mark(mark_id)
        self._text.select_mark(mark_id)

    def scroll_to(self, anchor: Anchor) -> None:
        """Brings words into view."""
        if anchor.page is not None:
            self._pages.scroll_to(anchor.page, anchor.boxes[0] if anchor.boxes else None)
        is_found = self._text.scroll_to(anchor.span)
        self._show_place()
        if not is_found and self.has_changes and not self._shows_pages:
            self._place.setText(self.tr("Not in this reading: %1").replace("%1", _name(self._view)))

    @property
    def view(self) -> PageView | TextView:
        """The view that is shown."""
        return self._pages if self._shows_pages else self._text

    @property
    def selected_offset(self) -> int | None:
        """Where the words that are selected in the set text begin in the document; None without any."""
        return None if self._shows_pages else self._text.selected_offset

    @property
    def _shows_pages(self) -> bool:
        return self._stack.currentWidget() is self._pages

    def zoom_in(self) -> None:
        """Larger."""
        self.view.zoom_in()

    def zoom_out(self) -> None:
        """Smaller."""
        self.view.zoom_out()

    def fit_width(self) -> None:
        """As wide as the pane; text goes back to its own size."""
        if self._shows_pages:
            self._pages.fit_width()
        else:
            self._text.set_zoom(1.0)

    # ------------------------------------------------------------------------------------------------------ the parts

    def _header(self, toggle_text: QAction, zooms: Sequence[QAction]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.SMALL, Space.SMALL)
        row.setSpacing(Space.TINY)
        self._title = QLabel()
        self._title.setFont(scaled_font(Scale.BODY, bold=True))
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setMinimumWidth(80)
        self._place = QLabel()
        self._place.setTextFormat(Qt.TextFormat.PlainText)
        self._place.setProperty("role", "muted")
        row.addWidget(self._title, 1)
        row.addWidget(self._place)
        row.addSpacing(Space.SMALL)
        for action in (*zooms, toggle_text):
            row.addWidget(_tool(action))
        return row

    def _note(self) -> QLabel:
        self._note_label = QLabel()
        self._note_label.setProperty("role", "warning")
        self._note_label.setTextFormat(Qt.TextFormat.PlainText)
        self._note_label.setWordWrap(True)
        self._note_label.setContentsMargins(Space.MEDIUM, 0, Space.MEDIUM, Space.SMALL)
        self._note_label.hide()
        return self._note_label

    def _show_remarks(self, warnings: Sequence[DocumentWarning]) -> None:
        """What a reader of the document should know before anything else."""
        if not warnings:
            self._remarks.dismiss()
        elif len(warnings) == 1:
            self._remarks.show_message("warning", warnings[0].message)
        else:
            text = self.tr("%1 things to know about this document.").replace("%1", str(len(warnings)))
            self._remarks.show_message("warning", text, details="\n".join(f"• {each.message}" for each in warnings))

    def _show_view(self) -> None:
        has_focus = self.view.hasFocus()
        shows_pages = self._has_pages and not self._toggle_text.isChecked()
        self._toggle_text.setEnabled(self._has_pages)
        self._stack.setCurrentWidget(self._pages if shows_pages else self._text)
        if has_focus:
            self.view.setFocus()
        self._show_place()

    def _show_place(self) -> None:
        if self._document is None or not self._shows_pages:
            self._place.setText(_name(self._view) if self.has_changes else "")
            return
        page = self.tr("Page %1 of %2").replace("%1", str(self._pages.current_page()))
        self._place.setText(page.replace("%2", str(len(self._document.pages))))

    def _want(self, tile: Tile) -> None:
        if self._document is not None:
            self.tile_wanted.emit(self._document.id, tile)


def _name(view: View) -> str:
    return QCoreApplication.translate("SourcePane", _READINGS[view])


def _tool(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setObjectName(f"{action.objectName()}.button")
    button.setAccessibleName(action.text().replace("&", ""))
    button.setProperty("role", "quiet")
    button.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
