"""The HTTP client of a rehearsal: it has no connections, and stops each request where its socket would open."""

from http import HTTPStatus
from typing import NoReturn
from urllib.parse import urlsplit

from reviewer.ports.sending import NotSentError
from reviewer.providers.headers import Headers
from reviewer.providers.http import HttpClient
from reviewer.providers.http_body import HttpReply
from reviewer.providers.lines import Hear

_QUESTIONS_BEFORE = ("/api/show",)
"""Services that are asked about the model before anything is sent to it; what they would say is not known."""


class RehearsingClient(HttpClient):
    """Takes requests like any client, and sends none. What asks for no text of a document is told *not found*."""

    cannot_send = True

    async def post_json(self, url: str, headers: Headers, body: bytes) -> HttpReply:
        """Stops. Raises NotSentError with the body."""
        if urlsplit(url).path.endswith(_QUESTIONS_BEFORE):
            return await self.get_json(url, headers)
        raise NotSentError(body)

    async def post_lines(self, url: str, headers: Headers, body: bytes, hear: Hear) -> NoReturn:  # noqa: ARG002 - the base's
        """Stops. Raises NotSentError with the body."""
        raise NotSentError(body)

    async def get_json(self, url: str, headers: Headers) -> HttpReply:  # noqa: ARG002 - the base's
        """Nothing is there."""
        return HttpReply(HTTPStatus.NOT_FOUND, {}, b"")

    async def aclose(self) -> None:
        """Nothing is open."""
