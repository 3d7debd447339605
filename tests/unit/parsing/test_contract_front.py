"""What stands before the clauses: headings over them, recitals, and the terms of a cover page."""

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, BlockKind, Cell, Document, Source, Style
from reviewer.domain.ids import DocumentId
from reviewer.domain.section import Section, SplitAs
from reviewer.parsing.plain import read_plain
from reviewer.parsing.splitter import TreeSplitter

BOLD = Style(9.0, bold=True)


def split(text: str) -> list[tuple[int, str, str]]:
    reading = read_plain(text.encode())
    document = Document(DocumentId("doc-1"), Source("a.txt", "text/plain", "0", 1), reading.text, reading.blocks)
    return outline(TreeSplitter().split(document, SplitAs.CONTRACT))


def outline(sections: tuple[Section, ...]) -> list[tuple[int, str, str]]:
    return [(section.level, section.kind.value, section.number or section.heading) for section in sections]


class Draft:
    """A document of paragraphs and cells."""

    def __init__(self) -> None:
        self.text = ""
        self.blocks: list[Block] = []

    def say(self, words: str, cell: Cell | None = None, style: Style | None = None) -> None:
        span = TextSpan(len(self.text), len(self.text) + len(words))
        kind = BlockKind.PARAGRAPH if cell is None else BlockKind.TABLE_CELL
        self.blocks.append(Block(span, kind, style=style or Style(9.0), cell=cell))
        self.text += words + "\n\n"

    def row(self, table: int, row: int, *cells: str, bold: int = 1) -> None:
        for column, words in enumerate(cells, start=1):
            columns = 2 if len(cells) == 1 else 1
            self.say(words, Cell(table, row, column, columns), BOLD if column <= bold else None)

    def outline(self) -> list[tuple[int, str, str]]:
        document = Document(DocumentId("doc-1"), Source("a.docx", "x", "0", 1), self.text, tuple(self.blocks))
        return outline(TreeSplitter().split(document, SplitAs.CONTRACT))


def test_heading_right_before_the_first_clause_belongs_to_no_recital() -> None:
    found = split(
        "LEASE AGREEMENT\n\nThis Lease is made by and between Alpha Ltd and Beta Ltd.\n\n"
        "WHEREAS, Alpha owns a house.\n\nTERMS AND CONDITIONS\n\n1. Rent\n\nBeta pays.\n\n2. Term\n\nOne year."
    )
    assert found[2:] == [
        (1, "recital", ""), (1, "other", "TERMS AND CONDITIONS"), (1, "clause", "1"), (1, "clause", "2"),
    ]  # fmt: skip


def test_sentence_or_address_before_the_first_clause_is_no_heading_over_it() -> None:
    for line in ("They agree upon the following.", "Address: High Street"):
        found = split(f"LEASE\n\nThis is made by and between Alpha and Beta.\n\n{line}\n\n1. Rent\n\nBeta pays.")
        assert [kind for _, kind, _ in found] == ["title", "parties", "clause"]


def test_recital_without_leading_words_ends_before_the_clauses() -> None:
    found = split(
        "SERVICE AGREEMENT\n\nThis Agreement is made by and between Alpha and Beta.\n\n"
        f"Whereas: 1. Alpha teaches; {'it has taught well for a long time, ' * 9}and 2. Beta wants to learn.\n\n"
        "The parties have met. 1. Scope\n\nAlpha teaches Beta.\n\n2. Fees\n\nNone."
    )
    assert (1, "recital", "") in found


def test_cover_page_is_cut_into_its_terms() -> None:
    draft = Draft()
    draft.say("Cloud Agreement", style=Style(22.0))
    draft.row(1, 1, "Order Form")
    draft.row(1, 2, "Service", "The service is the one between the lines.")
    draft.say("Subscription", Cell(1, 3, 1), BOLD)
    draft.say("as a rule", Cell(1, 3, 1), BOLD)
    draft.row(1, 4, "Fees", "100 a month")
    draft.row(2, 1, "Uptime in per cent", "Credit in per cent", bold=2)
    draft.row(2, 2, "99", "5", bold=0)
    draft.say("By signing this Order Form, each party agrees.")
    draft.row(3, 1, "Signature", "")
    draft.row(3, 2, "Print Name", "Jo Doe")
    draft.say("Cloud Terms")
    draft.row(4, 1, "Governing Law", "England")
    draft.say("Standard Terms")
    draft.say("1. Service. It is there.")
    draft.say("2. Fees. They are paid.")
    assert draft.outline() == [
        (1, "title", "Cloud Agreement"),
        (1, "preamble", "Order Form"),
        (2, "preamble", "Service"),
        (2, "preamble", "Subscription"),
        (2, "preamble", "Fees"),
        (1, "signature", ""),
        (1, "preamble", "Cloud Terms"),
        (2, "preamble", "Governing Law"),
        (1, "other", "Standard Terms"),
        (1, "clause", "1"),
        (1, "clause", "2"),
    ]


def test_place_to_sign_in_a_table_begins_with_its_table() -> None:
    draft = Draft()
    draft.say("Data Agreement", style=Style(22.0))
    for row, words in enumerate(["Purpose", "Effective Date", "Governing Law"], start=1):
        draft.row(1, row, words, "as agreed", bold=2)
    draft.row(2, 1, "PROVIDER", "CUSTOMER", bold=2)
    draft.row(2, 2, "Signature", "")
    draft.row(2, 3, "Print Name", "")
    draft.say("1. Service. It is there.")
    assert draft.outline() == [
        (1, "title", "Data Agreement"),
        (1, "preamble", "Purpose"),
        (1, "preamble", "Effective Date"),
        (1, "preamble", "Governing Law"),
        (1, "signature", ""),
        (1, "clause", "1"),
    ]
