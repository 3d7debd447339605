from dataclasses import replace

import pytest

from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.ui.viewmodels.entries import marks_of
from reviewer.ui.viewmodels.quote_notice import unfounded_sentence
from tests.fakes.entries import EXACT, make_entry
from tests.fakes.reports import DOCUMENT, make_report

LOST = Citation("made up words", QuoteStatus.UNVERIFIED)


@pytest.mark.parametrize(
    ("status", "marked"), [(QuoteStatus.VERIFIED, 1), (QuoteStatus.MOVED, 1), (QuoteStatus.NEAR, 0)]
)
def test_only_words_that_are_in_the_document_are_marked(status: QuoteStatus, marked: int) -> None:
    entry = make_entry()
    finding = replace(entry.finding, citations=(replace(EXACT, status=status), LOST))

    assert len(marks_of(replace(entry, finding=finding), DOCUMENT)) == marked


def test_report_is_said_to_rest_on_nothing_when_no_quote_is_in_its_documents() -> None:
    report = make_report()
    only = report.documents[DOCUMENT.id]
    findings = tuple(
        replace(each, votes=tuple(replace(vote, citation=LOST) for vote in each.votes)) for each in only.findings
    )
    lost = replace(report, documents={DOCUMENT.id: replace(only, findings=findings, summaries=())})

    assert unfounded_sentence(report) == ""
    assert unfounded_sentence(lost).startswith("None of the quotes that the models gave (3) is in the documents")
