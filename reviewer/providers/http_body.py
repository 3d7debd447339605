"""The body of a reply as it comes: read whole or line by line, with all that may end it."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import aiohttp
import httpx

from reviewer.domain.errors import ProviderError
from reviewer.providers.addresses import place_of
from reviewer.providers.http_failures import connection_lost, too_big
from reviewer.providers.lines import Hear, LineCutter
from reviewer.providers.patience import BROKEN_REPLY

_WHOLE_KINDS = {"application/json", "application/problem+json", "text/html"}


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


class Body:
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
            raise too_big(place_of(address), longest)

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
            raise too_big(place_of(self.address), self._longest)
        spent_s = now - self._began
        if spent_s > self._limits.slow_s and self.size < self._limits.slowest_rate * spent_s:
            raise TimeoutError


async def read_whole(body: Body) -> HttpReply:
    """Reads a body to its end."""
    pieces: list[bytes] = []
    async for piece in body.response.content.iter_any():
        body.count(piece)
        pieces.append(piece)
    return HttpReply(body.response.status, body.response.headers, b"".join(pieces))


async def read_lines(hear: Hear, longest_line: int, body: Body) -> HttpReply | None:
    """Tells each line until `hear` says that the reply is whole, then gives None; what is no stream is read whole."""
    # Some servers call a stream plain text; none calls it one of these.
    if not body.response.ok or body.response.content_type in _WHOLE_KINDS:
        return await read_whole(body)
    cutter = LineCutter(longest_line)
    async for piece in body.response.content.iter_any():
        body.count(piece)
        try:
            lines = cutter.cut(piece)
        except ValueError:
            raise too_big(place_of(body.address), longest_line) from None
        if any(hear(line) for line in lines):
            return None
    if not _ends_whole(hear, cutter.rest()):
        raise connection_lost(place_of(body.address), BROKEN_REPLY)
    return None


def _ends_whole(hear: Hear, rest: bytes) -> bool:
    """Whether what came last made the reply whole, though no line's end or blank line came after it."""
    try:
        return any(hear(line) for line in (rest, b""))
    except ProviderError:
        if rest:  # a line that was cut tells nothing
            return False
        raise
