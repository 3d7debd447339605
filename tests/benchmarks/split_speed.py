"""How long a contract takes to be split, and how that grows with its length: 30, 100 and 300 pages.

    python tests/benchmarks/split_speed.py [--runs 5]

The contract is made here: clauses of three levels with headings, definitions, references and lists, 3,000 characters a
page. The bar is one second for 300 pages, best of five, and cost that grows linearly. The reference in the same run is
one pass of a regular expression over the same text.
"""

import argparse
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[2]))

from reviewer.domain.document import Document, Source
from reviewer.domain.ids import DocumentId
from reviewer.domain.section import SplitAs
from reviewer.parsing.plain import read_plain
from reviewer.parsing.splitter import TreeSplitter

CHARS_PER_PAGE = 3000
_WORDS = "The Supplier shall, subject to Section 2.1 and the Fees, deliver each order within thirty (30) days of it. "
_LINE = re.compile(r"^[ \t]*(?:\d+(?:\.\d+)*|\([a-z]{1,4}\))[.)]?[ \t]+\S", re.MULTILINE)


def contract(pages: int) -> Document:
    """A contract of about so many pages."""
    parts = ["SERVICES AGREEMENT\n\nThis Agreement is made between Alpha Ltd and Beta Ltd.\n"]
    length, clause = 0, 0
    while length < pages * CHARS_PER_PAGE:
        clause += 1
        texts = [f"{clause}. Heading of Clause {clause}\n", f'"Term {clause}" means what clause {clause} says.\n']
        for sub in range(1, 5):
            texts.append(f"{clause}.{sub} {_WORDS * 3}\n")
            texts += [f"({letter}) {_WORDS}\n" for letter in "abc"]
        parts += texts
        length += sum(map(len, texts))
    reading = read_plain("\n".join(parts).encode())
    return Document(DocumentId("doc"), Source("a.txt", "text/plain", "0", 1), reading.text, reading.blocks)


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
    splitter = TreeSplitter()
    for pages in (30, 100, 300):
        document = contract(pages)
        took = best_s(lambda document=document: splitter.split(document, SplitAs.CONTRACT), runs)
        reference = best_s(lambda document=document: len(_LINE.findall(document.text)), runs)
        count = len(splitter.split(document, SplitAs.CONTRACT))
        ratio = took / max(reference, 1e-9)
        print(
            f"{pages:4} pages, {count:6} sections: {took:.3f} s, {1000 * took / pages:.2f} ms a page, {ratio:.0f} times"
        )


if __name__ == "__main__":
    main()
