"""From a text setting to a Qt document: which role is set how. Distances are in ems of the body's size."""

import unicodedata
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from reviewer.ui.theme.theme import scaled_font
from reviewer.ui.theme.tokens import Palette
from reviewer.ui.viewmodels.text_setting import HANG, ChangedWords, Role, SetParagraph, TextSetting, units

COLUMN_CHARS = 76
"""How many characters of the body fit in a line at most."""

CELL_GAP = 0.35
"""Between a cell's words and the hairline over or below it, in ems."""

_SERIFS = ["Charter", "Source Serif 4", "Georgia", "Noto Serif", "DejaVu Serif"]
_BODY = 1.2  # of the application's font size
_LINE_HEIGHT = 145.0  # per cent
_TIGHT_LINE_HEIGHT = 125.0
_HANG_STEP = 0.9
_NUMBER_GAP = 0.7
_BEHIND_TABLE = 0.8
_SECOND_LEVEL = 4.0
_HEADING_SIZES = (1.22, 1.08, 1.0)


@dataclass(frozen=True, slots=True)
class _Look:
    """Size in body sizes, distances before and behind in ems."""

    size: float = 1.0
    before: float = 0.0
    behind: float = 0.65
    is_sans: bool = False
    is_bold: bool = False
    is_muted: bool = False
    line_height: float = _LINE_HEIGHT


_LOOKS = {
    Role.TITLE: _Look(1.75, 0.4, 0.9, is_sans=True, is_bold=True, line_height=_TIGHT_LINE_HEIGHT),
    Role.HEADING: _Look(1.0, 1.3, 0.45, is_sans=True, is_bold=True, line_height=_TIGHT_LINE_HEIGHT),
    Role.PARAGRAPH: _Look(),
    Role.LIST_ITEM: _Look(behind=0.5),
    Role.TABLE: _Look(0.92, 2 * CELL_GAP, CELL_GAP, line_height=135.0),
    Role.CAPTION: _Look(0.88, 0.5, 0.9, is_sans=True),
    Role.NOTE: _Look(0.85, 0.1, 0.5),
    Role.PAGE: _Look(0.76, 0.9, 0.9, is_sans=True, is_muted=True),
}


class Typesetter:
    """Fonts and colours of one zoom and one theme.

    Args:
        palette: the theme's colours.
        zoom: 1.0 for the usual size.
    """

    def __init__(self, palette: Palette, zoom: float) -> None:
        self._palette = palette
        self._zoom = zoom
        self.body = scaled_font(_BODY * zoom)
        self.body.setFamilies(_SERIFS)
        self.body.setStyleHint(QFont.StyleHint.Serif)
        self._metrics = QFontMetricsF(self.body)
        self.em = self._metrics.horizontalAdvance("M") * 0.5 + self._metrics.height() * 0.4

    def column_width(self) -> float:
        """The widest a line may be, in pixels."""
        return self._metrics.averageCharWidth() * COLUMN_CHARS

    def typeset(self, setting: TextSetting, parent: QObject) -> QTextDocument:
        """A setting as a Qt document whose plain text is the setting's. Linear."""
        document = QTextDocument(parent)
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(self.body)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.setDefaultTextOption(option)
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        for index, paragraph in enumerate(setting.paragraphs):
            self._insert(cursor, paragraph, is_first=index == 0)
        cursor.endEditBlock()
        return document

    def _insert(self, cursor: QTextCursor, paragraph: SetParagraph, *, is_first: bool) -> None:
        look = _LOOKS[paragraph.role]
        text = self._char_format(paragraph, look)
        layout = self._block_format(paragraph, look, text.font(), is_first=is_first)
        if is_first:
            cursor.setBlockFormat(layout)
            cursor.setBlockCharFormat(text)
        else:
            cursor.insertBlock(layout, text)
        number_end = len(paragraph.number) + 1 if paragraph.number else 0
        lead_end = max(number_end, paragraph.lead_chars)
        cursor.insertText(paragraph.text[:number_end], self._number_format(paragraph, text))
        cursor.insertText(paragraph.text[number_end:lead_end], _bold(text))
        cursor.insertText(paragraph.text[lead_end:], text)
        for change in paragraph.changes:
            self._mark_change(cursor.document(), paragraph, change)

    def _mark_change(self, document: QTextDocument, paragraph: SetParagraph, change: ChangedWords) -> None:
        """Inserted words are underlined and deleted ones struck through, so that the colour only adds to it."""
        looks = QTextCharFormat()
        looks.setFontUnderline(not change.is_deleted)
        looks.setFontStrikeOut(change.is_deleted)
        looks.setForeground(QColor(self._palette.deleted if change.is_deleted else self._palette.inserted))
        words = QTextCursor(document)
        words.setPosition(paragraph.start + units(paragraph.text[: change.span.start]))
        end = paragraph.start + units(paragraph.text[: change.span.end])
        words.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        words.mergeCharFormat(looks)

    def _char_format(self, paragraph: SetParagraph, look: _Look) -> QTextCharFormat:
        font = scaled_font(_BODY * self._zoom) if look.is_sans else QFont(self.body)
        size = _HEADING_SIZES[min(paragraph.level, 3) - 1] if paragraph.role is Role.HEADING else look.size
        font.setPointSizeF(font.pointSizeF() * size)
        if look.is_bold or paragraph.style.bold:
            font.setWeight(QFont.Weight.DemiBold if look.is_sans else QFont.Weight.Bold)
        font.setItalic(paragraph.style.italic and not look.is_bold)
        result = QTextCharFormat()
        result.setFont(font)
        result.setForeground(QColor(self._palette.muted if look.is_muted else self._palette.text))
        return result

    def _number_format(self, paragraph: SetParagraph, text: QTextCharFormat) -> QTextCharFormat:
        result = QTextCharFormat(text)
        if paragraph.role is not Role.HEADING:
            result.setForeground(QColor(self._palette.muted))
        return result

    def _block_format(self, paragraph: SetParagraph, look: _Look, font: QFont, *, is_first: bool) -> QTextBlockFormat:
        result = QTextBlockFormat()
        result.setLineHeight(look.line_height, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        before = look.before if paragraph.role is not Role.TABLE or paragraph.is_ruled else 0.0
        result.setTopMargin(0.0 if is_first else before * self.em)
        result.setBottomMargin((look.behind + (_BEHIND_TABLE if paragraph.is_last_cell else 0.0)) * self.em)
        left = paragraph.indent * self.em
        if paragraph.number:
            hang = self._hang(paragraph.number, font)
            if hang <= left <= _SECOND_LEVEL * self.em:
                hang = left
            left = max(left, hang)
            result.setTextIndent(-hang)
            result.setTabPositions([QTextOption.Tab(hang, _tab_type(paragraph.text))])
        if paragraph.role is Role.TABLE:
            left += self.em
        result.setLeftMargin(left)
        if paragraph.role is Role.PAGE or _is_centred(paragraph):
            result.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return result

    def _hang(self, number: str, font: QFont) -> float:
        """Room for a number, in steps, so that neighbours of about the same width stand in line."""
        needed = QFontMetricsF(font).horizontalAdvance(number) + _NUMBER_GAP * self.em
        hang = HANG * self.em
        while hang < needed:
            hang += _HANG_STEP * self.em
        return hang


def _tab_type(text: str) -> QTextOption.TabType:
    """In a paragraph that is read from the right Qt takes one side for the other."""
    directions = (unicodedata.bidirectional(each) for each in text)
    first = next((direction for direction in directions if direction in {"L", "R", "AL"}), "L")
    return QTextOption.TabType.LeftTab if first == "L" else QTextOption.TabType.RightTab


def _bold(text: QTextCharFormat) -> QTextCharFormat:
    result = QTextCharFormat(text)
    result.setFontWeight(QFont.Weight.Bold.value)
    return result


def _is_centred(paragraph: SetParagraph) -> bool:
    return paragraph.style.centered and not paragraph.number
