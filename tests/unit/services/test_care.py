import asyncio

import pytest

from reviewer.domain.errors import StorageError
from reviewer.domain.workspace import Place
from reviewer.services.care import place_sentences
from tests.fakes.services import Desk


async def backed_up(desk: Desk) -> int:
    damaged = await desk.care.look_after()
    assert await desk.care.backups() == tuple(desk.keeper.kept)
    return damaged


def test_sound_workspace_is_backed_up_once_a_day() -> None:
    desk = Desk()
    assert asyncio.run(backed_up(desk)) == 0
    assert asyncio.run(backed_up(desk)) == 0
    assert len(desk.keeper.kept) == 1
    asyncio.run(desk.care.back_up())
    assert len(desk.keeper.kept) == 2


@pytest.mark.parametrize("damaged", [-1, 4])
def test_damaged_workspace_is_not_copied_over_sound_backups(damaged: int) -> None:
    desk = Desk()
    desk.keeper.damaged = damaged
    assert asyncio.run(backed_up(desk)) == damaged
    assert desk.keeper.kept == []


def test_full_disk_reaches_whoever_asked() -> None:
    desk = Desk()
    desk.keeper.refusal = StorageError("disk_full", "The disk is full.")
    with pytest.raises(StorageError):
        asyncio.run(desk.care.look_after())

    def busy() -> int:
        raise StorageError("workspace_locked", "It is in use.")

    desk.keeper.damage = busy  # type: ignore[method-assign]
    with pytest.raises(StorageError):
        asyncio.run(desk.care.look_after())


def test_restoring_and_repairing_reach_the_folder() -> None:
    desk = Desk()

    async def both() -> None:
        await desk.care.restore("x.db")
        assert (await desk.care.repair()).rows == 42

    asyncio.run(both())
    assert desk.keeper.journal == ["restore x.db", "repair"]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place("w", 0, "", "", True), ["is encrypted"]),
        (Place("w", 0, "", "Dropbox", False), ["not encrypted", "copied by Dropbox"]),
        (Place("w", 0, "nfs4", "", None), ["cannot be told", "network drive (nfs4)"]),
    ],
)
def test_what_is_to_be_known_of_a_place(place: Place, words: list[str]) -> None:
    sentences = place_sentences(place)
    assert len(sentences) == len(words)
    for sentence, word in zip(sentences, words, strict=True):
        assert word in sentence
