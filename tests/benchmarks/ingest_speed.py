"""How fast documents are read, per CPU second: our readers against the libraries alone, on the same files and run.

    python tests/benchmarks/ingest_speed.py [--runs 3] [--files 12]

PDF: pypdf's text extraction and bare PDFium's (`get_text_bounded` of every page) are the references; the bar is three
times pypdf and a quarter of PDFium. DOCX: an expat pass over the main part and a full walk of python-docx; the bar is
at most 8 times the expat pass, and 5 times as fast as the walk. The walk asks for what our reader tells and python-docx
can: text, styles, alignment, indents and looks of all paragraphs and runs, in cells, headers and footers too; the walk
for the text alone is printed beside it. The reader is the one that runs in the worker; it is called here in this
process, so that its CPU time alone is counted. Reads the shared data.
"""

import argparse
import io
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.parsers import expat

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[2]))

import docx
import pypdf
import pypdfium2
from docx.blkcntnr import BlockItemContainer
from docx.document import Document
from docx.text.paragraph import Paragraph

from reviewer.parsing.readers import read_file
from reviewer.parsing.reading import Aids
from reviewer.parsing.sniff import FileKind

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
Read = Callable[[bytes], object]


def by_pypdf(data: bytes) -> int:
    """Text of every page."""
    return sum(len(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def by_pdfium(data: bytes) -> int:
    """Text of every page."""
    document = pypdfium2.PdfDocument(data)
    try:
        return sum(len(page.get_textpage().get_text_bounded()) for page in document)
    finally:
        document.close()


def by_expat(data: bytes) -> int:
    """One pass over the main part that does nothing."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = package.read("word/document.xml")
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: None
    parser.CharacterDataHandler = lambda text: None
    parser.Parse(body, True)
    return len(body)


def by_python_docx(data: bytes) -> int:
    """Text, styles and looks of every paragraph and run, in the body, in cells, headers and footers."""
    document = docx.Document(io.BytesIO(data))
    length = _walk(document, _facts)
    for section in document.sections:
        for margin in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            length += _walk(margin, _facts)
    return length


def by_python_docx_text(data: bytes) -> int:
    """The text of every paragraph, in cells too."""
    return _walk(docx.Document(io.BytesIO(data)), lambda paragraph: len(paragraph.text))


def _walk(container: BlockItemContainer | Document, tell: Callable[[Paragraph], int]) -> int:
    length = sum(tell(paragraph) for paragraph in container.paragraphs)
    for table in container.tables:
        for row in table.rows:
            length += sum(_walk(cell, tell) for cell in row.cells)
    return length


def _facts(paragraph: Paragraph) -> int:
    layout = paragraph.paragraph_format
    _ = (paragraph.style and paragraph.style.name, layout.alignment, layout.left_indent)
    length = 0
    for run in paragraph.runs:
        length += len(run.text)
        font = run.font
        _ = (run.style, font.bold, font.italic, font.underline, font.size, font.hidden)
        _ = (font.color.rgb, font.highlight_color)
    return length


def ours(kind: FileKind) -> Read:
    """The reader of the worker."""
    return lambda data: read_file(kind, data, Aids(lambda _page, _pages: None))


def cpu_s(reads: Sequence[Read], files: Sequence[bytes], runs: int) -> list[float]:
    """CPU seconds of each reader for all files: for each file the best of so many runs.

    The readers take turns file by file, so that what else the machine does meets all of them alike.
    """
    total = [0.0] * len(reads)
    for data in files:
        best = [float("inf")] * len(reads)
        for _ in range(runs):
            for index, read in enumerate(reads):
                started = time.process_time()
                read(data)
                best[index] = min(best[index], time.process_time() - started)
        total = [so_far + each for so_far, each in zip(total, best, strict=True)]
    return total


def readable(paths: Sequence[Path], reads: Sequence[Read], most: int) -> list[bytes]:
    """The files that every reader reads."""
    found = []
    for path in paths:
        data = path.read_bytes()
        try:
            for read in reads:
                read(data)
        except Exception as error:  # noqa: BLE001 - a benchmark names what it leaves out
            print(f"left out: {path.name}: {type(error).__name__}")
            continue
        found.append(data)
        if len(found) == most:
            break
    return found


def main() -> None:
    """Prints CPU seconds and ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--files", type=int, default=24)
    options = parser.parse_args()
    if not SHARED.is_dir():
        print("The shared data is not here; nothing was measured.")
        return
    pdf = [*sorted((SHARED / "contracts").glob("cuad-*.pdf")), *sorted((SHARED / "papers").glob("*.pdf"))]
    word = sorted((SHARED / "contracts").glob("*.docx"))
    word_references = {"expat": by_expat, "python-docx": by_python_docx, "its text alone": by_python_docx_text}
    for name, paths, kind, references in (
        ("PDF", pdf[:: max(1, len(pdf) // options.files)], FileKind.PDF, {"pypdf": by_pypdf, "PDFium": by_pdfium}),
        ("DOCX", word, FileKind.DOCX, word_references),
    ):
        files = readable(paths, [ours(kind), *references.values()], options.files)
        took, *others = cpu_s([ours(kind), *references.values()], files, options.runs)
        print(f"{name}: {len(files)} files, {sum(map(len, files)) / 1e6:.1f} MB, ours {took:.2f} s of CPU")
        for reference, other in zip(references, others, strict=True):
            faster, longer = other / took, took / other
            print(f"  {reference}: {other:.3f} s; ours {faster:.2f} times as fast, {longer:.1f} times as long")


if __name__ == "__main__":
    main()
