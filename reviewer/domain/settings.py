"""Settings: the one table of what can be set, and which layer wins.

Layers, strongest first: flags, the environment, the workspace's file, the user's file, what holds by default.
"""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from reviewer.domain import setting_kinds as kinds
from reviewer.domain.errors import ConfigError
from reviewer.domain.model_facts import OwnFacts
from reviewer.domain.policy import Adaptive
from reviewer.domain.setting_kinds import Kind, ModelChoice, Value
from reviewer.domain.workflow import EngineId

INVALID, NEWER = "settings_invalid", "settings_newer"
_CLOSE = 0.8
"""From this likeness on (`difflib`), a key that is not known is a typing mistake."""


class ThemeChoice(StrEnum):
    """Colours of the window."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Settings:
    """What is set, after all layers. The defaults stand here.

    Attributes:
        engine: who answers; None: the models where any are set, else the built-in checks.
        workflow: id or file; None: what fits each document.
        workspace: the folder where runs are kept; None: the usual one.
        votes: how often each model is asked; None: as the workflow says.
        adaptive: whether votes may end early; None: as the workflow says.
        max_connections: calls at once at one endpoint; None: as many as it keeps up with.
        rpm, tpm: requests and tokens a minute at one endpoint; None: no limit.
        folder: where the window looks for documents first; None: the user's home.
        facts: what the user says of models.
        proxy: what connections beyond this computer go through; None: nothing.
        ca_file: certificate authorities that are believed besides the system's.
        hidden_text: whether models read what a reader does not see (hidden, deleted, in comments), too.
        redaction: whether models elsewhere get placeholders in place of what is listed and of identifiers.
        redaction_terms: names and numbers that are replaced; redaction_patterns: identifiers, too.
        redaction_local: models on this computer get placeholders, too.
        max_cost, max_tokens: what a run may spend; max_cost_day: what all runs of a day may; None: no cap.
    """

    engine: EngineId | None = None
    workflow: str | None = None
    workspace: Path | None = None
    offline: bool = False
    panel: tuple[ModelChoice, ...] = ()
    votes: int | None = None
    max_connections: int | None = None
    rpm: int | None = None
    tpm: int | None = None
    timeout_s: float = 600.0
    seed: int = 0
    theme: ThemeChoice = ThemeChoice.SYSTEM
    folder: Path | None = None
    facts: tuple[OwnFacts, ...] = ()
    max_cost: float | None = None
    max_tokens: int | None = None
    max_cost_day: float | None = None
    proxy: str | None = None
    ca_file: Path | None = None
    adaptive: Adaptive | None = None
    hidden_text: bool = False
    redaction: bool = False
    redaction_terms: tuple[str, ...] = ()
    redaction_patterns: bool = True
    redaction_local: bool = False

    @property
    def models(self) -> tuple[ModelChoice, ...]:
        """The models to ask: the panel, unless the built-in checks answer."""
        return () if self.engine is EngineId.BUILTIN else self.panel


@dataclass(frozen=True, slots=True)
class Key:
    """Something that can be set.

    Attributes:
        name: as files and commands name it, with dots.
        field: its attribute of `Settings`.
        variable: the environment variable that sets it; empty for none.
        is_shared: may stand in a workspace's file too.
    """

    name: str
    field: str
    kind: Kind
    meaning: str
    variable: str = ""
    is_shared: bool = True

    @property
    def default(self) -> Value | None:
        """What holds where nothing is set."""
        value: Value | None = getattr(Settings(), self.field)
        return value


_AMOUNT = kinds.number(0.0, 1e9)

# No variable for `engine` and `models.panel`: the environment never turns on a model.
_KEYS = (
    Key("engine", "engine", kinds.choice(EngineId), "Who answers: the built-in checks, or the models of the panel."),
    Key("workflow", "workflow", kinds.TEXT, "The workflow, by id or .toml file.", "REVIEWER_WORKFLOW"),
    Key("workspace", "workspace", kinds.FOLDER, "Where runs are kept.", "REVIEWER_WORKSPACE", is_shared=False),
    Key("offline", "offline", kinds.FLAG, "Refuse every connection beyond this computer.", "REVIEWER_OFFLINE"),
    Key("models.panel", "panel", kinds.MODELS, "The models that are asked, each with its address."),
    Key("models.votes", "votes", kinds.whole(1, 1000), "How often each model is asked.", "REVIEWER_VOTES"),
    Key(
        "models.adaptive",
        "adaptive",
        kinds.choice(Adaptive),
        "Whether fewer votes are asked: off, exact (when the rest cannot change the result), fast (two equal ones do).",
        "REVIEWER_ADAPTIVE",
    ),
    Key(
        "models.max_connections",
        "max_connections",
        kinds.whole(1, 10_000),
        "How many calls go on at once at one endpoint (default: 20, and more while it keeps up).",
        "REVIEWER_MAX_CONNECTIONS",
    ),
    Key("models.rpm", "rpm", kinds.whole(1, 10**9), "How many requests a minute one endpoint gets.", "REVIEWER_RPM"),
    Key("models.tpm", "tpm", kinds.whole(1, 10**12), "How many tokens a minute one endpoint gets.", "REVIEWER_TPM"),
    Key(
        "models.timeout_s",
        "timeout_s",
        kinds.number(0.001, 86_400),
        "How many seconds one call may take.",
        "REVIEWER_TIMEOUT_S",
    ),
    Key("models.seed", "seed", kinds.whole(-(2**63), 2**63 - 1), "The number votes are varied by.", "REVIEWER_SEED"),
    Key("models.facts", "facts", kinds.FACTS, "What is known of models: context and prices per million tokens."),
    Key("models.max_cost", "max_cost", _AMOUNT, "What a run may cost at most.", "REVIEWER_MAX_COST"),
    Key(
        "models.max_tokens",
        "max_tokens",
        kinds.whole(1, 10**12),
        "How many tokens a run may use at most.",
        "REVIEWER_MAX_TOKENS",
    ),
    Key("models.max_cost_day", "max_cost_day", _AMOUNT, "What all runs of a day may cost.", "REVIEWER_MAX_COST_DAY"),
    # No variable, and not in a workspace's file: whoever sets these chooses who may read along.
    Key("models.proxy", "proxy", kinds.PROXY, "The proxy to models elsewhere.", is_shared=False),
    Key(
        "models.ca_file",
        "ca_file",
        kinds.FILE,
        "Certificate authorities believed besides the system's.",
        is_shared=False,
    ),
    # No variable, and not in a workspace's file: only its user lets a model read what nobody sees.
    Key(
        "documents.hidden_text",
        "hidden_text",
        kinds.FLAG,
        "Let models read hidden, deleted and commented text too; it is never evidence.",
        is_shared=False,
    ),
    Key("redaction.enabled", "redaction", kinds.FLAG, "Send models elsewhere placeholders for names and numbers."),
    # Not in a workspace's file: whoever writes that one would take names off the list.
    Key(
        "redaction.terms",
        "redaction_terms",
        kinds.TEXTS,
        "Names and numbers that are replaced before sending.",
        is_shared=False,
    ),
    Key(
        "redaction.patterns",
        "redaction_patterns",
        kinds.FLAG,
        "Replace mail addresses, telephone, account, card and identity numbers too.",
        is_shared=False,
    ),
    Key(
        "redaction.local",
        "redaction_local",
        kinds.FLAG,
        "Send placeholders to models on this computer too.",
        is_shared=False,
    ),
    Key("window.theme", "theme", kinds.choice(ThemeChoice), "Colours of the window.", is_shared=False),
    Key("window.folder", "folder", kinds.FOLDER, "Where the window looks for documents first.", is_shared=False),
)
KEYS: Mapping[str, Key] = {key.name: key for key in _KEYS}


class Source(StrEnum):
    """Where a value comes from, strongest first."""

    FLAG = "flag"
    ENVIRONMENT = "environment"
    PROJECT = "project"
    USER = "user"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Setting:
    """A value and its origin.

    Attributes:
        where: the flag, the variable or the file.
        line: of the file, from 1.
    """

    value: Value | None
    source: Source = Source.DEFAULT
    where: str = ""
    line: int | None = None

    @property
    def origin(self) -> str:
        """Its origin as people read it."""
        return f"{self.source} {self.where}".strip() + (f", line {self.line}" if self.line else "")


Layer: TypeAlias = Mapping[str, Setting]
"""What one source sets, by the names of keys."""


def merge(layers: Sequence[Layer]) -> dict[str, Setting]:
    """Every key with the value that wins; the strongest layer first."""
    return {
        name: next((layer[name] for layer in layers if name in layer), Setting(key.default))
        for name, key in KEYS.items()
    }


def settings_of(merged: Layer) -> Settings:
    """The values of merged layers; defaults for what is not there."""
    values = {KEYS[name].field: setting.value for name, setting in merged.items()}
    return Settings(**values)  # type: ignore[arg-type]  # each kind gives what its field holds


def environment_layer(environ: Mapping[str, str]) -> dict[str, Setting]:
    """What environment variables set; an empty one sets nothing.

    Raises:
        ConfigError: ``settings_invalid``: a variable is not right.
    """
    return {
        key.name: Setting(_from_variable(key, text), Source.ENVIRONMENT, key.variable)
        for key in _KEYS
        if (text := environ.get(key.variable, "").strip())
    }


def _from_variable(key: Key, text: str) -> Value:
    value = key.kind.read(key.kind.parse(text))
    if value is None:
        raise ConfigError(
            INVALID,
            f'The environment variable {key.variable} must be {key.kind.right}, not "{text}".',
            "Correct it, or remove it.",
        )
    return value


def key_named(name: str) -> Key:
    """The key of a name.

    Raises:
        ConfigError: ``no_such_setting``; names the nearest.
    """
    if name in KEYS:
        return KEYS[name]
    near = near_key(name, KEYS, cutoff=0.6)
    guess = f'; did you mean "{near}"?' if near else "."
    raise ConfigError("no_such_setting", f'There is no setting "{name}"{guess}', "See: reviewer config show")


def typed(key: Key, text: str) -> Value:
    """The value that a text gives.

    Raises:
        ConfigError: ``bad_setting``: it is not right for the key.
    """
    value = key.kind.read(key.kind.parse(text))
    if value is None:
        raise ConfigError("bad_setting", f'"{key.name}" must be {key.kind.right}, not "{text}".')
    return value


def near_key(name: str, known: Iterable[str], cutoff: float = _CLOSE) -> str | None:
    """The known name that this one is a typing mistake of: one that reads alike, or its last part without its table."""
    by_word = {each: each for each in known}
    if "." not in name:
        by_word = {each.rpartition(".")[2]: each for each in by_word} | by_word
    close = difflib.get_close_matches(name, by_word, n=1, cutoff=cutoff)
    return by_word[close[0]] if close else None
