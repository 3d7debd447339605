"""The border of this process: no connection crosses it but to where it is open, and it is open only during a request.

A second line behind `reviewer.providers.http`, which asks for nothing else: what a library does on its own account ends
here. Python's audit events show the sockets of Python code. They do not show those of native libraries, nor those of
asyncio's Windows loop, which looks names up through Python all the same; a test under a tracer does.
"""

import asyncio
import socket
import sys
from collections import Counter
from collections.abc import Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from errno import EACCES

Place = tuple[str, int]
"""Host or address, and port."""

KEY_LOG = "SSLKEYLOGFILE"
"""Whoever reads the file that this variable names can read all that is sent."""

_HERE = ("127.0.0.1", "::1")
_INTERNET = (socket.AF_INET, socket.AF_INET6)
_INSIDE = tuple(getattr(socket, name) for name in ("AF_UNIX", "AF_NETLINK") if hasattr(socket, name))
_LOOK_UPS = ("socket.getaddrinfo", "socket.gethostbyname")
_REVERSE_LOOK_UPS = ("socket.gethostbyaddr", "socket.getnameinfo")
_SENDINGS = ("socket.connect", "socket.sendto", "socket.sendmsg")

_open: Counter[Place] = Counter()
_addresses: dict[Place, set[str]] = {}
_is_guarded = False


class BorderClosedError(PermissionError):
    """A connection was refused before it was made."""

    def __init__(self, host: str, port: object) -> None:
        super().__init__(EACCES, f"nothing lets this program connect to {host}, port {port}")


def guard(environ: MutableMapping[str, str]) -> bool:
    """Closes the border of this process for good, and stops OpenSSL from writing down session keys. Idempotent.

    Args:
        environ: the process's own; what would have keys written down is taken out of it.

    Returns:
        Whether there was such a thing.
    """
    global _is_guarded  # noqa: PLW0603 - the process has one border, and a hook cannot be taken back
    if not _is_guarded:
        _is_guarded = True
        sys.addaudithook(_watch)
    return environ.pop(KEY_LOG, None) is not None


@contextmanager
def opened(host: str, port: int) -> Iterator[None]:
    """While inside, connections to this host and port may be made. For any thread."""
    place = (host, port)
    _open[place] += 1
    try:
        yield
    finally:
        _open[place] -= 1


async def look_up(host: str, port: int, family: int = socket.AF_UNSPEC) -> Sequence[tuple[int, str]]:
    """The addresses of a host, each with its family; for ``localhost`` without asking anybody.

    They are what may be connected to while the border is open to the host.

    Raises:
        OSError: it has none, or the border is closed to it.
    """
    if host == "localhost":
        known = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))
        return [(kind, address) for kind, address in known if family in {kind, socket.AF_UNSPEC}]
    found = await asyncio.get_running_loop().getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys((int(kind), str(address[0])) for kind, _, _, _, address in found))
    _addresses.setdefault((host, port), set()).update(address for _, address in addresses)
    return addresses


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if not event.startswith("socket."):
        return
    if event in _SENDINGS:
        sender, address = arguments[0], arguments[1]
        if isinstance(sender, socket.socket) and address is not None:
            _check_sending(sender.family, address)
    elif event in _LOOK_UPS:
        _check_look_up(arguments[0], arguments[1] if event == "socket.getaddrinfo" else None)
    elif event in _REVERSE_LOOK_UPS:
        host = arguments[0][0] if isinstance(arguments[0], tuple) else arguments[0]
        if host not in _HERE:  # nobody here asks whose an address is
            raise BorderClosedError(str(host), None)


def _check_sending(family: int, address: object) -> None:
    if family in _INSIDE:
        return
    host, port = address[:2] if family in _INTERNET and isinstance(address, tuple) else (str(family), 0)
    if host in _HERE or any(host == name or host in _addresses.get((name, at), ()) for name, at in _now(port)):
        return
    raise BorderClosedError(host, port)


def _check_look_up(host: object, port: object) -> None:
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if not isinstance(name, str) or not name or name == "localhost" or _is_address(name):
        return
    if not any(name == known and port in (at, str(at)) for known, at in _now(port)):
        raise BorderClosedError(name, port)


def _now(port: object) -> list[Place]:
    """Where the border is open at a port."""
    return [place for place, count in list(_open.items()) if count > 0 and str(place[1]) == str(port)]


def _is_address(text: str) -> bool:
    for family in _INTERNET:
        try:
            socket.inet_pton(family, text.partition("%")[0])
        except OSError:
            continue
        return True
    return False
