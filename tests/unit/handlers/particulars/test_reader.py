from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from reviewer.assets import asset_text
from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Document
from reviewer.domain.ids import SectionId
from reviewer.domain.particular import Basis, Obligation, Particular
from reviewer.domain.section import Section, SectionKind
from reviewer.handlers.particulars.reader import ContractReader
from tests.fakes.documents import make_document

READER = ContractReader(asset_text("labels", "labels.toml"))
PARTIES = (
    'This Services Agreement (the "Agreement") is made as of March 1, 2024 (the "Effective Date") by and between '
    'Alder & Sons, Inc., a Delaware corporation ("Supplier"), and Birch (Trading) Limited of Leeds ("Customer").\n'
)


def cut(*parts: str, kinds: Sequence[SectionKind] = ()) -> tuple[Document, list[Section]]:
    """A document whose parts are its sections: the first introduces the parties."""
    sections, at = [], 0
    for number, part in enumerate(parts):
        kind = kinds[number] if kinds else SectionKind.PARTIES if number == 0 else SectionKind.CLAUSE
        span = TextSpan(at, at + len(part))
        sections.append(Section(SectionId(f"s{number}"), kind, "", "", 1, None, span, span))
        at += len(part)
    return replace(make_document("".join(parts)), language="en"), sections


def read(*parts: str) -> tuple[tuple[Particular, ...], tuple[Obligation, ...]]:
    return READER.read(*cut(*parts))


def said(column: str, *clauses: str) -> list[tuple[str, str, str]]:
    found, _ = read(PARTIES, *clauses)
    return [(each.value, each.unit, each.note) for each in found if each.column == column]


def test_every_value_rests_on_its_exact_words() -> None:
    clauses = (
        "The term of this Agreement shall be for a period of three (3) years from the Effective Date.\n",
        "Supplier's total liability shall not exceed the greater of USD 250,000 and the fees paid in the 12 months.\n",
        "This Agreement is governed by the laws of the State of New York.\n",
    )
    document, sections = cut(PARTIES, *clauses)
    particulars, _ = READER.read(document, sections)
    assert len(particulars) >= 8
    for each in particulars:
        for citation in each.citations:
            assert citation.is_evidence
            assert citation.quote in document.text


def test_parties_come_with_their_roles() -> None:
    assert said("party") == [("Alder & Sons, Inc.", "Supplier", ""), ("Birch (Trading) Limited", "Customer", "")]


@pytest.mark.parametrize(
    "text",
    [
        "The dispute between the parties shall be settled.",
        "Meetings between the Buyer (the “Buyer”) and others are held.",
        "This paper says nothing of who signs it.",
    ],
)
def test_no_parties_are_made_up(text: str) -> None:
    found, _ = read(text)
    assert [each for each in found if each.column == "party"] == []


def test_parties_without_roles_need_legal_forms() -> None:
    found, _ = read("This Agreement is entered into between Alder Corporation and Birch, LLC.")
    assert [(each.value, each.unit) for each in found] == [("Alder Corporation", ""), ("Birch, LLC.", "")]
    lone, _ = read("This Agreement is entered into between Alder and Birch.")
    assert lone == ()


def test_days_are_normalised() -> None:
    assert said("agreement_date") == [("2024-03-01", "", "")]
    assert said("effective_date") == [("2024-03-01", "", "")]
    assert said("expiration_date", "This Agreement shall remain in force until 31 December 2026.\n") == [
        ("2026-12-31", "", "")
    ]


def test_day_of_another_paper_is_not_the_contract_s() -> None:
    found, _ = read("This paper refers to that certain lease dated May 3, 2005 between others.")
    assert [each for each in found if each.column == "agreement_date"] == []


@pytest.mark.parametrize(
    ("clause", "term"),
    [
        ("The term of this Agreement shall be for a period of three (3) years from today.", [("3", "years", "")]),
        ("This Agreement shall continue for an initial term of eighteen months.", [("18", "months", "")]),
        ("Upon expiry, confidential matters stay so for a period of five (5) years.", []),
        ("Invoices are due within thirty (30) days.", []),
    ],
)
def test_term_is_that_of_the_contract(clause: str, term: list[tuple[str, str, str]]) -> None:
    assert said("term", f"{clause}\n") == term


def test_end_is_worked_out_and_says_so() -> None:
    particulars, obligations = read(
        PARTIES,
        "The term of this Agreement shall be for a period of two (2) years from the Effective Date, and it shall "
        "automatically renew for successive one (1) year terms unless either party gives notice of its intention "
        "not to renew at least ninety (90) days before the end of the term.\n",
    )
    (end,) = [each for each in particulars if each.column == "expiration_date"]
    assert (end.value, end.basis, end.note) == ("2026-03-01", Basis.INFERRED, "2 years from 2024-03-01")
    assert [(each.value, each.unit, each.note) for each in particulars if each.column == "renewal"] == [
        ("1", "years", "automatic")
    ]
    assert [(each.value, each.unit) for each in particulars if each.column == "renewal_notice"] == [("90", "days")]
    assert [(each.what, each.day, each.basis) for each in obligations] == [
        ("The first term ends, and renews unless notice is given", date(2026, 3, 1), Basis.INFERRED),
        ("Last day for the notice that stops the renewal", date(2025, 12, 1), Basis.INFERRED),
    ]


def test_notice_without_cause_is_not_that_for_breach() -> None:
    clause = "Either party may terminate this Agreement without cause upon sixty (60) days' prior written notice.\n"
    assert said("termination_notice", clause) == [("60", "days", "")]
    assert said("termination_notice", "A party may terminate if a breach is not cured in 30 days after notice.\n") == []


@pytest.mark.parametrize(
    ("clause", "caps"),
    [
        (
            "In no event shall Supplier's total liability exceed the fees paid in the twelve (12) months before.",
            [("fees paid", "", "over 12 months")],
        ),
        ("Supplier's total liability shall not exceed USD 1.5 million.", [("1500000", "USD", "")]),
        (
            "The total liability of Supplier shall not exceed the fees paid under it in the 12 months before.",
            [("fees paid", "", "over 12 months")],
        ),
        (
            "Supplier's total liability is limited to $250,000 or the amounts paid in the 6 months before.",
            [("250000", "USD", "or amounts paid over 6 months")],
        ),
        ("The discount shall not exceed $250.", []),
    ],
)
def test_cap_has_its_base(clause: str, caps: list[tuple[str, str, str]]) -> None:
    assert said("liability_cap", f"{clause}\n") == caps


@pytest.mark.parametrize(
    ("clause", "law"),
    [
        ("This Agreement is governed by the laws of the State of New York.", "New York"),
        ("THIS AGREEMENT SHALL BE GOVERNED BY THE LAWS OF THE STATE OF DELAWARE.", "Delaware"),
        ("This Agreement is governed by English law.", "English"),
        (
            "It shall be construed in accordance with the laws of England and Wales. The parties agree.",
            "England and Wales",
        ),
        ("Supplier complies with the laws of Ohio.", ""),
    ],
)
def test_law_is_named_without_its_state(clause: str, law: str) -> None:
    assert [value for value, _, _ in said("governing_law", f"{clause}\n")] == ([law] if law else [])


def test_place_of_disputes_is_told() -> None:
    assert said("venue", "The parties submit to the exclusive jurisdiction of the courts of Paris, France.\n") == [
        ("Paris, France", "", "")
    ]
    assert said("venue", "Disputes are settled by arbitration conducted in Geneva.\n") == [
        ("Geneva", "", "arbitration")
    ]
    assert said("venue", "Disputes go to a court of competent jurisdiction.\n") == []


@pytest.mark.parametrize(
    ("words", "value", "currency"),
    [
        ("$1,250.50", "1250.50", "USD"),
        ("US$ 2 million", "2000000", "USD"),
        ("EUR 300", "300", "EUR"),
        ("£99", "99", "GBP"),
        ("5,000 euros", "5000", "EUR"),
        ("10,000 USD", "10000", "USD"),
        ("C$75", "75", "CAD"),
        ("CHF 1,000,000.00", "1000000", "CHF"),
        ("40 U.S. dollars", "40", "USD"),
    ],
)
def test_sums_are_normalised(words: str, value: str, currency: str) -> None:
    assert said("amount", f"The price is {words} a year.\n") == [(value, currency, "")]


def test_same_sum_is_told_once_and_no_number_is_a_sum() -> None:
    assert said("amount", "It pays $5 and later $5; Section 7 has 12 lines and $0.\n") == [("5", "USD", "")]


@pytest.mark.parametrize(
    ("clause", "duty"),
    [
        (
            "Supplier shall deliver the report within ten (10) business days after the end of each month.",
            ("Supplier", "within ten (10) business days after the end of each month", None),
        ),
        ("The Customer shall pay the fee by June 30, 2025.", ("Customer", "by June 30, 2025", date(2025, 6, 30))),
        (
            "Each party shall return all copies promptly after termination.",
            ("Each party", "promptly after termination", None),
        ),
        ("Supplier shall not sell the goods within 30 days.", None),
        ("Supplier shall deliver good work.", None),
        ("It will rain within 30 days.", None),
    ],
)
def test_duty_has_who_and_when(clause: str, duty: tuple[str, str, date | None] | None) -> None:
    _, obligations = read(PARTIES, f"{clause}\n")
    assert [(each.who, each.when, each.day) for each in obligations] == ([duty] if duty else [])
    for each in obligations:
        assert each.citations[0].quote == clause


def test_long_duty_is_shortened_and_its_id_lasts() -> None:
    clause = f"Supplier shall, within 5 days, send {'very ' * 80}long lists.\n"
    first, second = (read(PARTIES, clause)[1] for _ in range(2))
    assert first == second
    assert first[0].what.endswith(" …")


def test_nothing_is_read_in_another_language() -> None:
    document, sections = cut(PARTIES)
    assert READER.read(replace(document, language="de"), sections) == ((), ())


@pytest.mark.parametrize(
    ("opening", "names"),
    [
        (
            'This Agreement is between Alder Mobile, Inc. f/k/a Sorrel, Inc. ("Licensee") and Birch plc ("Owner").',
            ["Alder Mobile, Inc.", "Birch plc"],
        ),
        (
            'This Agreement is by and between: Party A: Alder Co., Ltd. ("Provider") Address: Room 5. B: ("User")',
            [],
        ),
    ],
)
def test_names_end_where_they_end(opening: str, names: list[str]) -> None:
    found, _ = read(opening)
    assert [each.value for each in found if each.column == "party"] == names


def test_day_it_takes_effect_is_not_the_day_it_was_made() -> None:
    text = "This Agreement is executed on the 5th day of December, 2007, to be effective January 1, 2008."
    found, _ = read(text)
    assert [each.value for each in found if each.column == "effective_date"] == ["2008-01-01"]


def test_first_term_is_no_renewal() -> None:
    clause = (
        "The term of this Agreement shall continue for a period of three (3) years from today. It can be renewed for "
        "successive one (1) year periods.\n"
    )
    assert said("renewal", clause) == [("1", "years", "")]
    assert said("term", clause) == [("3", "years", "")]


@pytest.mark.parametrize(
    "clause",
    [
        "Customer may terminate the licence to use the office at any time upon two weeks notice.",
        "Either party may terminate its use of the site at any time upon 5 days notice.",
    ],
)
def test_notice_that_ends_something_else_is_left_out(clause: str) -> None:
    assert said("termination_notice", f"{clause}\n") == []


@pytest.mark.parametrize(
    "clause",
    [
        "Both parties shall be bound by the letter executed by them on December 8, 2009.",
        "Supplier shall keep to the plan dated on December 8, 2009.",
        "Either party shall thereafter have the right to end it immediately upon notice.",
    ],
)
def test_day_of_a_paper_and_a_right_are_no_duty(clause: str) -> None:
    assert read(PARTIES, f"{clause}\n")[1] == ()


def test_kind_of_court_is_no_place() -> None:
    assert said("venue", "Any action brought in State Court shall lie in that courts of State Court.\n") == []
