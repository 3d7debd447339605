"""Destinations: where a connection may go, to the letter of scheme, host and port."""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from reviewer.domain.errors import ConfigError

_PORTS = {"http": 80, "https": 443}
_HERE = ("localhost", "127.0.0.1", "::1")
_LAST_PORT = 65_535


@dataclass(frozen=True, slots=True, order=True)
class Destination:
    """A scheme, a host and a port. Two are the same only if all three are.

    Attributes:
        scheme: ``http`` or ``https``.
        host: a name in lower case and ASCII, or an address; an IPv6 address without brackets.
    """

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.scheme}://{self.place}"

    @property
    def place(self) -> str:
        """Host and port as people read them; the scheme's own port is left out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def is_here(self) -> bool:
        """Whether it is this computer by its very spelling: ``localhost``, 127.0.0.1 or ::1. Looks nothing up."""
        return self.host in _HERE


def destination_of(url: str) -> Destination | None:
    """Where a web address leads; None for what is none, such as a file."""
    try:
        parts = urlsplit(url.strip())
        host = _ascii(parts.hostname or "")
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not host or not 0 < port <= _LAST_PORT:
        return None
    return Destination(parts.scheme, host, port)


def parse_destination(text: str) -> Destination:
    """A destination as people write it: https where no scheme is named, and whatever path follows is left out.

    Raises:
        ConfigError: ``bad_destination``.
    """
    text = text.strip()
    found = destination_of(text if "://" in text else f"https://{text}")
    if found is None or "@" in text or not text.isprintable() or " " in text:
        message = f'"{text}" is no address that text can be sent to.'
        raise ConfigError("bad_destination", message, "Give it as https://HOST or http://HOST:PORT.")
    return found


def places(destinations: Iterable[Destination]) -> str:
    """Hosts and ports in one phrase, each once."""
    return ", ".join(dict.fromkeys(each.place for each in destinations))


def _ascii(host: str) -> str:
    """A host's name as it is looked up. Raises ValueError."""
    if ":" in host:
        return str(ipaddress.ip_address(host))
    return host if host.isascii() else host.encode("idna").decode("ascii")
