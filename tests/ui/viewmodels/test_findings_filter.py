from dataclasses import replace

import pytest
from pytestqt.modeltest import ModelTester

from reviewer.domain.decision import DismissReason, Standing, Status
from reviewer.domain.outcome import Severity
from reviewer.ui.viewmodels.findings import FindingsModel
from reviewer.ui.viewmodels.findings_filter import FindingsFilter, Review
from tests.fakes.entries import make_entries

AGREED, DISMISSED = Standing(Status.AGREED), Standing(Status.DISMISSED, DismissReason.TRIVIAL, "Not worth it")


@pytest.fixture
def model() -> FindingsModel:
    """Liability is agreed with, fees are dismissed, audit and term are open."""
    liability, fees, audit, term = make_entries()
    model = FindingsModel()
    model.show([replace(liability, standing=AGREED), replace(fees, standing=DISMISSED), audit, term])
    return model


def titles(listed: FindingsFilter) -> list[str]:
    """What is listed."""
    return [str(listed.index(row, 2).data()) for row in range(listed.rowCount())]


def test_filter_passes_the_model_tester(model: FindingsModel, qtmodeltester: ModelTester) -> None:
    listed = FindingsFilter(model)
    qtmodeltester.check(listed)
    listed.filter_review(Review.OPEN)
    qtmodeltester.check(listed)


@pytest.mark.parametrize(
    ("review", "expected"),
    [
        (Review.ALL, ["Liability", "Fees", "Audit", "Term"]),
        (Review.OPEN, ["Audit", "Term"]),
        (Review.DECIDED, ["Liability", "Fees"]),
    ],
)
def test_findings_are_listed_by_how_they_stand(model: FindingsModel, review: Review, expected: list[str]) -> None:
    listed = FindingsFilter(model)
    listed.filter_review(review)

    assert titles(listed) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["Liability", "Fees", "Audit", "Term"]),
        ("MISSING", ["Audit"]),
        ("limit liable", ["Liability", "Fees", "Term"]),
        ("not worth it", ["Fees"]),
        ("critical clause 2", ["Liability"]),
        ("nowhere", []),
    ],
)
def test_findings_are_listed_by_all_of_the_words(model: FindingsModel, text: str, expected: list[str]) -> None:
    listed = FindingsFilter(model)
    listed.filter_words(text)

    assert titles(listed) == expected


def test_findings_are_listed_from_a_severity_on(model: FindingsModel) -> None:
    listed = FindingsFilter(model)

    listed.filter_severity(Severity.HIGH)
    assert titles(listed) == ["Liability", "Fees", "Audit"]
    listed.filter_severity(Severity.CRITICAL)
    assert titles(listed) == ["Liability"]
    listed.filter_severity(None)
    assert not listed.is_filtering


def test_decision_does_not_take_its_row_away_until_the_filter_is_set_anew(model: FindingsModel) -> None:
    listed = FindingsFilter(model)
    listed.filter_review(Review.OPEN)

    model.merge([replace(model.entry(2), standing=AGREED)])
    assert titles(listed) == ["Audit", "Term"]
    listed.filter_review(Review.OPEN)
    assert titles(listed) == ["Term"]


def test_other_document_is_listed_as_it_stands(model: FindingsModel) -> None:
    listed = FindingsFilter(model)
    listed.filter_review(Review.OPEN)

    model.show([replace(model.entry(2), standing=AGREED), model.entry(3)])

    assert titles(listed) == ["Term"]


def test_new_findings_are_listed_where_they_match(model: FindingsModel) -> None:
    liability, fees, audit, term = make_entries()
    model.show([term])
    listed = FindingsFilter(model)
    listed.filter_severity(Severity.HIGH)

    model.merge([liability, audit, fees])

    assert titles(listed) == ["Liability", "Fees", "Audit"]
