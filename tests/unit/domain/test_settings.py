from dataclasses import fields
from pathlib import Path

import pytest

from reviewer.domain.errors import ConfigError
from reviewer.domain.setting_kinds import ModelChoice, written
from reviewer.domain.settings import (
    KEYS,
    Setting,
    Settings,
    Source,
    ThemeChoice,
    environment_layer,
    key_named,
    merge,
    near_key,
    settings_of,
    typed,
)
from reviewer.domain.workflow import EngineId

ONE = (ModelChoice("openai/a"),)


def layer(source: Source, **values: object) -> dict[str, Setting]:
    return {f"models.{name}": Setting(value, source) for name, value in values.items()}  # type: ignore[arg-type]  # right ones


def test_the_table_has_each_setting_once() -> None:
    assert sorted(key.field for key in KEYS.values()) == sorted(each.name for each in fields(Settings))
    variables = [key.variable for key in KEYS.values() if key.variable]
    assert len(set(variables)) == len(variables)


def test_every_default_is_right_for_its_key() -> None:
    for key in KEYS.values():
        assert key.default is None or key.kind.read(written(key.default)) == key.default


def test_without_layers_everything_is_as_by_default() -> None:
    merged = merge([])
    assert settings_of(merged) == Settings()
    assert {setting.origin for setting in merged.values()} == {"default"}


def test_the_first_layer_that_has_a_value_wins_key_by_key() -> None:
    flags = layer(Source.FLAG, votes=1)
    project = layer(Source.PROJECT, votes=2, seed=2)
    user = layer(Source.USER, votes=3, seed=3, timeout_s=3.0)
    merged = merge([flags, {}, project, user])
    settings = settings_of(merged)
    assert (settings.votes, settings.seed, settings.timeout_s, settings.max_connections) == (1, 2, 3.0, None)
    sources = [merged[f"models.{name}"].source for name in ("votes", "seed", "timeout_s", "max_connections")]
    assert sources == [Source.FLAG, Source.PROJECT, Source.USER, Source.DEFAULT]


@pytest.mark.parametrize(
    ("setting", "origin"),
    [
        (Setting(3), "default"),
        (Setting(3, Source.FLAG, "--votes"), "flag --votes"),
        (Setting(3, Source.USER, "settings.toml", 4), "user settings.toml, line 4"),
    ],
)
def test_origin_names_flag_variable_or_file(setting: Setting, origin: str) -> None:
    assert setting.origin == origin


@pytest.mark.parametrize(("engine", "models"), [(None, ONE), (EngineId.LLM, ONE), (EngineId.BUILTIN, ())])
def test_the_panel_is_asked_unless_the_built_in_checks_answer(
    engine: EngineId | None, models: tuple[ModelChoice, ...]
) -> None:
    assert Settings(engine=engine, panel=ONE).models == models


def test_the_environment_sets_what_has_a_variable() -> None:
    environ = {"REVIEWER_VOTES": " 3 ", "REVIEWER_OFFLINE": "yes", "REVIEWER_TIMEOUT_S": "", "PATH": "x"}
    found = environment_layer(environ)
    assert found == {
        "offline": Setting(True, Source.ENVIRONMENT, "REVIEWER_OFFLINE"),
        "models.votes": Setting(3, Source.ENVIRONMENT, "REVIEWER_VOTES"),
    }


def test_the_environment_never_turns_on_a_model() -> None:
    words = {key.name.upper().replace(".", "_") for key in KEYS.values()} | {"ENGINE", "PANEL", "MODEL", "MODELS"}
    environ = {f"REVIEWER_{word}": "llm" for word in words if word not in {"OFFLINE", "WORKSPACE"}}
    environ |= {"OPENAI_BASE_URL": "http://h.test", "OPENAI_API_KEY": "k", "OLLAMA_HOST": "h.test"}
    assert settings_of(merge([environment_layer(environ)])).models == ()


def test_a_wrong_variable_is_named() -> None:
    with pytest.raises(ConfigError) as caught:
        environment_layer({"REVIEWER_VOTES": "three"})
    assert caught.value.code == "settings_invalid"
    assert caught.value.user_message == (
        'The environment variable REVIEWER_VOTES must be a whole number from 1 to 1000, not "three".'
    )


def test_a_key_is_found_by_its_name_only() -> None:
    assert key_named("models.votes").field == "votes"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("models.vote", 'There is no setting "models.vote"; did you mean "models.votes"?'),
        ("votes", 'There is no setting "votes"; did you mean "models.votes"?'),
        ("moon", 'There is no setting "moon".'),
    ],
)
def test_a_key_that_is_not_there_is_named_with_the_nearest(name: str, sentence: str) -> None:
    with pytest.raises(ConfigError) as caught:
        key_named(name)
    assert (caught.value.code, caught.value.user_message) == ("no_such_setting", sentence)


def test_a_typed_value_is_read_or_refused() -> None:
    assert typed(key_named("window.theme"), "dark") is ThemeChoice.DARK
    assert typed(key_named("window.folder"), str(Path.home())) == Path.home()
    with pytest.raises(ConfigError) as caught:
        typed(key_named("window.theme"), "pink")
    assert caught.value.user_message == '"window.theme" must be one of system, light, dark, not "pink".'


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("ofline", "offline"),
        ("models.max_conections", "models.max_connections"),
        ("modls.votes", "models.votes"),
        ("timeout", "models.timeout_s"),
        ("seed", "models.seed"),
        ("budget.max_cost", None),
        ("other.theme", None),
        ("colour", None),
    ],
)
def test_a_typing_mistake_is_known_from_a_name_of_something_else(name: str, near: str | None) -> None:
    assert near_key(name, KEYS) == near
