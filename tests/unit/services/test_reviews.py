"""Decisions about findings."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.decision import DismissReason, Standing, Status
from reviewer.domain.errors import StorageError
from reviewer.domain.ids import FindingId
from reviewer.services.indexing import SearchIndexer
from reviewer.services.reviews import ReviewService
from tests.fakes.clock import FakeClock, run
from tests.fakes.workspace import MemoryWorkspace

ONE, TWO = FindingId("find-1"), FindingId("find-2")
STANDINGS = st.one_of(
    st.builds(Standing, st.sampled_from([Status.OPEN, Status.AGREED]), st.none(), st.sampled_from(["", "a", "b"])),
    st.builds(Standing, st.just(Status.DISMISSED), st.sampled_from(DismissReason), st.sampled_from(["", "a", "b"])),
)


@pytest.fixture
def workspace() -> MemoryWorkspace:
    return MemoryWorkspace()


@pytest.fixture
def reviews(workspace: MemoryWorkspace) -> ReviewService:
    return ReviewService(workspace, FakeClock(), SearchIndexer(workspace.search), "ada")


def test_each_decision_gives_how_the_finding_stands(reviews: ReviewService) -> None:
    assert run(reviews.agree(ONE)) == Standing(Status.AGREED)
    assert run(reviews.note(ONE, "See 9.2.")) == Standing(Status.AGREED, note="See 9.2.")
    assert run(reviews.dismiss(ONE, DismissReason.WRONG)) == Standing(Status.DISMISSED, DismissReason.WRONG, "See 9.2.")
    assert run(reviews.reopen(ONE)) == Standing(note="See 9.2.")
    assert run(reviews.standings([ONE, TWO])) == {ONE: Standing(note="See 9.2.")}


def test_who_decided_and_when_is_kept(reviews: ReviewService, workspace: MemoryWorkspace) -> None:
    run(reviews.agree(ONE))

    assert [(each.by, each.at.tzinfo is not None) for each in workspace.decisions.kept] == [("ada", True)]


@given(st.lists(STANDINGS, max_size=6))
def test_restore_makes_it_stand_as_given(wanted: list[Standing]) -> None:
    workspace = MemoryWorkspace()
    reviews = ReviewService(workspace, FakeClock(), SearchIndexer(workspace.search))

    for standing in wanted:
        assert run(reviews.restore(ONE, standing)) == standing


def test_restore_of_what_stands_decides_nothing(reviews: ReviewService, workspace: MemoryWorkspace) -> None:
    run(reviews.agree(ONE))
    run(reviews.restore(ONE, Standing(Status.AGREED)))

    assert len(workspace.decisions.kept) == 1


def test_decisions_made_at_once_are_kept_in_the_order_they_were_asked_for(reviews: ReviewService) -> None:
    async def both() -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(reviews.restore(ONE, Standing(Status.AGREED)))
            group.create_task(reviews.restore(ONE, Standing(Status.DISMISSED, DismissReason.TRIVIAL)))

    run(both())

    assert run(reviews.standings([ONE]))[ONE].status is Status.DISMISSED


def test_decision_that_cannot_be_kept_is_an_error(reviews: ReviewService, workspace: MemoryWorkspace) -> None:
    workspace.decisions.is_full = True

    with pytest.raises(StorageError):
        run(reviews.agree(ONE))
