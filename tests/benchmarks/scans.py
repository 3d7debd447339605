"""How well and how fast scans are read: pages of real documents, drawn and recognised, against their own text.

    python tests/benchmarks/scans.py [--pages 2] [--dpi 200] [FILE ...]

Each page is drawn as a picture without text, put into a PDF of its own and read as `reviewer parse` reads it. Printed:
the share of the words of the original text that were recognised exactly (in any order), the mean confidence, and the
seconds a page took. Without files, some of the shared data are read; needs Tesseract.
"""

import argparse
import asyncio
import io
import sys
import time
from collections import Counter
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[2]))

import pypdfium2

from reviewer.bootstrap import open_reader
from reviewer.domain.document import Document, SourceFile
from reviewer.domain.projection import project

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
SAMPLE_EVERY = 12


def scanned(data: bytes, pages: int, dpi: int) -> bytes:
    """The first pages as pictures."""
    drawn = [
        page.render(scale=dpi / 72, grayscale=True).to_pil()
        for page, _ in zip(pypdfium2.PdfDocument(data), range(pages), strict=False)
    ]
    target = io.BytesIO()
    drawn[0].save(target, "PDF", resolution=dpi, save_all=True, append_images=drawn[1:])
    return target.getvalue()


def words_of(document: Document, last_page: int) -> Counter[str]:
    """Words of the pages up to one; those of Chinese and the like are single signs."""
    text = "\n".join(
        block.span.of(document.text)
        for block in document.blocks
        if block.visibility.value in {"visible", "header", "footer", "note"} and (block.page or 1) <= last_page
    )
    joined = text.replace("-\n", "")
    return Counter(word for part in joined.split() for word in (part if max(part) > "\u2e80" else [part]))


def main() -> None:
    """Reads the files twice: as they are, and as scans."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--pages", type=int, default=2)
    parser.add_argument("--dpi", type=int, default=200)
    arguments = parser.parse_args()
    files = arguments.files or sorted(SHARED.glob("papers/*.pdf"))[::SAMPLE_EVERY]
    if not files:
        print("There is no shared data; name PDF files.")
        return
    with open_reader() as reader:
        for path in files:
            data = path.read_bytes()
            original = asyncio.run(reader.library.read(SourceFile(path.name, data)))
            begin = time.perf_counter()
            document = asyncio.run(
                reader.library.read(SourceFile(path.name, scanned(data, arguments.pages, arguments.dpi)))
            )
            seconds = (time.perf_counter() - begin) / len(document.pages)
            wanted = words_of(original, arguments.pages)
            found = (wanted & words_of(document, arguments.pages)).total() / max(1, wanted.total())
            sure = [block.confidence for block in document.blocks if block.confidence is not None]
            mean = sum(sure) / max(1, len(sure))
            print(
                f"{path.name}: {found:.1%} of {wanted.total()} words, {mean:.0%} sure, {seconds:.1f} s a page", end=""
            )
            print(f", language {document.language}, {len(project(document).text)} characters")


if __name__ == "__main__":
    main()
