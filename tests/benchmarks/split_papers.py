"""How papers are split, against the publisher's own XML (JATS) beside each PDF.

    python tests/benchmarks/split_papers.py

A line for each paper: how many of the publisher's sections, references, figures and tables are found, and how many were
made up. A section counts where its title and its level are the publisher's, in order or not; a reference where its DOI
is, or its year where it has none; a figure or a table where its caption begins with the same letters. The publisher's
tables without a caption are left out. Reads the shared data.
"""

import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[2]))

from reviewer.domain.document import Document, SourceFile
from reviewer.domain.projection import project
from reviewer.domain.reference import read_reference
from reviewer.domain.section import Section, SectionKind, SplitAs
from reviewer.parsing.parser import IsolatedDocumentParser
from reviewer.parsing.splitter import TreeSplitter

DATA = Path(os.environ.get("REVIEWER_SHARED_DATA", Path(__file__).resolve().parents[2] / "../shared/data"))
SECTIONS = {SectionKind.SECTION, SectionKind.ACKNOWLEDGEMENTS, SectionKind.APPENDIX}
FLOATS = {SectionKind.FIGURE, SectionKind.TABLE}
_BEGINNING = 20  # letters of a caption
Found = dict[str, Counter[str]]


def published(root: ET.Element) -> Found:
    """What the publisher's XML says."""
    captions = (
        _letters(_text(each.find("caption")))[:_BEGINNING] for each in (*root.iter("fig"), *root.iter("table-wrap"))
    )
    return {
        "sections": Counter(_titles(root.find("body"), 1)),
        "references": Counter(
            _reference(_text(each.find(".//pub-id[@pub-id-type='doi']")), _text(each.find(".//year")))
            for each in root.iter("ref")
        ),
        "figures and tables": Counter(filter(None, captions)),
    }


def _titles(parent: ET.Element | None, level: int) -> Iterator[str]:
    for section in parent.findall("sec") if parent is not None else ():
        yield f"{level} {_letters(_text(section.find('title')))}"
        yield from _titles(section, level + 1)


def ours(document: Document, sections: tuple[Section, ...]) -> Found:
    """The same of our sections."""
    visible = project(document)
    read = [
        read_reference(visible.from_document(each.own).of(visible.text))
        for each in sections
        if each.kind is SectionKind.REFERENCE
    ]
    return {
        "sections": Counter(f"{each.level} {_letters(each.heading)}" for each in sections if each.kind in SECTIONS),
        "references": Counter(_reference(each.doi, str(each.year or "")) for each in read),
        "figures and tables": Counter(_letters(each.heading)[:_BEGINNING] for each in sections if each.kind in FLOATS),
    }


def _reference(doi: str, year: str) -> str:
    return re.sub(r"\W", "", doi.lower()) or f"year {year[:4]}"


def _text(element: ET.Element | None) -> str:
    return "".join(element.itertext()) if element is not None else ""


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words)).lower()


def main() -> None:
    """Prints a line for each paper and one over all."""
    papers = sorted((DATA / "papers").glob("*.jats.xml"))
    if not papers:
        print(f"{DATA / 'papers'} holds no papers with JATS: nothing to measure against")
        return
    totals: dict[str, list[int]] = {}
    reader = IsolatedDocumentParser(max_workers=1)
    try:
        for xml in papers:
            pdf = xml.with_name(xml.name.removesuffix(".jats.xml") + ".pdf")
            document = reader.parse(SourceFile(pdf.name, pdf.read_bytes()))
            theirs = published(ET.parse(xml).getroot())
            found = ours(document, TreeSplitter().split(document, SplitAs.PAPER))
            counts = {
                name: [(theirs[name] & found[name]).total(), theirs[name].total(), found[name].total()]
                for name in theirs
            }
            for name, count in counts.items():
                totals[name] = [sum(pair) for pair in zip(totals.get(name, [0, 0, 0]), count, strict=True)]
            print(f"{pdf.name:32} " + "  ".join(f"{name} {a}/{b} ({c})" for name, (a, b, c) in counts.items()))
    finally:
        reader.close()
    for name, (right, expected, predicted) in totals.items():
        f1 = 2 * right / max(1, expected + predicted)
        print(f"{name}: {right} of {expected} found, {predicted} in all, F1 {f1:.3f}")


if __name__ == "__main__":
    main()
