"""``reviewer reroute``."""

from pathlib import Path

import pytest

from tests.fakes.command_line import CommandLine
from tests.fakes.documents import CLAUSES
from tests.fakes.services import write_all


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    (path,) = write_all(tmp_path, contract="".join(CLAUSES))
    return path


def test_texts_and_parts_are_sent_listed_and_taken_back(reviewer: CommandLine, contract: Path) -> None:
    assert reviewer("reroute", "list") == 0
    assert reviewer.out == "Nothing was sent elsewhere by hand.\n"
    assert reviewer("reroute", "set", "skip", "--workflow", "flow", "--text", "Hello  there") == 0
    assert reviewer("reroute", "set", "main", contract, "Liability", "--workflow", "flow") == 0
    assert reviewer.out.splitlines() == [
        "  1  flow: skip  Hello there",
        "  2  flow: main  2 Liability The Supplier is liable without limit.",
    ]
    assert reviewer("reroute", "undo", "1", "--json") == 0
    assert [each["route"] for each in reviewer.json["overrides"]] == ["main"]
    assert reviewer("reroute", "undo") == 0
    assert reviewer.out == "Nothing was sent elsewhere by hand.\n"


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("set", "skip", "--text", "x"), 2, "No workflow was named."),
        (("set", "skip", "--workflow", "flow"), 7, "Name a file, or give --text."),
        (("set", "moon", "--workflow", "flow", "--text", "x"), 7, "The workflow flow has no route 'moon'"),
        (("undo",), 7, "Nothing was sent elsewhere by hand."),
        (("undo", "0"), 2, "must be a whole number"),
    ],
)
def test_wrong_words_are_told(reviewer: CommandLine, words: tuple[str, ...], code: int, sentence: str) -> None:
    assert reviewer("reroute", *words) == code
    assert sentence in reviewer.err


def test_number_must_be_in_the_list(reviewer: CommandLine) -> None:
    assert reviewer("reroute", "set", "skip", "--workflow", "flow", "--text", "x" * 99) == 0
    assert f"flow: skip  {'x' * 60}…" in reviewer.out
    assert reviewer("reroute", "undo", "2") == 7
    assert "There is no number 2." in reviewer.err
