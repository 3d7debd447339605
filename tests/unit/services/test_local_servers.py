"""Detection over real sockets: what listens on loopback is found, whatever does not answer costs half a second."""

import asyncio
import json
import time
from functools import partial
from typing import Self

import pytest

from reviewer.bootstrap import build_models
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.services import local_servers
from reviewer.services.local_servers import WAIT_S, LocalServer, find_servers

BUILD = partial(build_models, with_keys=False)
TAGS = "/api/tags", json.dumps({"models": [{"name": "llama3.1"}]})
MODELS = "/v1/models", json.dumps({"data": [{"id": "qwen"}, {"id": "org/gemma"}]})


class Listener:
    """Answers some paths with a body and any other with a page that says 404; a mute one answers nothing."""

    def __init__(self, *pages: tuple[str, str], is_mute: bool = False) -> None:
        self.heads: list[bytes] = []
        self.port = 0
        self._pages = dict(pages)
        self._is_mute = is_mute

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        self.heads.append(head)
        if self._is_mute:
            await reader.read()
        body = self._pages.get(head.split()[1].decode())
        status = "200 OK" if body is not None else "404 Not Found"
        text = (body or "<html>Not here</html>").encode()
        writer.write(f"HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {len(text)}\r\n\r\n".encode() + text)
        writer.close()


@pytest.fixture(autouse=True)
def _no_usual_ports(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever runs on the machine that tests is none of the tests' business."""
    monkeypatch.setattr(local_servers, "_USUAL", ())


def found(*listeners: Listener) -> tuple[LocalServer, ...]:
    async def work() -> tuple[LocalServer, ...]:
        for each in listeners:
            await each.__aenter__()
        try:
            return await find_servers(BUILD, [each.port for each in listeners])
        finally:
            for each in listeners:
                await each.__aexit__()

    return asyncio.run(work())


def test_openai_compatible_server_is_found_with_what_to_type() -> None:
    listener = Listener(MODELS)
    (only,) = found(listener)
    address = f"http://127.0.0.1:{listener.port}/v1"
    models = ModelChoice("local/qwen", address), ModelChoice("local/org/gemma", address)
    assert only == LocalServer("OpenAI-compatible server", address, models)


def test_ollama_is_found_once_though_it_speaks_like_openai_too() -> None:
    listener = Listener(TAGS, MODELS)
    (only,) = found(listener)
    address = f"http://127.0.0.1:{listener.port}"
    assert only == LocalServer("Ollama", address, (ModelChoice("ollama/llama3.1", address),))


def test_usual_ports_are_tried_without_being_named(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> tuple[LocalServer, ...]:
        async with Listener(MODELS) as listener:
            usual = (local_servers._Kind("LM Studio", "lmstudio", listener.port),)
            monkeypatch.setattr(local_servers, "_USUAL", usual)
            return await find_servers(BUILD)

    (only,) = asyncio.run(work())
    assert (only.title, only.models[0].spec) == ("LM Studio", "lmstudio/qwen")


def test_no_key_is_sent_to_whoever_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OLLAMA_API_KEY", "LOCAL_API_KEY"):
        monkeypatch.setenv(name, "sk-CANARY")
    listener = Listener(TAGS, MODELS)
    assert found(listener)
    assert len(listener.heads) == 2
    assert not any(b"CANARY" in head for head in listener.heads)


@pytest.mark.parametrize("body", ["<html>Please log in</html>", '{"models": 5, "data"', "", "[]"])
def test_server_that_is_no_model_server_is_passed_over(body: str) -> None:
    assert found(Listener(("/api/tags", body), ("/v1/models", body)), Listener()) == ()


def test_silent_servers_take_half_a_second_in_all() -> None:
    found(Listener(MODELS))  # loads what is imported once
    started = time.monotonic()
    (only,) = found(Listener(is_mute=True), Listener(MODELS), Listener(is_mute=True))
    took_s = time.monotonic() - started
    assert only.models
    assert took_s < 2 * WAIT_S
