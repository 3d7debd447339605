from dataclasses import replace
from datetime import date

from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.particular import Basis, Column, Obligation, Particular
from reviewer.ui.viewmodels.blanks import summary_blank
from reviewer.ui.viewmodels.particulars import obligation_rows, particular_rows
from reviewer.ui.viewmodels.summaries import SummariesModel
from tests.fakes.reports import FEES, make_report

CITED = (Citation("the words", QuoteStatus.VERIFIED),)
(REPORT,) = make_report().documents.values()
READ = replace(
    REPORT,
    summaries=(),
    particulars=(
        Particular(Column.GOVERNING_LAW, "Ohio", "", "", FEES, CITED),
        Particular(Column.EXPIRATION_DATE, "2026-03-01", "", "", FEES, CITED, Basis.INFERRED),
    ),
    obligations=(
        Obligation("d1", "Supplier", "pay", "within 5 days", None, FEES, CITED),
        Obligation("d2", "", "The first term ends", "2 years", date(2026, 3, 1), FEES, CITED, Basis.INFERRED),
    ),
)


def test_values_lead_to_their_words() -> None:
    (heading,) = particular_rows(READ)
    law, end = heading.rows
    assert (law.cells[0].text, law.cells[0].note, law.cells[0].aside) == ("Ohio", "Governing law", "")
    assert (end.cells[0].text, end.cells[0].aside) == ("2026-03-01", "worked out")
    assert law.place is not None
    assert (law.place.section, law.place.citation) == (FEES, CITED[0])


def test_duties_with_a_day_come_first() -> None:
    (heading,) = obligation_rows(READ)
    assert [(row.cells[0].text, row.cells[0].aside, row.cells[0].note) for row in heading.rows] == [
        ("The first term ends", "2026-03-01, worked out", "2 years"),
        ("Supplier: pay", "", "within 5 days"),
    ]


def test_panel_shows_both_and_is_not_blank() -> None:
    assert (particular_rows(REPORT), obligation_rows(REPORT)) == ([], [])
    assert summary_blank(READ) == ""
    model = SummariesModel()
    model.show(READ)
    assert model.rowCount() >= 2
