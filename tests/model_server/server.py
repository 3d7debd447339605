"""A model endpoint on the loopback interface, for tests and benchmarks. Standard library only.

In this process::

    async with ModelServer(latency_s=0.2) as server:
        ...  # server.base_url, server.bodies, server.max_concurrency

As a process of its own (`tests.model_server.process` starts and stops it)::

    python tests/model_server/server.py --port 0 --latency-ms 200

which prints its base URL, ending in ``/v1``, as its first line. Any process can then ask ``GET /__requests``:
``count``, ``unique``, ``sha256`` (of each body, in order), ``max_concurrency``, ``connections``, ``aborted``; with
``?bodies=1`` the bodies too. ``DELETE /__requests`` forgets them.
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

from tests.model_server.answers import answer
from tests.model_server.faults import Fault, error_body, parse_fault
from tests.model_server.replies import BODIES, JSON, envelope, refused_field

Answer = Callable[[dict[str, Any]], str]
_MODEL = "test-model"
_STATIC = json.dumps({"answer": "yes"})


class ModelServer:
    """The server and what it saw.

    Args:
        port: 0 for any free one.
        latency_s: from a request's last byte to the reply's first.
        fault: how to misbehave; may be changed at any time.
        key: the only key that is let in; None lets everybody in.
        rejects: fields (``seed``, ``max_tokens`` ...) or ``json_schema``/``json_object`` to refuse with status 400.
        path: where the service is; anything else is 404.
        models: names it offers; None takes any model name.
        answer: content of a reply for a request.
        tls: serve https.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        latency_s: float = 0.0,
        fault: Fault | None = None,
        key: str | None = None,
        rejects: Iterable[str] = (),
        path: str = "/v1",
        models: tuple[str, ...] | None = None,
        answer: Answer = answer,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.latency_s = latency_s
        self.fault = fault
        self.key = key
        self.rejects = frozenset(rejects)
        self.path = path.rstrip("/")
        self.models = models
        self.answer = answer
        self.bodies: list[bytes] = []
        self.heads: list[bytes] = []
        self.concurrency = self.max_concurrency = self.connections = self.aborted = 0
        self._tls = tls
        self._port = port
        self._server: asyncio.Server | None = None
        self._open: set[_Connection] = set()
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
            lambda: _Connection(self), "127.0.0.1", self._port, backlog=512, ssl=self._tls
        )
        self._port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for connection in list(self._open):
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
        }
        if with_bodies:
            seen["bodies"] = [body.decode("utf-8", "replace") for body in self.bodies]
        return seen

    def forget(self) -> None:
        """Forgets all requests."""
        self.bodies.clear()
        self.heads.clear()
        self.max_concurrency = self.concurrency
        self.connections = self.aborted = 0


class _Connection(asyncio.Protocol):
    """One client: reads a request, answers it, reads the next."""

    transport: asyncio.Transport

    def __init__(self, server: ModelServer) -> None:
        self._server = server
        self._buffer = b""
        self._timer: asyncio.TimerHandle | None = None
        self._busy = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._server._open.add(self)
        self._server.connections += 1
        self._server.notify()

    def connection_lost(self, exc: Exception | None) -> None:
        self._server._open.discard(self)
        if self._timer is not None:
            self._timer.cancel()
        if self._busy:
            self._server.aborted += 1
            self._done()
        self._server.notify()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._busy:
            self._read()

    def _read(self) -> None:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            if not self._buffer[:1].isalpha():  # no HTTP: a TLS handshake, most likely
                self._reply(400, b"this is an HTTP server", kind="text/plain")
                self.transport.close()
            return
        head = self._buffer[:end]
        size = int(_header(head, b"content-length") or 0)
        if len(self._buffer) < end + 4 + size:
            return
        body = self._buffer[end + 4 : end + 4 + size]
        self._buffer = self._buffer[end + 4 + size :]
        self._answer(head, body)

    def _answer(self, head: bytes, body: bytes) -> None:
        method, target, _ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
        path, _, query = target.partition("?")
        if path == "/__requests":
            self._own(method, query)
        elif not self._is_let_in(head):
            self._reply(401, error_body("Incorrect API key provided", "invalid_api_key"))
        elif path == f"{self._server.path}/models":
            names = self._server.models or (_MODEL,)
            self._reply(200, json.dumps({"object": "list", "data": [{"id": name} for name in names]}).encode())
        elif path == f"{self._server.path}/chat/completions" and method == "POST":
            self._chat(head, body)
        else:
            self._reply(404, b"404 page not found", kind="text/plain")

    def _own(self, method: str, query: str) -> None:
        if method == "DELETE":
            self._server.forget()
        self._reply(200, json.dumps(self._server.stats(with_bodies="bodies=1" in query)).encode())

    def _is_let_in(self, head: bytes) -> bool:
        key = self._server.key
        return key is None or _header(head, b"authorization") == f"Bearer {key}".encode()

    def _chat(self, head: bytes, body: bytes) -> None:
        server, loop = self._server, asyncio.get_running_loop()
        arrived = loop.time()
        number = len(server.bodies)
        server.bodies.append(body)
        server.heads.append(head)
        self._busy = True
        server.concurrency += 1
        server.max_concurrency = max(server.max_concurrency, server.concurrency)
        server.notify()
        fault = server.fault if server.fault is not None and server.fault.meets(number) else None
        finish = self._finisher(fault, body)
        if finish is None:
            return
        if server.latency_s:
            self._timer = loop.call_at(arrived + server.latency_s, finish)
        else:
            finish()

    def _finisher(self, fault: Fault | None, body: bytes) -> Callable[[], None] | None:
        """What to do after the latency; None for nothing ever."""
        if fault is not None and fault.kind in _DELIVERIES:
            deliver = _DELIVERIES[fault.kind]
            return None if deliver is None else lambda: deliver(self, fault)
        status, reply, headers, kind = self._prepared(fault, body)
        return lambda: self._reply(status, reply, headers, kind)

    def _prepared(self, fault: Fault | None, body: bytes) -> tuple[int, bytes, str, str]:
        server = self._server
        if fault is not None and fault.kind == "status":
            headers = f"Retry-After: {fault.retry_after}\r\n" if fault.retry_after else ""
            headers += f"Retry-After-Ms: {fault.retry_after_ms}\r\n" if fault.retry_after_ms else ""
            return fault.status, error_body(fault.message, fault.code), headers, JSON
        if fault is not None and fault.kind in BODIES:
            return 200, *BODIES[fault.kind]
        if fault is not None and fault.kind == "redirect":
            return 307, b"", f"Location: {fault.location}\r\n", "text/plain"
        request = json.loads(body)
        refused = refused_field(request, server.rejects)
        if refused:
            return 400, error_body(f"Unsupported parameter: '{refused}'", "unsupported", refused), "", JSON
        if server.models is not None and request["model"] not in server.models:
            return 404, error_body(f"The model '{request['model']}' does not exist", "model_not_found"), "", JSON
        return 200, envelope(request, server.answer(request), fault), "", JSON

    def _reply(self, status: int, body: bytes, headers: str = "", kind: str = JSON) -> None:
        head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{headers}\r\n"
        self.transport.write(head.encode("latin-1") + body)
        if self._busy:
            self._done()
        if self._buffer:
            self._read()

    def _done(self) -> None:
        self._busy = False
        self._server.concurrency -= 1

    def _reset(self, _fault: Fault) -> None:
        self._done()
        self.transport.abort()

    def _truncated(self, _fault: Fault) -> None:
        self.transport.write(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"choi')
        self._done()
        self.transport.close()

    def _drip(self, fault: Fault) -> None:
        self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n")
        self._drop(fault)

    def _drop(self, fault: Fault) -> None:
        self.transport.write(b" ")
        self._timer = asyncio.get_running_loop().call_later(fault.every_s, self._drop, fault)

    def _huge_announced(self, _fault: Fault) -> None:
        self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50000000\r\n\r\n")

    def _huge(self, _fault: Fault) -> None:
        self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n")
        self._pour(50)

    def _pour(self, pieces: int) -> None:
        self.transport.write(b" " * 1_000_000)
        if pieces > 1:
            self._timer = asyncio.get_running_loop().call_later(0.002, self._pour, pieces - 1)
        else:
            self._done()
            self.transport.close()


_DELIVERIES: dict[str, Callable[[_Connection, Fault], None] | None] = {
    "hang": None,
    "reset": _Connection._reset,
    "truncated": _Connection._truncated,
    "drip": _Connection._drip,
    "huge": _Connection._huge,
    "huge_announced": _Connection._huge_announced,
}


def _header(head: bytes, name: bytes) -> bytes:
    place = head.lower().find(b"\r\n" + name + b":")
    return b"" if place < 0 else head[place + len(name) + 3 :].split(b"\r\n", 1)[0].strip()


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="A model endpoint on the loopback interface.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--latency-ms", type=float, default=0.0)
    parser.add_argument("--fault", type=parse_fault, help="KIND[:name=value,...], as in tests/model_server/faults.py")
    parser.add_argument("--key", help="the only key that is let in")
    parser.add_argument("--reject", action="append", default=[], help="a field, json_schema or json_object; repeatable")
    parser.add_argument("--path", default="/v1")
    parser.add_argument("--offer", action="append", help="a model it offers; repeatable; any where none is given")
    parser.add_argument("--static", action="store_true", help="always the same content: fastest, for benchmarks")
    return parser.parse_args(argv)


async def _serve(options: argparse.Namespace) -> None:
    server = ModelServer(
        port=options.port,
        latency_s=options.latency_ms / 1000,
        fault=options.fault,
        key=options.key,
        rejects=options.reject,
        path=options.path,
        models=tuple(options.offer) if options.offer else None,
        answer=(lambda _: _STATIC) if options.static else answer,
    )
    async with server:
        print(server.base_url, flush=True)
        await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(_arguments(None)))
