"""Hits as a list that grows page by page."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtTest import QAbstractItemModelTester

from reviewer.domain.anchor import TextSpan
from reviewer.domain.ids import DocumentId
from reviewer.domain.search import HitKind, SearchHit, SearchPage
from reviewer.ui.viewmodels.search_hits import HIT_ROLE, SearchHitsModel, heading_of

HIT = SearchHit(
    HitKind.SECTION, DocumentId("doc-1"), "lease.pdf", "3 Rent", None, None, None, TextSpan(5, 9), "the rent is",
    (TextSpan(4, 8),),
)  # fmt: skip


@pytest.fixture
def model() -> SearchHitsModel:
    return SearchHitsModel()


def test_list_grows_by_the_page_that_was_wanted(model: SearchHitsModel) -> None:
    wanted: list[SearchPage] = []
    model.more_wanted.connect(wanted.append)
    model.show(SearchPage((HIT, HIT), after=7))
    assert model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert [page.after for page in wanted] == [7]
    assert not model.canFetchMore(QModelIndex())

    model.add(SearchPage((replace(HIT, title="4 Fees"),)))
    assert (model.rowCount(), model.hit(2).title) == (3, "4 Fees")
    assert not model.canFetchMore(QModelIndex())
    model.show(SearchPage(()))
    assert model.rowCount() == 0


def test_model_keeps_qts_contract(model: SearchHitsModel) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(SearchPage((HIT,), after=3))
    model.add(SearchPage((HIT, HIT)))
    assert tester.model() is model


def test_empty_page_in_the_middle_lets_more_be_wanted(model: SearchHitsModel) -> None:
    model.show(SearchPage((HIT,), after=7))
    model.fetchMore(QModelIndex())
    model.add(SearchPage((), after=3))
    assert model.canFetchMore(QModelIndex())


def test_row_gives_the_hit_and_its_words_for_a_screen_reader(model: SearchHitsModel) -> None:
    model.show(SearchPage((HIT,)))
    index = model.index(0, 0)
    assert model.data(index, HIT_ROLE) is HIT
    assert model.data(index) == "lease.pdf · 3 Rent\nthe rent is"
    assert model.data(QModelIndex()) is None


def test_heading_says_what_was_found_and_nothing_twice() -> None:
    assert heading_of(replace(HIT, kind=HitKind.NOTE)) == "lease.pdf · Note · 3 Rent"
    assert heading_of(replace(HIT, kind=HitKind.DOCUMENT, title="lease.pdf")) == "lease.pdf · Document"
