import pytest

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, BlockKind, Document, Source, Style
from reviewer.domain.ids import DocumentId
from reviewer.domain.section import Section, SectionKind, SplitAs
from reviewer.parsing.plain import read_markdown, read_plain
from reviewer.parsing.splitter import TreeSplitter

PAPER = """A Study of Clauses

Ann Author and Bob Builder

Abstract

We study clauses and find that they matter to those who read them.

Keywords: law, text

1 Introduction

Clauses are everywhere.

2 Methods

We read them.

2.1 Participants

Ten lawyers took part.

2.2 Analysis

We counted.

3 Results

They are long.

Acknowledgements

We thank all.

References

[1] Smith, J. (2019). On clauses. Journal of Law.

[2] Doe, J. (2020). On text. Journal of Text.
"""


def split(text: str) -> tuple[Section, ...]:
    reading = read_plain(text.encode())
    document = Document(DocumentId("doc-1"), Source("a.txt", "text/plain", "0", 1), reading.text, reading.blocks)
    return TreeSplitter().split(document, SplitAs.PAPER)


def outline(sections: tuple[Section, ...]) -> list[tuple[int, str, str, str]]:
    return [(section.level, section.kind.value, section.number, section.heading) for section in sections]


def test_paper_is_cut_into_its_parts() -> None:
    assert outline(split(PAPER)) == [
        (1, "title", "", "A Study of Clauses"),
        (1, "authors", "", ""),
        (1, "abstract", "", "Abstract"),
        (1, "keywords", "", "Keywords"),
        (1, "section", "1", "Introduction"),
        (1, "section", "2", "Methods"),
        (2, "section", "2.1", "Participants"),
        (2, "section", "2.2", "Analysis"),
        (1, "section", "3", "Results"),
        (1, "acknowledgements", "", "Acknowledgements"),
        (1, "references", "", "References"),
        (2, "reference", "[1]", ""),
        (2, "reference", "[2]", ""),
    ]


def test_german_headings_are_known() -> None:
    sections = split(
        "Eine Studie\n\nZusammenfassung\n\nKurz.\n\n"
        "Einleitung\n\nText.\n\nFazit\n\nGut.\n\nLiteratur\n\nMeier, A. (2020). Buch über Texte. Verlag."
    )
    assert [section.kind.value for section in sections] == [
        "title", "abstract", "section", "section", "references", "reference",
    ]  # fmt: skip


def test_numbered_list_in_an_unnumbered_paper_is_no_section() -> None:
    sections = split(
        "T\n\nAbstract\n\nA.\n\nIntroduction\n\nWe do:\n\n"
        "1. Apples\n\n2. Pears\n\n3. Plums\n\nMethods\n\nM.\n\nResults\n\nR."
    )
    assert [section.heading for section in sections][1:] == ["Abstract", "Introduction", "Methods", "Results"]


def test_unnumbered_headings_get_their_level_from_their_type() -> None:
    prose = "A long sentence that is here to be read as the text of the section above it."
    pieces = [
        ("A Study", Style(20.0)),
        ("Introduction", Style(14.0, bold=True)),
        (prose, Style(10.0)),
        ("What others did", Style(12.0, bold=True)),
        (prose, Style(10.0)),
        ("Our own way", Style(14.0, bold=True)),
        (prose, Style(10.0)),
    ]
    text, blocks = "", []
    for words, style in pieces:
        kind = BlockKind.HEADING if style.size > 10 else BlockKind.PARAGRAPH
        blocks.append(Block(TextSpan(len(text), len(text) + len(words)), kind, style=style))
        text += words + "\n\n"
    document = Document(DocumentId("doc-1"), Source("a.pdf", "x", "0", 1), text, tuple(blocks))
    sections = TreeSplitter().split(document, SplitAs.PAPER)
    assert [(section.level, section.heading) for section in sections] == [
        (1, "A Study"), (1, "Introduction"), (2, "What others did"), (1, "Our own way"),
    ]  # fmt: skip


def test_references_by_author_are_told_apart() -> None:
    sections = split(
        "T\n\nAbstract\n\nA.\n\nReferences\n\nSmith, J. (2019). On the length of clauses. Journal of Law.\n\n"
        "Doe, J. and Roe, R. (2020). On text and its readers. Journal of Text."
    )
    assert [section.kind.value for section in sections].count("reference") == 2


def test_reference_begins_with_its_authors_when_its_year_is_on_the_next_page() -> None:
    sections = split(
        "T\n\nAbstract\n\nA.\n\nReferences\n\nSmith, J. (2019). On the length of clauses. Journal of Law.\n\n"
        "Doe, J., Roe, R., Poe, E., Low, L., Moe, M.,\n\n… Noe (2020). On text and its readers. Journal of Text."
    )
    references = [section for section in sections if section.kind is SectionKind.REFERENCE]
    assert [len(section.own) for section in references] == [61, 101]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Smith, J., Jones, P., & Brown,", "H. (2019). On the length of clauses. Journal of Law, 4(2), 16."),
        ("Smith, J. (2019). On the length of clauses and", "Their Readers. Journal of Law, 4, 16. Oxford, 2019."),
        ("Smith, J. (2019). On the length of clauses.", "Legal Studies, 4(2), 16. https://doi.org/10.1000/2019.11"),
        ("Smith, J. (2019). On the length of clauses.", "Journal of Law. https://doi.org/10.1000/j.law.\n2019.112"),
        ("Smith, J., Jones, P., Brown, H., & Low, L.", "(2019). On the length of clauses. Journal of Law, 4(2), 16."),
    ],
)
def test_reference_goes_on_on_the_next_page(first: str, second: str) -> None:
    sections = split(
        f"T\n\nAbstract\n\nA.\n\nReferences\n\n{first}\n\n{second}\n\n"
        "World Text Organization. (2020). On text and its readers. Journal of Text."
    )
    references = [section for section in sections if section.kind is SectionKind.REFERENCE]
    assert [len(section.own) for section in references] == [len(f"{first}\n\n{second}\n\n"), 74]


def test_papers_in_one_file_are_sections_of_their_titles() -> None:
    one = "# {title}\n\nAnn Author\n\n## Abstract\n\nWe study it.\n\n## Introduction\n\nIt is there.\n\n"
    one += "## References\n\n[1] Smith, J. (2019). On clauses.\n\n[2] Doe, J. (2020). On text.\n\n"
    reading = read_markdown((one.format(title="On Clauses") + one.format(title="On Terms")).encode())
    document = Document(DocumentId("doc-1"), Source("a.md", "text/markdown", "0", 1), reading.text, reading.blocks)
    sections = TreeSplitter().split(document, SplitAs.PAPER)
    tops = [section for section in sections if section.level == 1]
    assert [(each.kind.value, each.heading) for each in tops] == [("title", "On Clauses"), ("title", "On Terms")]
    assert [each.heading for each in sections if each.parent == tops[1].id][-3:] == [
        "Abstract",
        "Introduction",
        "References",
    ]


def test_figures_and_tables_are_sections_and_the_text_goes_on_behind_them() -> None:
    sections = split(
        "A Study\n\nAbstract\n\nWe study it.\n\n1 Introduction\n\nIt is there.\n\nFigure 1: Its shape\n\nIt was there "
        "before.\n\n2 Methods\n\nWe look.\n\nTable 1: What we saw\n\n3 Results\n\nIt is so."
    )
    assert [each[:3] for each in outline(sections)][2:] == [
        (1, "section", "1"),
        (2, "figure", "Figure 1"),
        (2, "other", ""),
        (1, "section", "2"),
        (2, "table", "Table 1"),
        (1, "section", "3"),
    ]


def test_abstract_without_a_heading_is_the_first_prose() -> None:
    prose = "We study what is there and find that it is so, as was said before by others who saw it. " * 5
    sections = split(
        f"# A Study\n\nAnn Author\n\n{prose}\n\n1 Introduction\n\nIt is.\n\n2 Methods\n\nWe.\n\n3 Results\n\nSo."
    )
    assert "abstract" in [section.kind.value for section in sections]


def test_numbered_references_keep_their_level() -> None:
    heads = ["1 Introduction", "2 Back Matter", "2.1 Notes on It", "2.2 References", "2.3 Index of It"]
    sections = split("A Study\n\nAnn Author\n\n" + "\n\n".join(f"{head}\n\nThis is what it says." for head in heads))
    levels = {each.heading.split()[0]: each.level for each in sections if each.heading}
    assert (levels["References"], levels["Index"]) == (2, 2)


def test_items_of_a_list_in_a_paper_without_numbers_are_no_headings() -> None:
    heads = [("Introduction", 14.0), ("1. Learn to read", 10.0), ("2. Learn to write", 10.0), ("Methods", 14.0)]
    text, blocks = "", []
    for words, size in [("A Study", 20.0), *heads, ("Results", 14.0)]:
        for piece, style, kind in (
            (words, Style(size, bold=True), BlockKind.HEADING),
            ("This is what it is about. " * 5, Style(10.0), BlockKind.PARAGRAPH),
        ):
            blocks.append(Block(TextSpan(len(text), len(text) + len(piece)), kind, style=style))
            text += piece + "\n\n"
    document = Document(DocumentId("doc-1"), Source("a.pdf", "x", "0", 1), text, tuple(blocks))
    sections = TreeSplitter().split(document, SplitAs.PAPER)
    found = [each.heading for each in sections if each.kind is SectionKind.SECTION]
    assert found == ["Introduction", "Methods", "Results"]


def test_essay_is_cut_at_headings_that_look_alike() -> None:
    prose = "The machine for writing has a long history, and it is told here in the order in which it came to be. " * 2
    pieces = [("On Writing", 12.0, True), (prose, 12.0, False)]
    for heading in ("First Machines", "Later Machines", "Those of Today"):
        pieces += [(heading, 14.0, True), (prose, 12.0, False)]
    text, blocks = "", []
    for words, size, bold in pieces:
        kind = BlockKind.HEADING if bold else BlockKind.PARAGRAPH
        blocks.append(Block(TextSpan(len(text), len(text) + len(words)), kind, style=Style(size, bold=bold)))
        text += words + "\n\n"
    document = Document(DocumentId("doc-1"), Source("a.pdf", "x", "0", 1), text, tuple(blocks))
    sections = TreeSplitter().split(document, SplitAs.PAPER)
    assert [(section.kind.value, section.heading) for section in sections] == [
        ("title", "On Writing"),
        ("section", "First Machines"),
        ("section", "Later Machines"),
        ("section", "Those of Today"),
    ]
