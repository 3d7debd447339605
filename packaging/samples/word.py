"""Contracts as Word documents, numbered by Word's own automatic multi-level lists."""

import re
import zipfile
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import docx
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph as WordParagraph

from samples.source import AUTHOR, DEFINED_TERM, SAMPLE_NOTE, SIGNATURE_LINES, WRITTEN_AT, Line, texts


class Level(NamedTuple):
    """A level of a Word list: number format, its text with ``%n`` for the count of level n, indents in twips."""

    format: str
    text: str
    left: int
    hanging: int
    style: str = ""


CLAUSE_LEVELS = (
    Level("decimal", "%1.", 720, 720, "Heading1"),
    Level("decimal", "%1.%2", 720, 720, "ClauseLevel2"),
    Level("lowerLetter", "(%3)", 1287, 567, "ClauseLevel3"),
)
PARTY_LEVELS = (Level("decimal", "(%1)", 720, 720),)
RECITAL_LEVELS = (Level("upperLetter", "(%1)", 720, 720),)
LEVEL_STYLES = ("Heading 1", "Clause Level 2", "Clause Level 3")


def add_list(document: WordDocument, number: int, levels: Iterable[Level], *, linked: bool) -> None:
    """Defines a multi-level list; ``linked`` ties its levels to paragraph styles, as a lawyers' template does."""
    parts = []
    for index, level in enumerate(levels):
        style = f'<w:pStyle w:val="{level.style}"/>' if linked and level.style else ""
        parts.append(
            f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{level.format}"/>{style}'
            f'<w:lvlText w:val="{level.text}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{level.left}" w:hanging="{level.hanging}"/></w:pPr></w:lvl>'
        )
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
            f"{''.join(parts)}</w:abstractNum>"
        ),
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))


def number_paragraph(target: WordParagraph | ParagraphStyle, list_number: int, level: int) -> None:
    """Puts a paragraph, or all paragraphs of a style, into a list."""
    properties = target._element.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - no public way
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = list_number


def set_font(style: ParagraphStyle, size: float, *, bold: bool = False) -> None:
    """One plain black font; the template's theme fonts and colours would win over it, so they go."""
    style.font.name = "Times New Roman"
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)


def add_styles(document: WordDocument) -> None:
    """The styles of a contract."""
    styles = document.styles
    set_font(styles["Normal"], 11)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    set_font(styles["Title"], 18, bold=True)
    styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    border = styles["Title"].element.pPr.find(qn("w:pBdr"))
    if border is not None:
        styles["Title"].element.pPr.remove(border)
    set_font(styles["Heading 1"], 11, bold=True)
    styles["Heading 1"].paragraph_format.space_before = Pt(12)
    styles["Heading 1"].paragraph_format.space_after = Pt(6)
    for name, size, is_bold in (
        ("Part Heading", 12, True),
        ("Clause Level 2", 11, False),
        ("Clause Level 3", 11, False),
    ):
        style = styles.add_style(name, 1)
        style.base_style = styles["Normal"]
        set_font(style, size, bold=is_bold)
    styles["Part Heading"].paragraph_format.space_before = Pt(14)
    styles["Part Heading"].paragraph_format.keep_with_next = True


def add_field(paragraph: WordParagraph, instruction: str) -> None:
    """A field such as PAGE, with a shown result of 1 until the program that opens the file counts."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    run.text = "1"
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001 - no public way


class ContractInWord:
    """A contract as a Word document; ``linked`` numbers its clauses through styles, else paragraph by paragraph."""

    def __init__(self, lines: list[Line], *, linked: bool) -> None:
        self._lines = lines
        self._linked = linked
        self._document = docx.Document()
        self._table: Table | None = None

    def write(self, path: Path) -> None:
        """Writes the file."""
        document = self._document
        add_styles(document)
        for number, levels in ((91, CLAUSE_LEVELS), (92, PARTY_LEVELS), (93, RECITAL_LEVELS)):
            add_list(document, number, levels, linked=self._linked)
        if self._linked:
            for level, style in enumerate(LEVEL_STYLES):
                number_paragraph(document.styles[style], 91, level)
        self._set_up_page()
        for line in self._lines:
            self._add(line)
        buffer = BytesIO()
        document.save(buffer)
        path.write_bytes(without_clock(buffer.getvalue()))

    def _set_up_page(self) -> None:
        properties = self._document.core_properties
        properties.title = texts(self._lines, "title")[0]
        properties.author = properties.last_modified_by = AUTHOR
        properties.created = properties.modified = WRITTEN_AT.replace(tzinfo=None)
        properties.comments = ""
        properties.language = "en-GB"
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2.3)
        footer = section.footer.paragraphs[0]
        footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
        footer.add_run(f"{SAMPLE_NOTE} Page ").font.size = Pt(8)
        add_field(footer, "PAGE")

    def _add(self, line: Line) -> None:
        if line.kind == "row":
            self._add_row(line.text.split("|"))
            return
        self._table = None
        writers: dict[str, Callable[[Line], None]] = {
            "title": lambda line: self._paragraph(line.text, "Title", centered=True),
            "subtitle": lambda line: self._paragraph(line.text, "Normal", centered=True),
            "heading": lambda line: self._paragraph(line.text, "Part Heading"),
            "schedule": lambda line: self._paragraph(line.text, "Part Heading", centered=True),
            "plain": lambda line: self._paragraph(line.text, "Normal"),
            "def": self._add_definition,
            "party": lambda line: self._numbered(line, "Normal", 92, 0),
            "recital": lambda line: self._numbered(line, "Normal", 93, 0),
            "sign": self._add_signatures,
        }
        writers.get(line.kind, self._add_clause)(line)

    def _paragraph(self, text: str, style: str, *, centered: bool = False) -> WordParagraph:
        paragraph = self._document.add_paragraph(text, style=style)
        if centered:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return paragraph

    def _numbered(self, line: Line, style: str, list_number: int, level: int) -> None:
        number_paragraph(self._paragraph(line.text, style), list_number, level)

    def _add_clause(self, line: Line) -> None:
        level = int(line.kind) - 1
        if self._linked:
            self._paragraph(line.text, LEVEL_STYLES[level])
        else:
            self._numbered(line, "Heading 1" if level == 0 else "Normal", 91, level)

    def _add_definition(self, line: Line) -> None:
        term = DEFINED_TERM.match(line.text)
        paragraph = self._paragraph("", "Normal")
        paragraph.paragraph_format.left_indent = Cm(1.27)
        if term:
            paragraph.add_run(term[0]).bold = True
        paragraph.add_run(line.text[term.end() if term else 0 :])

    def _add_row(self, cells: list[str]) -> None:
        if self._table is None:
            self._table = self._document.add_table(rows=0, cols=len(cells))
            self._table.style = "Table Grid"
            self._table.alignment = WD_TABLE_ALIGNMENT.CENTER
        is_head = not self._table.rows
        for cell, text in zip(self._table.add_row().cells, cells, strict=True):
            cell.paragraphs[0].add_run(text).bold = is_head

    def _add_signatures(self, line: Line) -> None:
        parties = line.text.split("|")
        table = self._document.add_table(rows=0, cols=len(parties))
        for text in SIGNATURE_LINES:
            for cell, party in zip(table.add_row().cells, parties, strict=True):
                cell.text = text.format(party=party)


def without_clock(package: bytes) -> bytes:
    """The same ZIP with a fixed time on every member: python-docx stamps the current one."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if "thumbnail" in name:
                continue
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, without_thumbnail(old.read(name)) if name == "_rels/.rels" else old.read(name))
    return buffer.getvalue()


def without_thumbnail(relationships: bytes) -> bytes:
    """The package's relationships without the picture of python-docx's own template."""
    return re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", relationships)
