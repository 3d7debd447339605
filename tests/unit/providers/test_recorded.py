import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from reviewer.domain.chat import ChatReply, ChatRequest
from reviewer.domain.errors import ProviderError
from reviewer.domain.recording import RecordedCall, Recording, encode_recording, request_key
from reviewer.providers.factory import chat_model
from reviewer.providers.http import HttpClient
from reviewer.providers.recorded import RecordedChatModel
from reviewer.services.models import place_of

REQUEST = ChatRequest("Judge.", "Pay now.", {}, "assess", seed=1)
ONE, TWO = ChatReply("one", "gpt-4o"), ChatReply("two", "gpt-4o")


@pytest.fixture
def model(tmp_path: Path) -> RecordedChatModel:
    """A recording of two answers to one question."""
    key = request_key(REQUEST)
    recording = Recording("openai/gpt-4o", (RecordedCall(key, ONE), RecordedCall(key, TWO)))
    (tmp_path / "demo.jsonl").write_bytes(encode_recording(recording))
    return RecordedChatModel(tmp_path / "demo.jsonl")


def test_answers_to_the_same_question_are_given_one_after_the_other(model: RecordedChatModel) -> None:
    async def ask() -> list[ChatReply]:
        return await asyncio.gather(*(model.complete(replace(REQUEST, seed=seed)) for seed in (7, 8)))

    assert asyncio.run(ask()) == [ONE, TWO]


@pytest.mark.parametrize("request_", [REQUEST, replace(REQUEST, user="Pay later.")], ids=["a third time", "unknown"])
def test_what_was_not_recorded_is_typed(model: RecordedChatModel, request_: ChatRequest) -> None:
    async def ask() -> None:
        await model.complete(REQUEST)
        await model.complete(REQUEST)
        await model.complete(request_)

    with pytest.raises(ProviderError, match="not_recorded") as caught:
        asyncio.run(ask())
    assert not caught.value.decision.retry
    assert not caught.value.decision.fatal


def test_a_listener_is_told_the_answer(model: RecordedChatModel) -> None:
    heard: list[str] = []
    asyncio.run(model.complete(REQUEST, heard.append))
    assert heard == ["one"]


def test_the_model_that_was_recorded_is_listed(model: RecordedChatModel) -> None:
    assert asyncio.run(model.list_models()) == ("openai/gpt-4o",)
    asyncio.run(model.aclose())


@pytest.mark.parametrize("body", [None, b"no recording"])
def test_a_file_that_is_no_recording_ends_the_run(tmp_path: Path, body: bytes | None) -> None:
    path = tmp_path / "demo.jsonl"
    if body is not None:
        path.write_bytes(body)
    with pytest.raises(ProviderError, match="no_recording") as caught:
        asyncio.run(RecordedChatModel(path).complete(REQUEST))
    assert caught.value.decision.fatal


def test_a_recording_is_named_as_a_model_and_is_on_this_computer(tmp_path: Path) -> None:
    path = tmp_path / "de mo.jsonl"
    model = chat_model(f"recorded/{path}", None, None, HttpClient())
    assert model.name == f"recorded/{path.as_posix()}"
    assert place_of(model).is_local
    assert not place_of(model).host
