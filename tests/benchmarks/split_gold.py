"""How well documents are split: precision, recall and F1 of section starts, and of levels, against the gold.

Run from the repository's root: ``python tests/benchmarks/split_gold.py [--pdf] [--papers] [--show NAME]``.

A start counts as found where a section begins at the gold's place (white space and markup apart, three characters of
slack) and its number or its heading is the gold's. A level counts where the found start has the gold's level too.
Predicted are clauses, schedules and numbered definitions; for papers, sections, acknowledgements and appendices.
"""

import argparse
import json
import os
import sys
import time
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviewer.domain.document import Document, SourceFile
from reviewer.domain.section import Section, SectionKind, SplitAs
from reviewer.parsing.parser import IsolatedDocumentParser
from reviewer.parsing.splitter import TreeSplitter

DATA = Path(os.environ.get("REVIEWER_SHARED_DATA", Path(__file__).resolve().parents[2] / "../shared/data"))
CLAUSES = {SectionKind.CLAUSE, SectionKind.SCHEDULE, SectionKind.DEFINITION}
SECTIONS = {SectionKind.SECTION, SectionKind.ACKNOWLEDGEMENTS, SectionKind.APPENDIX}
SLACK = 3
FRONT = {"abstract", "references"}


@dataclass(frozen=True)
class Expected:
    """A start of the gold: its place among the characters that count, or None where it was not found."""

    place: int | None
    number: str
    heading: str
    level: int


@dataclass
class Score:
    """Counts of one document, or of several added up."""

    found: int = 0
    levels: int = 0
    predicted: int = 0
    expected: int = 0

    def add(self, other: "Score") -> None:
        """Adds another's counts."""
        self.found += other.found
        self.levels += other.levels
        self.predicted += other.predicted
        self.expected += other.expected

    def line(self) -> str:
        """Precision, recall, F1 of starts, F1 of starts with their level."""
        precision = self.found / self.predicted if self.predicted else 0.0
        recall = self.found / self.expected if self.expected else 0.0
        total = self.predicted + self.expected
        f1, level = (2 * self.found / total, 2 * self.levels / total) if total else (0.0, 0.0)
        counts = f"{self.found}/{self.expected}, {self.predicted} predicted"
        return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  level {level:.3f}  ({counts})"


class Compact:
    """A text without what does not count for places."""

    def __init__(self, text: str) -> None:
        self.offsets = [offset for offset, character in enumerate(text) if _counts(character)]
        self.text = _fold("".join(text[offset] for offset in self.offsets))
        self._source = text

    def place(self, offset: int) -> int:
        """The place of an offset of the text."""
        return bisect_left(self.offsets, offset)

    def begins_line(self, place: int) -> bool:
        """Whether nothing stands on the line before a place."""
        offset = self.offsets[place]
        return not self._source[self._source.rfind("\n", 0, offset) + 1 : offset].strip()


def _fold(text: str) -> str:
    return text.lower().translate(str.maketrans("’‘“”", "''\"\""))


def _counts(character: str) -> bool:
    return not character.isspace() and character not in "#*_"


def main() -> int:
    """Prints a line per document and one over all."""
    parser = argparse.ArgumentParser(description="Measures the splitter against the gold.")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--pdf", action="store_true", help="the contracts' PDF files instead of their text")
    parser.add_argument("--papers", action="store_true", help="papers instead of contracts")
    parser.add_argument("--show", default="", help="list what was missed and what was too much in files of this name")
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.stdout.write(f"{options.data} is not there: nothing to measure against\n")
        return 0
    reader, total = IsolatedDocumentParser(max_workers=1), Score()
    try:
        for name, gold in _documents(options):
            document = reader.parse(SourceFile(name, (options.data / name).read_bytes()))
            total.add(_measure(name, document, gold, options))
    finally:
        reader.close()
    sys.stdout.write(f"{'all':58} {total.line()}\n")
    return 0


def _documents(options: argparse.Namespace) -> Iterator[tuple[str, dict[str, Any]]]:
    file = "paper_sections.json" if options.papers else "clauses.json"
    for gold in json.loads((options.data / "gold" / file).read_text(encoding="utf-8"))["documents"]:
        pdf = gold.get("pdf")
        name = f"contracts/{Path(pdf).name}" if options.pdf and pdf else gold["file"]
        if not options.pdf or pdf:
            yield name, gold


def _measure(name: str, document: Document, gold: dict[str, Any], options: argparse.Namespace) -> Score:
    compact = Compact(document.text)
    expected = list(_paper_gold(compact, gold) if options.papers else _clause_gold(document, compact, gold, options))
    begun = time.perf_counter()
    sections = TreeSplitter().split(document, SplitAs.PAPER if options.papers else SplitAs.CONTRACT)
    seconds = time.perf_counter() - begun
    predicted = [section for section in sections if _is_counted(section, options)]
    score, missed, extra = _match(document, compact, expected, predicted)
    kind = (
        ""
        if TreeSplitter().detect(document) is (SplitAs.PAPER if options.papers else SplitAs.CONTRACT)
        else " NOT DETECTED"
    )
    sys.stdout.write(f"{name.partition('/')[2]:58} {score.line()}  {1000 * seconds:.0f} ms{kind}\n")
    if options.show and options.show in name:
        for each in missed:
            sys.stdout.write(f"    missed  {each}\n")
        for section in extra:
            start = document.text[section.span.start : section.span.start + 50]
            sys.stdout.write(
                f"    extra   {section.level} {section.kind} {section.number!r} {section.heading!r} | {start!r}\n"
            )
    return score


def _is_counted(section: Section, options: argparse.Namespace) -> bool:
    if options.papers:
        return section.kind in SECTIONS
    return section.kind in CLAUSES and (section.kind is not SectionKind.DEFINITION or bool(section.number))


def _clause_gold(
    document: Document, compact: Compact, gold: dict[str, Any], options: argparse.Namespace
) -> Iterator[Expected]:
    at = 0
    for clause in gold["clauses"]:
        if clause["start"] is not None and not options.pdf:
            place: int | None = compact.place(clause["start"])
        else:
            place = _search(compact, clause, at)
            at = place + 1 if place is not None else at
        yield Expected(place, clause["number"], clause["heading"], clause["level"])


def _paper_gold(compact: Compact, gold: dict[str, Any]) -> Iterator[Expected]:
    at = 0
    for section in gold["sections"]:
        words = _fold("".join(filter(_counts, section["heading"] + section.get("first_words", "")[:12])))
        place = compact.text.find(words, at)
        if place < 0:
            place = compact.text.find(_fold("".join(filter(_counts, section["heading"]))), at)
        at = place + 1 if place >= 0 else at
        if section["heading"].lower() not in FRONT:
            yield Expected(None if place < 0 else place, "", section["heading"], section["level"])


def _search(compact: Compact, clause: dict[str, Any], at: int) -> int | None:
    """Where a paragraph begins with the words of the gold, its printed number aside."""
    words = _fold("".join(filter(_counts, clause["start_text"])))[:24]
    place = compact.text.find(words, at)
    while place >= 0 and not compact.begins_line(place):
        place = compact.text.find(words, place + 1)
    return None if place < 0 else place


def _match(
    document: Document, compact: Compact, expected: Sequence[Expected], predicted: Sequence[Section]
) -> tuple[Score, list[Expected], list[Section]]:
    free = {index: compact.place(_first(document, section)) for index, section in enumerate(predicted)}
    score, missed = Score(predicted=len(predicted), expected=len(expected)), []
    for each in expected:
        hit = next((index for index, place in free.items() if _agrees(each, predicted[index], place)), None)
        if hit is None:
            missed.append(each)
            continue
        del free[hit]
        score.found += 1
        score.levels += predicted[hit].level == each.level
        if predicted[hit].level != each.level:
            missed.append(Expected(-predicted[hit].level, each.number, each.heading, each.level))
    return score, missed, [predicted[index] for index in free]


def _first(document: Document, section: Section) -> int:
    start = section.span.start
    while start < section.span.end and not _counts(document.text[start]):
        start += 1
    return start


def _agrees(expected: Expected, section: Section, place: int) -> bool:
    number, heading = _bare(expected.number), _bare(expected.heading)
    alike = bool(number and number == _bare(section.number)) or bool(heading and heading == _bare(section.heading))
    width = len(_bare(section.number)) + SLACK + 2
    return alike and expected.place is not None and -width <= place - expected.place <= SLACK


def _bare(words: str) -> str:
    return "".join(filter(str.isalnum, words)).lower()


if __name__ == "__main__":
    raise SystemExit(main())
