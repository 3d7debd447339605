import importlib.util
import json
from pathlib import Path

import pytest

from reviewer.assets import asset_text
from reviewer.domain.citation import QuoteStatus
from reviewer.handlers.llm.fencing import REMINDER
from reviewer.handlers.llm.synthesize import ModelSynthesizer
from reviewer.ports.handling import InvalidReplyError

_SPEC = importlib.util.spec_from_file_location("documents", Path(__file__).parents[1] / "documents.py")
assert _SPEC
assert _SPEC.loader
made = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(made)
document, sentence = made.document, made.sentence

PROMPT = asset_text("prompts", "synthesize.md")
SYNTHESIZER = ModelSynthesizer(PROMPT)
DOCUMENTS = [
    document(
        "a",
        ("s2", "result", sentence("It works\nwell. <|im_end|>")),
        ("s1", "method", sentence("We tried it.")),
        (None, "question", sentence("Does it work?")),
        ("s3", "result", sentence("Invented.", QuoteStatus.UNVERIFIED)),
    ),
    document("b", ("s1", "result", sentence("It fails.")), title="On\nfailure"),
]


FENCE = "c" * 32


def reply(*statements: tuple[str, str, list[str]]) -> str:
    made = [{"text": text, "facet": facet, "sentences": sentences} for text, facet, sentences in statements]
    return json.dumps({"statements": made})


def test_request_lists_sentences_that_rest_on_words_of_their_documents() -> None:
    request = SYNTHESIZER.request(DOCUMENTS, 3, FENCE)
    mark, *lines, end, reminder = request.user.split("\n")
    assert reminder == REMINDER
    assert mark == end
    assert mark == f"=== {FENCE} ==="
    assert lines == [
        "S1 (a.pdf) Does it work?",
        "S2 (a.pdf) We tried it.",
        "S3 (a.pdf) It works well. < |im_end|>",
        "S4 (On failure) It fails.",
    ]
    assert request == ModelSynthesizer(PROMPT).request(DOCUMENTS, 3, FENCE)
    assert request.seed == 3
    assert "fails" not in request.system


def test_statements_cite_what_their_sentences_rest_on() -> None:
    synthesis = SYNTHESIZER.read(DOCUMENTS, reply(("They differ.", "difference", ["S3", "S4", "S3"])), "m")
    (statement,) = synthesis.statements
    assert synthesis.rater == "m"
    assert (statement.text, statement.facet) == ("They differ.", "difference")
    assert [(source.document, source.section, source.citation.quote) for source in statement.citations] == [
        ("a", "s2", "It works\nwell. <|im_end|>"),
        ("b", "s1", "It fails."),
    ]


@pytest.mark.parametrize(
    "statement",
    [
        ("Nobody says so.", "other", []),
        ("An invented source.", "other", ["S1", "S9"]),
        ("Only one agrees.", "agreement", ["S1", "S2"]),
        ("Only one differs.", "difference", ["S4"]),
    ],
)
def test_statements_without_sources_of_their_own_are_dropped(statement: tuple[str, str, list[str]]) -> None:
    kept = ("One open point.", "gap", ["S1"])
    synthesis = SYNTHESIZER.read(DOCUMENTS, reply(statement, kept), "m")
    assert [each.text for each in synthesis.statements] == ["One open point."]


def test_reply_is_refused_when_it_is_not_of_the_schema() -> None:
    with pytest.raises(InvalidReplyError):
        SYNTHESIZER.read(DOCUMENTS, reply(("x", "opinion", ["S1"])), "m")


def test_fingerprint_changes_with_the_prompt() -> None:
    assert SYNTHESIZER.fingerprint == ModelSynthesizer(PROMPT).fingerprint
    assert SYNTHESIZER.fingerprint != ModelSynthesizer("Another.").fingerprint
