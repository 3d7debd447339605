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


def test_clauses_are_found_in_text_without_breaks() -> None:
    sections = split(
        'SUPPLY AGREEMENT\n\nThe parties agree as follows: 1. DEFINITIONS 1.1 "Fees" means the sums. 1.2 "Term" means '
        "a year. 2. Delivery 2.1 Alpha delivers, as Section 2.2 says, on time 2.2 Beta takes what is there. (a) It is "
        "seen. (b) It is paid. 3. PAYMENT 3.1 Beta pays."
    )
    numbers = [(each.number, each.level) for each in sections if each.number]
    assert numbers[:5] == [("1", 1), ("1.1", 2), ("1.2", 2), ("2", 1), ("2.1", 2)]
    assert numbers[5:] == [("2.2", 2), ("(a)", 3), ("(b)", 3), ("3", 1), ("3.1", 2)]


def test_definitions_that_run_on_are_children_of_their_clause() -> None:
    sections = split(
        'The parties agree as follows:\n\n1. Definitions. In this Agreement: \n\n"Act" means the law. "Fees" means the '
        'sums due; "Term" shall mean a year.\n\n2. Payment. Beta pays the Fees.'
    )
    assert [(each.level, each.heading) for each in sections if each.kind is SectionKind.DEFINITION] == [
        (2, '"Act"'), (2, '"Fees"'), (2, '"Term"'),
    ]  # fmt: skip


def test_agreement_whose_numbers_begin_anew_is_a_schedule() -> None:
    sections = split(
        "The parties agree as follows:\n\n1. Term\n\nOne year.\n\n2. Law\n\nOf England.\n\nSERVICE LEVEL AGREEMENT\n\n"
        "1. Uptime. The service is there at all times, apart from maintenance.\n\n2. Credits. There are none."
    )
    assert outline(sections)[-3:] == [
        (1, "schedule", "SERVICE LEVEL AGREEMENT"),
        (2, "clause", "1"),
        (2, "clause", "2"),
    ]


def test_lists_that_word_numbers_apart_from_the_headings_are_no_clauses() -> None:
    pieces = [
        ("Scope", BlockKind.HEADING, "1.0", 1), ("One.", BlockKind.LIST_ITEM, "1.", 1),
        ("Two.", BlockKind.LIST_ITEM, "2.", 1),
        ("Work", BlockKind.HEADING, "2.0", 1), ("Methods", BlockKind.HEADING, "2.1", 2),
        ("Reading;", BlockKind.LIST_ITEM, "1.", 1), ("of books", BlockKind.LIST_ITEM, "1.1", 2),
        ("Where needed", BlockKind.LIST_ITEM, "(a)", 2),
    ]  # fmt: skip
    text, blocks = "", []
    for words, kind, number, level in pieces:
        blocks.append(Block(TextSpan(len(text), len(text) + len(words)), kind, number=number, level=level))
        text += words + "\n\n"
    document = Document(DocumentId("doc-1"), Source("a.docx", "x", "0", 1), text, tuple(blocks))
    sections = TreeSplitter().split(document, SplitAs.CONTRACT)
    assert [each.number for each in sections] == ["1.0", "2.0", "2.1", "(a)"]


def test_short_lines_of_one_paragraph_may_each_begin_a_clause() -> None:
    sections = split("\n".join(f"{number}. Item {number} of the list" for number in range(1, 30)))
    assert [each.number for each in sections] == [str(number) for number in range(1, 30)]


def test_clauses_keep_their_numbers_when_those_are_out_of_sequence() -> None:
    numbers = ["1", "2", "5", "4", "9", "3", "10", "10", "12"]
    words = "The Customer shall pay the fees that are due within thirty days of the invoice."
    sections = split("SERVICES AGREEMENT\n\n" + "\n\n".join(f"{number}. {words}" for number in numbers))
    assert [section.number for section in sections if section.number] == numbers
    assert {section.level for section in sections} == {1}


def test_terms_before_colons_are_definitions_where_the_heading_says_so() -> None:
    terms = (
        "Annual Rent: 12,000 a year.\nProperty: Unit 5.\nSource: Filing, 2008\nTerm: five years.\nSource: Filing, 2008"
    )
    sections = split(
        f"The parties agree as follows:\n\n1. INTERPRETATION\n1.1 The definitions apply.\n{terms}\n1.2 It is so.\n\n"
        "2. NOTICES\nAddress: High Street.\nEmail: none.\nPhone: none."
    )
    assert [(each.level, each.heading) for each in sections if each.kind is SectionKind.DEFINITION] == [
        (3, "Annual Rent"), (3, "Property"), (3, "Term"),
    ]  # fmt: skip


def test_schedule_goes_on_below_its_title_in_the_same_paragraph() -> None:
    sections = split(
        "The parties agree as follows:\n\n1. Rent\n\nIt is paid.\n\n2. Law\n\nOf England.\n\n"
        "SCHEDULE 1 The Property\nPart 1. The building\n1. Unit 5.\n2. The yard.\nPart 2. The car park\n1. Two spaces."
    )
    assert [(each.level, each.number, each.heading) for each in sections[-6:]] == [
        (1, "SCHEDULE 1", "The Property"),
        (2, "Part 1", "The building"),
        (3, "1", "Unit 5"),
        (3, "2", "The yard"),
        (2, "Part 2", "The car park"),
        (3, "1", "Two spaces"),
    ]


def test_run_in_headings_are_clauses_where_nothing_is_numbered() -> None:
    sections = split(
        "TERMS OF ENGAGEMENT\n\nThese terms apply between Beta LLP and its client.\n\n"
        "Scope of work. We shall advise on the matters in our letter.\n\nFees. Our fees are due at once, as told.\n\n"
        "Limitation of liability. Our liability is limited to one pound.\n\nGoverning law. English law applies to this."
    )
    assert [(each.kind.value, each.heading) for each in sections] == [
        ("title", "TERMS OF ENGAGEMENT"),
        ("parties", ""),
        ("clause", "Scope of work"),
        ("clause", "Fees"),
        ("clause", "Limitation of liability"),
        ("clause", "Governing law"),
    ]


def test_sentences_and_signatures_are_no_run_in_headings() -> None:
    sections = split(
        "TERMS\n\nThese terms apply between Beta and its client.\n\nWe shall advise you. Our fees are due at once.\n\n"
        "Name: Jane Roe of the High Street\n\nTitle: President of the company\n\nDate: the day it is signed\n\n"
        '"Fees": the sums that are due. They are paid.'
    )
    assert [each.kind for each in sections] == [SectionKind.TITLE, SectionKind.PARTIES, SectionKind.OTHER]


def test_numbers_that_begin_anew_below_each_heading_stand_below_it() -> None:
    text, blocks = "MASTER AGREEMENT\n\n", [Block(TextSpan(0, 16))]
    for heading in ("Scope", "Fees", "Law"):
        for words, kind, number in (
            (heading, BlockKind.HEADING, None),
            (f"The first rule about the {heading}.", BlockKind.LIST_ITEM, "1."),
            ("A second one.", BlockKind.LIST_ITEM, "2."),
        ):
            span = TextSpan(len(text), len(text) + len(words))
            blocks.append(Block(span, kind, number=number, level=1))
            text += words + "\n\n"
    document = Document(DocumentId("doc-1"), Source("a.docx", "x", "0", 1), text, tuple(blocks))
    sections = TreeSplitter().split(document, SplitAs.CONTRACT)
    assert [(each.level, each.number or each.heading) for each in sections] == [
        (1, "MASTER AGREEMENT"),
        (1, "Scope"), (2, "1"), (2, "2"), (1, "Fees"), (2, "1"), (2, "2"), (1, "Law"), (2, "1"), (2, "2"),
    ]  # fmt: skip


def test_decimal_may_begin_with_the_words_of_a_reference() -> None:
    sections = split(
        "CONTRACT\n\n1 WORK\n\n1.1 It works:\n\n1.1.1 well; and\n\n1.1.2 in accordance with law.\n\n2 FEES\n\nNone."
    )
    assert [each.number for each in sections] == ["", "1", "1.1", "1.1.1", "1.1.2", "2"]


def test_reference_that_a_line_begins_with_is_no_clause() -> None:
    sections = split(
        "1. Preise\n\nEs gilt, siehe\nZiffer 1 Buchst. a.\n\n2. Verzug\n\nDie Frist steht unter\nArtikel 3 hier."
    )
    assert [each.number for each in sections] == ["1", "2"]


def test_date_at_the_head_of_a_letter_is_no_clause() -> None:
    sections = split(
        "Alpha Bank\n\n1 May 2024\n\nDear Sirs,\n\nFACILITY LETTER\n\n1. Facility\nA loan.\n\n2. Purpose\nWork."
    )
    assert [each.number for each in sections if each.kind is SectionKind.CLAUSE] == ["1", "2"]


def test_parties_come_before_headings_without_numbers() -> None:
    sections = split(
        "NON-DISCLOSURE AGREEMENT\n\nThis is entered into by and between Alpha Inc. and Beta Inc.\n\nOBLIGATIONS\n\n"
        "The receiving party shall hold it in confidence.\n\nTERM\n\nIt shall remain in force for two years."
    )
    assert outline(sections) == [
        (1, "title", "NON-DISCLOSURE AGREEMENT"),
        (1, "parties", ""),
        (1, "clause", "OBLIGATIONS"),
        (1, "clause", "TERM"),
    ]


def test_first_clause_may_stand_right_behind_the_words_that_lead_over() -> None:
    sections = split(
        'LEASE\n\nTHIS is entered into between Alpha and Beta.\n\nAGREED TERMS 1. Definitions 1.1 "Fee" means 5.'
        "\n\n2. Term\n\nA year."
    )
    assert [each.number for each in sections if each.number] == ["1", "1.1", "2"]


def test_sentences_with_bare_numbers_are_clauses_where_they_make_a_row() -> None:
    sections = split(
        "DEED\n\n1 WORK\n\n1.1 It works.\n\n2 FEES\n\nNone.\n\nSCHEDULE 1 - SERVICES\n\nPART A - CORE SERVICES\n\n"
        "1 The Supplier shall provide hosting.\n\n2 It shall provide support.\n\nPART B - OTHERS\n\n1 Training."
    )
    assert [(each.level, each.number) for each in sections[-6:]] == [
        (1, "SCHEDULE 1"), (2, "PART A"), (3, "1"), (3, "2"), (2, "PART B"), (3, "1"),
    ]  # fmt: skip
