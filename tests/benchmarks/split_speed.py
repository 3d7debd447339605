"""How long a contract takes to be split, and how that grows with its length: 30, 100 and 300 pages.

    python tests/benchmarks/split_speed.py [--runs 5]

Two contracts are made here, 3,000 characters a page. *Ordered*: clauses of three levels with headings, definitions,
references and lists, a line each. *Flattened*: clauses that run on in one paragraph, many terms, tables. The bar is one
second of processor time for 300 pages, best of five, and cost that grows linearly. The reference in the same run is
one pass of a regular expression over the same text.
"""

import argparse
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[2]))

from reviewer.domain.document import BlockKind, Document, Source
from reviewer.domain.ids import DocumentId
from reviewer.domain.section import SplitAs
from reviewer.parsing.plain import read_plain
from reviewer.parsing.splitter import TreeSplitter

CHARS_PER_PAGE = 3000
_WORDS = "The Supplier shall, subject to Section 2.1 and the Fees, deliver each order within thirty (30) days of it. "
_NUMBERS = ("One", "Two", "Three", "Four", "Five")
_LINE = re.compile(r"^[ \t]*(?:\d+(?:\.\d+)*|\([a-z]{1,4}\))[.)]?[ \t]+\S", re.MULTILINE)


def contract(pages: int) -> Document:
    """A contract of about so many pages, in which each clause has its line."""
    return _document(pages, _ordered)


def flattened(pages: int) -> Document:
    """A contract of about so many pages, of long paragraphs, terms and cells."""
    made = _document(pages, _run_on)
    cells = (
        replace(block, kind=BlockKind.TABLE_CELL) if block.span.of(made.text).startswith("Cell") else block
        for block in made.blocks
    )
    return Document(made.id, made.source, made.text, tuple(cells))


def _document(pages: int, clause: Callable[[int], Iterator[str]]) -> Document:
    parts = ["SERVICES AGREEMENT\n\nThis Agreement is made between Alpha Ltd and Beta Ltd.\n"]
    length, number = 0, 0
    while length < pages * CHARS_PER_PAGE:
        number += 1
        texts = list(clause(number))
        parts += texts
        length += sum(map(len, texts))
    reading = read_plain("\n".join(parts).encode())
    return Document(DocumentId("doc"), Source("a.txt", "text/plain", "0", 1), reading.text, reading.blocks)


def _ordered(clause: int) -> Iterator[str]:
    yield f"{clause}. Heading of Clause {clause}\n"
    yield f'"Term {clause}" means what clause {clause} says.\n'
    for sub in range(1, 5):
        yield f"{clause}.{sub} {_WORDS * 3}\n"
        yield from (f"({letter}) {_WORDS}\n" for letter in "abc")


def _run_on(clause: int) -> Iterator[str]:
    subs = "".join(f" {clause}.{sub} {_WORDS}(a) {_WORDS}(b) {_WORDS}" for sub in range(1, 5))
    yield f"{clause}. HEADING OF CLAUSE.{subs}\n"
    yield from (f'"Term {clause} of {_NUMBERS[index]}" means {_WORDS}\n' for index in range(5))
    yield from (f"Cell {_NUMBERS[index]}: {100 * index} EUR\n" for index in range(5))


def best_s(work: Callable[[], object], runs: int) -> float:
    """The least CPU time of so many runs."""
    best = float("inf")
    for _ in range(runs):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best


def main() -> None:
    """Prints a line for each length."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    for make in (contract, flattened):
        print("ordered" if make is contract else "flattened")
        for pages in (30, 100, 300):
            _measure(make(pages), pages, runs)


def _measure(document: Document, pages: int, runs: int) -> None:
    splitter = TreeSplitter()
    took = best_s(lambda: splitter.split(document, SplitAs.CONTRACT), runs)
    reference = best_s(lambda: len(_LINE.findall(document.text)), runs)
    count = len(splitter.split(document, SplitAs.CONTRACT))
    ratio = took / max(reference, 1e-9)
    print(f"{pages:4} pages, {count:6} sections: {took:.3f} s, {1000 * took / pages:.2f} ms a page, {ratio:.0f} times")


if __name__ == "__main__":
    main()
