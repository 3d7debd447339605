"""What is handed on after people decided."""

from reviewer.domain.decision import OPEN, DismissReason, Standing, Status
from reviewer.domain.edition import Edition, for_export
from tests.fakes.reports import DOCUMENT, make_report

REPORT = make_report()
FIRST, SECOND, *REST = REPORT.documents[DOCUMENT.id].findings
WHOLE = Edition(
    REPORT,
    {DOCUMENT.id: DOCUMENT},
    {FIRST.id: Standing(Status.DISMISSED, DismissReason.WRONG), SECOND.id: Standing(Status.AGREED)},
)


def test_everything_but_the_dismissed_is_handed_on() -> None:
    handed_on = for_export(WHOLE)

    assert handed_on.report.documents[DOCUMENT.id].findings == (SECOND, *REST)
    assert (handed_on.dismissed, handed_on.undecided) == (1, 0)
    assert handed_on.documents == WHOLE.documents


def test_only_what_was_agreed_with_is_handed_on() -> None:
    handed_on = for_export(WHOLE, only_agreed=True)

    assert handed_on.report.documents[DOCUMENT.id].findings == (SECOND,)
    assert (handed_on.dismissed, handed_on.undecided) == (1, len(REST))


def test_finding_nobody_decided_about_is_open() -> None:
    assert WHOLE.standing(REST[0]) == OPEN
