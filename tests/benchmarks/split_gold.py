"""How well documents are split: precision, recall and F1 of section starts, and of levels, against the gold.

    python tests/benchmarks/split_gold.py [contracts|pdf|papers|languages ...] [--show NAME] [--no-baselines]

A start counts as found where a section begins at the gold's place (white space and markup apart, three characters of
slack) and its number or its heading is the gold's. A level counts where the found start has the gold's level too.
Predicted are clauses, schedules and numbered definitions; for papers, sections, acknowledgements and appendices.

Two others are measured beside it on the same text: lines that a regular expression takes for
numbered or capitalised headings, and the headings of the Markdown that markitdown makes of the file. That is installed
with ``pip install -c packaging/constraints.txt -e ".[bench]"`` and named where it is missing; it works in a
process of its own, and a document it does not finish in two minutes is named and counts as one without headings.
Reads the shared data.
"""

import argparse
import functools
import importlib
import io
import json
import logging
import multiprocessing
import os
import re
import sys
import time
import warnings
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.pool import Pool
from pathlib import Path
from typing import Any, TypeAlias

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[2]))

from reviewer.domain.document import Document, SourceFile
from reviewer.domain.section import Section, SectionKind, SplitAs
from reviewer.parsing.parser import IsolatedDocumentParser
from reviewer.parsing.splitter import TreeSplitter

DATA = Path(os.environ.get("REVIEWER_SHARED_DATA", Path(__file__).resolve().parents[2] / "../shared/data"))
CLAUSES = {SectionKind.CLAUSE, SectionKind.SCHEDULE, SectionKind.DEFINITION}
SECTIONS = {SectionKind.SECTION, SectionKind.ACKNOWLEDGEMENTS, SectionKind.APPENDIX}
SLACK = 3
LONG = 120  # letters: the gold gives some clauses without a heading their whole text as one
_PATIENCE_S = 120
FRONT = {"abstract", "references"}
Gold: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Start:
    """Where a section begins among the characters that count, or None where that was not found."""

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

    @property
    def f1(self) -> float:
        """F1 of starts."""
        total = self.predicted + self.expected
        return 2 * self.found / total if total else 0.0

    def line(self) -> str:
        """Precision, recall, F1 of starts, F1 of starts with their level."""
        precision = self.found / self.predicted if self.predicted else 0.0
        recall = self.found / self.expected if self.expected else 0.0
        total = self.predicted + self.expected
        level = 2 * self.levels / total if total else 0.0
        counts = f"{self.found}/{self.expected}, {self.predicted} predicted"
        return f"P {precision:.3f}  R {recall:.3f}  F1 {self.f1:.3f}  level {level:.3f}  ({counts})"


class Compact:
    """A text without what does not count for places."""

    def __init__(self, text: str) -> None:
        self.offsets = [offset for offset, character in enumerate(text) if _counts(character)]
        self.text = _fold("".join(text[offset] for offset in self.offsets))
        self._source = text

    def place(self, offset: int) -> int:
        """The place of an offset of the text."""
        return bisect_left(self.offsets, offset)

    def find(self, words: str, at: int, length: int = 200) -> int | None:
        """Where a line begins with these words, at a place or behind it."""
        sought = _squeezed(words)[:length]
        place = self.text.find(sought, at) if sought else -1
        while place >= 0 and not self._begins_line(place):
            place = self.text.find(sought, place + 1)
        return None if place < 0 else place

    def _begins_line(self, place: int) -> bool:
        offset = self.offsets[place]
        return not self._source[self._source.rfind("\n", 0, offset) + 1 : offset].strip()


def _squeezed(words: str) -> str:
    return _fold("".join(filter(_counts, words)))


def _fold(text: str) -> str:
    return text.lower().translate(str.maketrans("’‘“”", "''\"\""))


def _counts(character: str) -> bool:
    return not character.isspace() and character not in "#*_"


# ------------------------------------------------------------------------------------------------------------- the gold


@dataclass(frozen=True)
class Corpus:
    """Documents of one kind with their gold.

    Attributes:
        documents: file names with what the gold says of each.
        expected: the starts of one document.
    """

    split_as: SplitAs
    documents: Callable[[Path], Iterator[tuple[str, Gold]]]
    expected: Callable[[Document, Compact, Gold], Iterator[Start]]


def _of(file: str) -> Callable[[Path], Iterator[tuple[str, Gold]]]:
    def documents(data: Path) -> Iterator[tuple[str, Gold]]:
        for gold in json.loads((data / "gold" / file).read_text(encoding="utf-8"))["documents"]:
            yield gold["file"], gold

    return documents


def _as_pdf(data: Path) -> Iterator[tuple[str, Gold]]:
    for _, gold in _of("clauses.json")(data):
        if gold.get("pdf"):
            yield f"contracts/{Path(gold['pdf']).name}", gold


def _in_languages(data: Path) -> Iterator[tuple[str, Gold]]:
    yield from _of("clauses_multilingual.json")(data)
    yield from _of("headings_multilingual_pdf.json")(data)


def _clauses(_document: Document, compact: Compact, gold: Gold) -> Iterator[Start]:
    for clause in gold["clauses"]:
        yield Start(compact.place(clause["start"]), clause["number"], clause["heading"], clause["level"])


def _clauses_by_words(_document: Document, compact: Compact, gold: Gold) -> Iterator[Start]:
    at = 0
    for clause in gold["clauses"]:
        place = compact.find(clause["start_text"], at, 24)
        at = place + 1 if place is not None else at
        yield Start(place, clause["number"], clause["heading"], clause["level"])


def _clauses_anyhow(document: Document, compact: Compact, gold: Gold) -> Iterator[Start]:
    has_places = all(clause["start"] is not None for clause in gold["clauses"])
    yield from (_clauses if has_places else _clauses_by_words)(document, compact, gold)


def _paper_sections(_document: Document, compact: Compact, gold: Gold) -> Iterator[Start]:
    at = 0
    for section in gold["sections"]:
        heading = section.get("number", "") + section["heading"]
        place = compact.find(heading + section.get("first_words", "")[:12], at)
        place = compact.find(heading, at) if place is None else place
        place = compact.find(section["heading"], at) if place is None else place
        at = place + 1 if place is not None else at
        if section["heading"].lower() not in FRONT:
            yield Start(place, "", section["heading"], section["level"])


def _multilingual(_document: Document, compact: Compact, gold: Gold) -> Iterator[Start]:
    """By the publisher's ids (``s2a5B``), whose last part is the printed number, or by headings alone."""
    at = 0
    clauses = gold["clauses"] if "clauses" in gold else gold["headings"][1:]  # the first is the document's title
    top = min(clause["level"] for clause in clauses)
    for clause in clauses:
        place = compact.find(clause.get("start_text") or clause["heading"], at, 40)
        at = place + 1 if place is not None else at
        number = re.findall(r"\d+|[ivx]+$|[a-z]|[A-Z]", clause.get("id", "")[1:])
        is_printed = bool(number) and gold.get("language") != "ar"  # there the printed numbers are others
        yield Start(place, number[-1] if is_printed else "", clause["heading"], clause["level"] - top + 1)


CORPORA = {
    "contracts": Corpus(SplitAs.CONTRACT, _of("clauses.json"), _clauses_anyhow),
    "pdf": Corpus(SplitAs.CONTRACT, _as_pdf, _clauses_by_words),
    "papers": Corpus(SplitAs.PAPER, _of("paper_sections.json"), _paper_sections),
    "languages": Corpus(SplitAs.CONTRACT, _in_languages, _multilingual),
}


# -------------------------------------------------------------------------------------------------------- the baselines

_NUMBERED = re.compile(
    r"^[ \t]*(?:(?P<word>Article|Section|Clause|Schedule|Exhibit|Annex|Appendix)[ \t]+)?"
    r"(?P<number>\d+(?:\.\d+)*|\([a-z]{1,4}\)|[IVX]+)[.)]?[ \t]+(?P<heading>[^\n]{0,80})",
    re.MULTILINE,
)
_CAPITALS = re.compile(r"^[ \t]*(?P<heading>[A-Z][A-Z &,'-]{3,60})[ \t]*$", re.MULTILINE)
_MARKDOWN = re.compile(r"^(?P<marks>#{1,6})[ \t]+(?P<heading>.+)$", re.MULTILINE)


def by_expression(_name: str, _data: bytes, document: Document, compact: Compact) -> list[Start]:
    """Lines that begin with a number, a letter in brackets or a keyword, and lines in capitals."""
    found = []
    for match in (*_NUMBERED.finditer(document.text), *_CAPITALS.finditer(document.text)):
        number = match.groupdict().get("number") or ""
        level = 1 + number.count(".") + (1 if number.startswith("(") else 0)
        heading = match["heading"].split(". ")[0]
        found.append(Start(compact.place(match.start()), number, heading, level))
    return sorted(found, key=lambda start: start.place or 0)


def by_markitdown(name: str, data: bytes, _document: Document, compact: Compact) -> list[Start]:
    """The headings of its Markdown, found again in our text; those that are not there count as predicted."""
    found, at = [], 0
    for match in _MARKDOWN.finditer(_markdown_within(name, data)):
        heading = re.sub(r"[*_`]|\[([^\]]*)\]\([^)]*\)", r"\1", match["heading"])
        place = compact.find(heading, at, 40)
        at = place + 1 if place is not None else at
        number = _NUMBERED.match(heading + " ")
        found.append(Start(place, number["number"] if number else "", heading, len(match["marks"])))
    return found


def _markdown_within(name: str, data: bytes) -> str:
    try:
        return _converting().apply_async(_markdown, (name, data)).get(_PATIENCE_S)
    except multiprocessing.TimeoutError:
        sys.stdout.write(f"{name}: markitdown was not done in {_PATIENCE_S} s\n")
        _converting().terminate()
        _converting.cache_clear()
        return ""


@functools.cache
def _converting() -> Pool:
    return multiprocessing.get_context("spawn").Pool(1)


def _markdown(name: str, data: bytes) -> str:
    converter = importlib.import_module("markitdown").MarkItDown(enable_plugins=False)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    return str(converter.convert_stream(io.BytesIO(data), file_extension=Path(name).suffix).text_content)


def _baselines() -> dict[str, Callable[[str, bytes, Document, Compact], list[Start]]]:
    try:
        importlib.import_module("markitdown")
    except ImportError:
        sys.stdout.write("markitdown is NOT INSTALLED, so nothing is compared with it: see the head of this file\n")
        return {"regular expression": by_expression}
    return {"regular expression": by_expression, "markitdown": by_markitdown}


# ------------------------------------------------------------------------------------------------------ the measurement


def main() -> int:
    """Prints a line per document and one over all, for each corpus."""
    parser = argparse.ArgumentParser(description="Measures the splitter against the gold.")
    parser.add_argument("corpora", nargs="*", metavar="|".join(CORPORA), help="all of them unless named")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--show", default="", help="list what was missed and what was too much in files of this name")
    parser.add_argument(
        "--baselines", action=argparse.BooleanOptionalAction, default=True, help="two other ways beside"
    )
    options = parser.parse_args()
    if unknown := set(options.corpora) - set(CORPORA):
        parser.error(f"no such corpus: {', '.join(unknown)}")
    if not options.data.is_dir():
        sys.stdout.write(f"{options.data} is not there: nothing to measure against\n")
        return 0
    others = _baselines() if options.baselines else {}
    reader = IsolatedDocumentParser(max_workers=1)
    try:
        for name in options.corpora or CORPORA:
            _measure_corpus(name, reader, others, options)
    finally:
        reader.close()
    return 0


def _measure_corpus(
    name: str,
    reader: IsolatedDocumentParser,
    others: dict[str, Callable[[str, bytes, Document, Compact], list[Start]]],
    options: argparse.Namespace,
) -> None:
    corpus, totals = CORPORA[name], {way: Score() for way in ("ours", *others)}
    sys.stdout.write(f"--- {name}\n")
    for file, gold in corpus.documents(options.data):
        data = (options.data / file).read_bytes()
        document = reader.parse(SourceFile(file, data))
        compact = Compact(document.text)
        expected = list(corpus.expected(document, compact, gold))
        begun = time.perf_counter()
        sections = TreeSplitter().split(document, corpus.split_as)
        seconds = time.perf_counter() - begun
        score, missed, extra = _match(expected, _predicted(document, compact, sections, corpus.split_as))
        totals["ours"].add(score)
        kind = "" if TreeSplitter().detect(document) is corpus.split_as else " NOT DETECTED"
        beside = ""
        for way, split in others.items():
            other, _, _ = _match(expected, split(file, data, document, compact))
            totals[way].add(other)
            beside += f"  {way} {other.f1:.3f}"
        sys.stdout.write(f"{file.partition('/')[2]:58} {score.line()}  {1000 * seconds:.0f} ms{kind}{beside}\n")
        if options.show and options.show in file:
            _show(compact, document, missed, extra)
    for way, total in totals.items():
        sys.stdout.write(f"{f'{name}, {way}':58} {total.line()}\n")


def _show(compact: Compact, document: Document, missed: Sequence[Start], extra: Sequence[Start]) -> None:
    for each in missed:
        sys.stdout.write(f"    missed  {each}\n")
    for each in extra:
        at = compact.offsets[each.place] if each.place is not None and each.place < len(compact.offsets) else 0
        sys.stdout.write(
            f"    extra   {each.level} {each.number!r} {each.heading!r} | {document.text[at : at + 50]!r}\n"
        )


def _predicted(document: Document, compact: Compact, sections: Sequence[Section], split_as: SplitAs) -> list[Start]:
    return [
        Start(compact.place(_first(document, section)), section.number, section.heading, section.level)
        for section in sections
        if _is_counted(section, split_as)
    ]


def _is_counted(section: Section, split_as: SplitAs) -> bool:
    if split_as is SplitAs.PAPER:
        return section.kind in SECTIONS
    return section.kind in CLAUSES and (section.kind is not SectionKind.DEFINITION or bool(section.number))


def _match(expected: Sequence[Start], predicted: Sequence[Start]) -> tuple[Score, list[Start], list[Start]]:
    """The score, what was missed (wrong levels as negative places), and what was too much."""
    free = dict(enumerate(predicted))
    score, missed = Score(predicted=len(predicted), expected=len(expected)), []
    for each in expected:
        hit = next((index for index, start in free.items() if _agrees(each, start)), None)
        if hit is None:
            missed.append(each)
            continue
        level = free.pop(hit).level
        score.found += 1
        score.levels += level == each.level
        if level != each.level:
            missed.append(Start(-level, each.number, each.heading, each.level))
    return score, missed, list(free.values())


def _first(document: Document, section: Section) -> int:
    start = section.span.start
    while start < section.span.end and not _counts(document.text[start]):
        start += 1
    return start


def _agrees(expected: Start, found: Start) -> bool:
    if expected.place is None or found.place is None:
        return False
    number, heading = _bare(expected.number), _bare(expected.heading)
    numbers = {_bare(found.number), _bare(found.number.split()[-1] if found.number else "")}
    alike = (bool(number) and number in numbers) or not (number or heading) or len(heading) > LONG
    alike = alike or (bool(heading) and heading in {_bare(found.heading), _bare(found.number + found.heading)})
    width = len(_bare(found.number)) + SLACK + 2
    return alike and -width <= found.place - expected.place <= SLACK


def _bare(words: str) -> str:
    return "".join(filter(str.isalnum, words)).lower()


if __name__ == "__main__":
    raise SystemExit(main())
