"""Suspicious passages in real contracts and papers, which hold none: how many are flagged, and how long it takes.

    python -m tests.benchmarks.suspicion SHARED_DATA

Reads every document of ``contracts`` and ``papers``. Prints each flagged passage to be looked at by somebody, the share
of flagged documents with its 95 % interval after Wilson, and the processor time for 100,000 characters beside that of
cutting the same text into words with an expression, which says how fast the machine is.
"""

import asyncio
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from reviewer.bootstrap import open_reader
from reviewer.domain.document import Document, SourceFile
from reviewer.domain.errors import InputError
from reviewer.domain.suspicion import suspicious_passages
from tests.benchmarks.injection import wilson

_SUFFIXES = {".pdf", ".docx", ".txt", ".md", ".html", ".rtf", ".odt", ".eml"}
_WORD = re.compile(r"\w+")
_TIMES = 3


def documents(data: Path) -> Iterator[Document]:
    """What can be read of the contracts and papers there."""
    paths = sorted(path for folder in ("contracts", "papers") for path in (data / folder).iterdir())
    with open_reader() as reader:
        for path in paths:
            if path.suffix.lower() in _SUFFIXES:
                try:
                    yield asyncio.run(reader.library.read(SourceFile(path.name, path.read_bytes())))
                except InputError as error:
                    print(f"not read: {path.name}: {error.code}", file=sys.stderr)


def main(data: Path) -> None:
    """Prints the figures."""
    found, seconds, yardstick, size, flagged = 0, 0.0, 0.0, 0, 0
    for document in documents(data):
        found += 1
        size += len(document.text)
        own, other = [], []
        for _ in range(_TIMES):
            began = time.process_time()
            passages = suspicious_passages(document)
            own.append(time.process_time() - began)
            began = time.process_time()
            _WORD.findall(document.text)
            other.append(time.process_time() - began)
        seconds, yardstick = seconds + min(own), yardstick + min(other)
        flagged += bool(passages)
        for passage in passages:
            words = " ".join(passage.span.of(document.text).split())[:160]
            print(f"{document.source.name}: {', '.join(passage.reasons)}: {words}")
    print(f"documents flagged: {wilson(flagged, found)}")
    print(
        f"{size:,} characters; for 100,000: {seconds / size * 1e5:.3f} s, {seconds / yardstick:.1f} times the yardstick"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
