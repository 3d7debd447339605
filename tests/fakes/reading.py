"""Real files as documents, read in this process."""

from pathlib import Path

from reviewer.domain.document import Document, Source
from reviewer.domain.ids import DocumentId, content_id, sha256_hex
from reviewer.parsing.docx import read_docx
from reviewer.parsing.pdf import read_pdf
from reviewer.parsing.plain import read_markdown, read_plain
from reviewer.parsing.reading import Aids, Reading

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"


def read_document(path: Path) -> Document:
    """A file as the parser would read it, without its worker process."""
    data = path.read_bytes()
    reading, media_type = _read(path.suffix, data)
    digest = sha256_hex(data)
    return Document(
        DocumentId(content_id("doc", digest)),
        Source(path.name, media_type, digest, len(data)),
        reading.text,
        reading.blocks,
        reading.pages,
    )


def _read(suffix: str, data: bytes) -> tuple[Reading, str]:
    if suffix == ".docx":
        return read_docx(data, lambda _done, _all: None), "application/docx"
    if suffix == ".pdf":
        return read_pdf(data, Aids(lambda _page, _pages: None)), "application/pdf"
    return (read_markdown(data), "text/markdown") if suffix == ".md" else (read_plain(data), "text/plain")
