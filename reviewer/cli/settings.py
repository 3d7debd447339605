"""What holds for a command: its flags over the environment, files and defaults."""

import argparse
import os
from dataclasses import replace
from pathlib import Path

from reviewer.cli.console import Console
from reviewer.domain.errors import ConfigError
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.domain.settings import KEYS, Setting, Source
from reviewer.domain.workflow import EngineId
from reviewer.services.requests import Allowance
from reviewer.services.settings import Effective

_FLAGS = {
    "engine": "--engine",
    "workflow": "--workflow",
    "workspace": "--workspace",
    "offline": "--offline",
    "documents.hidden_text": "--include-hidden",
    "redaction.enabled": "--redact",
    "redaction.local": "--redact-local",
    "models.votes": "--votes",
    "models.adaptive": "--adaptive",
    "models.max_connections": "--max-connections",
    "models.rpm": "--rpm",
    "models.tpm": "--tpm",
    "models.timeout_s": "--timeout",
    "models.seed": "--seed",
    "models.max_cost": "--max-cost",
    "models.max_tokens": "--max-tokens",
}
_ADDRESS_VARIABLES = {"openai": "OPENAI_BASE_URL", "anthropic": "ANTHROPIC_BASE_URL", "ollama": "OLLAMA_HOST"}


def effective(namespace: argparse.Namespace, console: Console) -> Effective:
    """The settings of a command; what is odd about their files is noted.

    Raises:
        ConfigError: a flag, a variable or a file is wrong.
    """
    from reviewer.bootstrap import settings_service

    found = settings_service(namespace.config).effective(flag_layer(namespace))
    for warning in found.warnings:
        console.note(f"Note: {warning}")
    return found


def flag_layer(namespace: argparse.Namespace) -> dict[str, Setting]:
    """What the flags of a command set. To name a model is to ask it, unless another engine is named too.

    Raises:
        ConfigError: a value is out of its range, or addresses do not match the models.
    """
    layer = {}
    for name, flag in _FLAGS.items():
        given = getattr(namespace, flag.removeprefix("--").replace("-", "_"), None)
        if given is not None:
            layer[name] = _from_flag(name, flag, given)
    engine = Setting(EngineId.LLM, Source.FLAG, "--model")
    if layer.get("engine", engine).value is EngineId.LLM and (panel := _panel(namespace)):
        layer["models.panel"] = Setting(panel, Source.FLAG, "--model")
        layer.setdefault("engine", engine)
    return layer


def _from_flag(name: str, flag: str, given: object) -> Setting:
    kind = KEYS[name].kind
    value = given if isinstance(given, Path) else kind.read(given)
    if value is None:
        raise ConfigError("usage", f"{flag} must be {kind.right}, not {given}.")
    return Setting(value, Source.FLAG, flag)


def _panel(namespace: argparse.Namespace) -> tuple[ModelChoice, ...]:
    models, urls = getattr(namespace, "model", []), getattr(namespace, "base_url", [])
    if urls and not models:
        raise ConfigError("no_model", "No model was named.", "Add --model PROVIDER/NAME, for example ollama/llama3.1.")
    if len(urls) not in (0, 1, len(models)):
        raise ConfigError("base_urls", "There are not as many --base-url as --model.", "Give one for all, or one each.")
    given = [*urls] if len(urls) > 1 else [next(iter(urls), None)] * len(models)
    return tuple(ModelChoice(spec, url) for spec, url in zip(models, given, strict=True))


def allowance_of(namespace: argparse.Namespace, found: Effective) -> Allowance:
    """What the flags and settings of a command let a run spend."""
    return Allowance(found.settings.max_cost, found.settings.max_tokens, getattr(namespace, "yes", False))


def flagged_allowance(namespace: argparse.Namespace) -> Allowance:
    """What the flags alone say: where a stored run goes on, they stand in place of what it was started with."""
    return Allowance(namespace.max_cost, namespace.max_tokens, namespace.yes)


def models_of(found: Effective, console: Console) -> tuple[ModelChoice, ...]:
    """The models to ask, with their addresses; none for the built-in checks. Says so where no flag named them.

    Raises:
        ConfigError: ``no_model``: models are to answer, and none is set.
    """
    settings = found.settings
    if settings.engine is EngineId.LLM and not settings.panel:
        hint = "Add --model PROVIDER/NAME, for example ollama/llama3.1; or keep one: reviewer config set models.panel"
        raise ConfigError("no_model", "No model was named.", hint)
    models = tuple(replace(each, base_url=each.base_url or _address(each.spec)) for each in settings.models)
    origin = found.by_key["models.panel"]
    if models and origin.source is not Source.FLAG:
        console.note(f"Asking {', '.join(each.spec for each in models)}, as set in {origin.where}.")
    return models


def _address(spec: str) -> str | None:
    variable = _ADDRESS_VARIABLES.get(spec.partition("/")[0])
    return (os.environ.get(variable) or None) if variable else None
