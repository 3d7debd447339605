"""What a review by the built-in checks costs: a contract of 60 pages, from its bytes to its report, on one core.

    python tests/benchmarks/review_speed.py [--pages 60] [--times 5]

The contract is made here of clauses of a services agreement, numbered anew, with other words in each; a page is 2,800
characters. Each time it is another text in a fresh workspace. Printed is the processor
time of this process and of those it started, the best of all times, beside reading the same file alone.
"""

import argparse
import asyncio
import os
import random
import sys
import tempfile
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[2]))

from reviewer.bootstrap import open_reader, open_services
from reviewer.domain.document import SourceFile
from reviewer.domain.edition import Edition
from reviewer.export.json_report import JsonExporter
from reviewer.services.requests import RunRequest

PAGE_CHARS = 2800
CLAUSES = (
    "Fees. The Customer shall pay each invoice within {n} days of receipt. Late sums bear interest at {m}% a year.",
    "Liability. The Supplier's liability shall not exceed the fees paid in the preceding {n} months.",
    "Confidentiality. Each party shall keep Confidential Information secret for {m} years after termination.",
    "Term. This Agreement renews automatically for a year unless a party gives {n} days' notice.",
    "Data. The Supplier shall notify the Customer of any personal data breach within {n} hours.",
    "Assignment. Neither party may assign this Agreement without the other's consent, except to an affiliate.",
    "Delivery. The Supplier shall deliver the {thing} described in Schedule {m} with reasonable skill and care.",
    "Governing law. This Agreement is governed by the law of England and Wales, whose courts have jurisdiction.",
    "Indemnity. The Supplier shall indemnify the Customer against claims that the {thing} infringes a patent.",
)
THINGS = ("software", "report", "platform", "design", "equipment", "manual", "database", "service")


def contract(pages: int, seed: int) -> str:
    """The text of a contract of so many pages; another one for each seed."""
    chance, parts = (
        random.Random(seed),
        ["SERVICES AGREEMENT\n\nThis Services Agreement is made between A Ltd and B Ltd.\n"],
    )
    length = number = 0
    while length < pages * PAGE_CHARS:
        number += 1
        said = []
        for at in range(1, 5):
            clause = chance.choice(CLAUSES)
            words = clause.format(n=chance.randrange(5, 120), m=chance.randrange(1, 12), thing=chance.choice(THINGS))
            said.append(words if at == 1 else f"{number}.{at - 1} {words.split('. ', 1)[1]}")
        heading, rest = said[0].split(". ", 1)
        part = f"\n{number}. {heading}\n\n{rest}\n\n" + "\n\n".join(said[1:]) + "\n"
        parts.append(part)
        length += len(part)
    return "".join(parts)


def spent() -> float:
    """Processor seconds of this process and of its children that have ended."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def measure(pages: int, seed: int) -> tuple[float, float]:
    """Processor seconds of reading, and of reading and reviewing up to the report in JSON."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "contract.txt"
        path.write_text(contract(pages, seed), "utf-8")
        start = spent()
        with open_reader() as reader:
            asyncio.run(reader.library.read(SourceFile(path.name, path.read_bytes())))
        read = spent() - start
        start = spent()
        with open_services(Path(folder) / "workspace") as services:
            result = asyncio.run(services.runs.run(RunRequest(paths=(path,), offline=True), lambda event: None))
            JsonExporter().export(Edition(result.report, {}))
        if not any(each.findings for each in result.report.documents.values()):
            raise SystemExit("nothing was found, so nothing was measured")
        return read, spent() - start


def main() -> int:
    """Measures and prints."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--pages", type=int, default=60)
    arguments.add_argument("--times", type=int, default=5)
    given = arguments.parse_args()
    found = [measure(given.pages, seed) for seed in range(given.times)]
    print(f"{given.pages} pages, best of {given.times}, processor seconds with worker processes")
    print(f"read alone       {min(each[0] for each in found):.2f}")
    print(f"read and review  {min(each[1] for each in found):.2f}  (bar: 3.00 for 60 pages)")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
