from dataclasses import replace
from datetime import date

import pytest

from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.edition import Edition
from reviewer.domain.particular import Basis, Column, Obligation, Particular
from reviewer.domain.report import DocumentReport
from reviewer.export import particular_words
from reviewer.export.json_report import report_json
from reviewer.export.markdown import MarkdownExporter
from tests.fakes.reports import DOCUMENT, FEES, make_report

CITED = (Citation("the words", QuoteStatus.VERIFIED),)


def value(column: Column, said: str, unit: str = "", note: str = "", basis: Basis = Basis.STATED) -> Particular:
    return Particular(column, said, unit, note, FEES, CITED, basis)


OBLIGATIONS = (
    Obligation("d1", "Supplier", "pay now", "within 5 days", None, FEES, CITED),
    Obligation(
        "d2", "", "The first term ends", "2 years from 2024-03-01", date(2026, 3, 1), FEES, CITED, Basis.INFERRED
    ),
    Obligation("d3", "Customer", "report", "by 2025", date(2025, 6, 30), FEES, CITED),
)


def report() -> DocumentReport:
    (only,) = make_report().documents.values()
    law = value(Column.GOVERNING_LAW, "Ohio")
    return replace(only, particulars=(law,), obligations=OBLIGATIONS)


@pytest.mark.parametrize(
    ("particular", "said"),
    [
        (value(Column.PARTY, "Alder, Inc.", "Supplier"), "Alder, Inc., the Supplier"),
        (value(Column.PARTY, "Alder, Inc."), "Alder, Inc."),
        (value(Column.TERM, "3", "years"), "3 years"),
        (value(Column.AMOUNT, "1250000.50", "USD"), "1,250,000.50 USD"),
        (
            value(Column.LIABILITY_CAP, "250000", "USD", "or fees paid over 6 months"),
            "250,000 USD or fees paid over 6 months",
        ),
        (value(Column.RENEWAL, "1", "years", "automatic"), "1 year (automatic)"),
        (
            value(Column.EXPIRATION_DATE, "2026-03-01", "", "2 years from 2024-03-01", Basis.INFERRED),
            "2026-03-01 (2 years from 2024-03-01), worked out",
        ),
    ],
)
def test_value_is_said_in_plain_words(particular: Particular, said: str) -> None:
    assert particular_words.value(particular) == said


def test_duties_begin_with_the_earliest_day() -> None:
    rows = particular_words.duties(report())
    assert [(who, what, when) for who, what, when, _ in rows] == [
        ("Customer", "report", "2025-06-30"),
        ("-", "The first term ends", "2026-03-01 (worked out: 2 years from 2024-03-01)"),
        ("Supplier", "pay now", "within 5 days"),
    ]


def test_reports_have_both_tables() -> None:
    edition = Edition(replace(make_report(), documents={DOCUMENT.id: report()}))
    text = MarkdownExporter().export(edition).decode()
    assert "| Governing law | Ohio |" in text
    assert "| Obligations and dates |" not in text
    assert "### Obligations and dates" in text
    document = report_json(edition)["documents"][0]
    (law,) = [each for each in document["extractions"] if each["column"] == "governing_law"]
    assert (law["value"], law["unit"], law["state"], law["citations"][0]["quote"]) == (
        "Ohio",
        None,
        "stated",
        "the words",
    )
    assert [(each["id"], each["date"], each["state"]) for each in document["obligations"]] == [
        ("d1", None, "stated"),
        ("d2", "2026-03-01", "inferred"),
        ("d3", "2025-06-30", "stated"),
    ]


def test_long_words_are_shortened_in_tables() -> None:
    long = replace(value(Column.AMOUNT, "5", "USD"), citations=(Citation("word " * 60, QuoteStatus.VERIFIED),))
    ((_, _, _, quoted),) = particular_words.rows(replace(report(), particulars=(long,)))
    assert quoted.endswith("…")
    assert len(quoted) <= 120
