"""A model endpoint on the loopback interface, for tests and benchmarks. Standard library only.

In this process::

    async with ModelServer(latency_s=0.2) as server:
        ...  # server.base_url, server.bodies, server.max_concurrency

As a process of its own (`tests.model_server.process` starts and stops it)::

    python tests/model_server/server.py --port 0 --latency-ms 200

which prints its base URL, ending in ``/v1``, as its first line. Any process can then ask ``GET /__requests``:
``count``, ``unique``, ``sha256`` (of each body, in order), ``max_concurrency``, ``connections``, ``aborted``,
``refused`` (by the limit); with ``?bodies=1`` the bodies too. ``DELETE /__requests`` forgets them.
"""

import argparse
import asyncio
import contextlib
import json
import ssl
import sys
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.model_server.answers import answer, inventing, leaking
from tests.model_server.catalogue import parse_fault
from tests.model_server.connection import Connection
from tests.model_server.faults import Fault
from tests.model_server.pacing import Latency, Limit, Pace
from tests.model_server.protocols import OPENAI, Protocol

Answer = Callable[[dict[str, Any]], str]
_STATIC = json.dumps({"answer": "yes"})


class ModelServer:
    """The server and what it saw.

    Args:
        port: 0 for any free one.
        latency_s: from a request's last byte to the reply's first; the median where there is a ``latency_sigma``.
        latency_sigma: of the lognormal distribution.
        limit: when it refuses with 429.
        seed: of latencies and refusals.
        gap_s: between two parts of a stream.
        fault: how to misbehave; may be changed at any time.
        key: the only key that is let in; None lets everybody in.
        rejects: fields (``seed``, ``max_tokens`` ...) or ``json_schema``/``json_object`` to refuse with status 400.
        path: where the service is; anything else is 404.
        models: names it offers; None takes any model name.
        answer: content of a reply for a request.
        tls: serve https.
        context: tokens its models take at most; only Ollama's interface tells, and clips.
        openai: what answers where OpenAI's chat service is: `LLAMA_CPP` words errors as llama.cpp's server does.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        latency_s: float = 0.0,
        latency_sigma: float = 0.0,
        limit: Limit | None = None,
        seed: int = 0,
        gap_s: float = 0.0,
        fault: Fault | None = None,
        key: str | None = None,
        rejects: Iterable[str] = (),
        path: str = "/v1",
        models: tuple[str, ...] | None = None,
        answer: Answer = answer,
        tls: ssl.SSLContext | None = None,
        context: int | None = None,
        openai: Protocol = OPENAI,
    ) -> None:
        self.pace = Pace(Latency(latency_s, latency_sigma), limit or Limit(), seed)
        self.gap_s = gap_s
        self.fault = fault
        self.key = key
        self.rejects = frozenset(rejects)
        self.path = path.rstrip("/")
        self.models = models
        self.answer = answer
        self.context = context
        self.openai = openai
        self.bodies: list[bytes] = []
        self.heads: list[bytes] = []
        self.concurrency = self.max_concurrency = self.connections = self.aborted = 0
        self._tls = tls
        self._port = port
        self._server: asyncio.Server | None = None
        self.open: set[Connection] = set()
        self._changed = asyncio.Event()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._port

    @property
    def base_url(self) -> str:
        """Its address, path included."""
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self._port}{self.path}"

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: Connection(self), "127.0.0.1", self._port, backlog=512, ssl=self._tls
        )
        self._port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for connection in list(self.open):
            connection.transport.abort()
        await self._server.wait_closed()

    async def until(self, condition: Callable[["ModelServer"], bool]) -> None:
        """Waits until a condition on this server holds; it is tried whenever something happens."""
        while not condition(self):
            self._changed.clear()
            await self._changed.wait()

    def notify(self) -> None:
        """Something happened."""
        self._changed.set()

    def stats(self, *, with_bodies: bool) -> dict[str, Any]:
        """What ``GET /__requests`` says."""
        hashes = [sha256(body).hexdigest() for body in self.bodies]
        seen: dict[str, Any] = {
            "count": len(hashes),
            "unique": len(set(hashes)),
            "sha256": hashes,
            "max_concurrency": self.max_concurrency,
            "connections": self.connections,
            "aborted": self.aborted,
            "refused": self.pace.refused,
        }
        if with_bodies:
            seen["bodies"] = [body.decode("utf-8", "replace") for body in self.bodies]
        return seen

    def forget(self) -> None:
        """Forgets all requests."""
        self.bodies.clear()
        self.heads.clear()
        self.max_concurrency = self.concurrency
        self.connections = self.aborted = self.pace.refused = 0


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="A model endpoint on the loopback interface.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--latency-ms", type=float, default=0.0)
    parser.add_argument("--latency-sigma", type=float, default=0.0, help="lognormal; --latency-ms is the median")
    parser.add_argument("--limit-share", type=float, default=0.0, help="share of requests refused with 429")
    parser.add_argument("--retry-after", default="", help="the header of these")
    parser.add_argument("--limit-rate", type=int, default=0, help="requests let in within --limit-window seconds")
    parser.add_argument("--limit-window", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0, help="of latencies and refusals")
    parser.add_argument("--gap-ms", type=float, default=0.0)
    parser.add_argument("--fault", type=parse_fault, help="NAME or KIND[:name=value,...], see catalogue.py")
    parser.add_argument("--key", help="the only key that is let in")
    parser.add_argument("--reject", action="append", default=[], help="a field, json_schema or json_object; repeatable")
    parser.add_argument("--path", default="/v1")
    parser.add_argument("--offer", action="append", help="a model it offers; repeatable; any where none is given")
    parser.add_argument("--static", action="store_true", help="always the same content: fastest, for benchmarks")
    parser.add_argument("--invent", action="store_true", help="every quote is made up")
    parser.add_argument("--leak", action="store_true", help="a reply in three carries a link that leads away")
    return parser.parse_args(argv)


def _answer(options: argparse.Namespace) -> Answer:
    if options.static:
        return lambda _: _STATIC
    return inventing if options.invent else leaking if options.leak else answer


async def _serve(options: argparse.Namespace) -> None:
    server = ModelServer(
        port=options.port,
        latency_s=options.latency_ms / 1000,
        latency_sigma=options.latency_sigma,
        limit=Limit(options.limit_share, options.retry_after, options.limit_rate, options.limit_window),
        seed=options.seed,
        gap_s=options.gap_ms / 1000,
        fault=options.fault,
        key=options.key,
        rejects=options.reject,
        path=options.path,
        models=tuple(options.offer) if options.offer else None,
        answer=_answer(options),
    )
    async with server:
        print(server.base_url, flush=True)
        await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(_arguments(None)))
