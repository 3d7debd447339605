"""A proxy on the loopback interface: whatever it is asked for, one server answers."""

import asyncio
import base64
from types import TracebackType
from typing import Self


class LoopbackProxy:
    """Forwards plain requests and tunnels to a port of this machine.

    ``heads`` holds the head of each request that came to the proxy itself: of a tunnel, what was asked of the proxy and
    nothing of what went through it.

    Args:
        target_port: where everything goes.
        login: ``NAME:PASSWORD`` that it asks for; empty for none.
        refuses_with: status of every answer instead.
    """

    def __init__(self, target_port: int, *, login: str = "", refuses_with: int | None = None) -> None:
        self.heads: list[bytes] = []
        self.port = 0
        self._target_port = target_port
        self._login = b"basic " + base64.b64encode(login.encode()) if login else b""
        self._refuses_with = refuses_with
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            await self._answer(reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.transport.abort()
            self._tasks.discard(task)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        self.heads.append(head)
        status = self._refuses_with or (407 if not self._is_let_in(head) else None)
        if status is not None:
            writer.write(f"HTTP/1.1 {status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
            await writer.drain()
            return
        there, here = await asyncio.open_connection("127.0.0.1", self._target_port)
        if head.startswith(b"CONNECT "):
            writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
        else:
            method, address, rest = head.split(b" ", 2)
            path = address.split(b"/", 3)[3]
            here.write(b" ".join((method, b"/" + path, rest)))
        try:
            await asyncio.gather(_pour(reader, here), _pour(there, writer))
        finally:
            here.transport.abort()

    def _is_let_in(self, head: bytes) -> bool:
        lines = (line.partition(b":") for line in head.split(b"\r\n"))
        given = [value.strip() for name, _, value in lines if name.lower() == b"proxy-authorization"]
        return not self._login or [each[:6].lower() + each[6:] for each in given] == [self._login]


async def _pour(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    while data := await source.read(65_536):
        target.write(data)
        await target.drain()
