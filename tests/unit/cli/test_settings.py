"""Commands take what is set, and their flags win."""

from pathlib import Path
from typing import Any

import pytest

from reviewer import __main__ as entry
from reviewer import bootstrap
from reviewer.cli.arguments import parser
from reviewer.domain.errors import ConfigError
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.domain.settings import Settings
from reviewer.domain.vote import Judgement
from reviewer.services.models import Check
from tests.fakes.command_line import CommandLine
from tests.fakes.documents import CLAUSES
from tests.fakes.handlers import StubRule, assessed, reply_of
from tests.fakes.models import ScriptedModel
from tests.fakes.running import make_team
from tests.fakes.services import Desk, write_all

GOOD = reply_of(assessed("preferred", "Liability"))
PANEL = '[models]\npanel = [{ name = "openai/set", base_url = "http://set.test" }]\n'


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    (path,) = write_all(tmp_path, contract="".join(CLAUSES))
    return path


@pytest.fixture
def path(home: Path) -> Path:
    """The user's settings."""
    folder = home / "config"
    folder.mkdir()
    return folder / "settings.toml"


def run_of(reviewer: CommandLine, *words: str | Path) -> Any:
    """The run that a review stored."""
    rule = make_team(StubRule(lambda task: (Judgement("liability", "preferred"),)))
    is_asked = "builtin" not in words
    reviewer.desk = Desk(ScriptedModel(GOOD, delay=lambda request: 0.0)) if is_asked else Desk(team=rule)
    assert reviewer("review", *words, "--json") == 0
    (run,) = reviewer.desk.workspace.runs.kept.values()
    return run


def test_review_runs_as_it_is_set(reviewer: CommandLine, contract: Path, path: Path, tmp_path: Path) -> None:
    path.write_text(
        f"workflow = 'flow'\noffline = true\nworkspace = '{tmp_path / 'w'}'\n"
        f"{PANEL}votes = 1\nmax_connections = 3\ntimeout_s = 9\nseed = 7\n",
        "utf-8",
    )
    run = run_of(reviewer, contract)
    assert (run.workflow, run.votes, run.options["offline"]) == ("flow", 1, "yes")
    assert (run.options["max_connections"], run.options["timeout_s"], run.options["seed"]) == ("3", "9.0", "7")
    assert (run.options["models"], run.options["base_urls"]) == ("openai/set", "http://set.test")
    assert reviewer.workspaces == [tmp_path / "w"]
    assert f"Asking openai/set, as set in {path}." in reviewer.err


def test_flags_win_over_all(
    reviewer: CommandLine, contract: Path, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_text(f"engine = 'builtin'\n{PANEL}votes = 3\nseed = 7\n", "utf-8")
    monkeypatch.setenv("REVIEWER_SEED", "8")
    monkeypatch.setenv("REVIEWER_MAX_CONNECTIONS", "4")
    run = run_of(reviewer, contract, "--model", "ollama/named", "--votes", "1", "--seed", "9")
    assert (run.options["models"], run.options["base_urls"]) == ("ollama/named", "")
    assert (run.votes, run.options["seed"], run.options["max_connections"]) == (1, "9", "4")
    assert "Asking" not in reviewer.err


def test_models_that_are_set_are_not_asked_with_engine_builtin(
    reviewer: CommandLine, contract: Path, path: Path
) -> None:
    path.write_text(PANEL, "utf-8")
    assert run_of(reviewer, contract, "--engine", "builtin").options["models"] == ""


def test_engine_llm_asks_the_models_that_are_set(reviewer: CommandLine, contract: Path, path: Path) -> None:
    path.write_text(f"engine = 'builtin'\n{PANEL}", "utf-8")
    assert run_of(reviewer, contract, "--engine", "llm").options["models"] == "openai/set"


@pytest.mark.parametrize(
    ("variable", "provider"),
    [("OPENAI_BASE_URL", "openai"), ("ANTHROPIC_BASE_URL", "anthropic"), ("OLLAMA_HOST", "ollama")],
)
def test_an_address_in_the_environment_serves_a_model_that_is_set_without_one(
    reviewer: CommandLine, contract: Path, path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, provider: str
) -> None:
    monkeypatch.setenv(variable, "http://own.test")
    path.write_text(f'[models]\npanel = [{{ name = "{provider}/set" }}]\n', "utf-8")
    assert run_of(reviewer, contract).options["base_urls"] == "http://own.test"


def test_no_variable_turns_on_a_model(reviewer: CommandLine, contract: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REVIEWER_MODEL", "REVIEWER_MODELS", "REVIEWER_PANEL", "REVIEWER_ENGINE", "OPENAI_BASE_URL"):
        monkeypatch.setenv(name, "llm")
    monkeypatch.setenv("REVIEWER_VOTES", "3")
    reviewer.desk = Desk(team=make_team(StubRule(lambda task: (Judgement("liability", "preferred"),))))
    assert reviewer("review", contract, "--json") == 0
    assert reviewer.json["run"]["engine"] == "builtin"


def test_a_flag_out_of_range_is_a_usage_error(reviewer: CommandLine, contract: Path) -> None:
    assert reviewer("review", contract, "--votes", "1001") == 2
    assert "reviewer: usage: --votes must be a whole number from 1 to 1000, not 1001." in reviewer.err


@pytest.mark.parametrize("command", [("runs", "list"), ("demo",), ("correct", "CONTRACT")])
def test_every_command_uses_the_workspace_that_is_set(
    reviewer: CommandLine, contract: Path, path: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    path.write_text(f"workspace = '{tmp_path / 'w'}'\n", "utf-8")
    reviewer(*(str(contract) if word == "CONTRACT" else word for word in command))
    assert reviewer.workspaces == [tmp_path / "w"]


def test_route_takes_the_workflow_that_is_set(reviewer: CommandLine, path: Path) -> None:
    assert reviewer("route", "--text", "x") == 2
    assert "reviewer: usage: No workflow was named." in reviewer.err
    path.write_text("workflow = 'moon'\n", "utf-8")
    assert reviewer("route", "--text", "x") == 2
    assert reviewer.desk.catalog.read == ["moon"]


def test_models_test_tries_the_models_that_are_set(
    reviewer: CommandLine, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    class Service:
        async def test(self, request: Any) -> tuple[Check, ...]:
            asked.append(request)
            return ()

    monkeypatch.setattr(bootstrap, "model_service", Service)
    path.write_text(f"{PANEL}timeout_s = 9\n", "utf-8")
    assert reviewer("models", "test") == 0
    assert (asked[0].models, asked[0].timeout_s) == ((ModelChoice("openai/set", "http://set.test"),), 9.0)


def test_doctor_names_what_is_wrong_with_the_settings_and_goes_on(
    reviewer: CommandLine, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "diagnose", lambda workspace: (Check("keys", passed=True, message="Fine."),))
    path.write_text("ofline = true\n", "utf-8")
    assert reviewer("doctor") == 1
    assert "FAILED  settings: " in reviewer.out
    assert 'did you mean "offline"?' in reviewer.out
    assert "keys: Fine." in reviewer.out


def window(*words: str) -> tuple[Settings, ConfigError | None]:
    return entry._settings(parser().parse_args(["gui", *words]))


def test_the_window_starts_as_it_is_set(reviewer: CommandLine, path: Path) -> None:
    path.write_text(f"{PANEL}votes = 3\n[window]\ntheme = 'dark'\n", "utf-8")
    settings, problem = window("--votes", "5")
    assert (settings.theme, settings.votes, problem) == ("dark", 5, None)
    assert settings.models == (ModelChoice("openai/set", "http://set.test"),)


@pytest.mark.parametrize("text", ["[models\n", "engine = 'llm'\n", "ofline = true\n"])
def test_the_window_opens_without_settings_that_are_wrong_and_is_told(
    reviewer: CommandLine, path: Path, tmp_path: Path, text: str
) -> None:
    path.write_text(text, "utf-8")
    settings, problem = window("--workspace", str(tmp_path))
    assert settings == Settings(workspace=tmp_path)
    assert problem is not None
    assert problem.user_message


@pytest.mark.parametrize("words", [("--model", "openai/m"), ("--engine", "llm"), ("--config", "gone.toml")])
def test_the_window_does_not_guess_where_flags_say_what_they_want(
    reviewer: CommandLine, path: Path, words: tuple[str, ...]
) -> None:
    path.write_text("[models\n", "utf-8")
    with pytest.raises(ConfigError):
        window(*words)
