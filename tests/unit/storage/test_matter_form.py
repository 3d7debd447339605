from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import pytest

from reviewer.domain.destination import Destination
from reviewer.domain.errors import StorageError
from reviewer.domain.matter import Egress, Matter, MatterId
from reviewer.storage.codec import encode, open_sealed, seal
from reviewer.storage.matter_form import open_matter, sealed_matter

NAME = "matter-0123456789abcdef"
MADE = datetime(2026, 1, 2, tzinfo=UTC)


class OldEgress(StrEnum):
    HERE = "here"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class OldMatter:
    """As the first version of matters was written and read."""

    id: str
    name: str
    created_at: datetime
    egress: OldEgress = OldEgress.NAMED
    workflow: str = ""
    note: str = ""
    playbook: str = ""


def matter(egress: Egress) -> Matter:
    endpoints = (Destination("https", "api.example.test", 443),)
    return Matter(MatterId(NAME), "Acme", MADE, egress, "flow", "urgent", "book", endpoints)


@pytest.mark.parametrize("egress", Egress)
def test_matter_comes_back_as_it_was_written(egress: Egress) -> None:
    assert open_matter(NAME, sealed_matter(matter(egress))) == matter(egress)


@pytest.mark.parametrize(("old", "new"), [(OldEgress.HERE, Egress.HERE), (OldEgress.NAMED, Egress.ASK)])
def test_matter_of_an_earlier_version_is_read(old: OldEgress, new: Egress) -> None:
    written = seal(f"matter:{NAME}", encode(OldMatter(NAME, "Acme", MADE, old)))

    assert open_matter(NAME, written) == Matter(MatterId(NAME), "Acme", MADE, new)


@pytest.mark.parametrize("egress", Egress)
def test_an_earlier_version_reads_what_is_written_now_and_sends_nothing(egress: Egress) -> None:
    read = open_sealed(f"matter:{NAME}", sealed_matter(matter(egress)), OldMatter)

    assert (read.egress, read.name, read.playbook) == (OldEgress.HERE, "Acme", "book")


def test_damaged_matter_is_refused() -> None:
    with pytest.raises(StorageError):
        open_matter(NAME, sealed_matter(matter(Egress.ASK))[:-1] + b" ")
