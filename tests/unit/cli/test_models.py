import tomllib
from pathlib import Path

import pytest

from reviewer import bootstrap
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.services.local_servers import LocalServer
from tests.fakes.command_line import CommandLine

ADDRESS = "http://127.0.0.1:1234/v1"


def row(reviewer: CommandLine, name: str) -> dict[str, object]:
    assert reviewer("models", "list", "--json") == 0
    return next(each for each in reviewer.json["models"] if each["name"] == name)


def test_list_says_where_each_figure_comes_from(reviewer: CommandLine) -> None:
    found = row(reviewer, "openai/gpt-4o-mini")
    assert found["price"] == {"in": 0.15, "cached": 0.075, "out": 0.6}
    assert (found["price_from"], found["context"], found["context_from"]) == ("list", 128_000, "list")
    assert str(found["source"]).startswith("https://")
    assert (found["in_panel"], found["local"]) == (False, False)
    assert reviewer.json["schema"] == "reviewer.models/1"
    assert reviewer.json["currency"] == "USD"


def test_list_marks_the_models_that_runs_ask(reviewer: CommandLine) -> None:
    assert reviewer("config", "set", "models.panel", "openai/gpt-4o-mini", "lab/x=http://127.0.0.1:9") == 0
    assert row(reviewer, "openai/gpt-4o-mini")["in_panel"]
    local = row(reviewer, "lab/x")
    assert (local["local"], local["price"], local["price_from"]) == (
        True,
        {"in": 0.0, "cached": 0.0, "out": 0.0},
        "this computer",
    )
    assert reviewer("models", "list") == 0
    assert "openai/gpt-4o-mini" in reviewer.out
    assert "0 / 0 / 0 (this computer)" in reviewer.out
    assert "context not known" in reviewer.out
    assert "* asked by runs" in reviewer.err


def test_set_keeps_figures_in_the_users_file(reviewer: CommandLine, home: Path) -> None:
    assert reviewer("models", "set", "lab/x", "--context", "32000", "--price-in", "1.5", "--price-out", "6") == 0
    assert reviewer("models", "set", "lab/x", "--price-cached", "0.15") == 0
    kept = tomllib.loads((home / "config" / "settings.toml").read_text("utf-8"))
    assert kept["models"]["facts"] == [
        {"name": "lab/x", "context": 32000, "price_in": 1.5, "price_out": 6.0, "price_cached": 0.15}
    ]
    found = row(reviewer, "lab/x")
    assert (found["context_from"], found["price_from"]) == ("settings", "settings")
    assert reviewer("config", "get", "models.facts") == 0
    assert reviewer.out.strip() == "lab/x context=32000 price_in=1.5 price_out=6 price_cached=0.15"


def test_set_wins_over_the_list(reviewer: CommandLine) -> None:
    assert reviewer("models", "set", "openai/gpt-4o-mini", "--price-in", "9", "--price-out", "10") == 0
    found = row(reviewer, "openai/gpt-4o-mini")
    assert (found["price"], found["context_from"]) == ({"in": 9.0, "cached": None, "out": 10.0}, "list")
    assert reviewer("models", "list") == 0
    assert "9 / 9 / 10 (settings)" in reviewer.out


@pytest.mark.parametrize(
    "words", [("a/b",), ("a/b", "--context", "0"), ("a/b", "--price-in", "-1"), ("nothing", "--context", "5")]
)
def test_set_refuses_what_says_nothing_right(reviewer: CommandLine, words: tuple[str, ...]) -> None:
    assert reviewer("models", "set", *words) == 2


def test_set_says_what_wins_over_it(reviewer: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('models.facts = [{ name = "a/b", context = 7 }]', "utf-8")
    assert reviewer("models", "set", "a/b", "--context", "9", "--workspace", tmp_path) == 0
    assert "other figures still hold: project" in reviewer.err


def test_facts_that_are_wrong_in_a_file_are_told_with_their_line(reviewer: CommandLine, home: Path) -> None:
    file = home / "config" / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text('[models]\nfacts = [{ name = "a/b", price_in = "cheap" }]', "utf-8")
    assert reviewer("models", "list") == 2
    assert "line 2" in reviewer.err
    file.write_text('[models]\nfacts = [{ name = "a/b", price_ni = 1 }]', "utf-8")
    assert reviewer("models", "list") == 2
    assert 'did you mean "price_in"' in reviewer.err


class Detective:
    """A model service that found this."""

    def __init__(self, *servers: LocalServer) -> None:
        self.servers = servers
        self.ports: list[int] = []

    async def detect(self, ports: list[int]) -> tuple[LocalServer, ...]:
        self.ports = ports
        return self.servers


def test_detect_lists_servers_with_what_to_type(reviewer: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Detective(
        LocalServer("LM Studio", ADDRESS, (ModelChoice("lmstudio/qwen", ADDRESS),)),
        LocalServer("Ollama", "http://127.0.0.1:11434", ()),
    )
    monkeypatch.setattr(bootstrap, "model_service", lambda: found)
    assert reviewer("models", "detect", "--port", "9000", "--port", "9001") == 0
    assert found.ports == [9000, 9001]
    assert f"LM Studio at {ADDRESS}\n  --model lmstudio/qwen --base-url {ADDRESS}\n" in reviewer.out
    assert "no model yet" in reviewer.out
    assert reviewer("models", "detect", "--json") == 0
    assert reviewer.json == {
        "schema": "reviewer.servers/1",
        "servers": [
            {"title": "LM Studio", "base_url": ADDRESS, "models": [{"model": "lmstudio/qwen", "base_url": ADDRESS}]},
            {"title": "Ollama", "base_url": "http://127.0.0.1:11434", "models": []},
        ],
    }


def test_detect_says_that_there_is_none(reviewer: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "model_service", Detective)
    assert reviewer("models", "detect") == 0
    assert "No model server answers" in reviewer.err
    assert reviewer("models", "detect", "--port", "70000") == 2
