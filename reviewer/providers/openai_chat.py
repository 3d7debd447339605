"""Any endpoint that speaks the OpenAI chat format."""

from http import HTTPStatus

from reviewer.domain.chat import ChatReply, ChatRequest
from reviewer.domain.errors import ConfigError, ProviderError
from reviewer.providers.chat_dialect import ChatDialect
from reviewer.providers.chat_envelope import read_chat_reply, read_models
from reviewer.providers.chat_errors import (
    Asked,
    complaint,
    error_in_success,
    is_about_length,
    is_web_page,
    names_a_model,
    not_a_model,
    status_error,
    unreachable,
)
from reviewer.providers.endpoint import Endpoint
from reviewer.providers.http import HttpClient, HttpReply

_NO_SUCH_PATH = {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}
_REFUSED_FIELDS = {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY}


class OpenAiChatModel:
    """One model at one endpoint; implements `reviewer.ports.models.ChatModel`.

    It finds out by itself what the endpoint understands (`ChatDialect`) and whether its path lacks ``v1``, and
    remembers both. That may take a few extra requests the first time; they are not retries.

    Args:
        provider: the prefix the user chose, such as ``openai``; names the key.
        model: as the endpoint knows it.
        endpoint: where it is.
        key: sent as a bearer token; none or blank sends no header.
        client: makes the requests; shared.

    Raises:
        ConfigError: the key holds characters that a header cannot carry; the message does not repeat it.
    """

    def __init__(self, provider: str, model: str, endpoint: Endpoint, key: str | None, client: HttpClient) -> None:
        key = (key or "").strip()
        if not (key.isascii() and key.isprintable()):
            raise ConfigError(
                "bad_key",
                f"The key for {provider} holds characters that no key has.",
                f"Copy it again and set it with `reviewer models key set {provider}`.",
            )
        self._provider = provider
        self._model = model
        self._given = self._endpoint = endpoint
        self._client = client
        self._headers = {"authorization": f"Bearer {key}"} if key else {}
        self._dialect = ChatDialect()
        self._asked = Asked(provider, model, endpoint.place, has_key=bool(key))

    def __repr__(self) -> str:
        return f"OpenAiChatModel({self.name!r}, {self.endpoint!r})"

    @property
    def name(self) -> str:
        """Provider and model, such as ``openai/gpt-4o``."""
        return f"{self._provider}/{self._model}"

    @property
    def endpoint(self) -> str:
        """Base address as it was given, put in order; stays the same whatever is found out."""
        return self._given.base

    async def complete(self, request: ChatRequest) -> ChatReply:
        """Asks once; never retries by itself. Cancelling closes the request.

        Raises:
            ProviderError: as `ChatModel.complete`; codes are those of `HttpClient.post_json` and of `chat_errors`,
                ``bad_envelope`` and ``empty_reply``.
        """
        while True:  # ends: each turn takes something away from the dialect or adds the version to the path
            endpoint, dialect = self._endpoint, self._dialect
            reply = await self._send(endpoint, dialect.encode(request, self._model))
            if reply.status < HTTPStatus.MULTIPLE_CHOICES:
                return self._read(reply)
            if not self._learns(reply, endpoint, dialect):
                raise status_error(reply, self._asked)

    async def list_models(self) -> tuple[str, ...]:
        """The models the endpoint offers, in its order.

        Raises:
            ProviderError: as for `complete`.
        """
        while True:
            endpoint = self._endpoint
            reply = await self._send(endpoint, None)
            if is_web_page(reply) and reply.status < HTTPStatus.MULTIPLE_CHOICES:
                raise not_a_model(self._asked)
            if reply.status < HTTPStatus.MULTIPLE_CHOICES:
                return read_models(reply.body, self._asked.place)
            if not self._finds_path(reply, endpoint):
                raise status_error(reply, self._asked)

    async def aclose(self) -> None:
        """Closes the shared client's connections of this event loop; they open again when needed."""
        await self._client.aclose()

    async def _send(self, endpoint: Endpoint, body: bytes | None) -> HttpReply:
        try:
            if body is None:
                return await self._client.get_json(endpoint.url("models"), self._headers)
            return await self._client.post_json(endpoint.url("chat/completions"), self._headers, body)
        except ProviderError as error:
            if error.code != "connect_failed":
                raise
            raise unreachable(self._asked) from error

    def _read(self, reply: HttpReply) -> ChatReply:
        try:
            return read_chat_reply(reply.body, self._model, self._asked.place)
        except ProviderError as error:
            if is_web_page(reply):
                raise not_a_model(self._asked) from error
            told = error_in_success(reply, self._asked)
            if told is not None:
                raise told from error
            raise

    def _learns(self, reply: HttpReply, endpoint: Endpoint, dialect: ChatDialect) -> bool:
        if reply.status in _REFUSED_FIELDS:
            return self._finds_dialect(reply, dialect)
        return self._finds_path(reply, endpoint)

    def _finds_dialect(self, reply: HttpReply, dialect: ChatDialect) -> bool:
        words = complaint(reply)
        simpler = None if is_about_length(words) else dialect.without(words)
        if simpler is None:
            return False
        if self._dialect == dialect:  # else another request found out in the meantime
            self._dialect = simpler
        return True

    def _finds_path(self, reply: HttpReply, endpoint: Endpoint) -> bool:
        if reply.status not in _NO_SUCH_PATH or names_a_model(reply):
            return False
        versioned = endpoint.with_version()
        if versioned is None:
            return False
        self._endpoint = versioned
        return True
