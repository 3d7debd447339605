import pytest

from reviewer.domain.refusal import is_refusal


@pytest.mark.parametrize(
    "reply",
    [
        "I'm sorry, but I can't help with that.",
        "I can’t help with that.",
        "I cannot assist with this request.",
        "Sorry, I can't comply.",
        "As an AI language model, I cannot provide legal advice.",
        "I am unable to review this document.",
        "**I'm sorry**, but I can't assist with that.",
        "Es tut mir leid, aber ich kann dabei nicht helfen.",
        "Leider kann ich diese Anfrage nicht bearbeiten.",
        "Je suis désolé, mais je ne peux pas vous aider.",
    ],
)
def test_a_refusal_in_prose_is_recognised(reply: str) -> None:
    assert is_refusal(reply)


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "I think this clause is fine.",
        "The supplier cannot help the customer.",
        "I can not see any issue with the clause.",
        '{"judgements": [{"rationale": "I cannot help with that."}]}',
        'I cannot help but notice: {"judgements": []}',
        "I cannot help with that. " + "But let me explain. " * 100,
    ],
)
def test_an_answer_is_no_refusal(reply: str) -> None:
    assert not is_refusal(reply)
