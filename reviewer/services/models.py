"""Models: keys kept, endpoints tried."""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from reviewer.domain.chat import ChatRequest
from reviewer.domain.errors import ProviderError
from reviewer.domain.ids import Json
from reviewer.ports.models import ChatModel
from reviewer.ports.storage import SecretStore
from reviewer.services.requests import RunRequest


@dataclass(frozen=True, slots=True)
class Check:
    """One part of a model's test. ``message`` says what was found, or what to do."""

    name: str
    passed: bool
    message: str


@dataclass(frozen=True, slots=True)
class ModelPlace:
    """Where text goes when a model is asked. ``host`` with the port; local means this computer."""

    name: str
    host: str
    is_local: bool


class ModelService:
    """Keeps keys and tries endpoints. A key is never given back out."""

    def __init__(self, secrets: SecretStore, build_models: Callable[[RunRequest], tuple[ChatModel, ...]]) -> None:
        self._secrets = secrets
        self._build_models = build_models

    def set_key(self, provider: str, key: str) -> bool:
        """Keeps a key. True when the keyring has it, False when there is none and it lasts for this process only."""
        return self._secrets.put(provider, key)

    async def places(self, request: RunRequest) -> tuple[ModelPlace, ...]:
        """Where the text of a run would go, model by model. Contacts nobody.

        Raises:
            ConfigError: a model cannot be named so.
        """
        models = self._build_models(request)
        try:
            return tuple(_place(model) for model in models)
        finally:
            for model in models:
                await model.aclose()

    async def test(self, request: RunRequest) -> tuple[Check, ...]:
        """Tries each model of a request: does it answer at all, does it list models, does it answer one question.

        Raises:
            ConfigError: a model cannot be named so.
        """
        models = self._build_models(request)
        try:
            return tuple([check for model in models for check in (await _reach(model), await _answer(model))])
        finally:
            for model in models:
                await model.aclose()


def _place(model: ChatModel) -> ModelPlace:
    parts = urlsplit(model.endpoint)
    return ModelPlace(model.name, parts.netloc, _is_this_computer(parts.hostname or ""))


def _is_this_computer(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


async def _reach(model: ChatModel) -> Check:
    name = f"{model.name}: reach and list models"
    try:
        models = await model.list_models()
    except ProviderError as error:
        return Check(name, passed=False, message=f"{error.user_message} {error.hint}".strip())
    return Check(name, passed=True, message=f"{len(models)} models at {model.endpoint}")


async def _answer(model: ChatModel) -> Check:
    name = f"{model.name}: answer one question"
    schema: dict[str, Json] = {"type": "object", "properties": {"ok": {"type": "boolean"}}, "required": ["ok"]}
    question = ChatRequest("Reply with JSON.", 'Reply with {"ok": true}.', schema, "test", seed=0, max_tokens=64)
    try:
        reply = await model.complete(question)
    except ProviderError as error:
        return Check(name, passed=False, message=f"{error.user_message} {error.hint}".strip())
    return Check(name, passed=True, message=f"answered by {reply.model}")
