"""The one module that talks HTTP, and only to whom it is allowed to.

Addresses are httpx's, which refuses what is none. Requests go to aiohttp's connections below it: httpx's own objects
and pool cost as much again for each call, and more with every further call in flight (`tests/benchmarks`). No redirects
are followed, no environment proxies, netrc files or cookies are read, and nothing logs addresses or headers.
"""

import asyncio
import logging
import ssl
from collections.abc import Awaitable, Callable, Collection
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from typing import TypeVar
from weakref import WeakKeyDictionary

import aiohttp
import httpx

from reviewer import border
from reviewer.domain.destination import Destination
from reviewer.domain.errors import ReviewerError
from reviewer.domain.sent import SentStatus
from reviewer.ports.sending import WITNESS, Outgoing
from reviewer.providers.addresses import address_of, destination_at, place_of, target_of
from reviewer.providers.headers import Headers, revealed
from reviewer.providers.http_body import Body, HttpReply, Timeouts, read_lines, read_whole
from reviewer.providers.http_errors import FOREIGN, refuse_compressed, refuse_redirect, system_cause, translated
from reviewer.providers.http_failures import address_refused, offline_refused
from reviewer.providers.lines import Hear
from reviewer.providers.proxy import Proxy, proxy_refused
from reviewer.providers.resolver import BorderedResolver
from reviewer.providers.trust import certificate_refused, issuer_of, tls_context

T = TypeVar("T")
_log = logging.getLogger(__name__)
_HEADERS = {
    "accept": "application/json",
    "accept-encoding": "identity",  # a small compressed body can hold gigabytes
    "user-agent": "reviewer",
}


class HttpClient:
    """All requests of the application, from any event loop; each loop gets connections of its own.

    Args:
        timeouts: how long to wait.
        max_body_bytes: longest body that is read, as it comes over the wire.
        max_line_bytes: longest line of a reply that comes line by line.
        is_offline: only loopback may be contacted, and no name is looked up.
        allowed: what may be contacted besides, to the letter of scheme, host and port.
        proxy: what all requests but those to loopback go through.
        authorities: certificate authorities that are believed besides the system's; see `trust.read_authorities`.
    """

    cannot_send = False
    """Whether requests end here, as in a rehearsal."""

    def __init__(
        self,
        *,
        timeouts: Timeouts | None = None,
        max_body_bytes: int = 5_000_000,
        max_line_bytes: int = 1_000_000,
        is_offline: bool = False,
        allowed: Collection[Destination] = (),
        proxy: Proxy | None = None,
        authorities: str | bytes | None = None,
    ) -> None:
        self.timeouts = timeouts or Timeouts()
        self.is_offline = is_offline
        self._allowed = frozenset(allowed)
        self._proxy = proxy
        self._authorities = authorities
        self._max_body_bytes = max_body_bytes
        self._max_line_bytes = max_line_bytes
        self._sessions: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, aiohttp.ClientSession]]
        self._sessions = WeakKeyDictionary()
        self._tls: ssl.SSLContext | None = None
        self._patience = aiohttp.ClientTimeout(total=None, connect=self.timeouts.connect_s)
        for name in ("httpx", "httpcore", "aiohttp"):  # they would print addresses with queries, and keys
            logging.getLogger(name).setLevel(logging.WARNING)

    async def post_json(self, url: str, headers: Headers, body: bytes) -> HttpReply:
        """Sends JSON and reads the whole reply, whatever its status. Cancelling closes the connection.

        Raises:
            ProviderError: ``connect_failed``, ``timeout``, ``tls_failed``, ``connection_lost``, ``reply_too_big``,
                ``compressed``, ``redirected``, ``proxy_refused``, ``unreachable`` (the proxy), ``offline_refused``,
                ``address_refused`` or ``bad_address``.
        """
        return await self._send("POST", url, {"content-type": "application/json", **headers}, body, read_whole)

    async def post_lines(self, url: str, headers: Headers, body: bytes, hear: Hear) -> HttpReply | None:
        """As `post_json`, and tells each line of a streamed reply as it comes, until `hear` says that it is whole.

        Returns:
            None once the reply is whole. Whatever is no stream (another status than 2xx, a single JSON value, a web
            page) is read to its end instead and not told.

        Raises:
            ProviderError: as `post_json`, ``connection_lost`` too where the stream ends before it is whole; and
                whatever `hear` raises.
        """
        told = partial(read_lines, hear, self._max_line_bytes)
        return await self._send("POST", url, {"content-type": "application/json", **headers}, body, told)

    async def get_json(self, url: str, headers: Headers) -> HttpReply:
        """Asks for JSON; as `post_json`."""
        return await self._send("GET", url, headers, b"", read_whole)

    async def aclose(self) -> None:
        """Closes the running loop's connections; requests under way fail. A later request opens new ones."""
        for session in self._sessions.pop(asyncio.get_running_loop(), {}).values():
            await session.close()

    async def _send(
        self, method: str, url: str, headers: Headers, body: bytes, take: "Callable[[Body], Awaitable[T]]"
    ) -> T:
        address = address_of(url)
        destination = self._allowed_destination(address)
        # What is on this computer is nobody else's business.
        proxy = None if destination.is_here else self._proxy
        send = partial(self._passed, destination, proxy, method, address, headers, body, take)
        witness = WITNESS.get()
        if destination.is_here or witness is None:
            return (await send())[0]
        number = await witness.leaving(Outgoing(destination, proxy.place if proxy else "", body))
        try:
            taken, status = await send()
        except ReviewerError as error:
            await witness.ended(number, error.code)
            raise
        is_good = status < HTTPStatus.BAD_REQUEST
        await witness.ended(number, SentStatus.ANSWERED if is_good else f"status_{status}")
        return taken

    async def _passed(
        self,
        destination: Destination,
        proxy: Proxy | None,
        method: str,
        address: httpx.URL,
        headers: Headers,
        body: bytes,
        take: "Callable[[Body], Awaitable[T]]",
    ) -> tuple[T, int]:
        """What an exchange beyond the border gives, and the status it came with."""
        nearest = proxy.destination if proxy else destination
        with border.opened(nearest.host, nearest.port):
            try:
                return await self._exchange(method, address, {**_HEADERS, **headers}, body, take, proxy)
            except FOREIGN as error:
                failure, cause = translated(error, address, proxy), system_cause(error)
            if isinstance(cause, ssl.SSLCertVerificationError):
                # Behind a proxy nobody asks who signed it: that would go past the proxy.
                issuer = "" if proxy else await issuer_of(destination.host, destination.port)
                failure = certificate_refused(place_of(address), cause, issuer, datetime.now(UTC))
        # Outside the except block, because foreign errors hold the request with its key and must not be chained.
        raise failure from cause

    def _allowed_destination(self, address: httpx.URL) -> Destination:
        destination = destination_at(address)
        if destination is not None and (destination.is_here or (destination in self._allowed and not self.is_offline)):
            return destination
        raise (offline_refused if self.is_offline else address_refused)(place_of(address))

    async def _exchange(
        self,
        method: str,
        address: httpx.URL,
        headers: Headers,
        body: bytes,
        take: "Callable[[Body], Awaitable[T]]",
        proxy: Proxy | None,
    ) -> tuple[T, int]:
        if proxy and address.scheme == "http":  # no tunnel: what is for the proxy stands in the request itself
            headers = {**headers, **proxy.headers}
        loop, limits = asyncio.get_running_loop(), self.timeouts
        began = loop.time()
        end = began + limits.total_s
        asking = self._session(loop, address.scheme).request(
            method,
            target_of(address),
            headers=revealed(headers),
            data=body or None,
            allow_redirects=False,
            timeout=self._patience,
            proxy=proxy.address if proxy else None,
            proxy_headers=revealed(proxy.headers) if proxy else None,
        )
        async with (
            asyncio.timeout_at(min(end, began + limits.connect_s + limits.first_byte_s)) as timer,
            asking as response,
        ):
            if response.status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
                raise proxy_refused(proxy, response.status)
            refuse_redirect(response, address)
            refuse_compressed(response, address)
            # One timer serves first byte, idle time and deadline: moved with each piece, never past the end.
            received = Body(response, address, self._max_body_bytes, limits, lambda t: timer.reschedule(min(end, t)))
            taken = await take(received)
        _log.debug("%s %s: status %d, %d bytes", method, place_of(address), response.status, received.size)
        return taken, response.status

    def _session(self, loop: asyncio.AbstractEventLoop, scheme: str) -> aiohttp.ClientSession:
        by_scheme = self._sessions.setdefault(loop, {})
        if scheme not in by_scheme:
            by_scheme[scheme] = self._open_session(self._trust(scheme))
        return by_scheme[scheme]

    def _trust(self, scheme: str) -> ssl.SSLContext:
        if scheme == "http":
            return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # trusts nobody and costs nothing
        if self._tls is None:
            self._tls = tls_context(self._authorities)
        return self._tls

    def _open_session(self, tls: ssl.SSLContext) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, ssl=tls, resolver=BorderedResolver(), keepalive_timeout=30.0),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
        )
