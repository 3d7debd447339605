"""Settings changed in a text that people wrote."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.domain.setting_kinds import ModelChoice, Value
from reviewer.domain.settings import ThemeChoice
from reviewer.storage.settings_edit import UneditableError, edited

TEXT = """\
# Settings of our office.
version = 1

[models]
votes = 3   # an odd number
future = { a = 1 }  # of a newer version
panel = [
    # the one on my desk
    { name = "ollama/llama3.1", rpm = 60 },
]

[colours]
paper = "cream"
"""
LOCAL = "http://127.0.0.1:8000/v1"
PANEL = (ModelChoice("openai/m", LOCAL), ModelChoice("ollama/llama3.1"))


def test_a_value_is_replaced_where_it_stands() -> None:
    assert edited(TEXT, {"models.votes": 5}) == TEXT.replace("votes = 3", "votes = 5")


def test_a_new_value_joins_its_table() -> None:
    result = edited(TEXT, {"models.seed": 7, "window.theme": ThemeChoice.DARK, "offline": True})
    assert tomllib.loads(result) == tomllib.loads(TEXT) | {
        "models": tomllib.loads(TEXT)["models"] | {"seed": 7},
        "window": {"theme": "dark"},
        "offline": True,
    }
    assert [line for line in TEXT.splitlines() if line not in result.splitlines()] == []


def test_a_value_is_taken_out_and_nothing_else() -> None:
    assert edited(TEXT, {"models.votes": None}) == TEXT.replace("votes = 3   # an odd number\n", "")


def test_models_are_set_and_keep_what_is_not_known_about_them() -> None:
    result = edited(TEXT, {"models.panel": PANEL})
    assert tomllib.loads(result)["models"]["panel"] == [
        {"name": "openai/m", "base_url": LOCAL},
        {"name": "ollama/llama3.1", "rpm": 60},
    ]
    assert "# of a newer version" in result
    again = edited(result, {"models.panel": (ModelChoice("openai/m"),)})
    assert tomllib.loads(again)["models"]["panel"] == [{"name": "openai/m"}]


def test_models_that_were_tables_become_a_list() -> None:
    result = edited("[[models.panel]]\nname = 'a/b'\nrpm = 3\n[window]\n", {"models.panel": (ModelChoice("a/b"),)})
    assert tomllib.loads(result)["models"]["panel"] == [{"name": "a/b", "rpm": 3}]


def test_an_empty_panel_can_be_set() -> None:
    assert tomllib.loads(edited(TEXT, {"models.panel": ()}))["models"]["panel"] == []


@pytest.mark.parametrize("changes", [{}, {"models.votes": 3}, {"engine": None, "window.theme": None}])
def test_no_change_gives_the_very_same_text(changes: dict[str, Value | None]) -> None:
    assert edited(TEXT, changes) == TEXT
    assert edited("[models]\r\nvotes=3", {"models.votes": 3}) == "[models]\r\nvotes=3"


def test_a_text_without_a_version_gets_one() -> None:
    assert edited("", {"offline": True}) == "version = 1\noffline = true\n"
    assert edited("# mine\r\noffline = true\r\n", {"offline": False}) == "version = 1\r\n# mine\r\noffline = false\r\n"


@pytest.mark.parametrize(
    "text",
    [
        "models = 3\n",
        "# c\n[models.deep]\nx = 1\n[models]\n[window]\ntheme = 'dark'\n[[models.panel]]\nname = 'a/b'\nrpm = 3\n",
        "[models]\n\n[other]\ny = 1\n[[models.panel]]\nname = 'a/b'\nrpm = 3\n",
    ],
)
def test_a_text_that_cannot_be_changed_safely_is_refused_or_right(text: str) -> None:
    try:
        result = edited(text, {"models.panel": (), "workflow": "w", "models.votes": None})
    except UneditableError:
        return
    assert tomllib.loads(result)["models"]["panel"] == []


def test_a_number_where_a_table_belongs_is_not_overwritten() -> None:
    with pytest.raises(UneditableError):
        edited("models = 3\n", {"models.votes": 3})


PIECES = [
    "# a comment\n", "version = 1\n", "workflow = 'x' # why\n", "models.votes = 2\n", "models.future.a = 1\n",
    "[models]\n", "seed = 4 # s\n", "votes = 3\n", "[[models.panel]]\nname = 'a/b'\nrpm = 3\n",
    "[window]\ntheme = 'dark'\n", "[models.deep]\nx = 1\n", "\n", "panel = [{name='a/b'}, # one\n {name='c/d'}]\n",
    "[other]\ny = [1,\n2]\n", "models = {votes = 1}\n", "[[tables]]\nz = 1\n",
]  # fmt: skip
CHANGES: list[tuple[str, Value | None]] = [
    ("models.votes", 5), ("models.votes", None), ("models.panel", PANEL), ("models.panel", None),
    ("window.theme", ThemeChoice.LIGHT), ("workflow", "w"), ("offline", True), ("models.timeout_s", 2.5),
]  # fmt: skip


def without(data: dict[str, object], changed: dict[str, Value | None]) -> dict[str, object]:
    """All values of a text with their dotted names, without those that were changed and the version."""
    found: dict[str, object] = {}
    for name, value in data.items():
        if isinstance(value, dict):
            found |= {f"{name}.{below}": each for below, each in without(value, {}).items()}
        else:
            found[name] = value
    return {name: value for name, value in found.items() if name not in changed and name != "version"}


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=6, unique=True), st.lists(st.sampled_from(CHANGES), max_size=3))
def test_whatever_is_changed_all_else_stays_as_it_was(
    pieces: list[str], changes: list[tuple[str, Value | None]]
) -> None:
    text = "".join(pieces)
    try:
        before = tomllib.loads(text)
        result = edited(text, dict(changes))
    except (tomllib.TOMLDecodeError, UneditableError):
        return
    after = tomllib.loads(result)
    assert without(after, dict(changes)) == without(before, dict(changes))
    assert edited(result, dict(changes)) == result
