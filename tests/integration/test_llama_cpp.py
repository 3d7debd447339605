"""The real llama.cpp, in a worker process and as a server, with a tiny model that these tests make themselves."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import fastjsonschema
import psutil
import pytest

from reviewer.domain.chat import ChatReply, ChatRequest, FinishReason
from reviewer.domain.errors import ProviderError
from reviewer.domain.ids import Json
from reviewer.providers import llama_cpp_plan
from reviewer.providers.factory import chat_model
from reviewer.providers.http import HttpClient
from reviewer.providers.llama_cpp import LlamaCppModel
from tests.fakes.tiny_gguf import OWN_TOKEN, write_tiny_gguf

pytest.importorskip("xllamacpp", reason="llama.cpp is not installed: pip install 'reviewer[local-llm]'")

CONTEXT = 8192
SERVER = Path(__file__).parents[1] / "fakes" / "llama_server.py"
SCHEMA: dict[str, Json] = {
    "type": "object",
    "properties": {
        "found": {"type": "boolean"},
        "outcome": {"type": "string", "enum": ["met", "missing"]},
        "note": {"type": "string", "maxLength": 12},
        "places": {"type": "array", "items": {"type": "string", "enum": ["one", "two"]}, "maxItems": 3},
    },
    "required": ["found", "outcome", "note", "places"],
    "additionalProperties": False,
}
NO_GRAMMAR: dict[str, Json] = {"type": "of another world"}
"""A schema that becomes no grammar: the reply is free, and long where nothing ends it."""


def question(user: str = "What does the contract say?", **fields: Any) -> ChatRequest:
    return ChatRequest("You read contracts.", user, **{"schema": SCHEMA, "schema_name": "test", "seed": 1, **fields})


def endless(max_tokens: int = 3000) -> ChatRequest:
    return question(schema=NO_GRAMMAR, max_tokens=max_tokens)


@pytest.fixture(scope="module")
def gguf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_gguf(tmp_path_factory.mktemp("model") / "tiny.gguf", context=CONTEXT)


def with_model(path: Path, act: Callable[[LlamaCppModel], Awaitable[None]]) -> None:
    """Acts on a fresh model and sees that its process ends with it."""

    async def run() -> None:
        model = LlamaCppModel(path)
        pid = None
        try:
            await act(model)
            pid = model.worker_pid
        finally:
            await model.aclose()
        assert pid is None or not psutil.pid_exists(pid)

    asyncio.run(run())


def fails(code: str) -> Any:
    return pytest.raises(ProviderError, match=f"^{code}:")


def test_control_tokens_in_a_document_are_read_as_its_letters(gguf: Path) -> None:
    """A token that the runtime understood would count as one; its letters count each."""
    own, letters = f"The fee is {OWN_TOKEN} due.", f"The fee is {OWN_TOKEN[0]} {OWN_TOKEN[1:]} due."

    async def act(model: LlamaCppModel) -> None:
        told = [(await model.complete(question(user, max_tokens=4))).tokens_in for user in (own, letters)]
        assert told[0] == told[1] is not None

    with_model(gguf, act)


def test_plain_completion_is_counted_and_cut_at_its_limit(gguf: Path) -> None:
    async def act(model: LlamaCppModel) -> None:
        pieces: list[str] = []
        reply = await model.complete(endless(max_tokens=40), pieces.append)

        assert reply.finish is FinishReason.LENGTH
        assert reply.tokens_out == 40
        assert 0 < reply.tokens_in < 100
        assert reply.model == "tiny.gguf"
        assert reply.text == "".join(pieces)
        assert len(pieces) > 10
        assert await model.complete(endless(max_tokens=40)) == reply

    with_model(gguf, act)


def test_completion_with_a_schema_is_json_of_the_schema(gguf: Path) -> None:
    async def act(model: LlamaCppModel) -> None:
        check = fastjsonschema.compile(SCHEMA)
        for seed in range(5):
            reply = await model.complete(question(seed=seed, temperature=0.9))
            assert reply.finish is FinishReason.STOP
            check(json.loads(reply.text))

    with_model(gguf, act)


def test_four_questions_are_answered_at_once(gguf: Path) -> None:
    async def act(model: LlamaCppModel) -> None:
        heard: list[int] = []

        def listener(number: int) -> Callable[[str], None]:
            return lambda _: heard.append(number)

        replies = await asyncio.gather(*(model.complete(endless(300), listener(number)) for number in range(4)))

        assert [reply.tokens_out for reply in replies] == [300] * 4
        last_to_begin = max(heard.index(number) for number in range(4))
        first_to_end = min(len(heard) - 1 - heard[::-1].index(number) for number in range(4))
        assert last_to_begin < first_to_end  # for a while all four were being answered
        assert len({tuple(heard[at : at + 2]) for at in range(last_to_begin, first_to_end)}) > 4  # in turns

    with_model(gguf, act)


def test_more_questions_than_slots_wait_for_their_turn(gguf: Path) -> None:
    async def act(model: LlamaCppModel) -> None:
        replies = await asyncio.gather(*(model.complete(question(seed=seed)) for seed in range(10)))

        assert len(replies) == 10

    with_model(gguf, act)


def test_cancelled_call_frees_its_slot_at_once(gguf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llama_cpp_plan, "SLOTS", 1)

    async def act(model: LlamaCppModel) -> None:
        await model.complete(question())
        begun = asyncio.Event()
        call = asyncio.create_task(model.complete(endless(6000), lambda _: begun.set()))
        await begun.wait()
        started = time.monotonic()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        cancelled = time.monotonic() - started
        await model.complete(question())
        free = time.monotonic() - started

        assert cancelled < 0.2
        assert free < 2.0  # answering to the end takes several times as long

    with_model(gguf, act)


def test_crash_of_the_worker_is_a_typed_error_and_the_next_question_starts_another(gguf: Path) -> None:
    async def act(model: LlamaCppModel) -> None:
        other = LlamaCppModel(write_tiny_gguf(gguf.with_name("other.gguf"), context=CONTEXT))
        first_piece = asyncio.Event()
        calls = [asyncio.create_task(model.complete(endless(6000), lambda _: first_piece.set())) for _ in range(2)]
        elsewhere = asyncio.create_task(other.complete(question()))
        await first_piece.wait()
        assert model.worker_pid
        os.kill(model.worker_pid, 9)
        errors = await asyncio.gather(*calls, return_exceptions=True)

        assert [(error.code, error.decision.retry, error.decision.fatal) for error in errors] == [  # type: ignore[union-attr]
            ("model_crashed", True, False)
        ] * 2
        assert (await elsewhere).finish is FinishReason.STOP
        assert (await model.complete(question())).finish is FinishReason.STOP
        await other.aclose()

    with_model(gguf, act)


def test_second_crash_in_a_row_is_fatal(gguf: Path) -> None:
    async def act(model: LlamaCppModel) -> None:
        for is_fatal in (False, True):
            begun = asyncio.Event()
            call = asyncio.create_task(model.complete(endless(6000), lambda _, begun=begun: begun.set()))
            await begun.wait()
            assert model.worker_pid
            os.kill(model.worker_pid, 9)
            with fails("model_crashed") as caught:
                await call
            assert caught.value.decision.fatal is is_fatal

    with_model(gguf, act)


def test_context_grows_with_the_question_and_no_question_is_clipped(gguf: Path) -> None:
    async def act(model: LlamaCppModel) -> None:
        short = await model.complete(question(max_tokens=100))
        small = model.worker_pid
        long = await model.complete(question("word " * 1000, max_tokens=100))

        assert long.tokens_in > short.tokens_in + 4000
        assert model.worker_pid != small
        with fails("too_long"):
            await model.complete(question("word " * 2000, max_tokens=100))
        assert (await model.complete(question())).finish is FinishReason.STOP

    with_model(gguf, act)


def test_models_of_one_file_share_one_process(gguf: Path) -> None:
    async def act(model: LlamaCppModel) -> None:
        twin = LlamaCppModel(gguf)
        await asyncio.gather(model.complete(question()), twin.complete(question()))
        assert twin.worker_pid == model.worker_pid
        await twin.aclose()
        assert (await model.complete(question())).finish is FinishReason.STOP

    with_model(gguf, act)


def test_file_that_llama_cpp_cannot_load_is_named(gguf: Path, tmp_path: Path) -> None:
    unknown = tmp_path / "unknown.gguf"
    unknown.write_bytes(gguf.read_bytes().replace(b"\x05\0\0\0\0\0\0\0llama", b"\x05\0\0\0\0\0\0\0lloma", 1))

    async def act(model: LlamaCppModel) -> None:
        with fails("bad_model_file") as caught:
            await model.complete(question())
        assert "unknown.gguf" in caught.value.user_message
        assert caught.value.decision.fatal

    with_model(unknown, act)


def test_nothing_is_loaded_where_memory_is_short(gguf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reviewer.providers.llama_cpp_runtime.available_memory", lambda: 1_000_000)

    async def act(model: LlamaCppModel) -> None:
        with fails("not_enough_memory"):
            await model.complete(question())
        assert model.worker_pid is None

    with_model(gguf, act)


def test_runtime_writes_nothing_on_our_outputs(gguf: Path, capfd: pytest.CaptureFixture[str]) -> None:
    async def act(model: LlamaCppModel) -> None:
        await model.complete(question())

    with_model(gguf, act)
    assert capfd.readouterr() == ("", "")


@pytest.fixture(scope="module")
def server(gguf: Path) -> Iterator[str]:
    """The address of llama.cpp's own server, with a context of 4096 tokens."""
    with subprocess.Popen(
        [sys.executable, SERVER, gguf, "4096"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.kill()


def ask_server(address: str, request: ChatRequest) -> ChatReply:
    async def run() -> ChatReply:
        model = chat_model("openai/tiny", address, None, HttpClient(is_offline=True))
        try:
            return await model.complete(request)
        finally:
            await model.aclose()

    return asyncio.run(run())


def test_server_answers_without_the_schema_where_it_has_no_grammar_for_it(server: str) -> None:
    reply = ask_server(server, endless(10))

    assert reply.finish is FinishReason.LENGTH
    assert reply.tokens_out == 10
    assert reply.text


def test_server_keeps_to_a_schema(server: str) -> None:
    reply = ask_server(server, question())

    fastjsonschema.compile(SCHEMA)(json.loads(reply.text))


def test_server_refuses_a_question_that_is_too_long(server: str) -> None:
    with fails("too_long"):
        ask_server(server, question("word " * 1000))
