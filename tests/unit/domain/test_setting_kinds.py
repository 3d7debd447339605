import json
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reviewer.domain import setting_kinds as kinds
from reviewer.domain.model_facts import OwnFacts
from reviewer.domain.setting_kinds import Kind, ModelChoice, Value, shown, written

HOME = str(Path.home())


class Word(StrEnum):
    ONE = "one"
    TWO = "two"


CHOICE, WHOLE, NUMBER = kinds.choice(Word), kinds.whole(1, 9), kinds.number(0.5, 9)
LOCAL = "http://127.0.0.1:8000/v1"


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (CHOICE, "one", Word.ONE),
        (CHOICE, "three", None),
        (CHOICE, ["one"], None),
        (WHOLE, 1, 1),
        (WHOLE, 9, 9),
        (WHOLE, 0, None),
        (WHOLE, 10, None),
        (WHOLE, 2.0, None),
        (WHOLE, True, None),
        (NUMBER, 1, 1.0),
        (NUMBER, 0.5, 0.5),
        (NUMBER, 0.4, None),
        (NUMBER, float("nan"), None),
        (NUMBER, float("inf"), None),
        (NUMBER, "1", None),
        (NUMBER, True, None),
        (kinds.FLAG, False, False),
        (kinds.FLAG, 1, None),
        (kinds.TEXT, " words ", "words"),
        (kinds.TEXT, "  ", None),
        (kinds.TEXT, 3, None),
        (kinds.TEXTS, ["Anna  Berg", " ", "4711"], ("Anna Berg", "4711")),
        (kinds.TEXTS, [], ()),
        (kinds.TEXTS, "Anna Berg", None),
        (kinds.TEXTS, ["Anna Berg", 4711], None),
        (kinds.FOLDER, HOME, Path(HOME)),
        (kinds.FOLDER, "~/matters", Path("~/matters")),
        (kinds.FOLDER, "~ada/matters", None),
        (kinds.FOLDER, "matters", None),
        (kinds.FOLDER, "", None),
        (kinds.FOLDER, 3, None),
        (kinds.FILE, "~/own.pem", Path("~/own.pem")),
        (kinds.FILE, "own.pem", None),
        (kinds.PROXY, " http://proxy.test:8080 ", "http://proxy.test:8080"),
        (kinds.PROXY, "proxy.test:8080", "proxy.test:8080"),
        (kinds.PROXY, "http://ada:secret@proxy.test:8080", None),
        (kinds.PROXY, "", None),
        (kinds.MODELS, [], ()),
        (kinds.MODELS, [{"name": " ollama / a "}], (ModelChoice("ollama/a"),)),
        (kinds.MODELS, [{"name": "openai/a/b", "base_url": LOCAL}], (ModelChoice("openai/a/b", LOCAL),)),
        (kinds.MODELS, [{"name": "openai/a", "base_url": " "}], (ModelChoice("openai/a"),)),
        (kinds.MODELS, [{"name": "openai/a", "base_url": "h.test/v1?api-version=1"}],
         (ModelChoice("openai/a", "h.test/v1?api-version=1"),)),
        (kinds.MODELS, "openai/a", None),
        (kinds.MODELS, ["openai/a"], None),
        (kinds.MODELS, [{"name": "openai"}], None),
        (kinds.MODELS, [{"name": "openai/"}], None),
        (kinds.MODELS, [{"name": 3}], None),
        (kinds.MODELS, [{"base_url": LOCAL}], None),
        (kinds.MODELS, [{"name": "openai/a", "base_url": 3}], None),
    ],
)  # fmt: skip
def test_a_value_of_a_file_is_read_or_refused(kind: Kind, raw: object, value: Value | None) -> None:
    assert kind.read(raw) == value


@pytest.mark.parametrize(
    "address",
    ["http://ada:pw@h.test", "ada@h.test/v1", "https://h.test/v1?api_key=x", "h.test?token=x", "http://[::1"],
)
def test_no_address_with_a_secret_is_taken(address: str) -> None:
    assert kinds.MODELS.read([{"name": "openai/a", "base_url": address}]) is None


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (CHOICE, " two ", Word.TWO),
        (WHOLE, " 3 ", 3),
        (WHOLE, "three", None),
        (WHOLE, "3.0", None),
        (NUMBER, "2.5", 2.5),
        (NUMBER, "much", None),
        (kinds.FLAG, "Yes", True),
        (kinds.FLAG, "0", False),
        (kinds.FLAG, "perhaps", None),
        (kinds.TEXT, "contract-review", "contract-review"),
        (kinds.MODELS, "", ()),
        (kinds.MODELS, "openai/a", (ModelChoice("openai/a"),)),
        (
            kinds.MODELS,
            f"openai/a={LOCAL}?x=1, ollama/b",
            (ModelChoice("openai/a", f"{LOCAL}?x=1"), ModelChoice("ollama/b")),
        ),
        (kinds.MODELS, "openai", None),
    ],
)
def test_a_typed_text_is_read_or_refused(kind: Kind, text: str, value: Value | None) -> None:
    assert kind.read(kind.parse(text)) == value


VALUES = [
    (CHOICE, Word.ONE, "one"),
    (WHOLE, 3, "3"),
    (NUMBER, 2.5, "2.5"),
    (NUMBER, 2.0, "2"),
    (kinds.FLAG, True, "true"),
    (kinds.FLAG, False, "false"),
    (kinds.TEXT, "a b", "a b"),
    (kinds.FOLDER, Path(HOME), HOME),
    (kinds.MODELS, (ModelChoice("openai/a", LOCAL), ModelChoice("ollama/b")), f"openai/a={LOCAL}, ollama/b"),
    (kinds.MODELS, (), ""),
]


@pytest.mark.parametrize(("kind", "value", "text"), VALUES)
def test_what_is_shown_can_be_typed_again(kind: Kind, value: Value, text: str) -> None:
    assert shown(value) == text
    assert kind.read(kind.parse(text)) == value


@pytest.mark.parametrize(("kind", "value", "text"), VALUES)
def test_what_is_written_is_plain_data_that_reads_as_the_same(kind: Kind, value: Value, text: str) -> None:
    assert kind.read(json.loads(json.dumps(written(value)))) == value


def test_nothing_is_shown_of_what_is_not_set() -> None:
    assert shown(None) == ""


@given(st.text())
@example(".")
def test_any_text_is_read_or_refused(text: str) -> None:
    for kind in (CHOICE, WHOLE, NUMBER, kinds.FLAG, kinds.TEXT, kinds.FOLDER, kinds.MODELS):
        kind.read(kind.parse(text))


def test_facts_are_read_written_and_shown() -> None:
    raw = [{"name": " lab / x ", "context": 1000, "price_in": 1, "price_out": 2.5}, {"name": "a/b"}]
    facts = kinds.FACTS.read(raw)
    assert facts == (OwnFacts("lab/x", 1000, 1, 2.5), OwnFacts("a/b"))
    assert kinds.FACTS.read(written(facts)) == facts
    assert shown(facts) == "lab/x context=1000 price_in=1 price_out=2.5, a/b"


@pytest.mark.parametrize(
    "raw",
    [
        "lab/x",
        ["lab/x"],
        [{"context": 5}],
        [{"name": "lab"}],
        [{"name": "lab/x", "price_in": -1}],
        [{"name": "lab/x", "price_in": "cheap"}],
        [{"name": "lab/x", "price_out": True}],
        [{"name": "lab/x", "context": 0}],
        [{"name": "lab/x", "context": 1.5}],
    ],
)
def test_facts_that_are_not_right_are_none(raw: object) -> None:
    assert kinds.FACTS.read(raw) is None


def test_model_at_several_addresses_has_a_weight() -> None:
    raw = [{"name": "openai/m", "base_url": "http://a.test", "weight": 3}, {"name": "openai/m"}]
    heavy, usual = ModelChoice("openai/m", "http://a.test", 3.0), ModelChoice("openai/m")
    assert kinds.MODELS.read(raw) == (heavy, usual)
    assert written((heavy, usual)) == [
        {"name": "openai/m", "base_url": "http://a.test", "weight": 3.0},
        {"name": "openai/m", "base_url": None},
    ]


@pytest.mark.parametrize("weight", [0, -1, "much", True, 1e9])
def test_weight_that_is_none_is_refused(weight: object) -> None:
    assert kinds.MODELS.read([{"name": "openai/m", "weight": weight}]) is None
