"""The worker process of a model file, as the event loop sees it: asked, cancelled, ended."""

import asyncio
import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass

import msgspec
import psutil

from reviewer.providers.llama_cpp_messages import (
    Answer,
    Cancel,
    FromWorker,
    Load,
    Loaded,
    NotLoaded,
    Piece,
    Question,
    Refused,
    TooSmall,
    ToWorker,
    decode_from_worker,
    encode,
)
from reviewer.providers.llama_cpp_worker import serve
from reviewer.spawning.process import SpawnedProcess

Listen = Callable[[str], None]

_NAME = "reviewer-model"
_LOAD_S = 600.0
"""A model of fifty gigabytes from a slow disk."""


class WorkerDiedError(Exception):
    """The process ended before it had answered."""


class NotLoadedError(Exception):
    """The runtime is not there (``is_installed`` False), or it cannot load the file."""

    def __init__(self, *, is_installed: bool) -> None:
        super().__init__(is_installed)
        self.is_installed = is_installed


@dataclass(frozen=True, slots=True)
class _Call:
    reply: asyncio.Future[Answer | TooSmall | Refused]
    listen: Listen | None


class LlamaProcess:
    """A process that loads a model file as soon as it is made. Used on one event loop, the one it is made on."""

    def __init__(self, load: Load) -> None:
        self._loop = asyncio.get_running_loop()
        self._numbers = itertools.count(1)
        self._calls: dict[int, _Call] = {}
        self._loaded: asyncio.Future[None] = self._loop.create_future()
        self._is_dead = False
        self._process = SpawnedProcess(serve, (load,), _NAME, psutil.virtual_memory().total)
        threading.Thread(target=self._read, name=_NAME, daemon=True).start()

    @property
    def is_usable(self) -> bool:
        """True until the process has ended."""
        return not self._is_dead

    @property
    def pid(self) -> int | None:
        """Its number while it runs."""
        return self._process.pid

    async def loaded(self) -> None:
        """Waits until the model is loaded.

        Raises:
            NotLoadedError: it cannot be.
            WorkerDiedError: the process ended, or took more than ten minutes.
        """
        try:
            async with asyncio.timeout(_LOAD_S):
                await self._loaded
        except TimeoutError:
            raise WorkerDiedError from None

    async def ask(self, body: bytes, longest: int, listen: Listen | None) -> Answer | TooSmall | Refused:
        """Asks one question. Cancelling tells the process, which stops within a batch of tokens.

        Raises:
            WorkerDiedError: the process ended meanwhile.
        """
        if self._is_dead:
            raise WorkerDiedError
        number = next(self._numbers)
        call = _Call(self._loop.create_future(), listen)
        self._calls[number] = call
        self._send(Question(number, body, longest, listen is not None))
        try:
            return await call.reply
        except asyncio.CancelledError:
            self._send(Cancel(number))
            raise
        finally:
            del self._calls[number]

    async def end(self) -> None:
        """Ends the process, whatever it is doing, and waits for its end."""
        await asyncio.to_thread(self._process.end)
        self._die()

    def _send(self, message: ToWorker) -> None:
        try:
            self._process.connection.send_bytes(encode(message))
        except OSError:  # closed or broken
            self._die()

    def _read(self) -> None:
        """Takes messages to the loop until there are no more. On a thread of its own."""
        try:
            while True:
                try:
                    message = decode_from_worker(self._process.connection.recv_bytes())
                except (EOFError, OSError, msgspec.DecodeError):
                    self._loop.call_soon_threadsafe(self._die)
                    return
                self._loop.call_soon_threadsafe(self._hear, message)
        except RuntimeError:  # the loop was closed: nobody waits any more
            return

    def _hear(self, message: FromWorker) -> None:
        match message:
            case Loaded():
                if not self._loaded.done():
                    self._loaded.set_result(None)
            case NotLoaded(is_installed=is_installed):
                if not self._loaded.done():
                    self._loaded.set_exception(NotLoadedError(is_installed=is_installed))
            case Piece(id=number, text=text):
                call = self._calls.get(number)
                if call and call.listen and not call.reply.done():
                    call.listen(text)
            case _:
                call = self._calls.get(message.id)
                if call and not call.reply.done():
                    call.reply.set_result(message)

    def _die(self) -> None:
        self._is_dead = True
        waiting: list[asyncio.Future[None] | asyncio.Future[Answer | TooSmall | Refused]]
        waiting = [self._loaded, *(call.reply for call in self._calls.values())]
        for future in waiting:
            if not future.done():
                future.set_exception(WorkerDiedError())
        if self._loaded.done() and not self._loaded.cancelled():
            self._loaded.exception()  # looked at, should nobody wait for it any more
