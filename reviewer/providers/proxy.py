"""The proxy that requests go through, and what it says when it does not let them."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from reviewer.domain.destination import Destination, destination_of
from reviewer.domain.errors import ConfigError, ProviderError, RetryDecision
from reviewer.domain.secret import Secret
from reviewer.providers.endpoint import parse_endpoint

SECRET = "proxy"  # noqa: S105 - the name it is kept under
"""Under this name the proxy's NAME:PASSWORD is kept like a provider's key."""


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy.

    Attributes:
        address: scheme, host and port.
        place: host and port, as messages name it.
        headers: what is sent to it besides: a name and password, if it asks for them.
    """

    address: str
    place: str
    headers: Mapping[str, Secret] = field(default_factory=dict)

    @property
    def destination(self) -> Destination:
        """Where connections to it go. Raises ConfigError where its address is none."""
        found = destination_of(self.address)
        if found is None:
            raise _bad()
        return found


def parse_proxy(text: str, login: Secret | None) -> Proxy:
    """Reads a proxy's address; the scheme may be missing.

    Args:
        text: such as ``proxy.example:8080``.
        login: ``NAME:PASSWORD``; None or blank for none.

    Raises:
        ConfigError: ``bad_proxy``. The message repeats neither.
    """
    has_scheme = "://" in text
    try:
        endpoint = parse_endpoint(text if has_scheme else f"http://{text.strip()}")
    except ConfigError:
        raise _bad() from None
    address = endpoint.base.rstrip("/")
    if not address.startswith("http://") or address.count("/") > len("//") or endpoint.query:
        raise _bad()
    token = base64.b64encode(login.reveal().strip().encode()).decode() if login else ""
    return Proxy(address, endpoint.place, {"proxy-authorization": Secret(f"Basic {token}")} if token else {})


def proxy_refused(proxy: Proxy | None, status: int) -> ProviderError:
    """The proxy lets nothing through.

    Args:
        proxy: None for one that nobody told us of.
        status: its own.
    """
    place = f"The proxy at {proxy.place}" if proxy else "A proxy on the way"
    if status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        has_login = proxy is not None and proxy.headers
        sentence = f"{place} {'rejected the name and password' if has_login else 'asks for a name and password'}."
        hint = f"Set them as NAME:PASSWORD with `reviewer models key set {SECRET}`"
        hint += "." if proxy else ", and the proxy's address in the setting models.proxy."
    else:
        sentence = f"{place} does not let this connection through (HTTP {status})."
        hint = "Ask who runs the proxy to allow the endpoint, or change the setting models.proxy."
    return ProviderError("proxy_refused", sentence, hint, decision=RetryDecision(retry=False, fatal=True))


def proxy_unreachable(proxy: Proxy) -> ProviderError:
    """No connection to the proxy came about."""
    return ProviderError(
        "unreachable",
        f"Cannot reach the proxy at {proxy.place}.",
        "Check the setting models.proxy and the network connection.",
        decision=RetryDecision(retry=True, fatal=True),
    )


def _bad() -> ConfigError:
    return ConfigError(
        "bad_proxy",
        "The proxy's address is not one.",
        "Give it as http://HOST:PORT, without a name or password, in the setting models.proxy.",
    )
