from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, BlockKind, Document, Source, Style
from reviewer.domain.ids import DocumentId
from reviewer.domain.section import Section, SectionKind, SplitAs
from reviewer.parsing.plain import read_markdown, read_plain
from reviewer.parsing.splitter import TreeSplitter

CONTRACT = """SERVICES AGREEMENT

This Agreement is made by and between Alpha Ltd and Beta Ltd.

WHEREAS, Alpha sells services.

WHEREAS, Beta wants to buy them.

NOW, THEREFORE, the parties agree as follows:

1. Definitions. In this Agreement:

"Fees" means the sums in Schedule 1.

"Term" means one year.

2. Payment

2.1 Beta shall pay the Fees, as set out in
2.3 below, within thirty days; (a) by transfer, or (b) by card.

2.2 Alpha may charge interest at
5.5 per cent.

2.3 Beta shall pay:

(a) the Fees;

(b) taxes, where

(i) they are due, and

(ii) Alpha has sent an invoice.

Section 5 shall apply to late payments.

3. Governing Law. The laws of England apply.

IN WITNESS WHEREOF the parties have signed.

By: ______________

SCHEDULE 1

FEES

1. The monthly fee is 100.

2. The yearly fee is 1,000.
"""


def split(text: str) -> list[Section]:
    reading = read_plain(text.encode())
    document = Document(DocumentId("doc-1"), Source("a.txt", "text/plain", "0", 1), reading.text, reading.blocks)
    return list(TreeSplitter().split(document, SplitAs.CONTRACT))


def outline(sections: list[Section]) -> list[tuple[int, str, str]]:
    return [(section.level, section.kind.value, section.number or section.heading) for section in sections]


def test_contract_is_cut_into_its_parts() -> None:
    assert outline(split(CONTRACT)) == [
        (1, "title", "SERVICES AGREEMENT"),
        (1, "parties", ""),
        (1, "recital", ""),
        (1, "preamble", ""),
        (1, "clause", "1"),
        (2, "definition", '"Fees"'),
        (2, "definition", '"Term"'),
        (1, "clause", "2"),
        (2, "clause", "2.1"),
        (2, "clause", "2.2"),
        (2, "clause", "2.3"),
        (3, "clause", "(a)"),
        (3, "clause", "(b)"),
        (4, "clause", "(i)"),
        (4, "clause", "(ii)"),
        (1, "clause", "3"),
        (1, "signature", ""),
        (1, "schedule", "SCHEDULE 1"),
        (2, "clause", "1"),
        (2, "clause", "2"),
    ]


def test_run_in_heading_is_the_heading_of_its_clause() -> None:
    headings = {section.number: section.heading for section in split(CONTRACT) if section.level == 1}
    assert headings["3"] == "Governing Law"
    assert headings["2"] == "Payment"
    assert headings["SCHEDULE 1"] == "FEES"


def test_table_of_contents_is_one_section_and_holds_no_clauses() -> None:
    contents = "\n\n".join(
        f"{number}. {name} ........ {number + 2}" for number, name in enumerate(["Term", "Fees", "Law"], 1)
    )
    body = "\n\n".join(f"{number}. {name}\n\nThe text of it." for number, name in enumerate(["Term", "Fees", "Law"], 1))
    sections = split(f"LEASE AGREEMENT\n\nTABLE OF CONTENTS\n\n{contents}\n\n{body}")
    assert [section.kind for section in sections].count(SectionKind.TOC) == 1
    assert [section.number for section in sections if section.kind is SectionKind.CLAUSE] == ["1", "2", "3"]


def test_german_paragraphs_are_clauses() -> None:
    sections = split(
        "DIENSTVERTRAG\n\n§ 1 Gegenstand\n\nDer Vertrag regelt es.\n\n§ 2 Vergütung\n\n(1) Sie beträgt 5.\n\n(2) Mehr."
    )
    assert outline(sections)[1:] == [
        (1, "clause", "§ 1"),
        (1, "clause", "§ 2"),
        (2, "clause", "(1)"),
        (2, "clause", "(2)"),
    ]


def test_lettered_recitals_are_no_clauses() -> None:
    sections = split(
        "DEED\n\nBACKGROUND\n\n(A) Alpha owns land.\n\n(B) Beta wants it.\n\n"
        "AGREED TERMS\n\n1. Sale\n\nAlpha sells.\n\n2. Price"
    )
    assert [section.number for section in sections if section.kind is SectionKind.CLAUSE] == ["1", "2"]


def test_computed_numbers_of_word_lists_are_used() -> None:
    items = [("1.", 1, "Term"), ("1.1.", 2, "It starts today."), ("(a)", 3, "at noon"), ("2.", 1, "Fees")]
    text, blocks = "", []
    for number, level, words in items:
        blocks.append(
            Block(TextSpan(len(text), len(text) + len(words)), BlockKind.LIST_ITEM, number=number, level=level)
        )
        text += words + "\n\n"
    document = Document(DocumentId("doc-1"), Source("a.docx", "x", "0", 1), text, tuple(blocks))
    sections = TreeSplitter().split(document, SplitAs.CONTRACT)
    assert [(section.level, section.number) for section in sections] == [(1, "1"), (2, "1.1"), (3, "(a)"), (1, "2")]


def test_unnumbered_headings_are_clauses_where_nothing_is_numbered() -> None:
    reading = read_markdown(
        b"# Terms of Use\n\nHello there.\n\n"
        b"## Your account\n\nKeep it safe.\n\n### Passwords\n\nLong.\n\n## Fees\n\nNone."
    )
    document = Document(DocumentId("doc-1"), Source("a.md", "x", "0", 1), reading.text, reading.blocks)
    sections = TreeSplitter().split(document, SplitAs.CONTRACT)
    found = [(section.level, section.heading) for section in sections if section.kind is SectionKind.CLAUSE]
    assert found == [(1, "Your account"), (2, "Passwords"), (1, "Fees")]


def test_bold_style_makes_an_unnumbered_heading() -> None:
    words = ["1. Term", "It runs on and on for a year.", "Closing words", "These words close the text.", "2. Fees"]
    text, blocks = "", []
    for piece in words:
        style = Style(10.0, bold=piece == "Closing words")
        blocks.append(Block(TextSpan(len(text), len(text) + len(piece)), style=style))
        text += piece + "\n\n"
    document = Document(DocumentId("doc-1"), Source("a.docx", "x", "0", 1), text, tuple(blocks))
    sections = TreeSplitter().split(document, SplitAs.CONTRACT)
    assert [section.number or section.heading for section in sections] == ["1", "Closing words", "2"]


def test_letter_without_clauses_is_not_all_signature() -> None:
    sections = split(
        "Dear Ms Doe,\n\nWe are glad to offer you the post.\n\nIt is paid well.\n\nSigned by: ____________"
    )
    assert [section.kind for section in sections] == [SectionKind.OTHER, SectionKind.SIGNATURE]
