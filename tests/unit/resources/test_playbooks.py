"""Every position of the bundled playbooks, tried on clauses written for it."""

import csv
from pathlib import Path

import pytest

from reviewer.assets import asset_names, asset_text
from reviewer.domain.outcome import Outcome
from reviewer.domain.playbook import Playbook, assess, choose_playbook
from reviewer.domain.playbook_file import read_playbook

CATEGORIES = Path(__file__).parents[3] / "../shared/data/gold/cuad_category_descriptions.csv"
OWN_CATEGORIES = {
    "Indemnification", "Confidentiality", "Data Protection", "Payment", "Mutuality", "Confidentiality Exclusions",
    "Permitted Recipients", "Compelled Disclosure", "Confidentiality Term", "Return or Destruction", "Residuals",
}  # fmt: skip

SERVICES = [
    ("liability-cap", "walk_away", "The Supplier's total liability shall not exceed the Charges paid in the three months before the claim."),
    ("liability-cap", "walk_away", "The Provider shall have no liability to the Customer whatsoever."),
    ("liability-cap", "deviates", "In no event will Vendor's aggregate liability exceed the fees paid in the preceding nine (9) months."),
    ("liability-cap", "deviates", "The Supplier's liability is limited to 50% of the Charges payable in that year."),
    ("liability-cap", "preferred", "Each party's liability shall not exceed the greater of £100,000 and the charges payable in the preceding twelve (12) months."),
    ("liability-cap", "preferred", "Its total liability is limited to the greater of £1m and 150 per cent of the Charges payable that year."),
    ("liability-cap", "fallback 1", "NEITHER PARTY'S LIABILITY SHALL EXCEED THE AMOUNTS PAID DURING THE 12-MONTH PERIOD BEFORE THE CLAIM."),
    ("liability-cap", "fallback 1", "The Supplier's total liability shall not exceed 100% of the Charges paid."),
    ("liability-cap", "fallback 2", "The Consultant's liability will not exceed the total fees paid under this Agreement."),
    ("liability-cap", "not_assessed", "The Supplier's aggregate liability shall not exceed £50,000."),
    ("liability-cap", "not_assessed", "The Customer's total liability shall not exceed the charges of the last three months."),
    ("liability-cap", "silent", "The Supplier shall perform the Services with care."),
    ("uncapped-losses", "walk_away", "The Supplier is not liable for any unauthorised access to the Customer's data."),
    ("uncapped-losses", "deviates", "The Supplier shall not be liable for any loss of data."),
    ("uncapped-losses", "preferred", "The limits in this clause shall not apply to breach of the confidentiality obligations."),
    ("uncapped-losses", "fallback 1", "Except for its indemnification obligations, neither party is liable for indirect damages."),
    ("uncapped-losses", "fallback 2", "Nothing in this Agreement limits liability for death or personal injury."),
    ("uncapped-losses", "not_assessed", "Neither party shall be liable for consequential damages."),
    ("uncapped-losses", "silent", "The Customer shall pay the Charges."),
    ("indemnity", "walk_away", "The Customer shall indemnify the Supplier against all claims, even if caused by the negligence of the Supplier."),
    ("indemnity", "deviates", "Client shall indemnify and hold harmless Provider from all claims arising from its use of the Services."),
    ("indemnity", "preferred", "The Supplier shall indemnify the Customer against claims that the Deliverables infringe a patent and against any data breach."),
    ("indemnity", "fallback 1", "Vendor will defend and indemnify Customer against any claim that the software infringes a copyright."),
    ("indemnity", "fallback 2", "Each party shall indemnify the other against claims arising from its negligence."),
    ("indemnity", "not_assessed", "Acme shall indemnify Beta against all losses."),
    ("indemnity", "silent", "The parties shall meet each month."),
    ("ip-ownership", "walk_away", "The Customer hereby assigns to the Supplier all right, title and interest in its data."),
    ("ip-ownership", "deviates", "The Supplier shall own all Deliverables."),
    ("ip-ownership", "deviates", "All rights in the Deliverables belong to and remain the property of the Supplier."),
    ("ip-ownership", "preferred", "The Contractor hereby irrevocably assigns to the Client all intellectual property in the work product."),
    ("ip-ownership", "preferred", "All Work Product shall be the exclusive property of Customer; the Deliverables shall vest in Customer."),
    ("ip-ownership", "fallback 1", "Upon full payment, the Developer assigns all copyright in the Deliverables to the Client."),
    ("ip-ownership", "fallback 2", "The Supplier owns its tools and grants the Customer a perpetual licence of the materials it owns."),
    ("ip-ownership", "not_assessed", "Work made for hire rules apply."),
    ("ip-ownership", "silent", "Invoices are sent each month."),
    ("confidentiality", "walk_away", "The Supplier may use the Customer's Confidential Information for marketing. It shall hold it in confidence."),
    ("confidentiality", "deviates", "Each party shall keep the information confidential for one (1) year after termination."),
    ("confidentiality", "deviates", "The Customer shall keep all terms strictly confidential."),
    ("confidentiality", "preferred", "Each party shall keep Confidential Information secret for a period of five (5) years after termination."),
    ("confidentiality", "preferred", "The receiving party shall hold trade secrets in confidence; for trade secrets the duty continues indefinitely."),
    ("confidentiality", "fallback 1", "Each party shall hold Confidential Information in confidence for three years following termination."),
    ("confidentiality", "not_assessed", "Each party shall keep the other's information confidential."),
    ("confidentiality", "silent", "The Services start in May."),
    ("data-protection", "walk_away", "The Provider may use personal data for its own business purposes."),
    ("data-protection", "deviates", "The Supplier shall notify the Customer of a personal data breach within ten days."),
    ("data-protection", "deviates", "The Supplier shall report any security incident within 96 hours."),
    ("data-protection", "preferred", "The Supplier shall notify the Customer of any personal data breach within 24 hours."),
    ("data-protection", "fallback 1", "Vendor will notify Customer of a security breach within seventy-two (72) hours."),
    ("data-protection", "fallback 2", "Processor shall notify the controller without undue delay of any personal data breach."),
    ("data-protection", "fallback 2", "The Supplier processes personal data only on documented instructions."),
    ("data-protection", "not_assessed", "The parties comply with data protection laws."),
    ("data-protection", "silent", "The Supplier keeps a list of its staff."),
    ("renewal", "walk_away", "The term renews automatically for one year unless notice is given 200 days before its end."),
    ("renewal", "walk_away", "It shall automatically renew unless a party gives not less than twelve (12) months notice."),
    ("renewal", "deviates", "This Agreement renews automatically unless either party gives 120 days' notice."),
    ("renewal", "deviates", "It is automatically renewed unless a party gives at least six months notice."),
    ("renewal", "deviates", "The term shall automatically renew for successive two (2) year periods."),
    ("renewal", "preferred", "This Agreement shall not renew automatically after the initial term."),
    ("renewal", "preferred", "The term may be extended by mutual written agreement of the parties."),
    ("renewal", "fallback 1", "The term renews automatically for one year unless either party gives 60 days' notice before the end of the term."),
    ("renewal", "fallback 1", "It automatically renews unless terminated by at least three months notice."),
    ("renewal", "not_assessed", "The initial term is two years."),
    ("renewal", "silent", "The fee is fixed."),
    ("termination-convenience", "walk_away", "If the Customer terminates for convenience it shall pay all fees due for the remaining term."),
    ("termination-convenience", "deviates", "The Customer may not terminate this Agreement before the end of the term."),
    ("termination-convenience", "deviates", "The Supplier may terminate this Agreement for convenience on 30 days' notice."),
    ("termination-convenience", "deviates", "Either party may terminate this Agreement for any reason upon one hundred twenty (120) days notice."),
    ("termination-convenience", "preferred", "Customer may terminate this Agreement for convenience upon thirty (30) days written notice."),
    ("termination-convenience", "fallback 1", "Either party may terminate without cause on 90 days' notice."),
    ("termination-convenience", "not_assessed", "Acme may terminate this Agreement for convenience."),
    ("termination-convenience", "silent", "A party may terminate this Agreement if the other commits a material breach."),
    ("payment", "walk_away", "All fees are invoiced annually in advance and are non-refundable. Fees are payable in advance and non-refundable."),
    ("payment", "deviates", "Sums not paid when due bear interest at 1.5% per month. Customer shall pay the fees."),
    ("payment", "deviates", "Overdue sums bear interest of 12 percent per annum. Customer shall pay the fees."),
    ("payment", "deviates", "The Customer shall pay each invoice within seven days."),
    ("payment", "deviates", "Invoices are due upon receipt and payable in advance."),
    ("payment", "preferred", "The Customer shall pay each invoice within thirty (30) days of receipt."),
    ("payment", "preferred", "Payment terms are net 45."),
    ("payment", "fallback 1", "Invoices must be paid within 14 days."),
    ("payment", "not_assessed", "The Customer shall pay the charges."),
    ("payment", "silent", "The Supplier works at the Customer's site."),
    ("price-increase", "walk_away", "The Supplier may increase the Charges at any time."),
    ("price-increase", "deviates", "The Supplier may increase the fees each year by up to 10%."),
    ("price-increase", "preferred", "The prices are fixed for the term."),
    ("price-increase", "fallback 1", "Vendor may increase fees once a year by no more than 3%."),
    ("price-increase", "fallback 1", "The charges may be increased each year in line with the Consumer Prices Index."),
    ("price-increase", "not_assessed", "The parties may adjust the fees."),
    ("price-increase", "silent", "The Customer pays the fees monthly."),
    ("assignment", "walk_away", "The Supplier may assign this Agreement without consent. The Customer may not assign this Agreement."),
    ("assignment", "deviates", "The Supplier may assign its rights under this Agreement without the Customer's consent."),
    ("assignment", "deviates", "The Customer shall not assign this Agreement without the Supplier's consent."),
    ("assignment", "preferred", "Neither party may assign this Agreement without the other's prior written consent."),
    ("assignment", "preferred", "This Agreement may not be assigned by either party without the prior consent of the other."),
    ("assignment", "fallback 1", "Neither party may assign this Agreement without consent, except to an affiliate or a successor."),
    ("assignment", "not_assessed", "A change of control must be notified."),
    ("assignment", "silent", "The Supplier assigns skilled staff to the work."),
    ("governing-law", "deviates", "This Agreement is governed by the laws of the State of Delaware."),
    ("governing-law", "deviates", "The laws of Germany shall govern this Agreement, governed by its laws."),
    ("governing-law", "deviates", "This contract shall be governed by Swiss law."),
    ("governing-law", "preferred", "This Agreement is governed by the law of England and Wales."),
    ("governing-law", "fallback 1", "This Agreement is governed by the laws of Scotland."),
    ("governing-law", "not_assessed", "The courts have exclusive jurisdiction."),
    ("governing-law", "silent", "The Supplier shall comply with applicable laws."),
    ("insurance", "walk_away", "The Customer shall maintain insurance for the benefit of the Supplier."),
    ("insurance", "deviates", "Client shall at its own expense maintain general liability insurance."),
    ("insurance", "preferred", "The Supplier shall maintain professional indemnity insurance of at least £2 million for each claim."),
    ("insurance", "fallback 1", "Contractor shall carry general liability insurance."),
    ("insurance", "not_assessed", "A certificate of insurance is attached."),
    ("insurance", "silent", "The Supplier ensures quality."),
    ("warranty", "walk_away", 'The Services are provided "as is", without any warranty.'),
    ("warranty", "deviates", "The Supplier gives a warranty for a period of thirty (30) days after delivery, excluding warranties implied by law and without warranties of any kind."),
    ("warranty", "preferred", "The Supplier warrants that it will perform the Services with reasonable skill and care."),
    ("warranty", "not_assessed", "Acme represents and warrants that it may sign this Agreement."),
    ("warranty", "silent", "It works as is customary."),
]  # fmt: skip

NDA = [
    ("mutuality", "preferred", "Each party may disclose Confidential Information to the other."),
    ("mutuality", "deviates", "This is a one-way non-disclosure agreement."),
    ("mutuality", "silent", "The Purpose is a possible sale."),
    ("exclusions", "preferred", "It does not include information that is or becomes public, was previously known, came from a third party, or is independently developed."),
    ("exclusions", "fallback 1", "It does not include information that is publicly available or was already known to the Recipient."),
    ("exclusions", "not_assessed", "Information in the public domain is excluded."),
    ("exclusions", "silent", "The Recipient keeps it safe."),
    ("permitted-recipients", "walk_away", "Only employees who need to know may see it, and each employee must sign an undertaking."),
    ("permitted-recipients", "preferred", "It may share it with affiliates and advisers who need to know it and are bound by like duties."),
    ("permitted-recipients", "fallback 1", "It may be disclosed to employees who need to know it."),
    ("permitted-recipients", "silent", "It is used for the Purpose only."),
    ("compelled-disclosure", "preferred", "The Recipient may disclose what is required by law after giving the Discloser prompt notice."),
    ("compelled-disclosure", "fallback 1", "The Recipient may disclose information that it is required by law to disclose."),
    ("compelled-disclosure", "not_assessed", "A subpoena is a legal process."),
    ("compelled-disclosure", "silent", "Nobody else may see it."),
    ("term", "walk_away", "The obligations continue indefinitely."),
    ("term", "deviates", "The duties survive for ten years."),
    ("term", "deviates", "The duties of confidence continue for a period of one (1) year."),
    ("term", "preferred", "The obligations survive for three (3) years after termination."),
    ("term", "not_assessed", "The confidentiality obligations remain for some years."),
    ("term", "silent", "The Recipient keeps it safe."),
    ("return", "walk_away", "The Recipient shall destroy all copies, including all backups."),
    ("return", "preferred", "The Recipient shall return or destroy the information, but may retain one copy for its records."),
    ("return", "fallback 1", "On request the Recipient shall return all Confidential Information."),
    ("return", "not_assessed", "Materials are returned."),
    ("return", "silent", "The Recipient keeps it safe."),
    ("residuals", "walk_away", "The Recipient is free to use residuals retained in the memory of its staff."),
    ("residuals", "preferred", "Nothing in this Agreement grants a right to use information retained in unaided memory."),
    ("residuals", "not_assessed", "Residual information means what people recall."),
    ("residuals", "silent", "The Recipient keeps it safe."),
    ("restraints", "walk_away", "The Recipient agrees not to compete with the Discloser."),
    ("restraints", "deviates", "Neither party shall solicit or hire employees of the other."),
    ("restraints", "deviates", "The Recipient shall not circumvent the Discloser."),
    ("restraints", "preferred", "Nothing in this Agreement prevents a party from developing competing products."),
    ("restraints", "not_assessed", "A non-compete may be agreed elsewhere."),
    ("restraints", "silent", "The Recipient keeps it safe."),
    ("remedies", "walk_away", "For each breach the Recipient owes a contractual penalty of EUR 50,000."),
    ("remedies", "deviates", "A breach may cause irreparable harm and the Recipient shall indemnify the Discloser."),
    ("remedies", "preferred", "The Discloser may seek injunctive relief."),
    ("remedies", "not_assessed", "A breach may cause irreparable harm."),
    ("remedies", "silent", "The Recipient keeps it safe."),
    ("governing-law", "deviates", "This Agreement is governed by the laws of California."),
    ("governing-law", "preferred", "English law governs; this Agreement is governed by English law."),
    ("governing-law", "fallback 1", "It is governed by the laws of Ireland."),
    ("governing-law", "not_assessed", "The courts have exclusive jurisdiction."),
    ("governing-law", "silent", "The Recipient keeps it safe."),
]  # fmt: skip

CASES = [("services-customer", *case) for case in SERVICES] + [("mutual-nda", *case) for case in NDA]


def playbook(name: str) -> Playbook:
    return read_playbook(asset_text("playbooks", f"{name}.toml"), f"{name}.toml")


BOOKS = {name: playbook(name) for name in asset_names("playbooks", ".toml")}


@pytest.mark.parametrize(("book", "position", "expected", "clause"), CASES)
def test_position_judges_a_clause(book: str, position: str, expected: str, clause: str) -> None:
    result = assess(BOOKS[book].position(position), "", clause)
    found = "silent" if result is None else f"{result.outcome} {result.rank or ''}".strip()
    assert found == expected
    for span in result.evidence if result else ():
        assert span.of(clause).strip()


@pytest.mark.parametrize("name", BOOKS)
def test_every_position_is_tried_both_ways_and_silent(name: str) -> None:
    tried = {(position, expected.split()[0]) for book, position, expected, _ in CASES if book == name}
    for position in BOOKS[name].positions:
        outcomes = {test.outcome.value for test in position.tests}
        assert {(position.id, outcome) for outcome in (outcomes & {"preferred"}) | {"silent"}} <= tried
        assert {(position.id, "deviates"), (position.id, "walk_away")} & tried or not outcomes & {"deviates", "walk_away"}


@pytest.mark.parametrize("name", BOOKS)
def test_bundled_playbook_is_named_like_its_file_and_states_its_law(name: str) -> None:
    book = BOOKS[name]
    assert book.id == name
    assert book.law == "England and Wales"
    assert len(book.positions) >= 8
    for position in book.positions:
        assert position.tests[-1].outcome is not Outcome.MISSING
        assert position.approver


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Mutual Non-Disclosure Agreement", "", "mutual-nda"),
        ("Master Services Agreement", "", "services-customer"),
        ("", "This Confidentiality Agreement is made between", "mutual-nda"),
        ("", "The Provider will supply hosting services to the Client.", "services-customer"),
        ("Will", "I leave my house to my sister.", None),
    ],
)
def test_playbook_is_chosen_by_title_and_beginning(title: str, text: str, expected: str | None) -> None:
    chosen = choose_playbook((BOOKS["mutual-nda"], BOOKS["services-customer"]), title, text)
    assert (chosen and chosen.id) == expected


@pytest.mark.data
def test_categories_are_the_published_names_or_our_own() -> None:
    if not CATEGORIES.is_file():
        pytest.skip(f"{CATEGORIES.name} is not there")
    with CATEGORIES.open(encoding="utf-8-sig", newline="") as rows:
        published = {row[0].removeprefix("Category: ").strip() for row in csv.reader(rows)}
    used = {position.category for book in BOOKS.values() for position in book.positions}
    assert used <= published | OWN_CATEGORIES
    assert not published & OWN_CATEGORIES
