"""Models: keys kept, endpoints tried."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from reviewer.domain.chat import ChatRequest
from reviewer.domain.destination import Destination, destination_of
from reviewer.domain.errors import ProviderError
from reviewer.domain.ids import Json
from reviewer.domain.model_file import ModelFile
from reviewer.domain.secret import Secret
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.ports.model_files import FileModel
from reviewer.ports.models import ChatModel
from reviewer.ports.storage import SecretStore
from reviewer.ports.system import Clock
from reviewer.services.local_servers import LocalServer, find_servers
from reviewer.services.model_files import Trial, in_words, try_out
from reviewer.services.requests import RunRequest

_STREAMED = 2
"""Pieces that an answer has at least where the endpoint streams it."""
BuildModels = Callable[[RunRequest], tuple[ChatModel, ...]]


@dataclass(frozen=True, slots=True)
class Check:
    """One part of a model's test. ``message`` says what was found, or what to do."""

    name: str
    passed: bool
    message: str


@dataclass(frozen=True, slots=True)
class ModelPlace:
    """Where text goes when a model is asked.

    Attributes:
        host: with the port; empty for a file.
        is_local: it stays on this computer.
        destination: where it is sent; None for a file.
    """

    name: str
    host: str
    is_local: bool
    destination: Destination | None = None


class ModelService:
    """Keeps keys and tries endpoints. A key is never given back out.

    Args:
        build_models: makes the models of a request.
        clock: times the answers of a test.
        build_keyless: the same without any key, for servers nobody knows yet; None where there are no keys anyway.
    """

    def __init__(
        self,
        secrets: SecretStore,
        build_models: BuildModels,
        clock: Clock,
        build_keyless: BuildModels | None = None,
    ) -> None:
        self._secrets = secrets
        self._build_models = build_models
        self._clock = clock
        self._build_keyless = build_keyless or build_models

    def set_key(self, provider: str, key: Secret) -> bool:
        """Keeps a key. True when the keyring has it, False when there is none and it lasts for this process only."""
        return self._secrets.put(provider, key)

    async def places(self, request: RunRequest) -> tuple[ModelPlace, ...]:
        """Where the text of a run would go, model by model. Contacts nobody.

        Raises:
            ConfigError: a model cannot be named so.
        """
        models = self._build_models(request)
        try:
            return tuple(place_of(model) for model in models)
        finally:
            for model in models:
                await model.aclose()

    async def detect(self, ports: Sequence[int] = ()) -> tuple[LocalServer, ...]:
        """Model servers on this computer; on request only. Takes half a second at most.

        Args:
            ports: to be tried besides the usual ones.
        """
        return await find_servers(self._build_keyless, ports)

    async def test(self, request: RunRequest) -> tuple[Check, ...]:
        """Tries each model of a request: does it answer at all, does it list models, does it answer one question.

        Raises:
            ConfigError: a model cannot be named so.
        """
        models = self._build_models(request)
        try:
            return tuple(
                [check for model in models for check in (await _reach(model), await _answer(model, self._clock))]
            )
        finally:
            for model in models:
                await model.aclose()

    async def describe_file(self, path: Path) -> ModelFile:
        """What a model file says of itself, and whether there is memory for it. Loads nothing.

        Raises:
            ProviderError: it is no model file.
        """
        async with self._model_in(path) as model:
            return await model.describe()

    async def try_file(self, path: Path) -> Trial:
        """Loads a model file and measures one answer.

        Raises:
            ProviderError: it cannot be loaded or does not answer.
        """
        async with self._model_in(path) as model:
            return await try_out(model)

    @asynccontextmanager
    async def _model_in(self, path: Path) -> AsyncIterator[FileModel]:
        (model,) = self._build_models(RunRequest((), models=(file_choice(path),)))
        if not isinstance(model, FileModel):
            raise TypeError(f"{model.name} is no model in a file")
        try:
            yield model
        finally:
            await model.aclose()


def file_choice(path: Path) -> ModelChoice:
    """How a model file is named among the models."""
    return ModelChoice(f"llama_cpp/{path}")


def file_rater(path: Path) -> str:
    """The name under which a model file votes: without its folder."""
    return f"llama_cpp/{path.name}"


def place_of(model: ChatModel) -> ModelPlace:
    """Where the text goes that a model is asked about."""
    destination = destination_of(model.endpoint)
    if destination is None:  # a model in a file, which this program loads itself
        return ModelPlace(model.name, "", is_local=True)
    return ModelPlace(model.name, destination.place, destination.is_here, destination)


async def _reach(model: ChatModel) -> Check:
    name = f"{model.name}: reach and list models"
    try:
        models = await model.list_models()
        if isinstance(model, FileModel):
            return Check(name, passed=True, message=in_words(await model.describe()))
    except ProviderError as error:
        return Check(name, passed=False, message=f"{error.user_message} {error.hint}".strip())
    return Check(name, passed=True, message=f"{len(models)} models at {model.endpoint}")


async def _answer(model: ChatModel, clock: Clock) -> Check:
    name = f"{model.name}: answer one question"
    schema: dict[str, Json] = {"type": "object", "properties": {"ok": {"type": "boolean"}}, "required": ["ok"]}
    question = ChatRequest("Reply with JSON.", 'Reply with {"ok": true}.', schema, "test", seed=0, max_tokens=64)
    began = clock.monotonic()
    heard: list[float] = []
    try:
        reply = await model.complete(question, lambda _: heard.append(clock.monotonic() - began))
    except ProviderError as error:
        return Check(name, passed=False, message=f"{error.user_message} {error.hint}".strip())
    return Check(name, passed=True, message=f"answered by {reply.model}{_pace(heard, reply.tokens_out)}")


def _pace(heard_s: Sequence[float], tokens: int) -> str:
    """How fast an answer came, from the moments at which its pieces did, in seconds since it was asked for."""
    if len(heard_s) < _STREAMED:
        return f" after {heard_s[0]:.1f} s" if heard_s else ""
    first, spent_s = f", first words after {heard_s[0]:.1f} s", heard_s[-1] - heard_s[0]
    # The first token was there when the time began.
    return f"{first}, {(tokens - 1) / spent_s:.0f} tokens a second" if tokens > 1 and spent_s > 0 else first
