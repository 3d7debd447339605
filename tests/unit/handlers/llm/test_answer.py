import json

import pytest

from reviewer.domain.anchor import TextSpan
from reviewer.domain.answer_field import NOT_STATED, AnswerField, FieldType
from reviewer.domain.citation import Evidence
from reviewer.domain.ids import DocumentId, SectionId
from reviewer.domain.section import SectionKind
from reviewer.domain.task import Context, Item, Task
from reviewer.domain.vote import Judgement
from reviewer.domain.workflow import HandlerNode
from reviewer.handlers.llm.answer import ModelAnswerHandler, schema_of
from reviewer.ports.handling import InvalidReplyError

FIELDS = (
    AnswerField("fee", FieldType.MONEY, "What is paid.", is_required=False, is_quoted=True),
    AnswerField("days", FieldType.NUMBER),
    AnswerField("ends", FieldType.BOOL),
    AnswerField("kind", FieldType.CHOICE, choices=("a", "b"), is_required=False),
    AnswerField("since", FieldType.DATE),
    AnswerField("gist", max_chars=90),
    AnswerField("duties", FieldType.LIST, is_quoted=True, max_items=3),
    AnswerField("ideas", FieldType.LIST, max_chars=50),
)
NODE = HandlerNode("h", "extract", prompt="p", fields=FIELDS, variables={"tone": "plain {kind}"})
SPAN = TextSpan(0, 18)
ITEM = Item(DocumentId("d"), SectionId("s1"), SectionKind.CLAUSE, "", "", "The fee is 10 USD.", SPAN)
TASK = Task("h", ITEM, Context("A contract", fence="0123456789abcdef"))
SAID = {
    "fee": {"value": "USD 10.00", "quote": "10 USD"},
    "days": 30,
    "ends": True,
    "kind": None,
    "since": "1 May 2020",
    "gist": " It costs. ",
    "duties": [{"text": "pay", "quote": "The fee"}, {"text": " ", "quote": ""}, {"text": "wait", "quote": ""}],
    "ideas": ["Less!", ""],
}


def handler(prompt: str = "Be {tone}, in {language}, about a {kind}.") -> ModelAnswerHandler:
    return ModelAnswerHandler(NODE, prompt)


def test_reply_is_a_judgement_a_field_and_one_an_entry() -> None:
    assert handler().read(TASK, json.dumps(SAID)) == (
        Judgement("fee", "10 USD", "USD 10.00", (Evidence("10 USD"),)),
        Judgement("days", "30", "30"),
        Judgement("ends", "yes", "yes"),
        Judgement("kind", NOT_STATED, ""),
        Judgement("since", "2020-05-01", "1 May 2020"),
        Judgement("gist", "it costs", "It costs."),
        Judgement("duties:1", "pay", "pay", (Evidence("The fee"),)),
        Judgement("duties:3", "wait", "wait"),
        Judgement("ideas:1", "less", "Less!"),
    )


def test_number_is_shown_as_people_write_it() -> None:
    (_, days, *_) = handler().read(TASK, json.dumps({**SAID, "days": 0.50}))
    assert (days.value, days.text) == ("0.5", "0.5")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "c"),
        ("days", "thirty"),
        ("fee", {"value": "USD 10"}),
        ("gist", "x" * 91),
        ("gist", " "),
        ("duties", [{"text": "a", "quote": ""}] * 4),
        ("more", "x"),
    ],
)
def test_reply_that_is_not_of_the_schema_is_refused(field: str, value: object) -> None:
    with pytest.raises(InvalidReplyError):
        handler().read(TASK, json.dumps({**SAID, field: value}))


def test_what_is_not_stated_rests_on_nothing() -> None:
    (fee, *_) = handler().read(TASK, json.dumps({**SAID, "fee": {"value": None, "quote": "10 USD"}}))
    assert fee == Judgement("fee", NOT_STATED, "")


def test_request_names_fields_variables_and_schema() -> None:
    request = handler().request(TASK, 7)
    assert request.system.startswith("Be plain clause, in en, about a clause.")
    assert "- fee: What is paid.; an amount with its currency, such as 1200.50 USD; null where" in request.system
    assert "- gist: text." in request.system
    assert json.dumps(schema_of(FIELDS)) in request.system
    assert (request.schema, request.schema_name, request.seed) == (schema_of(FIELDS), "extract", 7)
    assert request.max_tokens > 1000
    assert "The fee is 10 USD." in request.user
    assert "The fee is 10 USD." not in request.system


def test_fields_stand_where_the_prompt_says() -> None:
    system = handler("First {fields}\nThen.").request(TASK, 0).system
    assert system.index("- fee") < system.index("Then.")


def test_schema_is_closed_and_asks_for_every_field() -> None:
    schema = schema_of(FIELDS)
    assert schema["required"] == [field.name for field in FIELDS]
    assert schema["additionalProperties"] is False


def test_fingerprint_is_another_with_other_words_or_fields() -> None:
    other = ModelAnswerHandler(HandlerNode("h", "extract", fields=FIELDS[:2]), "Be {tone}.")
    assert len({handler().fingerprint, handler("Be brief.").fingerprint, other.fingerprint}) == 3
