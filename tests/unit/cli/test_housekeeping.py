import io
from pathlib import Path

import pytest

from reviewer import bootstrap
from reviewer.domain.secret import Secret
from reviewer.services.catalog import Catalog
from reviewer.services.models import Check, ModelService
from reviewer.services.requests import RunRequest
from tests.fakes.clock import FakeClock
from tests.fakes.command_line import CommandLine
from tests.fakes.models import ScriptedModel, rejected


def test_workflows_lists_what_is_bundled(reviewer: CommandLine) -> None:
    assert reviewer("workflows", "list", "--json") == 0
    assert "contract-review" in {each["id"] for each in reviewer.json["workflows"]}
    assert reviewer("workflows", "list") == 0
    assert "contract-review " in reviewer.out


def test_workflows_show_gives_the_file(reviewer: CommandLine) -> None:
    text = Catalog().workflow_text("contract-review")
    assert reviewer("workflows", "show", "contract-review") == 0
    assert reviewer.out.startswith(text.strip())
    assert "# Bring together: as positions of the playbook" in reviewer.out
    assert reviewer("workflows", "show", "contract-review", "--json") == 0
    assert reviewer.json["text"] == text
    assert reviewer("workflows", "show", "moon") == 2


def test_workflows_check_says_that_all_is_well(reviewer: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(Catalog().workflow_text("contract-review"), "utf-8")
    assert reviewer("workflows", "check", path) == 0
    assert "in order" in reviewer.out
    assert reviewer("workflows", "check", path, "--json") == 0
    assert (reviewer.json["id"], reviewer.json["problems"]) == ("contract-review", [])


def test_workflows_check_lists_every_problem(reviewer: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    text = Catalog().workflow_text("contract-review")
    path.write_text(text.replace("margin =", "margim =").replace("max_chars =", "max_char ="), "utf-8")
    assert reviewer("workflows", "check", path) == 2
    assert "margim" in reviewer.out
    assert "max_char" in reviewer.out
    assert reviewer("workflows", "check", path, "--json") == 2
    assert len(reviewer.json["problems"]) >= 2
    assert reviewer("workflows", "check", tmp_path / "gone.toml") == 2


class Keys:
    """A keyring that is there or not."""

    def __init__(self, *, is_there: bool) -> None:
        self.kept: dict[str, str] = {}
        self._is_there = is_there

    def get(self, provider: str) -> Secret | None:
        return Secret(self.kept[provider]) if provider in self.kept else None

    def put(self, provider: str, key: Secret) -> bool:
        self.kept[provider] = key.reveal()
        return self._is_there


def use(monkeypatch: pytest.MonkeyPatch, keys: Keys, *models: ScriptedModel) -> list[RunRequest]:
    asked: list[RunRequest] = []

    def build(request: RunRequest) -> tuple[ScriptedModel, ...]:
        asked.append(request)
        return models

    monkeypatch.setattr(bootstrap, "model_service", lambda: ModelService(keys, build, FakeClock()))
    return asked


def test_key_is_read_from_standard_input_and_never_shown(
    reviewer: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = Keys(is_there=True)
    use(monkeypatch, keys)
    monkeypatch.setattr("sys.stdin", io.StringIO("sk-secret\n"))
    assert reviewer("models", "key", "set", "openai") == 0
    assert keys.kept == {"openai": "sk-secret"}
    assert "sk-secret" not in reviewer.out + reviewer.err


def test_key_is_not_shown_while_it_is_typed(reviewer: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    keys = Keys(is_there=True)
    use(monkeypatch, keys)
    monkeypatch.setattr("sys.stdin", Terminal("shown"))
    monkeypatch.setattr("getpass.getpass", lambda prompt: "sk-hidden ")
    assert reviewer("models", "key", "set", "openai") == 0
    assert keys.kept == {"openai": "sk-hidden"}


def test_key_without_a_keyring_names_the_variable(reviewer: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Keys(is_there=False))
    monkeypatch.setattr("sys.stdin", io.StringIO("sk-secret\n"))
    assert reviewer("models", "key", "set", "my-place") == 2
    assert "MY_PLACE_API_KEY" in reviewer.err
    assert "sk-secret" not in reviewer.err


def test_key_that_is_empty_is_an_error(reviewer: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Keys(is_there=True))
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    assert reviewer("models", "key", "set", "openai") == 2
    assert "no_key" in reviewer.err


def test_models_test_tries_the_endpoint(reviewer: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = use(monkeypatch, Keys(is_there=True), ScriptedModel("{}", delay=lambda request: 0.0))
    assert reviewer("models", "test", "--model", "openai/a", "--offline", "--json") == 0
    assert [check["passed"] for check in reviewer.json["checks"]] == [True, True]
    assert asked[0].offline


def test_models_test_that_fails_ends_with_5(reviewer: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Keys(is_there=True), ScriptedModel(lambda request: rejected(), delay=lambda request: 0.0))
    assert reviewer("models", "test", "--model", "openai/a") == 5
    assert "FAILED" in reviewer.out


def test_models_test_wants_a_model(reviewer: CommandLine) -> None:
    assert reviewer("models", "test") == 2
    assert "no_model" in reviewer.err


def test_config_path_says_where_things_are(
    reviewer: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REVIEWER_HOME", str(tmp_path))
    assert reviewer("config", "path", "--json") == 0
    places = {name: place for name, place in reviewer.json.items() if name != "schema"}
    assert set(places) == {"config", "settings", "data", "cache", "workspace"}
    assert all(Path(place).is_relative_to(tmp_path) for place in places.values())
    assert reviewer("config", "path", "--workspace", tmp_path / "mine") == 0
    assert str(tmp_path / "mine") in reviewer.out


@pytest.mark.parametrize(("passed", "code"), [(True, 0), (False, 1)])
def test_doctor_ends_with_1_when_something_fails(
    reviewer: CommandLine, monkeypatch: pytest.MonkeyPatch, passed: bool, code: int
) -> None:
    monkeypatch.setattr(bootstrap, "diagnose", lambda workspace: (Check("keys", passed, "A message."),))
    assert reviewer("doctor") == code
    assert reviewer.out.endswith("keys: A message.\n")
    assert reviewer("doctor", "--json") == code
    assert [(check["name"], check["passed"]) for check in reviewer.json["checks"]] == [
        ("settings", True),
        ("keys", passed),
    ]
