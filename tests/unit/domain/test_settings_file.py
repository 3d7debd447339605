from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.errors import ConfigError
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.domain.settings import Setting, Source, ThemeChoice, merge, settings_of
from reviewer.domain.settings_file import FileLayer, check_writable, read_settings

GOOD = """\
version = 1
workflow = "contract-review"

[models]
votes = 3   # an odd number
panel = [
    { name = "ollama/llama3.1" },
    { name = "openai/m", base_url = "http://127.0.0.1:8000/v1" },
]

[window]
theme = "dark"
"""


def read(text: str, source: Source = Source.USER) -> FileLayer:
    return read_settings(text, "settings.toml", source)


def refused(text: str, source: Source = Source.USER) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        read(text, source)
    assert caught.value.code == "settings_invalid"
    assert caught.value.hint.startswith("Correct it there; nothing was changed.")
    return caught.value


def test_a_file_sets_what_stands_in_it() -> None:
    layer = read(GOOD)
    settings = settings_of(merge([layer.settings]))
    assert (settings.workflow, settings.votes, settings.theme) == ("contract-review", 3, ThemeChoice.DARK)
    assert settings.panel == (ModelChoice("ollama/llama3.1"), ModelChoice("openai/m", "http://127.0.0.1:8000/v1"))
    assert layer.warnings == ()


def test_every_value_knows_its_file_and_line() -> None:
    found = read(GOOD).settings
    assert {name: setting.line for name, setting in found.items()} == {
        "workflow": 2,
        "models.votes": 5,
        "models.panel": 6,
        "window.theme": 12,
    }
    assert found["models.votes"] == Setting(3, Source.USER, "settings.toml", 5)


def test_models_may_be_tables_and_keys_may_have_dots() -> None:
    found = read('models.votes = 2\n[[models.panel]]\nname = "a/b"\n').settings
    assert (found["models.votes"].value, found["models.panel"].value) == (2, (ModelChoice("a/b"),))
    assert read("models = { votes = 2 }\n").settings["models.votes"].line == 1


@pytest.mark.parametrize("text", ["", "# nothing\n", "version = 1\n"])
def test_a_file_may_set_nothing(text: str) -> None:
    assert read(text) == FileLayer()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[models\nvotes = 3\n", ("line 1: this is not valid TOML: expected ']' at the end of a table declaration"
         " (column 8).")),
        ("a = 1\na = 2\n", "line 2: this is not valid TOML: cannot overwrite a value (column 6)."),
        ("\nofline = true\n", 'line 2: "ofline" is not known; did you mean "offline"?'),
        ("[models]\nmax_conections = 3\n",
         'line 2: "models.max_conections" is not known; did you mean "models.max_connections"?'),
        ("[modls]\nvotes = 3\n", 'line 2: "modls.votes" is not known; did you mean "models.votes"?'),
        ("votes = 3\n", 'line 1: "votes" is not known; did you mean "models.votes"?'),
        ("verson = 1\n", 'line 1: "verson" is not known; did you mean "version"?'),
        ('[models]\nvotes = "three"\n',
         'line 2: "models.votes" must be a whole number from 1 to 1000, not "three".'),
        ("[models]\nvotes = 0\n", 'line 2: "models.votes" must be a whole number from 1 to 1000, not 0.'),
        ("[workflow]\nid = 3\n", 'line 1: "workflow" must be a text that is not blank, not a table.'),
        ('version = "one"\n', 'line 1: "version" must be a whole number from 1 to 2147483648, not "one".'),
        ('[[models.panel]]\nname = "a/b"\nbase_ur = "x"\n',
         'line 3: "base_ur" is not known; did you mean "base_url"?'),
        ("[models]\npanel = [1]\n",
         ('line 2: "models.panel" must be a list of models, each { name = "PROVIDER/NAME", base_url = "ADDRESS" }, '
         "without any key or password.")),
        ('[models]\npanel = "a/b"\n',
         ('line 2: "models.panel" must be a list of models, each { name = "PROVIDER/NAME", base_url = "ADDRESS" }, '
         'without any key or password, not "a/b".')),
    ],
)  # fmt: skip
def test_a_mistake_is_named_by_file_line_and_key(text: str, sentence: str) -> None:
    assert refused(text).user_message == f"settings.toml, {sentence}"


def test_more_mistakes_are_counted() -> None:
    assert refused("ofline = 1\nvotes = 2\n").hint.endswith("1 more problem in this file.")


def test_no_secret_in_an_address_is_repeated() -> None:
    error = refused('[models]\npanel = [{ name = "a/b", base_url = "http://ada:geheim@h.test" }]\n')
    assert "geheim" not in f"{error.user_message}{error.hint}"


def test_what_a_newer_version_may_know_is_told_and_let_be() -> None:
    layer = read('[models]\nvotes = 3\nbudget = 1\n[[models.panel]]\nname = "a/b"\nrpm = 3\n[export]\nprofile = "x"\n')
    assert layer.settings["models.votes"].value == 3
    assert layer.settings["models.panel"].value == (ModelChoice("a/b"),)
    assert layer.warnings == tuple(
        f'settings.toml, line {line}: "{name}" is not known to this version; it is kept, and has no effect.'
        for line, name in ((3, "models.budget"), (6, "rpm"), (8, "export.profile"))
    )


def test_a_newer_file_is_read_as_far_as_it_is_understood() -> None:
    layer = read("version = 2\nofline = 1\nworkflow = 7\n[models]\nvotes = 3\n")
    assert set(layer.settings) == {"models.votes"}
    assert [warning.split(": ")[0] for warning in layer.warnings] == ["settings.toml, line 3", "settings.toml, line 2"]


@pytest.mark.parametrize("name", ["workspace", "window.theme"])
def test_the_file_of_a_workspace_sets_nothing_that_is_the_users(name: str) -> None:
    message = refused(f'{name} = "dark"\n', Source.PROJECT).user_message
    assert (
        message == f'settings.toml, line 1: "{name}" is each user\'s own; it cannot stand in the file of a workspace.'
    )


@pytest.mark.parametrize("text", [GOOD, "", "votes = 3\n", "[models]\nvotes = 'three'\n"])
def test_a_file_with_a_mistake_in_a_key_may_still_be_changed(text: str) -> None:
    check_writable(text, "settings.toml")


@pytest.mark.parametrize(("text", "code"), [("a = [", "settings_invalid"), ("version = 2\n", "settings_newer"),
                                            ("version = 0\n", "settings_invalid")])  # fmt: skip
def test_a_file_that_is_not_understood_may_not_be_changed(text: str, code: str) -> None:
    with pytest.raises(ConfigError) as caught:
        check_writable(text, "settings.toml")
    assert caught.value.code == code
    assert "settings.toml" in caught.value.user_message
    assert caught.value.hint


@given(st.text(alphabet='ab.=[]{}"\n 1#', max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(ConfigError):
        read(text)
