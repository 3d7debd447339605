"""Real and hidden files through the readers: what of each PDF is read beside other libraries, and which is flagged.

    python tests/benchmarks/real_files.py [--folders contracts papers hostile]

For each PDF of ``contracts``, ``papers`` and ``hostile`` from which pypdf or PDFium gets any letter: how many letters
each of them gets, and how many we read. It is missed where we read less than nine tenths of what PDFium does (of
what pypdf does, where PDFium gets none), and named with the code of our refusal. Told apart is what has too many
pages, and what asks for a password (pypdf opens files whose owner has none). The libraries read in a process of
their own with limits of time and memory, our parser has its own; so the whole is bounded.

A real file (contracts and papers) is flagged where it is said to hold hidden text: each is named with the sentence,
to be looked at by somebody. Of the files of ``hidden`` the warnings are printed. Reads the shared data.
"""

import argparse
import io
import multiprocessing
import os
import sys
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[2]))

import pypdf
import pypdfium2

from reviewer.domain.document import Document, SourceFile
from reviewer.domain.errors import InputError
from reviewer.parsing.parser import IsolatedDocumentParser
from tests.benchmarks.ingest_speed import SHARED

_LIMIT_S = 10  # of both libraries for a file
_LIMIT_BYTES = 1 << 30
_ENOUGH = 0.9  # of the letters
_TOLD = {"too_many_pages", "too_big", "encrypted"}
_FLAGS = {"hidden_text", "invisible_characters", "mixed_scripts"}


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _by_pdfium(data: bytes) -> int:
    count = 0
    for page in pypdfium2.PdfDocument(data):
        count += _letters(page.get_textpage().get_text_bounded())
    return count


def _by_pypdf(data: bytes) -> int:
    return sum(_letters(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def _serve(connection: Connection) -> None:
    """Answers paths with the letters that each library gets, one after the other."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what the libraries say of broken files
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_LIMIT_BYTES, _LIMIT_BYTES))
    while True:
        data = Path(connection.recv()).read_bytes()
        for read in (_by_pdfium, _by_pypdf):
            try:
                connection.send(read(data))
            except Exception:  # noqa: BLE001 - it reads nothing then, which is all that is asked
                connection.send(0)


class Libraries:
    """pypdf and PDFium in a process of their own, which is ended where a file takes too long or too much."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._start()

    def _start(self) -> None:
        self._mine, theirs = self._context.Pipe()
        self._process = self._context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def letters(self, path: Path) -> tuple[int, int]:
        """How many letters PDFium gets and how many pypdf; 0 where a library fails."""
        found = [0, 0]
        self._mine.send(str(path))
        for index in range(len(found)):
            try:
                if not self._mine.poll(_LIMIT_S):
                    raise EOFError
                found[index] = self._mine.recv()
            except (EOFError, ConnectionError):
                self.close()
                self._start()
                break
        return found[0], found[1]

    def close(self) -> None:
        """Ends the process."""
        self._process.kill()
        self._process.join()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a PDF gives: to us a number of letters or a code, to the libraries numbers of letters."""

    name: str
    ours: int | str
    pdfium: int
    pypdf: int

    @property
    def is_missed(self) -> bool:
        """We read far less than they do."""
        return isinstance(self.ours, str) or self.ours < _ENOUGH * (self.pdfium or self.pypdf)

    def __str__(self) -> str:
        return f"{self.name}: {self.ours} of PDFium's {self.pdfium} and pypdf's {self.pypdf}"


def parsed(parser: IsolatedDocumentParser, path: Path) -> Document | str:
    """The document, or the code that says why there is none."""
    try:
        return parser.parse(SourceFile(path.name, path.read_bytes()))
    except InputError as error:
        return error.code


def flags(document: Document) -> list[str]:
    """What the document is suspected of."""
    return [warning.message for warning in document.warnings if warning.code in _FLAGS]


def compare(folders: list[str], parser: IsolatedDocumentParser) -> int:
    """Prints each PDF that a library reads, and the misses; gives the number of misses."""
    libraries = Libraries()
    found = []
    paths = [path for folder in folders for path in sorted((SHARED / folder).rglob("*.pdf"))]
    for path in paths:
        read = parsed(parser, path)
        ours = read if isinstance(read, str) else _letters(read.text)
        each = Comparison(str(path.relative_to(SHARED)), ours, *libraries.letters(path))
        if each.pdfium or each.pypdf:
            found.append(each)
            print(f"  {each}", flush=True)
    libraries.close()
    told = [each for each in found if each.ours in _TOLD]
    missed = [each for each in found if each.is_missed and each not in told]
    print(f"{len(paths)} PDF files, of which pypdf or PDFium gets letters from {len(found)}.")
    print(f"Missed: {len(missed)}", *missed, sep="\n  ")
    print(f"Left over a limit, or until a password is given: {len(told)}", *told, sep="\n  ")
    return len(missed)


def flagged(parser: IsolatedDocumentParser) -> None:
    """Prints which real files are said to hold hidden text, and what is said of those that do."""
    paths = [path for folder in ("contracts", "papers") for path in sorted((SHARED / folder).iterdir())]
    real = [path for path in paths if path.suffix in {".pdf", ".docx"}]
    found = []
    for path in real:
        read = parsed(parser, path)
        if isinstance(read, Document) and flags(read):
            found.append(f"{path.parent.name}/{path.name}: {' '.join(flags(read))}")
    print(f"{len(real)} real files, {len(found)} flagged ({len(found) / len(real):.1%}):", *found, sep="\n  ")
    print("hidden:")
    for path in sorted((SHARED / "hidden").iterdir()):
        read = parsed(parser, path)
        print(f"  {path.name}: {read if isinstance(read, str) else ' '.join(flags(read)) or 'not flagged'}")


def main() -> int:
    """Prints what is read, missed and flagged; gives 1 where a PDF is missed."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--folders", nargs="*", default=["contracts", "papers", "hostile"])
    folders = options.parse_args().folders
    if not SHARED.is_dir():
        print("The shared data is not here; nothing was read.")
        return 0
    parser = IsolatedDocumentParser(max_workers=1)
    missed = compare(folders, parser)
    flagged(parser)
    parser.close()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
