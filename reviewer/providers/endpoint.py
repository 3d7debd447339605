"""Where an endpoint is: a base URL as people write it, put in order."""

import ipaddress
import re
from dataclasses import dataclass, field, replace
from urllib.parse import SplitResult, urlsplit

from reviewer.domain.errors import ConfigError

_CHAT_PATH = "chat/completions"
_VERSION_AT_END = re.compile(r"/v\d+\w*/$")
_SPELLED_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*://")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A base address.

    Attributes:
        base: scheme, host, port and path, with a slash at the end and no credentials.
        query: what follows every path (some gateways want ``api-version=...``); kept out of messages.
    """

    base: str
    query: str = field(default="", repr=False)

    @property
    def place(self) -> str:
        """Host and port, as messages name it."""
        return urlsplit(self.base).netloc

    def url(self, path: str) -> str:
        """The address of a service such as ``chat/completions``."""
        return f"{self.base}{path}?{self.query}" if self.query else self.base + path

    def with_version(self) -> "Endpoint | None":
        """The same with ``v1/`` added, or None where the path names a version already."""
        return None if _VERSION_AT_END.search(self.base) else replace(self, base=f"{self.base}v1/")


def parse_endpoint(text: str, *, default_port: int | None = None) -> Endpoint:
    """Reads a base URL: the scheme may be missing (``http`` for this machine and the local network, else ``https``).

    Args:
        text: such as ``127.0.0.1:11434`` or ``https://host/v1/``.
        default_port: where neither scheme nor port are spelled out.

    Raises:
        ConfigError: it is no web address, or it holds a name and password. The message does not repeat it.
    """
    text = text.strip()
    has_scheme = bool(_SPELLED_SCHEME.match(text))
    try:
        parts = urlsplit(text if has_scheme else f"//{text}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _bad("The base URL is not a web address.") from None
    _check(parts, host, text)
    if not has_scheme:
        port = port or default_port
    scheme = parts.scheme.lower() or ("http" if _is_nearby(host) else "https")
    # A server that listens everywhere is told so as 0.0.0.0; not every system lets clients call that.
    name = "127.0.0.1" if host == "0.0.0.0" else f"[{host}]" if ":" in host else host  # noqa: S104 - an address to call
    path = parts.path.strip("/").removesuffix(_CHAT_PATH).strip("/")
    return Endpoint(f"{scheme}://{name}{f':{port}' if port else ''}/{f'{path}/' if path else ''}", parts.query)


def _check(parts: SplitResult, host: str, text: str) -> None:
    if "@" in parts.netloc:
        raise _bad("The base URL must not hold a user name or password.")
    if parts.scheme.lower() not in {"", "http", "https"} or not host or not text.isprintable() or " " in text:
        raise _bad("The base URL is not a web address.")


def _bad(sentence: str) -> ConfigError:
    return ConfigError("bad_base_url", sentence, "Give it as https://HOST/v1, or http://127.0.0.1:PORT/v1.")


def _is_nearby(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith(".local")
    return address.is_private or address.is_loopback
