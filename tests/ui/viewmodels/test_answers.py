from dataclasses import replace

from reviewer.domain.answer import Answer, AnswerState, Entry, FieldAnswer
from reviewer.domain.answer_field import NOT_STATED, FieldType
from reviewer.domain.check import Check
from reviewer.domain.interaction import made
from reviewer.domain.outcome import Severity
from reviewer.domain.report import DocumentReport
from reviewer.domain.vote import VerdictStatus
from reviewer.ui.viewmodels.answers import answer_rows, check_rows, interaction_rows
from reviewer.ui.viewmodels.blanks import summary_blank
from tests.fakes.reports import LIABILITY, SECTIONS, make_report

FIELDS = (
    FieldAnswer("notice_days", FieldType.NUMBER, "30"),
    FieldAnswer("law", FieldType.TEXT, NOT_STATED),
    FieldAnswer("fee", FieldType.MONEY, "", VerdictStatus.TIED),
    FieldAnswer("term", FieldType.TEXT, "", VerdictStatus.NO_QUORUM),
    FieldAnswer("duties", FieldType.LIST, "pay", entries=(Entry("pay", 2),)),
)


def report() -> DocumentReport:
    (document,) = make_report().documents.values()
    return document


def test_answers_are_told_field_by_field_under_their_part() -> None:
    waiting = Answer(None, "later", "extract", (), state=AnswerState.NEEDS_MODEL, message="Choose a model.")
    answered = replace(report(), answers=(Answer(LIABILITY, "facts", "extract", FIELDS), waiting))
    first, second = answer_rows(answered, {each.id: each for each in SECTIONS})
    assert [row.cells[0].text for row in first.rows] == [
        "Notice days: 30",
        "Law: the text does not say.",
        "Fee: the answers are tied; decide yourself",
        "Term: too few answers count or agree; decide yourself",
        "Duties: pay",
    ]
    assert [row.cells[0].needs_look for row in first.rows] == [False, False, True, True, False]
    assert [row.cells[0].text for row in first.rows[4].rows] == ["pay"]
    assert [row.cells[0].text for row in second.rows] == ["Choose a model."]


def test_interactions_lead_to_the_findings_they_rest_on() -> None:
    document = report()
    ids = tuple(each.id for each in document.findings[:2])
    together = made(document.document.id, ids, "Both", "They add up.", Severity.HIGH, rule="r")
    (heading,) = interaction_rows(replace(document, interactions=(together,)))
    (row,) = heading.rows
    assert (heading.cells[0].text, row.cells[0].text, row.cells[0].note) == ("Taken together", "They add up.", "Both")
    assert len(row.rows) == 2
    assert row.place is not None
    assert interaction_rows(document) == []


def test_checks_lead_to_their_places() -> None:
    document = report()
    citations = document.findings[0].citations
    check = Check("blank", Severity.MEDIUM, "1 blank is not filled in.", citations)
    bare = Check("comments", Severity.LOW, "2 comments still in the file.")
    (heading,) = check_rows(replace(document, checks=(check, bare)))
    first, second = heading.rows
    assert (heading.cells[0].text, first.cells[0].text) == ("Checked by rules", "1 blank is not filled in.")
    assert first.cells[0].aside == "medium"
    assert [row.place.citation for row in first.rows if row.place] == list(citations)
    assert (second.place, second.rows) == (None, ())
    assert check_rows(document) == []
    assert summary_blank(replace(document, summaries=(), checks=(bare,))) == ""


def test_many_places_of_a_check_wait_until_they_are_opened() -> None:
    document = report()
    citation = document.findings[0].citations[0]
    few, many = (Check("blank", Severity.MEDIUM, "Blanks.", (citation,) * count) for count in (3, 4))
    (heading,) = check_rows(replace(document, checks=(few, many)))
    assert [row.is_closed for row in heading.rows] == [False, True]


def test_panel_is_not_blank_where_there_are_answers_or_interactions() -> None:
    bare = replace(report(), summaries=())
    together = made(bare.document.id, (), "Both", "They add up.", Severity.HIGH, rule="r")
    assert summary_blank(bare)
    assert summary_blank(replace(bare, interactions=(together,))) == ""
    assert summary_blank(replace(bare, answers=(Answer(LIABILITY, "facts", "extract", FIELDS),))) == ""
