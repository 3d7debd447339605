import pytest

from reviewer.parsing.headings import heading_of, is_heading_like


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        (" Limitation of Liability. The Supplier is not liable.", "Limitation of Liability"),
        ("PAYMENTS The Customer shall pay.", "PAYMENTS"),
        ("SERVICES MMI will produce products.", "SERVICES"),
        (' "Affiliate" means any company.', '"Affiliate"'),
        (" **What we own.** The Company owns it.", "What we own"),
        ("Term and Termination", "Term and Termination"),
        ("What is not covered", "What is not covered"),
        ("Notices: to the address above.", "Notices"),
        ("Damages Waiver. Except as provided in Section 8.4 (Exceptions), no party is liable.", "Damages Waiver"),
        ("TERMINATION a. Either party may end it.", "TERMINATION"),
        ("Miscellaneous 8.1 Entire Agreement. This is all.", "Miscellaneous"),
        ("Orders\n2.1. Purchase Orders. The buyer orders.", "Orders"),
        ("The yard.\nPart 2. The car park", "The yard"),
        ("Notice. Alpha shall notify Beta if it\n(a) is late, or\n(b) is gone.", "Notice"),
        ("Schlussbestimmungen\nÄnderungen bedürfen der Schriftform.", "Schlussbestimmungen"),
    ],
)
def test_heading_is_found_before_the_text(text: str, heading: str) -> None:
    assert heading_of(text, 0, len(text)).text == heading


@pytest.mark.parametrize(
    "text",
    [
        "The Supplier shall deliver the goods to the address of the Customer within ten days of the order.",
        "MMMW provided Customer with a warranty for twelve months from the date of the sale.",
        "the parties agree",
        "The Landlord lets the Property to the Tenant for the Contractual Term.",
        "Sitz der Gesellschaft ist Köln.",
        "月租金为人民币5000元。",
        "In this Agreement: the words below have these meanings, unless the context says otherwise.",
        "",
    ],
)
def test_sentence_is_no_heading(text: str) -> None:
    assert heading_of(text, 0, len(text)).text == ""


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("THE CUSTOMER shall pay the fees.", ""),
        ("EACH PARTY shall bear its costs.", ""),
        ("SUBJECT TO the above, it ends.", ""),
        ("ACME CORP shall deliver. Nothing binds ACME CORP before that.", ""),
        ("FEES, ACME, shall apply.", ""),
        ("PAYMENT THE CUSTOMER shall pay the fees.", "PAYMENT"),
        ("LATE PAYMENT CUSTOMER shall pay interest.", "LATE PAYMENT"),
    ],
)
def test_capitals_that_are_the_subject_of_a_sentence_are_no_heading(text: str, heading: str) -> None:
    assert heading_of(text, 0, len(text)).text == heading


@pytest.mark.parametrize("line", ["GENERAL PROVISIONS", "Fees and Costs", "Pflichten des Auftragnehmers"])
def test_line_is_like_a_heading(line: str) -> None:
    assert is_heading_like(line)


@pytest.mark.parametrize("line", ["", "12", "and the fees,", "shall be governed by the laws of the State of New York"])
def test_line_is_not_like_a_heading(line: str) -> None:
    assert not is_heading_like(line)
