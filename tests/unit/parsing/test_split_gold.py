"""A few documents of the gold, cut; tests/benchmarks/split_gold.py measures them all."""

from pathlib import Path

import pytest

from reviewer.domain.document import SourceFile
from reviewer.domain.section import SectionKind, SplitAs
from reviewer.parsing.parser import IsolatedDocumentParser
from reviewer.parsing.splitter import TreeSplitter

CLAUSES = {SectionKind.CLAUSE, SectionKind.SCHEDULE}


def numbers(path: Path, split_as: SplitAs) -> list[str]:
    reader = IsolatedDocumentParser(max_workers=1)
    try:
        document = reader.parse(SourceFile(path.name, path.read_bytes()))
    finally:
        reader.close()
    return [each.number for each in TreeSplitter().split(document, split_as) if each.number and each.kind in CLAUSES]


@pytest.mark.data
def test_lists_within_clauses_of_a_word_file_are_no_clauses(shared_data: Path) -> None:
    assert numbers(shared_data / "contracts/Contract.docx", SplitAs.CONTRACT) == ["1.0", "2.0", "2.1", "2.2", "2.3"]


@pytest.mark.data
def test_offer_letter_is_cut_into_its_clauses(shared_data: Path) -> None:
    path = shared_data / "contracts/openagreements-employment-offer-letter-california.docx"
    assert numbers(path, SplitAs.CONTRACT) == [str(number) for number in range(1, 20)]
