"""Every position of the bundled playbooks, tried on clauses written for it."""

import csv
from pathlib import Path

import pytest

from reviewer.assets import asset_names, asset_text
from reviewer.domain.outcome import Outcome
from reviewer.domain.playbook import Playbook, assess, choose_playbook
from reviewer.domain.playbook_check import SILENT
from reviewer.domain.playbook_file import check_playbook, read_playbook

CATEGORIES = Path(__file__).parents[3] / "../shared/data/gold/cuad_category_descriptions.csv"
OWN_CATEGORIES = {
    "Indemnification", "Confidentiality", "Data Protection", "Payment", "Mutuality", "Confidentiality Exclusions",
    "Permitted Recipients", "Compelled Disclosure", "Confidentiality Term", "Return or Destruction", "Residuals",
}  # fmt: skip

def playbook(name: str) -> Playbook:
    return read_playbook(asset_text("playbooks", f"{name}.toml"), f"{name}.toml")


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
