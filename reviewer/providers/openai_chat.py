"""Any endpoint that speaks the OpenAI chat format."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus

from reviewer.domain.chat import ChatReply, ChatRequest, FinishReason
from reviewer.domain.secret import Secret
from reviewer.providers.chat_dialect import ChatDialect
from reviewer.providers.chat_envelope import StreamedChat, read_chat_reply, read_models
from reviewer.providers.chat_errors import complaint, is_about_length, names_a_model
from reviewer.providers.endpoint import Endpoint
from reviewer.providers.http import HttpClient
from reviewer.providers.http_body import HttpReply
from reviewer.providers.json_service import ServedModel

_NO_SUCH_PATH = {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}
_REFUSED_FIELDS = {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY}

_FILTERED = "content_filter"


class OpenAiChatModel(ServedModel):
    """One model at one endpoint; implements `reviewer.ports.models.ChatModel`.

    It finds out by itself what the endpoint understands (`ChatDialect`) and whether its path lacks ``v1``, and
    remembers both. That may take a few extra requests the first time; they are not retries.

    Args and errors are those of `ServedModel`; the key is a bearer token.
    """

    def __init__(self, provider: str, model: str, endpoint: Endpoint, key: Secret | None, client: HttpClient) -> None:
        super().__init__(provider, model, endpoint, key, client)
        self._endpoint = endpoint
        self._dialect = ChatDialect()

    async def complete(self, request: ChatRequest, listen: Callable[[str], None] | None = None) -> ChatReply:
        """Asks once; never retries by itself. Cancelling closes the request. See `ChatModel.complete`.

        Raises:
            ProviderError: as `ChatModel.complete`; codes are those of `HttpClient.post_json` and of `chat_errors`,
                ``bad_envelope`` and ``empty_reply``.
        """
        while True:  # ends: each turn takes something away from the dialect or adds the version to the path
            endpoint, dialect = self._endpoint, self._dialect
            streamed = StreamedChat(listen, self._asked.place) if listen else None
            streams = streamed is not None and dialect.has_stream
            body = dialect.encode(request, self._model, streams=streams)
            reply = await self._service.send(endpoint.url("chat/completions"), body, streamed)
            if reply.status in _REFUSED_FIELDS and _FILTERED in complaint(reply):
                return ChatReply("", self._model, FinishReason.REFUSED)  # the filter declined before the model did
            if reply.status < HTTPStatus.MULTIPLE_CHOICES or not self._learns(
                reply, endpoint, dialect, streams=streams
            ):
                found = self._service.read(reply, self._read)
                return streamed.ended(found) if streamed else found

    async def list_models(self) -> tuple[str, ...]:
        """The models the endpoint offers, in its order.

        Raises:
            ProviderError: as for `complete`.
        """
        while True:
            endpoint = self._endpoint
            reply = await self._service.send(endpoint.url("models"))
            if reply.status < HTTPStatus.MULTIPLE_CHOICES or not self._finds_path(reply, endpoint):
                return self._service.read(reply, partial(read_models, place=self._asked.place))

    def _read(self, body: bytes) -> ChatReply:
        return read_chat_reply(body, self._model, self._asked.place)

    def _learns(self, reply: HttpReply, endpoint: Endpoint, dialect: ChatDialect, *, streams: bool) -> bool:
        if reply.status in _REFUSED_FIELDS:
            return self._finds_dialect(reply, dialect, streams=streams)
        return self._finds_path(reply, endpoint)

    def _finds_dialect(self, reply: HttpReply, dialect: ChatDialect, *, streams: bool) -> bool:
        words = complaint(reply)
        if is_about_length(words):
            return False
        simpler = (dialect.without_stream(words) if streams else None) or dialect.without(words)
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
