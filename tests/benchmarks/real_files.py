"""Real and hidden files through the readers: which PDF is missed that another library reads, and which is flagged.

    python tests/benchmarks/real_files.py

A PDF of ``contracts``, ``papers`` and ``hostile`` counts as readable where pypdf or PDFium gets any text from it,
each in a process of its own with a limit of time; it is missed where our parser gives none. A real file (contracts and
papers) is flagged where it is said to hold hidden text: each is named with the sentence, to be looked at by somebody.
Of the files of ``hidden`` the warnings are printed. Reads the shared data.
"""

import multiprocessing
import os
import sys
from collections.abc import Callable
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[2]))

from reviewer.domain.document import Document, SourceFile
from reviewer.domain.errors import InputError
from reviewer.parsing.parser import IsolatedDocumentParser
from tests.benchmarks.ingest_speed import SHARED, by_pdfium, by_pypdf

_LIMIT_S = 20
_LIMIT_BYTES = 1 << 30
_FLAGS = {"hidden_text", "invisible_characters", "mixed_scripts"}


def _read_apart(path: str, has_text: "multiprocessing.Queue[bool]", read: Callable[[bytes], int]) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what the libraries say of broken files
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_LIMIT_BYTES, _LIMIT_BYTES))
    has_text.put(read(Path(path).read_bytes()) > 0)


def others_read(path: Path) -> bool:
    """Whether pypdf or PDFium gets any text from a file."""
    context = multiprocessing.get_context("spawn")
    for read in (by_pdfium, by_pypdf):
        has_text = context.Queue()
        worker = context.Process(target=_read_apart, args=(str(path), has_text, read))
        worker.start()
        worker.join(_LIMIT_S)
        worker.kill()
        worker.join()
        if worker.exitcode == 0 and has_text.get(timeout=5):
            return True
    return False


def parsed(parser: IsolatedDocumentParser, path: Path) -> Document | str:
    """The document, or the code that says why there is none."""
    try:
        return parser.parse(SourceFile(path.name, path.read_bytes()))
    except InputError as error:
        return error.code


def flags(document: Document) -> list[str]:
    """What the document is suspected of."""
    return [warning.message for warning in document.warnings if warning.code in _FLAGS]


def main() -> int:
    """Prints misses and flags; gives 1 where a PDF is missed."""
    if not SHARED.is_dir():
        print("The shared data is not here; nothing was read.")
        return 0
    parser = IsolatedDocumentParser(max_workers=1)
    missed, flagged, real, pdf = [], [], 0, 0
    for folder in ("contracts", "papers", "hostile"):
        for path in sorted((SHARED / folder).rglob("*")):
            if path.suffix not in {".pdf", ".docx"} or (folder == "hostile" and path.suffix == ".docx"):
                continue
            read = parsed(parser, path)
            pdf += path.suffix == ".pdf"
            real += folder != "hostile"
            if isinstance(read, str) and path.suffix == ".pdf" and others_read(path):
                missed.append(f"{folder}/{path.name}: {read}")
            if isinstance(read, Document) and folder != "hostile" and flags(read):
                flagged.append(f"{folder}/{path.name}: {' '.join(flags(read))}")
    print(f"{pdf} PDF files, {len(missed)} missed that pypdf or PDFium reads:", *missed, sep="\n  ")
    print(f"{real} real files, {len(flagged)} flagged ({len(flagged) / real:.1%}):", *flagged, sep="\n  ")
    print("hidden:")
    for path in sorted((SHARED / "hidden").iterdir()):
        read = parsed(parser, path)
        print(f"  {path.name}: {read if isinstance(read, str) else ' '.join(flags(read)) or 'not flagged'}")
    parser.close()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
