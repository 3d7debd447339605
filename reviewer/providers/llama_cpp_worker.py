"""The process that holds a model file: loads it with llama.cpp and answers several questions at once.

It is native code over foreign bytes; when it crashes, this process ends and no other. The runtime listens on a port of
this computer whether it is asked to or not; a key that nobody knows closes it.
"""

import os
import secrets
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec

from reviewer import border
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
    decode_to_worker,
    encode,
)

_BATCH = 512
"""Tokens of a question read in one go; a call can be cancelled between two batches."""
_CHECKPOINTS = 4
"""States kept of models that cannot go back in a text; each takes memory."""


def serve(connection: Connection, load: Load) -> None:
    """Loads the model, says so, and answers until the parent closes its end. In the worker process and nowhere else."""
    _enter()
    try:
        server = _server(load)
    except ImportError:
        connection.send_bytes(encode(NotLoaded(is_installed=False)))
        return
    except (RuntimeError, ValueError, MemoryError):
        connection.send_bytes(encode(NotLoaded(is_installed=True)))
        return
    connection.send_bytes(encode(Loaded()))
    desk = _Desk(connection, server)
    slots = ThreadPoolExecutor(load.slots)
    while True:
        try:
            message = decode_to_worker(connection.recv_bytes())
        except (EOFError, OSError):
            os._exit(0)  # the runtime's threads would first finish what nobody waits for
        if isinstance(message, Cancel):
            desk.cancel(message.id)
        else:
            desk.enter(message.id)
            slots.submit(desk.answer, message)


def _enter() -> None:
    """Native libraries write to the file descriptors, so it is those that must lead nowhere."""
    border.guard(os.environ)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    sys.stdout = sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - lives as long as we do
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - POSIX only

        for limit in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
            resource.setrlimit(limit, (0, resource.getrlimit(limit)[1]))


def _server(load: Load) -> Any:
    import xllamacpp  # noqa: PLC0415 - an extra, and a hundred megabytes; only this process loads it

    params = xllamacpp.CommonParams()
    params.model.path = load.path
    params.n_parallel = load.slots
    params.n_ctx = load.context * load.slots
    params.n_batch = params.n_ubatch = _BATCH
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = load.threads
    params.cache_ram_mib = 0  # eight gigabytes otherwise; what a slot read last it keeps all the same
    params.n_ctx_checkpoints = _CHECKPOINTS
    params.ctx_shift = False
    params.offline = True
    params.verbosity = -1
    params.ui = params.endpoint_slots = False
    params.api_keys = [secrets.token_urlsafe(32)]
    return xllamacpp.Server(params)


class _Desk:
    """Takes questions to the runtime, each on a thread of its own."""

    def __init__(self, connection: Connection, server: Any) -> None:
        self._connection = connection
        self._server = server
        self._turn = threading.Lock()
        self._waiting: dict[int, bool] = {}  # False once nobody waits any more

    def enter(self, number: int) -> None:
        self._waiting[number] = True

    def cancel(self, number: int) -> None:
        if number in self._waiting:
            self._waiting[number] = False

    def is_wanted(self, number: int) -> bool:
        return self._waiting[number]

    def answer(self, question: Question) -> None:
        """Answers one question, or says why not; nothing where it was cancelled."""
        found: FromWorker | None = None
        if self.is_wanted(question.id):
            body = msgspec.json.decode(question.body)
            found = self._ask(question, body)
            if found is None and self.is_wanted(question.id) and body.pop("response_format", None):
                found = self._ask(question, body)  # not every schema has a grammar; the reply is checked in any case
        if self.is_wanted(question.id):
            self.send(found or Refused(question.id))
        del self._waiting[question.id]

    def _ask(self, question: Question, body: dict[str, Any]) -> FromWorker | None:
        """The answer, or None where there is none: cancelled, or not understood."""
        listener = _Listener(self, question)
        try:
            self._server.handle_chat_completions(body, listener.hear)
        except (RuntimeError, ValueError):
            return None
        return listener.result()

    def send(self, message: FromWorker) -> None:
        with self._turn:
            self._connection.send_bytes(encode(message))


class _Listener:
    """Hears one reply as the runtime streams it. An error raised in `hear` would be lost in native code."""

    def __init__(self, desk: _Desk, question: Question) -> None:
        self._desk = desk
        self._question = question
        self._parts: list[str] = []
        self._finish: str | None = None
        self._usage: dict[str, Any] = {}
        self._too_long: int | None = None

    def hear(self, chunk: dict[str, Any]) -> bool:
        """One chunk; True to stop."""
        error = chunk.get("error")
        if error:
            self._too_long = error.get("n_prompt_tokens")
            return True
        tokens = chunk.get("prompt_progress", {}).get("total", 0)
        if tokens > self._question.longest:
            self._too_long = tokens
            return True
        self._usage = chunk.get("usage") or self._usage
        for choice in chunk.get("choices", ()):
            self._finish = choice.get("finish_reason") or self._finish
            text = choice.get("delta", {}).get("content")
            if text:
                self._parts.append(text)
                if self._question.is_heard:
                    self._tell(text)
        return not self._desk.is_wanted(self._question.id)

    def result(self) -> FromWorker | None:
        """What came of it, once the stream has ended; None where there is no whole reply."""
        if self._too_long is not None:
            return TooSmall(self._question.id, self._too_long)
        if self._finish is None:
            return None
        read, written = (self._usage.get(f"{each}_tokens", 0) for each in ("prompt", "completion"))
        return Answer(self._question.id, "".join(self._parts), self._finish == "length", read, written)

    def _tell(self, text: str) -> None:
        try:
            self._desk.send(Piece(self._question.id, text))
        except OSError:  # the parent has gone; the main thread ends the process
            self._desk.cancel(self._question.id)
