from dataclasses import replace

from reviewer.domain.answer import Answer, AnswerState, FieldAnswer
from reviewer.domain.answer_field import FieldType
from reviewer.domain.finding import RaterVote
from reviewer.domain.vote import VerdictStatus
from reviewer.export import answer_words
from tests.fakes.reports import make_report
from tests.unit.export.test_json_answers import ANSWER, DUTIES, FEE, VOTES


def lines(*fields: FieldAnswer, why: str = "") -> list[str]:
    return list(answer_words.lines(Answer(None, "h", "extract", fields, why=why)))


def test_field_is_told_with_its_votes_and_dissent() -> None:
    assert lines(FEE, why="Chosen.") == [
        "Fee: USD 10.50 [1 of 2 votes]",
        "  vote 1, m: USD 10",
        "  vote 2, m: USD 12",
        "Chosen.",
    ]


def test_open_field_says_what_to_do() -> None:
    tied = FieldAnswer("law", FieldType.TEXT, "", VerdictStatus.TIED, votes=VOTES)
    assert lines(tied)[0] == "Law: the votes are tied; read them and decide"
    few = replace(tied, status=VerdictStatus.NO_QUORUM)
    assert lines(few)[0] == "Law: too few votes count or agree; read them and decide"


def test_votes_without_words_are_told_too() -> None:
    odd = (
        RaterVote("m", 0, "not_stated", "", None, counted=True),
        RaterVote("m", 1, "x", "x", None, counted=False),
        RaterVote("m", 2, "abstained", "", None, counted=False),
    )
    found = lines(FieldAnswer("law", FieldType.TEXT, "", VerdictStatus.NO_QUORUM, votes=odd))
    assert found[1:] == [
        "  vote 1, m: the text does not say",
        "  vote 2, m: x (not counted: its quote is not in the document)",
        "  vote 3, m: abstained: the model declined to answer",
    ]


def test_list_is_told_entry_by_entry_with_how_different_they_are() -> None:
    assert lines(replace(DUTIES, votes=VOTES, agreement=0.5)) == [
        "Duties:",
        "- pay [2 of 2 votes]",
        "1 different, 1 other wording merged into them.",
    ]
    two = replace(DUTIES, votes=VOTES, entries=DUTIES.entries * 2)
    assert lines(two)[-1] == "2 different, 2 other wordings merged into them. Any two share 25 % of their words."
    assert lines(FieldAnswer("duties", FieldType.LIST, "")) == ["Duties: none"]


def test_what_waits_for_a_model_is_told_once() -> None:
    waiting = Answer(None, "h", "extract", (), state=AnswerState.NEEDS_MODEL, message="Choose one.")
    report = replace(next(iter(make_report().documents.values())), answers=(waiting, waiting, ANSWER))
    assert answer_words.waiting(report) == "1 part not answered. Choose one."
    assert answer_words.waiting(next(iter(make_report().documents.values()))) == ""
