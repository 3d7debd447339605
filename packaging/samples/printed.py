"""Contracts and papers as PDF, printed in the fonts every reader has."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from fpdf import FPDF
from fpdf.fonts import FontFace

from samples.source import AUTHOR, DEFINED_TERM, SAMPLE_NOTE, SIGNATURE_LINES, WRITTEN_AT, Line, texts

NO_BREAK = "\N{NO-BREAK SPACE}"


class Pdf(FPDF):
    """An A4 page in Times with a footer, a page number and, where given, something to draw at the top of page two."""

    def __init__(self, title: str, language: str, note: str, margin_mm: float) -> None:
        super().__init__(format="A4")
        self.core_fonts_encoding = "cp1252"
        self.set_title(title)
        self.set_author(AUTHOR)
        self.set_lang(language)
        self.set_producer("fpdf2")
        self.creation_date = WRITTEN_AT
        self.set_margin(margin_mm)
        self.set_line_width(0.15)
        self.set_auto_page_break(auto=True, margin=margin_mm)
        self.on_second_page: Callable[[], None] | None = None
        self.leading = 0.405
        self._note = note

    def header(self) -> None:
        """Draws what page two begins with."""
        if self.page == 2 and self.on_second_page is not None:  # noqa: PLR2004 - it is the second page
            self.on_second_page()

    def footer(self) -> None:
        """Prints the note and the page number."""
        self.set_y(-15)
        self.set_font("Times", size=8)
        self.set_text_color(90)
        self.cell(0, 5, f"{self._note}   {self.page}", align="C")
        self.set_text_color(0)

    def block(self, text: str, size: float, *, style: str = "", align: str = "L", left_mm: float = 0) -> None:
        """A paragraph over the width of the page, from an indent on."""
        self.set_font("Times", style, size)
        self.set_x(self.l_margin + left_mm)
        self.multi_cell(0, size * self.leading, text, align=align, markdown=True, new_x="LMARGIN", new_y="NEXT")

    def grid(self, rows: list[str], size: float, widths: tuple[int, ...]) -> None:
        """A table with a bold first row; cells are parted by ``|``."""
        self.set_font("Times", size=size)
        with self.table(
            col_widths=widths,
            line_height=size * 0.5,
            padding=(0.6, 1.5),
            text_align="LEFT",
            headings_style=FontFace(emphasis="BOLD"),
        ) as table:
            for row in rows:
                table.row(row.split("|"))


class ContractInPdf:
    """The same contract printed: numbers are text, as a printer driver leaves them."""

    INDENT_MM = 12.0
    SIZE = 10.5

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        self._pdf = Pdf(texts(lines, "title")[0], "en-GB", SAMPLE_NOTE, 20)

    def write(self, path: Path) -> None:
        """Writes the file."""
        self._pdf.add_page()
        for line in self._lines:
            self._add(line)
        self._pdf.output(str(path))

    def _add(self, line: Line) -> None:
        pdf = self._pdf
        match line.kind:
            case "title":
                pdf.block(line.text, 20, style="B", align="C")
                pdf.ln(2)
            case "subtitle":
                pdf.block(line.text, 11.5, align="C")
            case "heading" | "schedule":
                self._add_heading(line, is_first=line.text == texts(self._lines, line.kind)[0])
            case "row":
                if line.text == texts(self._lines, "row")[0]:
                    pdf.grid(texts(self._lines, "row"), 10, (30, 90, 32))
                    pdf.ln(4)
            case "sign":
                self._add_signatures(line.text.split("|"))
            case _:
                self._add_numbered(line)

    def _add_heading(self, line: Line, *, is_first: bool) -> None:
        self._keep_together(64 if line.kind == "schedule" and is_first else 30)
        self._pdf.ln(4)
        self._pdf.block(line.text, 12.5, style="B", align="C" if line.kind == "schedule" else "L")
        self._pdf.ln(1.4)

    def _add_numbered(self, line: Line) -> None:
        pdf = self._pdf
        is_heading = line.kind == "1"
        self._keep_together(22 if is_heading else 10)
        if is_heading:
            pdf.ln(2)
        style = "B" if is_heading else ""
        left = {"plain": 0.0, "3": 2 * self.INDENT_MM}.get(line.kind, self.INDENT_MM)
        if line.number:
            pdf.set_font("Times", style, self.SIZE)
            pdf.set_x(pdf.l_margin + (self.INDENT_MM if line.kind == "3" else 0))
            pdf.cell(self.INDENT_MM, self.SIZE * pdf.leading, line.number)
        text = DEFINED_TERM.sub(lambda term: f"**{term[0]}**", line.text) if line.kind == "def" else line.text
        pdf.block(text, self.SIZE, style=style, align="L" if is_heading else "J", left_mm=left)
        pdf.ln(1.4)

    def _add_signatures(self, parties: list[str]) -> None:
        pdf = self._pdf
        self._keep_together(45)
        pdf.ln(4)
        pdf.set_font("Times", size=11)
        with pdf.table(borders_layout="NONE", first_row_as_headings=False, line_height=6, text_align="LEFT") as table:
            for text in SIGNATURE_LINES:
                table.row([text.format(party=party) for party in parties])

    def _keep_together(self, height_mm: float) -> None:
        if self._pdf.will_page_break(height_mm):
            self._pdf.add_page()


class Words(NamedTuple):
    """The words a paper's layout adds in its language, and how its text is set."""

    language: str
    abstract: str
    keywords: str
    align: str


ENGLISH = Words("en-GB", "Abstract", "Keywords", "J")
GERMAN = Words("de-DE", "Zusammenfassung", "Schlagwörter", "L")


class PaperInPdf:
    """A short paper: title, authors and abstract over the page, the rest in two columns, a table atop page two."""

    def __init__(self, lines: list[Line], words: Words) -> None:
        self._lines = lines
        self._words = words
        self._pdf = Pdf(texts(lines, "title")[0], words.language, texts(lines, "footer")[0], 20)

    def write(self, path: Path) -> None:
        """Writes the file."""
        pdf = self._pdf
        pdf.on_second_page = self._add_table
        pdf.add_page()
        self._add_front_matter()
        with pdf.text_columns(
            ncols=2, gutter=8, text_align=self._words.align, line_height=1.25, balance=True
        ) as columns:
            for line in self._lines:
                style, size, above, below, indent = self._setting(line.kind)
                if not size:
                    continue
                pdf.set_font("Times", style, size)
                with columns.paragraph(top_margin=above, bottom_margin=below, indent=indent) as paragraph:
                    paragraph.write(line.text.replace(" %", NO_BREAK + "%"))
        pdf.output(str(path))

    @staticmethod
    def _setting(kind: str) -> tuple[str, float, float, float, float]:
        """Font style and size in points, margins above and below and indent in millimetres; size 0 for front matter."""
        if kind in ("heading", "plainheading"):
            return "B", 11.5, 3, 1.4, 0
        if kind == "reference":
            return "", 9.5, 0, 1.4, 0
        return ("", 11, 0, 1.8, 0) if kind == "text" else ("", 0, 0, 0, 0)

    def _add_front_matter(self) -> None:
        pdf, words = self._pdf, self._words
        pdf.block(texts(self._lines, "title")[0], 17, style="B", align="C")
        pdf.ln(3)
        pdf.block(texts(self._lines, "authors")[0], 11.5, align="C")
        pdf.block(texts(self._lines, "affiliation")[0], 9.5, style="I", align="C")
        pdf.ln(5)
        pdf.block(words.abstract, 11, style="B", align="L")
        pdf.ln(1)
        pdf.block(texts(self._lines, "abstract")[0], 10.5, align="J")
        pdf.ln(2)
        pdf.block(f"**{words.keywords}:** {texts(self._lines, 'keywords')[0]}", 10.5)
        pdf.ln(5)

    def _add_table(self) -> None:
        pdf = self._pdf
        pdf.block(texts(self._lines, "table")[0], 9.5, style="I")
        pdf.ln(1.4)
        pdf.grid(texts(self._lines, "row"), 9.5, (74, 32, 32, 32))
        pdf.ln(6)
