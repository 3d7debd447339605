"""The one module that talks HTTP, and only to whom it is allowed to.

Addresses are httpx's, which refuses what is none. Requests go to aiohttp's connections below it: httpx's own objects
and pool cost as much again for each call, and more with every further call in flight (`tests/benchmarks`). No redirects
are followed, no environment proxies, netrc files or cookies are read, and nothing logs addresses or headers.
"""

import asyncio
import logging
import socket
import ssl
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache, partial
from http import HTTPStatus
from typing import TypeVar
from weakref import WeakKeyDictionary

import aiohttp
import httpx
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from reviewer import border
from reviewer.domain.destination import Destination, destination_of
from reviewer.domain.errors import ProviderError, RetryDecision
from reviewer.ports.sending import WITNESS, Outgoing
from reviewer.providers.headers import Headers, revealed
from reviewer.providers.http_failures import FATAL, address_refused, connection_lost, offline_refused, too_big
from reviewer.providers.lines import Hear, LineCutter
from reviewer.providers.patience import BROKEN_REPLY, DROPPED, UNREACHABLE, UNREACHABLE_HERE
from reviewer.providers.proxy import Proxy, proxy_refused, proxy_unreachable
from reviewer.providers.trust import certificate_refused, issuer_of, tls_context

T = TypeVar("T")
_log = logging.getLogger(__name__)
_LAST_PORT = 65_535
_WHOLE_KINDS = {"application/json", "application/problem+json", "text/html"}
# OSError covers TimeoutError, socket.gaierror and ssl.SSLError.
_FOREIGN = (aiohttp.ClientError, OSError)
_CONNECT_FAILURES = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,  # from 500 on: the proxy could not reach the endpoint either
    socket.gaierror,
    ConnectionRefusedError,
)
_REDIRECTS = range(300, 400)
_HEADERS = {
    "accept": "application/json",
    "accept-encoding": "identity",  # a small compressed body can hold gigabytes
    "user-agent": "reviewer",
}


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait, in seconds.

    Attributes:
        connect_s: name look-up, connection and TLS handshake together.
        first_byte_s: from then to the body's first byte. Unless it streams, the model writes all of the reply first.
        idle_s: between two pieces of the body.
        total_s: everything together, however steadily bytes come in.
        slow_s: after so long a body must have come at ``slowest_rate`` or faster.
        slowest_rate: bytes a second, on average since the body's first byte.
    """

    connect_s: float = 10.0
    first_byte_s: float = 300.0
    idle_s: float = 60.0
    total_s: float = 600.0
    slow_s: float = 60.0
    slowest_rate: float = 50.0


@dataclass(frozen=True, slots=True)
class HttpReply:
    """A whole reply; ``headers`` are looked up without regard to case. Its repr shows neither headers nor body."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


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
        return await self._send("POST", url, {"content-type": "application/json", **headers}, body, _whole)

    async def post_lines(self, url: str, headers: Headers, body: bytes, hear: Hear) -> HttpReply | None:
        """As `post_json`, and tells each line of a streamed reply as it comes, until `hear` says that it is whole.

        Returns:
            None once the reply is whole. Whatever is no stream (another status than 2xx, a single JSON value, a web
            page) is read to its end instead and not told.

        Raises:
            ProviderError: as `post_json`, ``connection_lost`` too where the stream ends before it is whole; and
                whatever `hear` raises.
        """
        told = partial(_told, hear, self._max_line_bytes)
        return await self._send("POST", url, {"content-type": "application/json", **headers}, body, told)

    async def get_json(self, url: str, headers: Headers) -> HttpReply:
        """Asks for JSON; as `post_json`."""
        return await self._send("GET", url, headers, b"", _whole)

    async def aclose(self) -> None:
        """Closes the running loop's connections; requests under way fail. A later request opens new ones."""
        for session in self._sessions.pop(asyncio.get_running_loop(), {}).values():
            await session.close()

    async def _send(
        self, method: str, url: str, headers: Headers, body: bytes, take: "Callable[[_Body], Awaitable[T]]"
    ) -> T:
        address = _address(url)
        destination = self._allowed_destination(address)
        # What is on this computer is nobody else's business.
        proxy = None if destination.is_here else self._proxy
        if not destination.is_here:
            await _tell_witness(destination, proxy, body)
        nearest = proxy.destination if proxy else destination
        with border.opened(nearest.host, nearest.port):
            try:
                return await self._exchange(method, address, {**_HEADERS, **headers}, body, take, proxy)
            except _FOREIGN as error:
                failure, cause = _translated(error, address, proxy), _system_cause(error)
            if isinstance(cause, ssl.SSLCertVerificationError):
                # Behind a proxy nobody asks who signed it: that would go past the proxy.
                issuer = "" if proxy else await issuer_of(destination.host, destination.port)
                failure = certificate_refused(_place(address), cause, issuer, datetime.now(UTC))
        # Outside the except block, because foreign errors hold the request with its key and must not be chained.
        raise failure from cause

    def _allowed_destination(self, address: httpx.URL) -> Destination:
        destination = _destination(address)
        if destination is not None and (destination.is_here or (destination in self._allowed and not self.is_offline)):
            return destination
        raise (offline_refused if self.is_offline else address_refused)(_place(address))

    async def _exchange(
        self,
        method: str,
        address: httpx.URL,
        headers: Headers,
        body: bytes,
        take: "Callable[[_Body], Awaitable[T]]",
        proxy: Proxy | None,
    ) -> T:
        if proxy and address.scheme == "http":  # no tunnel: what is for the proxy stands in the request itself
            headers = {**headers, **proxy.headers}
        loop, limits = asyncio.get_running_loop(), self.timeouts
        began = loop.time()
        end = began + limits.total_s
        asking = self._session(loop, address.scheme).request(
            method,
            _target(address),
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
            _refuse_redirect(response, address)
            _refuse_compressed(response, address)
            # One timer serves first byte, idle time and deadline: moved with each piece, never past the end.
            received = _Body(response, address, self._max_body_bytes, limits, lambda t: timer.reschedule(min(end, t)))
            taken = await take(received)
        _log.debug("%s %s: status %d, %d bytes", method, _place(address), response.status, received.size)
        return taken

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
            connector=aiohttp.TCPConnector(limit=0, ssl=tls, resolver=_Resolver(), keepalive_timeout=30.0),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
        )


class _Body:
    """A reply's body as it comes, with all that may end it: size, silence, slowness.

    Args:
        longest: bytes it may have.
        wait_until: moves the timer.
    """

    def __init__(
        self,
        response: aiohttp.ClientResponse,
        address: httpx.URL,
        longest: int,
        limits: Timeouts,
        wait_until: Callable[[float], None],
    ) -> None:
        self.response = response
        self.address = address
        self.size = 0
        self._longest = longest
        self._limits = limits
        self._wait_until = wait_until
        self._now = asyncio.get_running_loop().time
        self._began: float | None = None
        if (response.content_length or 0) > longest:
            raise too_big(_place(address), longest)

    def count(self, piece: bytes) -> None:
        """Takes note of the next piece.

        Raises:
            ProviderError: ``reply_too_big``.
            TimeoutError: pieces come too slowly.
        """
        now = self._now()
        self._wait_until(now + self._limits.idle_s)
        self._began = now if self._began is None else self._began
        self.size += len(piece)
        if self.size > self._longest:
            raise too_big(_place(self.address), self._longest)
        spent_s = now - self._began
        if spent_s > self._limits.slow_s and self.size < self._limits.slowest_rate * spent_s:
            raise TimeoutError


async def _whole(body: _Body) -> HttpReply:
    pieces: list[bytes] = []
    async for piece in body.response.content.iter_any():
        body.count(piece)
        pieces.append(piece)
    return HttpReply(body.response.status, body.response.headers, b"".join(pieces))


async def _told(hear: Hear, longest_line: int, body: _Body) -> HttpReply | None:
    # Some servers call a stream plain text; none calls it one of these.
    if not body.response.ok or body.response.content_type in _WHOLE_KINDS:
        return await _whole(body)
    cutter = LineCutter(longest_line)
    async for piece in body.response.content.iter_any():
        body.count(piece)
        try:
            lines = cutter.cut(piece)
        except ValueError:
            raise too_big(_place(body.address), longest_line) from None
        if any(hear(line) for line in lines):
            return None
    if not _ends_whole(hear, cutter.rest()):
        raise connection_lost(_place(body.address), BROKEN_REPLY)
    return None


def _ends_whole(hear: Hear, rest: bytes) -> bool:
    """Whether what came last made the reply whole, though no line's end or blank line came after it."""
    try:
        return any(hear(line) for line in (rest, b""))
    except ProviderError:
        if rest:  # a line that was cut tells nothing
            return False
        raise


class _Resolver(AbstractResolver):
    """Looks names up where the border lets it."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=kind,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for kind, address in await border.look_up(host, port, family)
        ]

    async def close(self) -> None:
        """Nothing is open."""


async def _tell_witness(destination: Destination, proxy: Proxy | None, body: bytes) -> None:
    witness = WITNESS.get()
    if witness is not None:
        await witness.leaving(Outgoing(destination, proxy.place if proxy else "", body))


@lru_cache(maxsize=64)
def _address(url: str) -> httpx.URL:
    try:
        address = httpx.URL(url)
    except httpx.InvalidURL:
        address = httpx.URL("")
    if address.scheme not in {"http", "https"} or not address.host or (address.port or 0) > _LAST_PORT:
        raise ProviderError(
            "bad_address",
            "The endpoint's address is not a web address.",
            "Give it as https://HOST/v1.",
            decision=FATAL,
        )
    return address


@lru_cache(maxsize=64)
def _destination(address: httpx.URL) -> Destination | None:
    return destination_of(str(address))


def _is_here(address: httpx.URL) -> bool:
    destination = _destination(address)
    return destination is not None and destination.is_here


def _place(address: httpx.URL) -> str:
    """Host and port: all of an address that may be shown."""
    host = f"[{address.host}]" if ":" in address.host else address.host
    return host if address.port is None else f"{host}:{address.port}"


@lru_cache(maxsize=64)
def _target(address: httpx.URL) -> URL:
    """The address as aiohttp takes it, in httpx's spelling."""
    return URL(str(address), encoded=True)


def _refuse_redirect(response: aiohttp.ClientResponse, address: httpx.URL) -> None:
    if response.status not in _REDIRECTS:
        return
    try:
        target = _place(address.join(response.headers.get("location", "")))[:100]
    except (httpx.InvalidURL, ValueError):
        target = "an address that cannot be read"
    raise ProviderError(
        "redirected",
        f"The server at {_place(address)} tried to redirect to {target}; nothing was sent there.",
        "If you trust that address, give it as the base URL.",
        decision=FATAL,
    )


def _refuse_compressed(response: aiohttp.ClientResponse, address: httpx.URL) -> None:
    """Of an answer; an error's status says enough, however its body comes."""
    if not response.ok or response.headers.get("content-encoding", "").strip().lower() in {"", "identity"}:
        return
    raise ProviderError(
        "compressed",
        f"The endpoint at {_place(address)} compressed its reply although it was asked not to; it was not read.",
        "Turn compression off at the server, or at the proxy in front of it.",
        decision=RetryDecision(retry=False),
    )


def _translated(error: Exception, address: httpx.URL, proxy: Proxy | None) -> ProviderError:
    place = _place(address)
    if proxy and isinstance(error, aiohttp.ClientProxyConnectionError):
        return proxy_unreachable(proxy)
    if isinstance(error, aiohttp.ClientHttpProxyError) and error.status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return proxy_refused(proxy, error.status)
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError) or isinstance(_system_cause(error), ssl.SSLError):
        return ProviderError(
            "tls_failed",
            f"No trusted encrypted connection to {place} could be made.",
            "Check the address (http:// or https://?), and whether a proxy stands in between.",
            decision=FATAL,
        )
    if isinstance(error, _CONNECT_FAILURES):
        return ProviderError(
            "connect_failed",
            f"Cannot reach the endpoint at {place}.",
            "Check the address and the network connection; for a model on this computer, start its server.",
            decision=RetryDecision(retry=True, patience=UNREACHABLE_HERE if _is_here(address) else UNREACHABLE),
        )
    if isinstance(error, TimeoutError):
        return ProviderError(
            "timeout",
            f"The endpoint at {place} did not answer in time.",
            "Try again, or allow more time with --timeout.",
            decision=RetryDecision(retry=True),
        )
    # What broke in the middle of a reply may have been paid for.
    return connection_lost(_place(address), BROKEN_REPLY if isinstance(error, aiohttp.ClientPayloadError) else DROPPED)


def _system_cause(error: BaseException | None) -> OSError | None:
    """The operating system's error at the root, which knows of no request."""
    while error is not None:
        if isinstance(error, OSError) and not isinstance(error, aiohttp.ClientError):
            return error
        error = error.__cause__ or error.__context__
    return None
