from dataclasses import replace

import pytest

from reviewer.domain.playbook import Playbook, Signals
from reviewer.domain.projection import project
from reviewer.domain.section import SectionKind
from reviewer.services.playbook_choice import choose, several_contracts
from tests.fakes.documents import make_document, make_playbook, make_sections

BUYER = replace(
    make_playbook(), id="buyer", title="Buying", contract_type="Sale", detect=Signals(("sale",), ("goods",))
)
SELLER = replace(BUYER, id="seller", title="Selling", side="seller")
LEASE = replace(BUYER, id="lease", title="Letting", contract_type="Lease", detect=Signals(("lease",), ("rent",)))
BOOKS = (BUYER, SELLER, LEASE)
CONTRACT = "The parties to this agreement agree. Each party shall act, must pay and will deliver. "
GOODS = CONTRACT + "The goods are red."


def chosen(text: str, wanted: str = "", language: str = "en", books: tuple[Playbook, ...] = BOOKS) -> tuple[str, ...]:
    """The playbook's id and the codes of the notes."""
    found = choose(books, make_document(text, language=language), text, wanted)
    return (found.playbook.id if found.playbook else "", *(note.code for note in found.notes))


@pytest.mark.parametrize(
    ("text", "wanted", "language", "expected"),
    [
        (GOODS, "", "en", ("buyer", "playbook_side")),
        (GOODS, "seller", "en", ("seller",)),
        (CONTRACT + "The rent is due.", "", "en", ("lease",)),
        (CONTRACT + "The rent is due.", "buyer", "en", ("", "playbook_type")),
        (CONTRACT, "buyer", "en", ("buyer", "playbook_type")),
        (CONTRACT, "", "en", ("", "no_playbook")),
        ("It rained all night.", "", "en", ("", "no_contract")),
        ("Es regnet.", "", "de", ("", "no_playbook")),
        (GOODS, "", "de", ("", "playbook_language")),
        (GOODS, "buyer", "de", ("", "playbook_language")),
    ],
)
def test_playbook_is_chosen_and_doubt_is_told(text: str, wanted: str, language: str, expected: tuple[str, ...]) -> None:
    assert chosen(text, wanted, language) == expected


def test_notes_say_what_to_do() -> None:
    side, wrong = choose(BOOKS, make_document(GOODS), GOODS), choose(BOOKS, make_document("rent"), "rent", "buyer")
    assert (
        "from the customer's side. For another side choose the playbook 'seller' (the seller's)."
        in side.notes[0].message
    )
    assert "Choose 'lease' to assess it." in wrong.notes[0].message


OPENING = "This Sale Agreement is made between Acme Ltd and Beta GmbH.\n"


@pytest.mark.parametrize(("language", "codes"), [("en", ["several_contracts"]), ("de", [])])
def test_file_that_holds_two_contracts_is_told(language: str, codes: list[str]) -> None:
    parts = (
        OPENING + CONTRACT * 60 + "\n",
        "Signed by Acme\n",
        OPENING.replace("Sale", "Lease") + CONTRACT * 60 + "\n",
    )
    document = make_document("".join(parts), language=language)
    first, signed, second = make_sections(parts)
    sections = (first, replace(signed, kind=SectionKind.SIGNATURE), second)
    notes = several_contracts(document, project(document), sections)
    assert [note.code for note in notes] == codes
    assert all(
        "hold 2 contracts: another one begins with “This Lease Agreement is made" in each.message for each in notes
    )
    assert several_contracts(document, project(document), (first, second)) == ()
