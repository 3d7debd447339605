import json

import pytest

from tests.model_server.answers import answer, document_text, inventing

FENCE = "0f3a9c1e5b7d2846aa01bb02cc03dd04"
CLAUSES = "9.1 The Supplier shall perform the Services with due care.\n9.2 The Customer shall pay within 30 days."
SCHEMA = {
    "$defs": {"evidence": {"type": "object", "properties": {"quote": {"type": "string"}}}},
    "type": "object",
    "properties": {
        "outcome": {"type": "string", "enum": ["preferred", "deviates", "missing"]},
        "evidence": {"type": "array", "minItems": 2, "items": {"$ref": "#/$defs/evidence"}},
        "rank": {"type": ["integer", "null"], "minimum": 0, "maximum": 3},
        "sure": {"anyOf": [{"type": "null"}, {"type": "number", "minimum": 0.5, "maximum": 0.9}]},
        "kind": {"const": "clause"},
        "short": {"type": "string", "maxLength": 5},
        "yes": {"type": "boolean"},
    },
}


def request(seed: int = 1, user: str = CLAUSES) -> dict[str, object]:
    return {
        "model": "m",
        "seed": seed,
        "messages": [{"role": "system", "content": "Judge."}, {"role": "user", "content": user}],
        "response_format": {"type": "json_schema", "json_schema": {"name": "x", "schema": SCHEMA}},
    }


def test_answer_fits_the_schema() -> None:
    content = json.loads(answer(request()))

    assert list(content) == list(SCHEMA["properties"])  # type: ignore[call-overload]
    assert content["outcome"] in {"preferred", "deviates", "missing"}
    assert [item["quote"] in CLAUSES for item in content["evidence"]] == [True, True]
    assert content["rank"] in range(4)
    assert 0.5 <= content["sure"] <= 0.9
    assert content["kind"] == "clause"
    assert len(content["short"]) <= 5
    assert isinstance(content["yes"], bool)


def test_answer_follows_from_request_and_seed_and_mostly_agrees() -> None:
    answers = [answer(request(seed)) for seed in range(200)]
    outcomes = [json.loads(text)["outcome"] for text in answers]
    usual = max(set(outcomes), key=outcomes.count)

    assert answers == [answer(request(seed)) for seed in range(200)]
    assert 0.75 < outcomes.count(usual) / len(outcomes) < 1


@pytest.mark.parametrize(
    "user",
    [
        CLAUSES,
        f"{FENCE}\n{CLAUSES}\n{FENCE}",
        f"The text stands between lines with {FENCE}.\n<<<{FENCE}\n{CLAUSES}\n{FENCE}>>>\nThe text is over.",
        f"Section 9\n<document id='{FENCE}'>\n{CLAUSES}\n</document>",
        f"```text\n{CLAUSES}\n```",
        f"{FENCE}\n{json.dumps(CLAUSES)}\n{FENCE}",
        f"{FENCE}\n1| {CLAUSES.replace(chr(10), chr(10) + '2| ')}\n{FENCE}",
    ],
)
def test_document_is_found_in_the_message(user: str) -> None:
    assert document_text(user) == CLAUSES


def test_schema_is_read_from_the_prompt_where_the_request_has_none() -> None:
    asked = request()
    asked["messages"][0]["content"] = f'Example {{"a": 1}}. Answer as {json.dumps(SCHEMA)} says.'  # type: ignore[index]
    del asked["response_format"]

    assert json.loads(answer(asked))["kind"] == "clause"


def test_prose_answers_a_request_without_a_schema() -> None:
    assert answer({"messages": [{"role": "user", "content": "Hello"}]}) == "This is a plain answer."


def test_invented_quotes_are_not_in_the_document() -> None:
    content = json.loads(inventing(request()))

    assert [item["quote"] in CLAUSES for item in content["evidence"]] == [False, False]
    assert content["outcome"] in {"preferred", "deviates", "missing"}
