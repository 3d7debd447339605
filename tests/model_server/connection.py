"""One connection to the model server: what is asked on it, and what is sent back."""

import asyncio
import json
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from tests.model_server.deliveries import DELIVERIES
from tests.model_server.faults import Fault
from tests.model_server.protocols import ANTHROPIC, OLLAMA, OPENAI, Protocol
from tests.model_server.replies import JSON, PLAIN, encoded, envelope, page_or_body, refused_field
from tests.model_server.streams import kind_of, stream_of

if TYPE_CHECKING:
    from tests.model_server.server import ModelServer

_MODEL = "test-model"


class Connection(asyncio.Protocol):
    """One client: reads a request, answers it, reads the next."""

    transport: asyncio.Transport

    def __init__(self, server: "ModelServer") -> None:
        self._server = server
        self._buffer = b""
        self._timer: asyncio.TimerHandle | None = None
        self._busy = False
        self._protocol = OPENAI

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._server.open.add(self)
        self._server.connections += 1
        self._server.notify()

    def connection_lost(self, exc: Exception | None) -> None:
        self._server.open.discard(self)
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
            if self._buffer and not self._buffer[:1].isalpha():  # no HTTP: a TLS handshake, most likely
                self._buffer = b""
                self._reply(400, b"this is an HTTP server", kind=PLAIN)
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
            self._reply(401, OPENAI.error(401, "Incorrect API key provided", "invalid_api_key", ""))
        elif path == f"{self._server.path}/models":
            names = self._server.models or (_MODEL,)
            self._reply(200, json.dumps({"object": "list", "data": [{"id": name} for name in names]}).encode())
        elif path == "/api/tags":
            self._reply(200, json.dumps({"models": [{"name": n} for n in self._server.models or (_MODEL,)]}).encode())
        elif path == "/api/show":
            known = {} if self._server.context is None else {"test.context_length": self._server.context}
            self._reply(200, json.dumps({"model_info": {"general.architecture": "test", **known}}).encode())
        elif path in (services := self._services()) and method == "POST":
            self._protocol = services[path]
            self._chat(head, body)
        else:
            self._reply(404, b"404 page not found", kind=PLAIN)

    def _services(self) -> dict[str, Protocol]:
        base = self._server.path
        return {f"{base}/chat/completions": self._server.openai, f"{base}/messages": ANTHROPIC, "/api/chat": OLLAMA}

    def _own(self, method: str, query: str) -> None:
        if method == "DELETE":
            self._server.forget()
        self._reply(200, json.dumps(self._server.stats(with_bodies="bodies=1" in query)).encode())

    def _is_let_in(self, head: bytes) -> bool:
        key = self._server.key
        given = _header(head, b"authorization").removeprefix(b"Bearer ") or _header(head, b"x-api-key")
        return key is None or given == key.encode()

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
        refusal = server.pace.refusal(arrived)
        if refusal is not None:
            self._reply(429, self._protocol.error(429, "Rate limit reached", "rate_limit_exceeded", ""), refusal)
            return
        fault = server.fault if server.fault is not None and server.fault.meets(number) else None
        finish = self._finisher(fault, json.loads(body))
        latency_s = server.pace.latency_s()
        if latency_s:
            self.later(arrived + latency_s - loop.time(), finish)
        else:
            finish()

    def _finisher(self, fault: Fault | None, asked: dict[str, Any]) -> Callable[[], None]:
        """What to do after the latency."""
        if fault is not None and fault.kind in DELIVERIES:
            return partial(DELIVERIES[fault.kind], self, fault)
        protocol, request = self._protocol, self._protocol.as_chat(asked)
        refusal = self._refusal(fault, request)
        if refusal is not None:
            return partial(self._reply, *refusal)
        server = self._server
        chat = envelope(request, server.answer(request), fault)
        reply = protocol.reply(asked, chat, server.context)
        if asked.get("stream"):
            return partial(self._stream, stream_of(protocol, asked, reply, fault), fault)
        body = encoded(reply)
        return partial(self._reply, 200, body[: len(body) // 2] if fault and fault.kind == "bad_json" else body)

    def _refusal(self, fault: Fault | None, request: dict[str, Any]) -> tuple[int, bytes, str, str] | None:
        """Status, body, headers and content type of what is sent instead of an answer."""
        server, error = self._server, self._protocol.error
        if fault is not None and fault.kind == "status":
            return fault.status, error(fault.status, fault.message, fault.code, ""), fault.header_lines, JSON
        if fault is not None and fault.kind == "error_200":
            return 200, error(502, "Unexpected endpoint", "endpoint", ""), "", JSON
        refused = refused_field(request, server.rejects)
        if refused:
            return 400, error(400, f"Unsupported parameter: '{refused}'", "unsupported", refused), "", JSON
        if server.models is not None and request["model"] not in server.models:
            return 404, error(404, f"The model '{request['model']}' does not exist", "model_not_found", ""), "", JSON
        return page_or_body(fault) if fault is not None else None

    def _reply(self, status: int, body: bytes, headers: str = "", kind: str = JSON) -> None:
        head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{headers}\r\n"
        self.transport.write(head.encode("latin-1") + body)
        if self._busy:
            self._done()
        if self._buffer:
            self._read()

    def _stream(self, parts: list[bytes], fault: Fault | None) -> None:
        kind = kind_of(self._protocol)
        self.transport.write(f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
        self._send_parts(parts, fault)

    def _send_parts(self, parts: list[bytes], fault: Fault | None) -> None:
        """Sends the first part now and the others after the gap, or all of them at once where there is none."""
        gap_s, kind = self._server.gap_s, fault.kind if fault else ""
        now = parts[:1] if gap_s else parts
        self.transport.write(b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in now))
        if len(now) < len(parts):
            self.later(gap_s, partial(self._send_parts, parts[1:], fault))
        elif fault is not None and kind == "stream_comments":
            self.later(fault.every_s, partial(self._send_parts, parts, fault))
        elif kind == "stream_cut":
            self.close()
        elif kind != "stream_stall":
            self.transport.write(b"0\r\n\r\n")
            self._done()
            if self._buffer:
                self._read()

    def _done(self) -> None:
        self._busy = False
        self._server.concurrency -= 1

    def write(self, data: bytes) -> None:
        """See `deliveries.Line`, as for the next three."""
        self.transport.write(data)

    def close(self) -> None:
        """Ends the reply and the connection."""
        self._done()
        self.transport.close()

    def abort(self) -> None:
        """Breaks the connection."""
        self._done()
        self.transport.abort()

    def later(self, seconds: float, work: Callable[[], None]) -> None:
        """Does work later, if the connection is still there."""
        self._timer = asyncio.get_running_loop().call_later(seconds, work)


def _header(head: bytes, name: bytes) -> bytes:
    place = head.lower().find(b"\r\n" + name + b":")
    return b"" if place < 0 else head[place + len(name) + 3 :].split(b"\r\n", 1)[0].strip()
