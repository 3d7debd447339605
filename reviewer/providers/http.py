"""The one module that talks HTTP.

Requests go straight to the transport: no redirects are followed, no environment proxies, netrc files or cookies are
read, and nothing logs addresses or headers, because the layer that would do so is not used.
"""

import asyncio
import ipaddress
import logging
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from weakref import WeakKeyDictionary

import aiohttp
import certifi
import httpx
from aiohttp.abc import AbstractResolver, ResolveResult
from httpx_aiohttp import AiohttpTransport

from reviewer.domain.errors import ProviderError, RetryDecision

_log = logging.getLogger(__name__)
_LAST_PORT = 65_535
_RETRY = RetryDecision(retry=True)
_FATAL = RetryDecision(retry=False, fatal=True)
# OSError covers TimeoutError, socket.gaierror and ssl.SSLError.
_FOREIGN = (httpx.HTTPError, httpx.StreamError, aiohttp.ClientError, OSError)
_CONNECT_FAILURES = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    httpx.ConnectError,
    httpx.ConnectTimeout,
    socket.gaierror,
    ConnectionRefusedError,
)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait, in seconds.

    Attributes:
        connect_s: name look-up, connection and TLS handshake together.
        first_byte_s: from then to the reply's headers. Replies are not streamed, so the model writes all of it first.
        idle_s: between two pieces of the body.
        total_s: everything together, however steadily bytes come in.
    """

    connect_s: float = 10.0
    first_byte_s: float = 300.0
    idle_s: float = 60.0
    total_s: float = 600.0


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
        is_offline: only loopback may be contacted, and no name is looked up.
        make_transport: another transport, for measurements.
    """

    def __init__(
        self,
        *,
        timeouts: Timeouts | None = None,
        max_body_bytes: int = 5_000_000,
        is_offline: bool = False,
        make_transport: Callable[[ssl.SSLContext], httpx.AsyncBaseTransport] | None = None,
    ) -> None:
        self.timeouts = timeouts or Timeouts()
        self.is_offline = is_offline
        self._max_body_bytes = max_body_bytes
        self._make_transport = make_transport or self._aiohttp_transport
        self._transports: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, httpx.AsyncBaseTransport]]
        self._transports = WeakKeyDictionary()
        self._tls: ssl.SSLContext | None = None
        connect_s = self.timeouts.connect_s
        self._extensions = {"timeout": {"connect": connect_s, "pool": connect_s, "read": None, "write": None}}
        for name in ("httpx", "httpcore", "aiohttp"):  # they would print addresses with queries, and keys
            logging.getLogger(name).setLevel(logging.WARNING)

    async def post_json(self, url: str, headers: Mapping[str, str], body: bytes) -> HttpReply:
        """Sends JSON and reads the whole reply, whatever its status. Cancelling closes the connection.

        Raises:
            ProviderError: ``connect_failed``, ``timeout``, ``tls_failed``, ``connection_lost``, ``reply_too_big``,
                ``redirected``, ``offline_refused`` or ``bad_address``.
        """
        return await self._send("POST", url, {"content-type": "application/json", **headers}, body)

    async def get_json(self, url: str, headers: Mapping[str, str]) -> HttpReply:
        """Asks for JSON; as `post_json`."""
        return await self._send("GET", url, headers, b"")

    async def aclose(self) -> None:
        """Closes the running loop's connections; requests under way fail. A later request opens new ones."""
        for transport in self._transports.pop(asyncio.get_running_loop(), {}).values():
            await transport.aclose()

    async def _send(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> HttpReply:
        address = _address(url)
        if self.is_offline and not is_loopback(address.host):
            raise _offline_refused(address.host)
        request = httpx.Request(
            method,
            address,
            headers={
                "accept": "application/json",
                "accept-encoding": "identity",  # a small compressed body can hold gigabytes
                "user-agent": "reviewer",
                **headers,
            },
            content=body,
            extensions=self._extensions,
        )
        request.headers.encoding = "ascii"  # else it is worked out anew at each look
        try:
            reply = await self._exchange(request)
        except _FOREIGN as error:
            failure, cause = _translated(error, address), _system_cause(error)
        else:
            _log.debug("%s %s: status %d, %d bytes", method, _place(address), reply.status, len(reply.body))
            return reply
        # Outside the except block, because foreign errors hold the request with its key and must not be chained.
        raise failure from cause

    async def _exchange(self, request: httpx.Request) -> HttpReply:
        loop, limits = asyncio.get_running_loop(), self.timeouts
        began = loop.time()
        end = began + limits.total_s
        async with asyncio.timeout_at(min(end, began + limits.connect_s + limits.first_byte_s)) as timer:
            response = await self._transport(loop, request.url.scheme).handle_async_request(request)
            try:
                _refuse_redirect(response, request.url)
                # One timer serves first byte, idle time and deadline: moved with each piece, never past the end.
                body = await self._read(
                    response, request.url, lambda: timer.reschedule(min(end, loop.time() + limits.idle_s))
                )
            finally:
                await _stream(response).aclose()
        return HttpReply(response.status_code, response.headers, body)

    async def _read(self, response: httpx.Response, address: httpx.URL, progressed: Callable[[], None]) -> bytes:
        announced = response.headers.get("content-length", "")
        if announced.isdecimal() and int(announced) > self._max_body_bytes:
            raise _too_big(address, self._max_body_bytes)
        pieces: list[bytes] = []
        size = 0
        async for piece in _stream(response):
            progressed()
            size += len(piece)
            if size > self._max_body_bytes:
                raise _too_big(address, self._max_body_bytes)
            pieces.append(piece)
        return b"".join(pieces)

    def _transport(self, loop: asyncio.AbstractEventLoop, scheme: str) -> httpx.AsyncBaseTransport:
        by_scheme = self._transports.setdefault(loop, {})
        if scheme not in by_scheme:
            by_scheme[scheme] = self._make_transport(self._trust(scheme))
        return by_scheme[scheme]

    def _trust(self, scheme: str) -> ssl.SSLContext:
        if scheme == "http":
            return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # trusts nobody and costs nothing
        if self._tls is None:
            self._tls = tls_context()
        return self._tls

    def _aiohttp_transport(self, tls: ssl.SSLContext) -> httpx.AsyncBaseTransport:
        resolver = _LoopbackResolver() if self.is_offline else None
        return AiohttpTransport(
            verify=tls,
            client=lambda: aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, ssl=tls, resolver=resolver, keepalive_timeout=30.0),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trust_env=False,
            ),
        )


def is_loopback(host: str) -> bool:
    """Whether a host is this machine by its very spelling: ``localhost``, 127.0.0.0/8 or ::1. Looks nothing up."""
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback and str(address) in {host, "::1"}


def tls_context() -> ssl.SSLContext:
    """Verifies servers against the system's roots (or SSL_CERT_FILE), certifi's where there are none.

    Never writes session keys, whatever SSLKEYLOGFILE says, as `ssl.create_default_context` would. Takes some 20 ms.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_default_certs()
    if not context.cert_store_stats()["x509_ca"]:
        context.load_verify_locations(cafile=certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context


class _LoopbackResolver(AbstractResolver):
    """Answers for ``localhost`` without asking anybody."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        if host != "localhost":
            raise socket.gaierror(socket.EAI_NONAME, "no name is looked up offline")
        known = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=kind,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for kind, address in known
            if family in {kind, socket.AF_UNSPEC}
        ]

    async def close(self) -> None:
        """Nothing is open."""


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
            decision=_FATAL,
        )
    return address


def _place(address: httpx.URL) -> str:
    """Host and port: all of an address that may be shown."""
    host = f"[{address.host}]" if ":" in address.host else address.host
    return host if address.port is None else f"{host}:{address.port}"


def _stream(response: httpx.Response) -> httpx.AsyncByteStream:
    if isinstance(response.stream, httpx.AsyncByteStream):
        return response.stream
    raise TypeError("an asynchronous transport gave a blocking stream")


def _refuse_redirect(response: httpx.Response, address: httpx.URL) -> None:
    if not httpx.codes.is_redirect(response.status_code):
        return
    try:
        target = _place(address.join(response.headers.get("location", "")))[:100]
    except (httpx.InvalidURL, ValueError):
        target = "an address that cannot be read"
    raise ProviderError(
        "redirected",
        f"The server at {_place(address)} tried to redirect to {target}; nothing was sent there.",
        "If you trust that address, give it as the base URL.",
        decision=_FATAL,
    )


def _too_big(address: httpx.URL, limit_bytes: int) -> ProviderError:
    return ProviderError(
        "reply_too_big",
        f"The endpoint at {_place(address)} sent a reply longer than {limit_bytes / 1e6:g} MB; the rest was not read.",
        "Check that the base URL belongs to a model endpoint.",
        decision=RetryDecision(retry=False),
    )


def _offline_refused(host: str) -> ProviderError:
    return ProviderError(
        "offline_refused",
        f"Offline mode does not allow contact with {host}.",
        "Use a model on this computer (http://127.0.0.1:PORT/v1), or leave out --offline.",
        decision=_FATAL,
    )


def _translated(error: Exception, address: httpx.URL) -> ProviderError:
    place = _place(address)
    # httpx-aiohttp calls a lost connection a connect time-out; what aiohttp said is right.
    root = error.__cause__ if isinstance(error.__cause__, aiohttp.ClientError | OSError) else error
    if isinstance(root, aiohttp.ClientSSLError | ssl.SSLError) or isinstance(_system_cause(root), ssl.SSLError):
        return ProviderError(
            "tls_failed",
            f"No trusted encrypted connection to {place} could be made.",
            "Check the address (http:// or https://?) and this computer's clock; a company's own certificate "
            "authority can be named in SSL_CERT_FILE.",
            decision=_FATAL,
        )
    if isinstance(root, _CONNECT_FAILURES):
        return ProviderError(
            "connect_failed",
            f"Cannot reach the endpoint at {place}.",
            "Check the address and the network connection; for a model on this computer, start its server.",
            decision=_RETRY,
        )
    if isinstance(root, TimeoutError | httpx.TimeoutException):
        return ProviderError(
            "timeout",
            f"The endpoint at {place} did not answer in time.",
            "Try again, or allow more time with --timeout.",
            decision=_RETRY,
        )
    return ProviderError(
        "connection_lost",
        f"The connection to {place} broke before the reply was complete.",
        "Try again; if it happens each time, check that the address belongs to a model endpoint.",
        decision=_RETRY,
    )


def _system_cause(error: BaseException | None) -> OSError | None:
    """The operating system's error at the root, which knows of no request."""
    while error is not None:
        if isinstance(error, OSError) and not isinstance(error, aiohttp.ClientError):
            return error
        error = error.__cause__ or error.__context__
    return None
