"""Kinds of settings: what a value may be, how it is typed, shown and written."""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias
from urllib.parse import parse_qsl, urlsplit

from reviewer.domain.model_facts import OwnFacts


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model to ask: ``PROVIDER/NAME`` and the endpoint's address, or None for the provider's own.

    Attributes:
        weight: where the same model is named at several addresses, how much of the calls this one gets.
    """

    spec: str
    base_url: str | None = None
    weight: float = 1.0


Value: TypeAlias = str | bool | int | float | Path | tuple[str, ...] | tuple[ModelChoice, ...] | tuple[OwnFacts, ...]
"""What a setting can be; a member of an enumeration is a text."""

_FIGURES = ("context", "price_in", "price_out", "price_cached", "tokens_per_s")
_MOST_FIGURE = 1e9

_YES, _NO = {"true", "yes", "on", "1"}, {"false", "no", "off", "0"}
_SECRET = re.compile(r"key|token|secret|passw|sig", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value may be.

    Attributes:
        right: how a sentence names a right value, such as *a whole number from 1 to 9*.
        read: a value as TOML gives it to the setting's value; None where it is not right.
        parse: a text that was typed to what `read` takes; what cannot be parsed stays a text.
        fields: of a list of tables: the keys that one of them may have.
    """

    right: str
    read: Callable[[object], Value | None]
    parse: Callable[[str], object] = str.strip
    fields: tuple[str, ...] = ()


def choice(words: type[StrEnum]) -> Kind:
    """One of the words of an enumeration."""
    known = [each.value for each in words]
    return Kind(f"one of {', '.join(known)}", lambda raw: words(raw) if raw in known else None)


def whole(low: int, high: int) -> Kind:
    """A whole number in a range that holds both ends."""

    def read(raw: object) -> int | None:
        return raw if isinstance(raw, int) and not isinstance(raw, bool) and low <= raw <= high else None

    return Kind(f"a whole number from {low} to {high}", read, lambda text: _parsed(int, text))


def number(low: float, high: float) -> Kind:
    """A number in a range that holds both ends."""

    def read(raw: object) -> float | None:
        is_number = isinstance(raw, int | float) and not isinstance(raw, bool)
        return float(raw) if is_number and low <= raw <= high else None  # type: ignore[operator, arg-type]

    return Kind(f"a number from {low:g} to {high:g}", read, lambda text: _parsed(float, text))


def _read_text(raw: object) -> str | None:
    return raw.strip() or None if isinstance(raw, str) else None


def _read_texts(raw: object) -> tuple[str, ...] | None:
    if not isinstance(raw, list) or not all(isinstance(each, str) for each in raw):
        return None
    return tuple(filter(None, (" ".join(each.split()) for each in raw)))


def _read_folder(raw: object) -> Path | None:
    text = _read_text(raw)
    return Path(text) if text and (Path(text).is_absolute() or Path(text).parts[:1] == ("~",)) else None


def _read_proxy(raw: object) -> str | None:
    text = _read_text(raw)
    return None if text is None or _holds_secret(text) else text


def _parse_flag(text: str) -> object:
    word = text.strip().lower()
    return True if word in _YES else False if word in _NO else text


def _read_models(raw: object) -> tuple[ModelChoice, ...] | None:
    if not isinstance(raw, list):
        return None
    models = [_model(each) for each in raw]
    return tuple(each for each in models if each is not None) if None not in models else None


def _model(raw: object) -> ModelChoice | None:
    if not isinstance(raw, Mapping):
        return None
    name, address, weight = raw.get("name"), raw.get("base_url") or "", WEIGHT.read(raw.get("weight", 1.0))
    if not isinstance(name, str) or not isinstance(address, str) or _holds_secret(address):
        return None
    if not isinstance(weight, float):
        return None
    provider, _, rest = (part.strip() for part in name.partition("/"))
    return ModelChoice(f"{provider}/{rest}", address.strip() or None, weight) if provider and rest else None


def _read_facts(raw: object) -> tuple[OwnFacts, ...] | None:
    if not isinstance(raw, list):
        return None
    facts = [_facts(each) for each in raw]
    return tuple(each for each in facts if each is not None) if None not in facts else None


def _facts(raw: object) -> OwnFacts | None:
    if not isinstance(raw, Mapping) or not isinstance(raw.get("name"), str):
        return None
    provider, _, rest = (part.strip() for part in raw["name"].partition("/"))
    figures = {name: raw[name] for name in _FIGURES if raw.get(name) is not None}
    if not provider or not rest or not all(map(_is_figure, figures.values())):
        return None
    if not isinstance(figures.get("context", 1), int) or figures.get("context") == 0:
        return None
    return OwnFacts(f"{provider}/{rest}", **figures)


def _is_figure(raw: object) -> bool:
    return isinstance(raw, int | float) and not isinstance(raw, bool) and 0 <= raw <= _MOST_FIGURE


def _holds_secret(address: str) -> bool:
    """Whether an address holds what belongs into the keyring, as far as one can tell; or is no address at all."""
    try:
        parts = urlsplit(address if "://" in address else f"//{address}")
    except ValueError:
        return True
    return "@" in parts.netloc or any(_SECRET.search(name) for name, _ in parse_qsl(parts.query))


def _parse_models(text: str) -> object:
    """``PROVIDER/NAME`` or ``PROVIDER/NAME=URL``, with commas between them."""
    models = []
    for each in filter(None, (part.strip() for part in text.split(","))):
        name, _, address = each.partition("=")
        models.append({"name": name, "base_url": address})
    return models


def _parsed(kind: Callable[[str], int | float], text: str) -> object:
    try:
        return kind(text)
    except ValueError:
        return text.strip()


WEIGHT = number(0.001, 1000)
TEXT = Kind("a text that is not blank", _read_text)
TEXTS = Kind("a list of texts, each on a line of its own", _read_texts, str.splitlines)
FOLDER = Kind("a folder by its whole path", _read_folder)
FILE = Kind("a file by its whole path", _read_folder)
PROXY = Kind("a proxy's address as http://HOST:PORT, without a name or password", _read_proxy)
FLAG = Kind("true or false", lambda raw: raw if isinstance(raw, bool) else None, _parse_flag)
MODELS = Kind(
    'a list of models, each { name = "PROVIDER/NAME", base_url = "ADDRESS" }, without any key or password',
    _read_models,
    _parse_models,
    ("name", "base_url", "weight"),
)
FACTS = Kind(
    'a list of models, each { name = "PROVIDER/NAME", context = TOKENS, price_in = X, price_out = Y } '
    "with prices per million tokens",
    _read_facts,
    fields=("name", *_FIGURES),
)


def written(value: Value) -> object:
    """A value as TOML and JSON write it; what a key of a model is None for is not there."""
    match value:
        case tuple():
            return [_written_item(each) for each in value]
        case StrEnum():
            return value.value
        case Path():
            return str(value)
    return value


def _written_item(model: str | ModelChoice | OwnFacts) -> object:
    if isinstance(model, str):
        return model
    if not isinstance(model, ModelChoice):
        return asdict(model)
    weight = {} if model.weight == 1.0 else {"weight": model.weight}
    return {"name": model.spec, "base_url": model.base_url, **weight}


def shown(value: Value | None) -> str:
    """A value as it is typed; an empty text for none."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:.15g}"
        case tuple():
            return ", ".join(map(_shown_item, value))
    return str(value)


def _shown_item(model: str | ModelChoice | OwnFacts) -> str:
    if isinstance(model, str):
        return model
    if isinstance(model, ModelChoice):
        return f"{model.spec}={model.base_url}" if model.base_url else model.spec
    figures = {name: getattr(model, name) for name in _FIGURES}
    return " ".join([model.name, *(f"{name}={each:g}" for name, each in figures.items() if each is not None)])
