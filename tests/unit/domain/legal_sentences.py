"""Sentences as contracts have them, and the ways in which a quote of one may be altered."""

import re
from collections.abc import Callable, Iterator

ENGLISH = (
    "The Supplier shall not be liable for any indirect or consequential loss arising out of this Agreement.",
    "Either party may terminate this Agreement by giving not less than ninety (90) days' written notice to the other.",
    "The Customer shall pay each invoice within thirty (30) days of receipt in United States dollars.",
    "The Licensee may not assign this Agreement without the prior written consent of the Licensor.",
    "Licensor hereby grants to Licensee a non-exclusive, non-transferable licence to use the Software.",
    "The aggregate liability of the Supplier shall in no event exceed $1,000,000 in any contract year.",
    "This Agreement shall be governed by and construed in accordance with the laws of the State of New York.",
    "The Receiving Party shall keep the Confidential Information secret for five (5) years after disclosure.",
    "Tenant shall pay Landlord a late charge of 5% of any amount that is overdue for more than ten days.",
    "The Seller warrants that the Goods will be free from defects for a period of 12 months from delivery.",
    "The Employee must not, for six months after termination, solicit any client of the Company.",
    "The initial term commences on March 1, 2024 and ends on February 28, 2027 unless terminated earlier.",
    "Borrower shall repay the Loan in twelve equal monthly instalments of EUR 4,500.50 each.",
    "The Buyer may inspect the Goods at any time before shipment, provided that it gives three days' notice.",
    "No failure to exercise any right shall operate as a waiver of that right or of any other right.",
    "The Processor shall notify the Controller of a personal data breach within 72 hours of becoming aware of it.",
    "The Contractor shall maintain insurance of at least two million pounds per occurrence throughout the Term.",
    "Neither party shall disclose the terms of this Agreement except as required by law.",
    "The Company will indemnify the Agent against all claims arising from the Company's negligence.",
    "If the Supplier fails to meet the Service Levels, the Customer shall receive a credit of ten percent.",
    "The Lessee shall return the Equipment in good working order within seven business days after expiry.",
    "All Work Product shall be the sole and exclusive property of the Client upon payment in full.",
    "The Distributor must purchase a minimum of 2,500 units in each calendar quarter of the Term.",
    "Vendor can increase the prices once per year by no more than three percent upon sixty days' notice.",
    "This Agreement renews automatically for successive periods of one year unless either party objects.",
    "The Publisher shall pay the Author a royalty of 12.5% of net receipts, accounted for twice a year.",
    "The Provider may suspend the Services without notice where the Client has not paid for forty-five days.",
    "Any dispute shall be finally settled by arbitration in London before three arbitrators in English.",
    "The Franchisee shall not engage in any competing business within a radius of 10 miles of the Premises.",
    "The Guarantor shall pay on demand every sum that the Principal Debtor does not pay when due.",
    "Each Shareholder may sell its Shares only after it has offered them to the other Shareholders.",
    "The Consultant will deliver the final report by 15 September 2025 at the latest to the Client.",
    "The Escrow Agent must release the Source Code to the Beneficiary upon insolvency of the Depositor.",
    "Subject to clause 14.2, the Buyer's sole remedy shall be replacement of the defective Goods.",
    "The Bank may set off any credit balance against sums owed, whether or not they are due.",
    "Customer shall not reverse engineer the Software or permit any third party to do so.",
    "The Insurer shall bear the first 500 GBP of every claim, and the Insured shall bear the rest.",
    "The Architect should attend the site at least twice a week until practical completion.",
    "Payment of the deposit of USD 25,000 shall be made no later than 30 June 2026 by bank transfer.",
    "The parties shall meet every six weeks to review the plan, the risks and the budget.",
)
GERMAN = (
    "Der Auftragnehmer haftet nicht für mittelbare Schäden, die aus diesem Vertrag entstehen.",
    "Der Mieter darf die Wohnung ohne Zustimmung des Vermieters nicht untervermieten.",
    "Jede Partei kann diesen Vertrag mit einer Frist von drei Monaten zum Ende eines Jahres kündigen.",
    "Die Vergütung ist innerhalb von 14 Tagen nach Zugang der Rechnung zu zahlen.",
    "Der Verkäufer muss die Ware bis zum 31. Dezember 2025 an den Käufer liefern.",
    "Die Haftung des Anbieters ist auf 50.000 Euro je Schadensfall beschränkt.",
    "Der Lizenznehmer darf die Software nur auf zwei Geräten installieren.",
    "Der Arbeitnehmer soll Nebentätigkeiten dem Arbeitgeber vor Beginn anzeigen.",
)
SENTENCES = ENGLISH + GERMAN


def contract() -> str:
    """All sentences as one text of short paragraphs."""
    paragraphs = [" ".join(SENTENCES[start : start + 3]) for start in range(0, len(SENTENCES), 3)]
    return "\n\n".join(paragraphs)


_NUMBER_WORDS = {
    "three": "four", "five": "six", "ten": "twelve", "six": "nine", "two": "three", "seven": "eleven",
    "twelve": "twenty", "thirty": "fifty", "ninety": "sixty", "sixty": "thirty", "forty-five": "fifteen",
    "first": "second", "twice": "once", "once": "twice", "one": "two", "drei": "sechs", "zwei": "vier",
}  # fmt: skip
_MODALS = {
    "shall": "may", "may": "shall", "must": "may", "will": "may", "should": "must", "can": "shall",
    "darf": "muss", "muss": "kann", "kann": "muss", "soll": "muss",
}  # fmt: skip
_UNITS = {
    "days": "months", "months": "days", "years": "months", "hours": "days", "weeks": "days", "miles": "kilometres",
    "year": "month", "dollars": "euros", "pounds": "euros", "percent": "dollars", "USD": "EUR", "EUR": "USD",
    "GBP": "USD", "business": "calendar", "week": "month", "quarter": "year", "Monaten": "Wochen", "Tagen": "Wochen",
    "Euro": "Dollar", "$": "€", "%": "€", "monthly": "weekly",
}  # fmt: skip
_PARTIES = {
    "Supplier": "Customer", "Customer": "Supplier", "Licensee": "Licensor", "Licensor": "Licensee",
    "Tenant": "Landlord", "Landlord": "Tenant", "Buyer": "Seller", "Seller": "Buyer", "Company": "Agent",
    "Lessee": "Lessor", "Client": "Consultant", "Processor": "Controller", "Employee": "Employer", "Borrower": "Lender",
    "Provider": "Client", "Insurer": "Insured", "Vendor": "Purchaser", "Mieter": "Vermieter", "Verkäufer": "Käufer",
    "Auftragnehmer": "Auftraggeber", "Neither": "Either", "Either": "Neither",
}  # fmt: skip
_TERMS = {
    "Agreement": "Schedule", "Confidential Information": "Trade Secrets", "Software": "Services", "Goods": "Services",
    "Work Product": "Background IP", "Source Code": "Object Code", "Service Levels": "Service Credits",
    "Term": "Renewal Term", "Loan": "Facility", "Premises": "Territory", "Shares": "Options", "Vertrag": "Anhang",
}  # fmt: skip
_DATES = {
    "March 1, 2024": "March 11, 2024", "February 28, 2027": "February 28, 2026", "15 September 2025": "15 October 2025",
    "30 June 2026": "20 June 2026", "31. Dezember 2025": "30. Dezember 2025",
}  # fmt: skip


def _swapped(table: dict[str, str]) -> Callable[[str], Iterator[str]]:
    def alter(sentence: str) -> Iterator[str]:
        for old, new in table.items():
            pattern = rf"(?<!\w){re.escape(old)}(?!\w)" if old[0].isalnum() else re.escape(old)
            if re.search(pattern, sentence):
                yield re.sub(pattern, new, sentence, count=1)

    return alter


def negation_flipped(sentence: str) -> Iterator[str]:
    """Every negation taken out, and one put in behind every modal verb."""
    for match in re.finditer(r"\b(?:not less than|not|nicht|no|No|non-|without|ohne)[ ]?", sentence):
        yield sentence[: match.start()] + sentence[match.end() :]
    for match in re.finditer(r"\b(?:shall|may|must|will|can|should)\b(?! not)", sentence):
        yield f"{sentence[: match.end()]} not{sentence[match.end() :]}"
    for match in re.finditer(r"\b(?:darf|kann|muss|soll|haftet|ist)\b", sentence):
        yield f"{sentence[: match.end()]} nicht{sentence[match.end() :]}"


def number_changed(sentence: str) -> Iterator[str]:
    """Every digit changed in turn, and every number made longer or shorter."""
    for match in re.finditer(r"\d", sentence):
        yield f"{sentence[: match.start()]}{(int(match[0]) + 1) % 10}{sentence[match.end() :]}"
    for match in re.finditer(r"\d[\d,.]*\d|\d", sentence):
        yield f"{sentence[: match.end()]}0{sentence[match.end() :]}"
        if len(match[0]) > 1:
            yield f"{sentence[: match.start()]}{match[0][:-1]}{sentence[match.end() :]}"


ALTERATIONS: dict[str, Callable[[str], Iterator[str]]] = {
    "negation": negation_flipped,
    "number": number_changed,
    "number word": _swapped(_NUMBER_WORDS),
    "modal": _swapped(_MODALS),
    "unit": _swapped(_UNITS),
    "party": _swapped(_PARTIES),
    "defined term": _swapped(_TERMS),
    "date": _swapped(_DATES),
}


def altered() -> list[tuple[str, str, str]]:
    """Kind, sentence and altered sentence, for every alteration that changes it."""
    return [
        (kind, sentence, words)
        for kind, alter in ALTERATIONS.items()
        for sentence in SENTENCES
        for words in alter(sentence)
        if words != sentence
    ]


def spliced() -> list[str]:
    """The first half of each sentence with the second half of every third other one."""
    halves = [(words[: len(words) // 2], words[len(words) // 2 :]) for words in (each.split() for each in SENTENCES)]
    return [
        " ".join((*first, *second))
        for one, (first, _) in enumerate(halves)
        for other, (_, second) in enumerate(halves)
        if one != other and (one + other) % 3 == 0
    ]
