from dataclasses import replace

from reviewer.domain.answer import Answer, AnswerState, Entry, FieldAnswer
from reviewer.domain.answer_field import NOT_STATED, FieldType
from reviewer.domain.finding import RaterVote
from reviewer.domain.ids import SectionId
from reviewer.domain.vote import VerdictStatus
from reviewer.export.json_answers import answer_json, extractions_json
from tests.fakes.reports import make_report

VOTES = (
    RaterVote("m", 0, "10 USD", "USD 10", None, counted=True),
    RaterVote("m", 1, "12 USD", "USD 12", None, counted=True),
)
FEE = FieldAnswer("fee", FieldType.MONEY, "USD 10.50", votes=VOTES, support=0.5, agreement=0.0)
DUTIES = FieldAnswer("duties", FieldType.LIST, "pay; wait", entries=(Entry("pay", 2, (), ("to pay",)),), diversity=0.75)
ANSWER = Answer(
    SectionId("s1"),
    "facts",
    "extract",
    (
        FEE,
        FieldAnswer("term", FieldType.TEXT, NOT_STATED),
        FieldAnswer("law", FieldType.TEXT, "", VerdictStatus.TIED),
        FieldAnswer("name", FieldType.TEXT, "Acme"),
        DUTIES,
    ),
)


def test_extraction_is_a_field_with_value_unit_and_state() -> None:
    found = [(each["column"], each["value"], each["unit"], each["state"]) for each in extractions_json(ANSWER)]
    assert found == [
        ("fee", 10.5, "USD", "stated"),
        ("term", None, None, "not_reported"),
        ("law", None, None, "failed"),
        ("name", "Acme", None, "stated"),
        ("duties", ["pay"], None, "stated"),
    ]


def test_extraction_of_money_without_an_amount_is_its_words() -> None:
    odd = Answer(None, "facts", "extract", (FieldAnswer("fee", FieldType.MONEY, "to be agreed"),))
    assert extractions_json(odd)[0]["value"] == "to be agreed"


def test_extraction_waits_for_a_model_and_other_answers_are_none() -> None:
    (waiting,) = extractions_json(
        Answer(None, "facts", "extract", (), state=AnswerState.NEEDS_MODEL, message="Choose.")
    )
    assert (waiting["column"], waiting["state"]) == ("facts", "needs_model")
    assert extractions_json(Answer(None, "w", "generate", (FEE,))) == []


def test_answer_holds_every_vote_and_entry() -> None:
    report = replace(next(iter(make_report().documents.values())), titles={ANSWER.handler: "What it costs"})
    shown = answer_json(report, ANSWER)
    assert (shown["handler"], shown["title"]) == (ANSWER.handler, "What it costs")
    fee, term, _, _, duties = shown["fields"]
    assert [vote["value"] for vote in fee["votes"]] == ["10 USD", "12 USD"]
    assert (term["value"], term["is_stated"]) == (None, False)
    assert (duties["entries"][0]["others"], duties["diversity"]) == (["to pay"], 0.75)
    assert "entries" not in fee
