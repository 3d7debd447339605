import tomllib
from pathlib import Path

import pytest

from reviewer.domain.settings import KEYS
from tests.fakes.command_line import CommandLine
from tests.fakes.services import write_all

LOCAL = "http://127.0.0.1:8000/v1"


@pytest.fixture
def path(home: Path) -> Path:
    """The user's settings."""
    return home / "config" / "settings.toml"


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def kept(path: Path) -> dict[str, object]:
    return tomllib.loads(path.read_text("utf-8"))


def test_show_lists_every_setting_with_what_it_means(reviewer: CommandLine) -> None:
    assert reviewer("config", "show") == 0
    lines = reviewer.out.splitlines()
    assert [line.split()[0] for line in lines] == list(KEYS)
    assert [line for line in lines if line.split()[:2] == ["models.timeout_s", "600"]]
    assert "models.votes            (not set)  How often each model is asked." in reviewer.out


def test_show_says_where_each_value_comes_from(
    reviewer: CommandLine, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(path, "[models]\nvotes = 3\nseed = 3\ntimeout_s = 3\n")
    put(tmp_path / "settings.toml", "[models]\nvotes = 4\nseed = 4\n")
    monkeypatch.setenv("REVIEWER_VOTES", "5")
    assert reviewer("config", "show", "--origin", "--workspace", tmp_path) == 0
    origins = {line.split()[0]: line.split(maxsplit=2)[1:] for line in reviewer.out.splitlines()}
    assert origins["models.votes"] == ["5", "environment REVIEWER_VOTES"]
    assert origins["models.seed"] == ["4", f"project {tmp_path / 'settings.toml'}, line 3"]
    assert origins["models.timeout_s"] == ["3", f"user {path}, line 4"]
    assert origins["offline"] == ["false", "default"]
    assert origins["workspace"] == [str(tmp_path), "flag --workspace"]


def test_show_as_json_holds_values_origins_and_files(reviewer: CommandLine, path: Path, tmp_path: Path) -> None:
    put(path, f'budget = 1\n[models]\npanel = [{{ name = "openai/m", base_url = "{LOCAL}" }}]\n')
    assert reviewer("config", "show", "--json", "--workspace", tmp_path) == 0
    shown = {each["key"]: each for each in reviewer.json["settings"]}
    assert reviewer.json["schema"] == "reviewer.settings/1"
    assert shown["models.panel"]["value"] == [{"name": "openai/m", "base_url": LOCAL}]
    assert shown["models.panel"]["origin"] == {"source": "user", "where": str(path), "line": 3}
    assert shown["models.timeout_s"] | {"meaning": ""} == {
        "key": "models.timeout_s",
        "value": 600.0,
        "origin": {"source": "default", "where": None, "line": None},
        "default": 600.0,
        "variable": "REVIEWER_TIMEOUT_S",
        "meaning": "",
    }
    assert reviewer.json["files"] == {"user": str(path), "project": str(tmp_path / "settings.toml")}
    assert [warning.split(": ")[0] for warning in reviewer.json["warnings"]] == [f"{path}, line 1"]
    assert "Note: " in reviewer.err


def test_get_prints_the_value_alone(reviewer: CommandLine, path: Path) -> None:
    put(path, "[models]\nvotes = 3\n")
    assert reviewer("config", "get", "models.votes") == 0
    assert reviewer.out == "3\n"
    assert reviewer("config", "get", "workflow") == 0
    assert reviewer.out == "\n"
    assert reviewer("config", "get", "models.votes", "--json") == 0
    assert (reviewer.json["value"], reviewer.json["origin"]["source"]) == (3, "user")


def test_set_and_unset_change_the_users_file(reviewer: CommandLine, path: Path) -> None:
    assert reviewer("config", "set", "models.votes", "3") == 0
    assert kept(path) == {"version": 1, "models": {"votes": 3}}
    assert f"in {path}." in reviewer.err
    assert reviewer("config", "set", "models.votes", "3") == 0
    assert reviewer.err == f"Nothing to change in {path}.\n"
    assert reviewer("config", "unset", "models.votes") == 0
    assert kept(path).get("models", {}) == {}


def test_set_takes_several_models_with_their_addresses(reviewer: CommandLine, path: Path) -> None:
    assert reviewer("config", "set", "models.panel", f"openai/m={LOCAL}", "ollama/llama3.1") == 0
    assert kept(path)["models"] == {"panel": [{"name": "openai/m", "base_url": LOCAL}, {"name": "ollama/llama3.1"}]}


def test_set_can_go_to_the_workspace_and_says_what_still_wins(
    reviewer: CommandLine, path: Path, tmp_path: Path
) -> None:
    assert reviewer("config", "set", "models.votes", "3", "--project", "--workspace", tmp_path) == 0
    assert kept(tmp_path / "settings.toml") == {"version": 1, "models": {"votes": 3}}
    assert reviewer("config", "set", "models.votes", "5", "--workspace", tmp_path) == 0
    assert "Note: 3 still holds for models.votes: project " in reviewer.err


def test_set_keeps_files_and_folders_by_their_whole_path(
    reviewer: CommandLine, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert reviewer("config", "set", "workflow", "mine.toml") == 0
    assert reviewer("config", "set", "workspace", "matters") == 0
    assert kept(path) | {"version": 1} == {
        "version": 1,
        "workflow": str(tmp_path / "mine.toml"),
        "workspace": str(tmp_path / "matters"),
    }


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("set", "models.vote", "3"), "no_such_setting"),
        (("set", "models.votes", "three"), "bad_setting"),
        (("set", "workflow", "a", "b"), "usage"),
        (("set", "models.panel", "openai/m=http://ada:pw@h.test"), "bad_setting"),
        (("set", "workspace", "a", "--project"), "bad_setting"),
        (("get", "moon"), "no_such_setting"),
        (("unset", "moon"), "no_such_setting"),
    ],
)
def test_what_cannot_be_set_is_refused_and_no_file_is_made(
    reviewer: CommandLine, path: Path, words: tuple[str, ...], code: str
) -> None:
    assert reviewer("config", *words) == 2
    assert f"reviewer: {code}: " in reviewer.err
    assert not path.exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[models]\nmax_conections = 3\n", 'line 2: "models.max_conections" is not known; did you mean'),
        ("[models]\nvotes = 'three'\n", 'line 2: "models.votes" must be a whole number from 1 to 1000, not "three".'),
        ("[models\n", "line 1: this is not valid TOML: expected ']' at the end of a table declaration (column 8)."),
    ],
)
def test_a_mistake_in_the_file_is_one_clear_line_and_nothing_is_overwritten(
    reviewer: CommandLine, path: Path, tmp_path: Path, text: str, words: str
) -> None:
    put(path, text)
    (contract,) = write_all(tmp_path, contract="The fees are due.\n")
    for command in (("review", contract), ("config", "show"), ("config", "get", "offline"), ("runs", "list")):
        assert reviewer(*command) == 2
        (line,) = reviewer.err.splitlines()
        assert line.startswith(f"reviewer: settings_invalid: {path}, {words}")
    assert path.read_text("utf-8") == text


def test_a_file_that_is_no_toml_is_not_overwritten_by_set(reviewer: CommandLine, path: Path) -> None:
    put(path, "[models\n")
    assert reviewer("config", "set", "models.votes", "3") == 2
    assert "Correct it there; nothing was changed." in reviewer.err
    assert path.read_text("utf-8") == "[models\n"


def test_a_newer_file_is_read_and_not_changed(reviewer: CommandLine, path: Path) -> None:
    put(path, "version = 9\nfuture = 1\n[models]\nvotes = 3\n")
    assert reviewer("config", "get", "models.votes") == 0
    assert reviewer.out == "3\n"
    assert reviewer("config", "set", "models.votes", "5") == 2
    assert "reviewer: settings_newer: " in reviewer.err
    assert kept(path)["models"] == {"votes": 3}


def test_another_file_takes_the_place_of_the_users(reviewer: CommandLine, path: Path, tmp_path: Path) -> None:
    put(path, "[models]\nvotes = 3\n")
    other = tmp_path / "other.toml"
    assert reviewer("config", "get", "models.votes", "--config", other) == 2
    assert f"reviewer: settings_missing: There is no settings file {other}." in reviewer.err
    assert reviewer("config", "set", "models.votes", "5", "--config", other) == 0
    assert reviewer("config", "get", "models.votes", "--config", other) == 0
    assert reviewer.out == "5\n"
    assert kept(path)["models"] == {"votes": 3}


def test_path_is_said_even_where_the_settings_are_wrong(reviewer: CommandLine, path: Path, tmp_path: Path) -> None:
    put(path, "[models\n")
    assert reviewer("config", "path", "--workspace", tmp_path) == 0
    assert f"settings   {path}" in reviewer.out
    assert f"workspace  {tmp_path}" in reviewer.out
    assert "line 1" in reviewer.err


def test_path_names_the_workspace_that_is_set(reviewer: CommandLine, path: Path, tmp_path: Path) -> None:
    put(path, f"workspace = '{tmp_path}'\n")
    assert reviewer("config", "path", "--json") == 0
    assert reviewer.json["workspace"] == str(tmp_path)
