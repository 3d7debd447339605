"""Every position of the bundled playbooks, tried on clauses written for it."""

import csv
from pathlib import Path

import pytest

from reviewer.assets import asset_names, asset_text
from reviewer.domain.ids import DocumentId, SectionId
from reviewer.domain.interaction import interactions_of
from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.playbook import Playbook, assess, choose_playbook
from reviewer.domain.playbook_check import SILENT
from reviewer.domain.playbook_file import check_playbook, read_playbook
from reviewer.services.catalog import Catalog
from tests.fakes.reports import make_finding

CATEGORIES = Path(__file__).parents[3] / "../shared/data/gold/cuad_category_descriptions.csv"
OWN_CATEGORIES = {
    "Indemnification", "Confidentiality", "Data Protection", "Payment", "Mutuality", "Confidentiality Exclusions",
    "Security", "Service Levels", "Suspension",
    "Permitted Recipients", "Compelled Disclosure", "Confidentiality Term", "Return or Destruction", "Residuals",
}  # fmt: skip

def playbook(name: str) -> Playbook:
    return read_playbook(asset_text("playbooks", f"{name}.toml"), f"{name}.toml")


ORDER = next(each.playbooks for each in Catalog().workflow("contract-review").handlers if each.playbooks)
BOOKS = {name: playbook(name) for name in asset_names("playbooks", ".toml")}


@pytest.mark.parametrize("name", BOOKS)
def test_bundled_playbook_is_in_order_and_its_examples_give_what_they_say(name: str) -> None:
    assert check_playbook(asset_text("playbooks", f"{name}.toml"), f"{name}.toml") == ()


@pytest.mark.parametrize("name", BOOKS)
def test_evidence_of_every_example_holds_words(name: str) -> None:
    for position in BOOKS[name].positions:
        for example in position.examples:
            result = assess(position, example.heading, example.clause)
            for span in result.evidence if result else ():
                assert span.of(example.clause).strip()


@pytest.mark.parametrize("name", BOOKS)
def test_every_outcome_of_a_position_has_an_example(name: str) -> None:
    for position in BOOKS[name].positions:
        given = {example.gives.split()[0] for example in position.examples}
        assert {test.outcome.value for test in position.tests} | {SILENT} <= given, position.id


@pytest.mark.parametrize("name", BOOKS)
def test_bundled_playbook_is_named_like_its_file_and_states_its_law(name: str) -> None:
    book = BOOKS[name]
    assert book.id == name
    assert book.law == "England and Wales"
    assert 10 <= len(book.positions) <= 14
    assert book.header.deal_breakers
    assert book.header.approvers
    assert book.header.owner
    for position in book.positions:
        assert position.tests[-1].outcome is not Outcome.MISSING
        assert position.approver
        assert position.source


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Mutual Non-Disclosure Agreement", "", "mutual-nda"),
        ("Master Services Agreement", "The Provider will provide consulting services.", "services-customer"),
        ("Master Services Agreement", "The Provider gives access to its software-as-a-service.", "saas-customer"),
        ("Data Processing Addendum", "", "dpa-controller"),
        ("Consultancy Agreement", "", "services-customer"),
        ("Cloud Service Agreement", "", "saas-customer"),
        ("", "This Confidentiality Agreement is made between", "mutual-nda"),
        ("", "The Provider will supply hosting services to the Client.", "services-customer"),
        ("Will", "I leave my house to my sister.", None),
    ],
)
def test_playbook_is_chosen_by_title_and_beginning(title: str, text: str, expected: str | None) -> None:
    chosen = choose_playbook([BOOKS[name] for name in ORDER], title, text)
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


@pytest.mark.parametrize(
    ("said", "applies"),
    [
        ("The Supplier repairs the engines of the Customer and asks each individual customer.", False),
        ("The Supplier treats the patients of the hospital.", True),
        ("The Supplier sees personal information.", True),
    ],
)
def test_data_protection_is_asked_for_where_people_s_data_is_spoken_of(said: str, applies: bool) -> None:
    for name in ("services-customer", "saas-customer"):
        condition = BOOKS[name].position("data-protection").applies_when
        assert condition is not None
        assert condition.holds(said) is applies


LOW_CAP = {"liability-cap": Outcome.DEVIATES}
HITS = [
    ("services-customer", "cap-without-indemnity", {**LOW_CAP, "indemnity": Outcome.MISSING}),
    (
        "services-customer",
        "held-at-any-price",
        {
            "renewal": Outcome.DEVIATES,
            "price-increase": Outcome.WALK_AWAY,
            "termination-convenience": Outcome.MISSING,
        },
    ),
    ("saas-customer", "cap-without-indemnity", {**LOW_CAP, "indemnity": Outcome.MISSING}),
    ("saas-customer", "held-at-any-price", {"renewal": Outcome.DEVIATES, "price-increase": Outcome.FALLBACK}),
    (
        "saas-customer",
        "data-used-and-not-protected",
        {"customer-data": Outcome.WALK_AWAY, "uncapped-losses": Outcome.DEVIATES},
    ),
    (
        "saas-vendor",
        "uncapped-indemnity",
        {"liability-cap": Outcome.PREFERRED, "indemnity": Outcome.DEVIATES, "uncapped-losses": Outcome.WALK_AWAY},
    ),
    (
        "saas-vendor",
        "late-money-and-free-exit",
        {"payment": Outcome.WALK_AWAY, "termination-convenience": Outcome.DEVIATES},
    ),
]


def found_together(book: str, outcomes: dict[str, Outcome]) -> list[str]:
    findings = [make_finding(name, outcome, Severity.HIGH, SectionId(name)) for name, outcome in outcomes.items()]
    return [each.rule for each in interactions_of(BOOKS[book].interactions, DocumentId("d"), findings)]


@pytest.mark.parametrize(("book", "rule", "outcomes"), HITS)
def test_rule_over_several_positions_hits_and_is_silent(book: str, rule: str, outcomes: dict[str, Outcome]) -> None:
    assert found_together(book, outcomes) == [rule]
    for name in outcomes:
        wanted = {**outcomes, name: Outcome.NOT_APPLICABLE}
        assert found_together(book, wanted) == []


def test_every_rule_of_a_bundled_playbook_is_tried() -> None:
    assert {(book, rule.id) for book, each in BOOKS.items() for rule in each.interactions} == {hit[:2] for hit in HITS}
