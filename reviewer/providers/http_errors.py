"""What the libraries below HTTP report, in our words; theirs hold the request with its key and are not kept."""

import socket
import ssl
from http import HTTPStatus

import aiohttp
import httpx

from reviewer.domain.errors import ProviderError, RetryDecision
from reviewer.providers.addresses import is_here, place_of
from reviewer.providers.http_failures import FATAL, connection_lost
from reviewer.providers.patience import BROKEN_REPLY, DROPPED, UNREACHABLE, UNREACHABLE_HERE
from reviewer.providers.proxy import Proxy, proxy_refused, proxy_unreachable

# OSError covers TimeoutError, socket.gaierror and ssl.SSLError.
FOREIGN = (aiohttp.ClientError, OSError)
_CONNECT_FAILURES = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,  # from 500 on: the proxy could not reach the endpoint either
    socket.gaierror,
    ConnectionRefusedError,
)
_REDIRECTS = range(300, 400)


def translated(error: Exception, address: httpx.URL, proxy: Proxy | None) -> ProviderError:
    """What to tell of a library's or the operating system's error; one of `FOREIGN`."""
    place = place_of(address)
    if proxy and isinstance(error, aiohttp.ClientProxyConnectionError):
        return proxy_unreachable(proxy)
    if isinstance(error, aiohttp.ClientHttpProxyError) and error.status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return proxy_refused(proxy, error.status)
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError) or isinstance(system_cause(error), ssl.SSLError):
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
            decision=RetryDecision(retry=True, patience=UNREACHABLE_HERE if is_here(address) else UNREACHABLE),
        )
    if isinstance(error, TimeoutError):
        return ProviderError(
            "timeout",
            f"The endpoint at {place} did not answer in time.",
            "Try again, or allow more time with --timeout.",
            decision=RetryDecision(retry=True),
        )
    # What broke in the middle of a reply may have been paid for.
    return connection_lost(
        place_of(address), BROKEN_REPLY if isinstance(error, aiohttp.ClientPayloadError) else DROPPED
    )


def refuse_redirect(response: aiohttp.ClientResponse, address: httpx.URL) -> None:
    """Raises ProviderError: ``redirected``."""
    if response.status not in _REDIRECTS:
        return
    try:
        target = place_of(address.join(response.headers.get("location", "")))[:100]
    except (httpx.InvalidURL, ValueError):
        target = "an address that cannot be read"
    raise ProviderError(
        "redirected",
        f"The server at {place_of(address)} tried to redirect to {target}; nothing was sent there.",
        "If you trust that address, give it as the base URL.",
        decision=FATAL,
    )


def refuse_compressed(response: aiohttp.ClientResponse, address: httpx.URL) -> None:
    """Of an answer; an error's status says enough, however its body comes."""
    if not response.ok or response.headers.get("content-encoding", "").strip().lower() in {"", "identity"}:
        return
    raise ProviderError(
        "compressed",
        f"The endpoint at {place_of(address)} compressed its reply although it was asked not to; it was not read.",
        "Turn compression off at the server, or at the proxy in front of it.",
        decision=RetryDecision(retry=False),
    )


def system_cause(error: BaseException | None) -> OSError | None:
    """The operating system's error at the root, which knows of no request."""
    while error is not None:
        if isinstance(error, OSError) and not isinstance(error, aiohttp.ClientError):
            return error
        error = error.__cause__ or error.__context__
    return None
