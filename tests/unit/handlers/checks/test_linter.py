"""Every rule on words that it must report, and on words about which it must keep silent."""

from dataclasses import replace

import pytest

from reviewer.domain.anchor import TextSpan
from reviewer.domain.check import Check
from reviewer.domain.document import Block, Document, Visibility
from reviewer.domain.outcome import Severity
from reviewer.domain.section import SplitAs
from reviewer.handlers.checks.linter import RULES, check_document
from reviewer.parsing.splitter import TreeSplitter
from tests.fakes.documents import make_document

OPENING = (
    "SERVICES AGREEMENT\n\n"
    "This Agreement is made as of March 1, 2021 between Northwind Traders Inc. (the “Supplier”) and Contoso Ltd. "
    "(the “Customer”).\n\n"
)
CLOSING = (
    "\n\nIN WITNESS WHEREOF, the parties have signed.\n\nNorthwind Traders Inc.\n\nBy: ______\n\n"
    "Contoso Ltd.\n\nBy: ______\n"
)
FILLER = (
    "1. Services. The Supplier shall perform the work for the Customer.\n\n"
    "2. Fees. The Customer shall pay within thirty (30) days.\n\n"
    "3. Term. This Agreement runs for two years.\n\n"
)


def document(text: str, *, with_frame: bool = True) -> Document:
    """A document of one block a line, in the frame of a contract."""
    return make_document(f"{OPENING}{FILLER}{text}{CLOSING}" if with_frame else text)


def found(text: str | Document, rule: str = "", *, with_frame: bool = True) -> list[Check]:
    """What is reported of a text, by one rule or by all."""
    checked = document(text, with_frame=with_frame) if isinstance(text, str) else text
    checks = check_document(checked, TreeSplitter().split(checked, SplitAs.CONTRACT))
    return [each for each in checks if rule in ("", each.rule)]


def quotes(checks: list[Check]) -> list[str]:
    return [citation.quote for each in checks for citation in each.citations]


HITS = [
    (
        "term-not-defined",
        "4. Use. The Customer may use any Deliverables. Each Deliverable and such Deliverables are owned.\n",
        "Deliverables",
    ),
    ("term-not-used", "4. Terms. “Zonal Permit” means a permit that the zoning office issues.\n", "Zonal Permit"),
    (
        "term-defined-twice",
        "4. Terms. “Fees” means the fees in clause 2.\n\n5. More. “Fees” means what is agreed. The Fees are due.\n",
        "Fees",
    ),
    ("term-circular", "4. Terms. “Charge” means the Charge in force. The Charge is due.\n", "Charge"),
    (
        "term-circular",
        "4. Terms. “Alpha” means the Beta of a month.\n\n“Beta” means any Alpha of a year. Alpha and Beta apply.\n",
        "Alpha",
    ),
    (
        "term-capitals",
        ("4. Secrets. “Confidential Information” means all secrets. The Customer keeps Confidential Information and "
        "returns confidential Information on request.\n"),
        "confidential Information",
    ),
    (
        "term-capitals",
        "4. Go. This day shall be referred to as the “Launch Date”. It ends a year after the Launch date.\n",
        "Launch date",
    ),
    ("reference-missing", "4. Law. Clause 2 and clause 3 hold. Subject to Clause 17, Clause 2 applies.\n", "17"),
    ("reference-schedule", "4. Rules. The Supplier keeps to the rules in Schedule 9.\n", "Schedule 9"),
    ("reference-topic", "4. Law. This is subject to Clause 2 (Confidentiality) and Clause 3 (Term).\n", "2"),
    ("numbering-gap", "4. Law. One.\n\n5. Fee. Two.\n\n8. Waiver. Three.\n\n9. Cost. Four.\n", "8. Waiver. Three."),
    ("blank", "4. Deposit. The Customer pays a deposit of ________ to the Supplier.\n", "________"),
    ("placeholder", "4. Deposit. The Customer pays [insert amount] to the Supplier.\n", "[insert amount]"),
    ("placeholder", "4. Deposit. The Customer pays {deposit_amount} to the Supplier.\n", "{deposit_amount}"),
    ("drafting-note", "4. Deposit. [ drafting note: ask the client. ] None.\n", "[ drafting note: ask the client. ]"),
    ("placeholder", "4. Deposit. The Customer pays TBD to the Supplier.\n", "TBD"),
    ("placeholder", "4. Deposit. The Customer pays within [thirty (30)] [sixty (60)] days.\n", "[thirty (30)]"),
    ("drafting-note", "4. Deposit. [Note to draft: ask the client.] None.\n", "[Note to draft: ask the client.]"),
    ("omitted-text", "4. Price. The price is [***] a month.\n", "[***]"),
    ("amount-words", "4. Notice. The Customer gives sixty (90) days notice.\n", "sixty (90)"),
    ("amount-words", "4. Price. It is $5,000 (six thousand dollars) a month.\n", "$5,000 (six thousand dollars)"),
    ("date-impossible", "4. Report. The first report is due on June 31, 2021.\n", "June 31, 2021"),
    ("date-impossible", "4. Report. The first report is due on 30.02.2021.\n", "30.02.2021"),
    ("date-impossible", "4. Report. A report is due each September 31.\n", "September 31"),
    ("date-order", "4. End. This Agreement shall expire on March 3, 1999.\n", "March 3, 1999"),
    ("party-name", "4. Notices. Notices go to Northwnd Traders Inc. in writing.\n", "Northwnd Traders Inc"),
    ("party-name", "4. Notices. Notices go to Northwind Traders LLC in writing.\n", "Northwind Traders LLC"),
    ("party-role", "4. Costs. For clarity, the Vendor bears its costs.\n", "Vendor"),
    (
        "notice-period",
        ("4. End. Either party may terminate this Agreement for convenience on thirty days notice.\n\n"
        "5. Exit. Either party may terminate for convenience upon 90 days' prior written notice.\n"),
        "90 days' prior written notice",
    ),
    ("currency", "4. Price. The price is $10, $20, $30, $40 or $50, and in May €60.\n", "€60"),
    (
        "governing-law",
        ("4. Law. This Agreement is governed by the laws of the State of Delaware.\n\n"
        "5. Claims. Any claim shall be governed by the laws of Norway.\n"),
        "Norway",
    ),
    (
        "governing-law",
        ("4. Law. It is governed by and interpreted in accordance with the local laws of the State of Ohio.\n\n"
        "5. Claims. Any claim is governed by the laws of Idaho.\n"),
        "Idaho",
    ),
    ("numbering-repeat", "4. Law. One.\n\n4. FORCE MAJEURE: Two.\n\n5. Waiver. Three.\n", "4. Law. One."),
    ("unusual-characters", "4. Use. The Customer mаy use it.\n", "mаy"),
    ("unusual-characters", "4. Use. The Customer m\u200bay use it.\n", "m\u200bay"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "quote"), HITS, ids=[f"{rule}-{quote}" for rule, _, quote in HITS])
def test_rule_reports_the_words(rule: str, text: str, quote: str) -> None:
    checks = found(text, rule)
    assert len(checks) == 1
    assert quote in quotes(checks)
    assert checks[0].message.endswith((".", ")", quote))


SILENCES = [
    ("term-not-defined", "4. Use. The Customer uses any Services under the Companies Act, and such Services only.\n"),
    (
        "term-not-defined",
        (
            "4. Use. Any Deliverables and such Deliverables. Capitalized terms used and not defined herein "
            "have the meaning in the Master Agreement.\n"
        ),
    ),
    ("term-not-used", "4. Terms. “Zonal Permit” means a permit. Zonal Permits are shown on request.\n"),
    (
        "term-defined-twice",
        "4. Terms. “Fees” has the meaning given in Clause 2. The “Fees” mean what is agreed there.\n",
    ),
    ("term-not-defined", "4. Use. Any “First Contract Year” and such. Each Contract Year and any Contract Year.\n"),
    ("term-not-defined", "4. Use. “New CEO” means an officer. Any New CEO and each New CEO.\n"),
    ("term-circular", "4. Terms. “Lease” means that certain Lease dated as of May 1, 2020. The Lease holds.\n"),
    ("term-circular", "4. Terms. “Service” means the Service Level and all work. “Service Level” means a promise.\n"),
    ("term-capitals", "CONFIDENTIAL INFORMATION\n\n4. “Confidential Information” means all secrets.\n"),
    ("term-capitals", "4. Film. They make a training video (the “Training Video”). The Training Video is short.\n"),
    ("reference-missing", "4. Law. Sections 1 to 3 hold; Section 303A of the Listed Company Manual does, too.\n"),
    ("reference-missing", "4. Law. Clause 2 and Clause 3 hold; Section 17 of the Bankruptcy Code does, too.\n"),
    ("reference-missing", "4. Law. Section 365(n) and Section 409A apply; Clauses 1, 2 and 3 hold.\n"),
    ("reference-schedule", "4. Rules. Schedule 9 to the Master Agreement holds.\n"),
    ("reference-topic", "4. Law. This is subject to Clause 2 (Fees) and Clause 3 (Term).\n"),
    ("numbering-gap", "4. Law. One.\n\n5. Notices. Two.\n\n6. Waiver. Three.\n"),
    ("numbering-gap", "4. Law. One.\n\n5. to 7. Intentionally omitted.\n\n8. Waiver. Three.\n"),
    ("numbering-repeat", "4. Law. One.\n\n5. Notices. Two.\n\n6. Waiver. Three.\n"),
    ("blank", "4. Law. None is needed.\n"),
    ("placeholder", "4. Quote. “[T]he parties” agree; see note [3]. [Signature page follows]\n"),
    ("placeholder", "4. Price. The price is [***] a month.\n"),
    ("drafting-note", "4. Note. Please note: this is a note to the parties.\n"),
    ("amount-words", "4. Notice. Sixty (60) days, one hundred twenty (120) hours, five percent (5%).\n"),
    ("amount-words", "4. Rate. Twenty-five hundredths of one percent (0.25%) and one and one-half percent (1.5%).\n"),
    ("amount-words", "4. Price. Two million dollars ($2,000,000), that is $2 million (two million dollars).\n"),
    ("date-impossible", "4. Report. The report is due on February 29, 2024 and on 31 March 2021, 12/31/2021.\n"),
    ("date-order", "4. End. This Agreement shall expire on March 3, 2031. A law of May 1, 1999 holds.\n"),
    ("party-name", "4. Notices. Notices go to Northwind Traders, Inc. and NORTHWIND TRADERS INC. in writing.\n"),
    ("party-role", "4. Costs. The Supplier bears its costs; any vendor it hires does, too.\n"),
    ("signature-unpaired", "4. Law. None.\n"),
    (
        "notice-period",
        (
            "4. End. The Customer may terminate for convenience on 30 days notice.\n\n"
            "5. Exit. The Supplier may terminate for convenience upon 90 days notice.\n"
        ),
    ),
    ("currency", "4. Price. The price is $10 or €9.\n"),
    ("governing-law", "4. Law. It is governed by the laws of the State of Delaware, and by the laws of Delaware.\n"),
    ("unusual-characters", "4. Use. Die Straße des Käufers, 你好, Привет мир, naïve façade.\n"),
    ("tracked-changes", "4. Use. None.\n"),
    ("comments", "4. Use. None.\n"),
]


@pytest.mark.parametrize(("rule", "text"), SILENCES)
def test_rule_keeps_silent(rule: str, text: str) -> None:
    assert found(text, rule) == []


def test_a_plain_contract_is_reported_clean() -> None:
    assert found("4. Law. The laws of Norway govern.\n") == []


def test_a_party_that_has_no_place_to_sign_is_named() -> None:
    text = f"{OPENING}{FILLER}{CLOSING}".replace("\n\nContoso Ltd.\n\nBy: ______", "")
    (check,) = found(text, "signature-unpaired", with_frame=False)
    assert quotes([check]) == ["Contoso Ltd"]


def test_a_number_used_twice_in_a_row_is_reported() -> None:
    text = "4. Law. One.\n\n4. Notices. Two.\n\n5. Waiver. Three.\n\n6. Costs. Four.\n"
    assert [each.message for each in found(text, "numbering-repeat")] == ["Number 4 is used twice."]


def test_a_schedule_may_define_its_own_terms() -> None:
    text = (
        "4. Terms. “Fees” means the fees in clause 2. The Fees are due.\n\n"
        "Schedule 1\nData protection\n\n1. Terms. “Fees” means the fees of this Schedule.\n"
    )
    assert found(text, "term-defined-twice") == []


def test_references_of_an_amendment_mean_the_agreement_it_changes() -> None:
    text = f"AMENDMENT NO. 2\n\n{FILLER}4. Law. Clause 2, Clause 3 and Clause 17 are replaced.\n"
    assert found(text, "reference-missing", with_frame=False) == []


def test_terms_of_other_languages_than_english_are_left_alone() -> None:
    german = replace(document("4. Jede Leistung und jede Leistung, such Leistung any Leistung.\n"), language="de")
    assert found(german, "term-not-defined") == []


def marked(visibility: Visibility) -> Document:
    """A contract whose last block has this visibility and is by Ada."""
    plain = document("4. Use. None.\n")
    start = plain.text.index("None.")
    block = next(each for each in plain.blocks if each.span.contains(TextSpan(start, start + 5)))
    parts = (
        replace(block, span=TextSpan(block.span.start, start)),
        Block(TextSpan(start, start + 5), visibility=visibility, author="Ada"),
    )
    blocks = [part for each in plain.blocks for part in (parts if each is block else (each,))]
    return replace(plain, blocks=tuple(blocks))


def test_tracked_changes_are_counted_with_their_author() -> None:
    (check,) = found(marked(Visibility.INSERTED), "tracked-changes")
    assert check.message == "1 tracked change is neither accepted nor rejected by Ada."
    assert quotes([check]) == ["None."]


def test_comments_are_counted_with_their_author() -> None:
    (check,) = found(marked(Visibility.COMMENT), "comments")
    assert check.message == "1 comment by Ada still in the file."


def test_hidden_words_are_not_checked() -> None:
    plain = document("4. Deposit. A deposit of TBD.\n")
    blocks = (
        replace(each, visibility=Visibility.HIDDEN) if "TBD" in each.span.of(plain.text) else each
        for each in plain.blocks
    )
    hidden = replace(plain, blocks=tuple(blocks))
    assert found(hidden, "placeholder") == []


def test_papers_are_held_against_few_rules() -> None:
    text = (
        "On Bees\n\nAbstract\nWe study any Bees and such Bees.\n\n1 Introduction\nBees are TBD on June 31, 2021.\n\n"
        "References\n[1] A. Bee. Bees. 2001.\n"
    )
    paper = make_document(text)
    rules = {each.rule for each in check_document(paper, TreeSplitter().split(paper, SplitAs.PAPER))}
    assert rules == {"date-impossible"}


def test_a_rule_can_be_switched_off() -> None:
    checked = document("4. Deposit. The Customer pays TBD by June 31, 2021.\n")
    sections = TreeSplitter().split(checked, SplitAs.CONTRACT)
    assert [each.rule for each in check_document(checked, sections)] == ["placeholder", "date-impossible"]
    assert [each.rule for each in check_document(checked, sections, off=("placeholder",))] == ["date-impossible"]


def test_checks_come_worst_first_and_then_in_the_order_of_the_text() -> None:
    text = "4. One. [***] and TBD.\n\n5. Two. [insert name].\n\n6. Three. Sixty (90) days.\n"
    ranks = [each.severity.rank for each in found(text)]
    assert ranks == sorted(ranks)
    assert [each.rule for each in found(text)] == ["amount-words", "placeholder", "omitted-text"]


def test_a_document_without_sections_or_words_has_nothing_to_report() -> None:
    assert check_document(make_document(""), ()) == ()


def test_rules_have_ids_of_their_own_and_say_why() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.explanation.endswith((".", "?")) and rule.title[0].isupper() for rule in RULES)
    assert {rule for rule, _, _ in HITS} | {
        "numbering-repeat",
        "signature-unpaired",
        "tracked-changes",
        "comments",
    } == {rule.id for rule in RULES}
    assert all(rule.severity in Severity for rule in RULES)


def test_long_gaps_between_words_take_no_longer_than_their_length() -> None:
    """A form's columns are set apart by blanks: what may stand between a figure and its words is not tried twice."""
    gaps = "".join(f"{number}{' ' * 30_000}" for number in range(10))
    assert [each.rule for each in found(f"4. Fees. The Customer pays {gaps} in all.\n")] == []
