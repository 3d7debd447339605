"""What all providers over HTTP share: a model's name and address, a key that a header can carry, one way to ask."""

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import TypeVar

from reviewer.domain.errors import ConfigError, ProviderError
from reviewer.domain.secret import NO_SECRET, Secret
from reviewer.providers.chat_errors import Asked, error_in_success, is_web_page, not_a_model, status_error, unreachable
from reviewer.providers.endpoint import Endpoint
from reviewer.providers.headers import Headers
from reviewer.providers.http import HttpClient
from reviewer.providers.http_body import HttpReply
from reviewer.providers.lines import EventStream, Hear
from reviewer.providers.stream_errors import error_in_stream
from reviewer.providers.streamed import StreamedReply

T = TypeVar("T")


class JsonService:
    """Asks one endpoint.

    Args:
        client: makes the requests; shared.
        headers: sent with each request; may hold the key.
        asked: what messages name.
    """

    def __init__(self, client: HttpClient, headers: Headers, asked: Asked) -> None:
        self._client = client
        self._headers = headers
        self._asked = asked
        self.cannot_send = client.cannot_send

    async def send(self, url: str, body: bytes | None = None, streamed: StreamedReply | None = None) -> HttpReply:
        """Posts a body, or gets where there is none. Cancelling closes the request.

        Args:
            url: where to.
            body: what to send.
            streamed: takes the reply's parts, if it comes in parts; the whole is returned all the same.

        Raises:
            ProviderError: as `HttpClient.post_lines`, with ``unreachable`` in place of ``connect_failed``; and the
                error that the endpoint sent in the middle of a stream.
        """
        if body is None:
            return await self._reached(self._client.get_json(url, self._headers))
        if streamed is None:
            return await self._reached(self._client.post_json(url, self._headers, body))
        take = self._watching(streamed.take)
        hear = EventStream(take).hear if streamed.are_events else take
        reply = await self._reached(self._client.post_lines(url, self._headers, body, hear))
        return HttpReply(HTTPStatus.OK, {}, streamed.body()) if reply is None else reply

    def _watching(self, take: Hear) -> Hear:
        def watched(part: bytes) -> bool:
            error = error_in_stream(part, self._asked)
            if error is not None:
                raise error
            return bool(part.strip()) and take(part)

        return watched

    async def _reached(self, reply: Awaitable[T]) -> T:
        try:
            return await reply
        except ProviderError as error:
            if error.code != "connect_failed":
                raise
            raise unreachable(self._asked, error.decision.patience) from error

    def read(self, reply: HttpReply, reader: Callable[[bytes], T]) -> T:
        """What a reply of any status holds.

        Args:
            reply: as it came.
            reader: reads the body of a status 2xx; raises `ProviderError` where it cannot.

        Raises:
            ProviderError: the reader's own, or what the endpoint said instead: an error, or a page for people.
        """
        if reply.status >= HTTPStatus.MULTIPLE_CHOICES:
            raise status_error(reply, self._asked)
        try:
            return reader(reply.body)
        except ProviderError as error:
            if is_web_page(reply):
                raise not_a_model(self._asked) from error
            told = error_in_success(reply, self._asked)
            if told is None:
                raise
            raise told from error

    async def aclose(self) -> None:
        """Closes the shared client's connections of this event loop; they open again when needed."""
        await self._client.aclose()


class ServedModel:
    """One model at one endpoint: the part of `reviewer.ports.models.ChatModel` that is the same for every format.

    Args:
        provider: the prefix the user chose, such as ``openai``; names the key.
        model: as the endpoint knows it.
        endpoint: where it is.
        headers: sent with each request, beside the key.
        key_header: name and beginning of the header that carries the key.
        key: none or blank sends no such header.
        client: makes the requests; shared.

    Raises:
        ConfigError: ``bad_key``: the key holds characters that a header cannot carry; the message does not repeat it.
    """

    def __init__(
        self,
        provider: str,
        model: str,
        endpoint: Endpoint,
        key: Secret | None,
        client: HttpClient,
        *,
        key_header: tuple[str, str] = ("authorization", "Bearer "),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        header, prefix = key_header
        carried = header_key(provider, key, prefix)
        self._provider = provider
        self._model = model
        self._given = endpoint
        self._asked = Asked(provider, model, endpoint.place, has_key=bool(carried))
        self._service = JsonService(client, {**(headers or {}), **({header: carried} if carried else {})}, self._asked)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r}, {self.endpoint!r})"

    @property
    def name(self) -> str:
        """Provider and model, such as ``openai/gpt-4o``."""
        return f"{self._provider}/{self._model}"

    @property
    def endpoint(self) -> str:
        """Base address as it was given, put in order; stays the same whatever is found out."""
        return self._given.base

    @property
    def cannot_send(self) -> bool:
        """Whether it was built for a rehearsal: its first request stops before its socket (`NotSentError`)."""
        return self._service.cannot_send

    async def aclose(self) -> None:
        """Closes the shared client's connections of this event loop; they open again when needed."""
        await self._service.aclose()


def header_key(provider: str, key: Secret | None, prefix: str = "") -> Secret:
    """A key as a header carries it, with what stands before it there; empty for none.

    Raises:
        ConfigError: it holds characters that a header cannot carry; the message does not repeat it.
    """
    text = key.reveal().strip() if key else ""
    if not (text.isascii() and text.isprintable()):
        raise ConfigError(
            "bad_key",
            f"The key for {provider} holds characters that no key has.",
            f"Copy it again and set it with `reviewer models key set {provider}`.",
        )
    return Secret(prefix + text) if text else NO_SECRET
