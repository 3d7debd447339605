"""What can be said of a model file without loading it."""

import asyncio
from pathlib import Path

import msgspec
import pytest

from reviewer.domain.chat import ChatRequest
from reviewer.domain.errors import ProviderError
from reviewer.providers import llama_cpp
from reviewer.providers.llama_cpp import LlamaCppModel, broken, encode
from tests.fakes.tiny_gguf import write_tiny_gguf

REQUEST = ChatRequest("Read.", "Text \ud800.", {"type": "object"}, "test", seed=2**40 + 5, max_tokens=7)


def test_missing_runtime_is_named_with_the_way_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llama_cpp, "find_spec", lambda name: None)
    model = LlamaCppModel(write_tiny_gguf(tmp_path / "tiny.gguf"))
    for ask in (lambda: model.complete(REQUEST), model.list_models):
        with pytest.raises(ProviderError) as caught:
            asyncio.run(ask())  # type: ignore[arg-type]
        assert caught.value.code == "local_llm_missing"
        assert "reviewer[local-llm]" in caught.value.hint
        assert caught.value.decision.fatal


@pytest.mark.parametrize(("name", "reason"), [("none.gguf", "no such file"), ("text.gguf", "not a GGUF file")])
def test_file_that_is_no_model_is_refused_with_the_reason(name: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "text.gguf").write_text("contract")
    with pytest.raises(ProviderError, match=f"^bad_model_file: The model file {name} .*{reason}"):
        asyncio.run(LlamaCppModel(tmp_path / name).describe())


def test_model_file_that_fits_is_the_only_model_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llama_cpp, "find_spec", lambda name: name)
    path = write_tiny_gguf(tmp_path / "tiny.gguf", context=4096)
    model = LlamaCppModel(path)

    assert model.context_tokens is None
    assert asyncio.run(model.list_models()) == ("tiny.gguf",)
    assert model.context_tokens == 4096

    monkeypatch.setattr("reviewer.providers.llama_cpp_plan.available_memory", lambda: 1000)
    with pytest.raises(ProviderError, match=r"^not_enough_memory: .* 0\.3 GB of memory, and 0\.0 GB are free"):
        asyncio.run(LlamaCppModel(path).list_models())


def test_request_keeps_to_what_llama_cpp_reads() -> None:
    body = msgspec.json.decode(encode(REQUEST))

    assert body["messages"][1]["content"] == "Text \ufffd."
    assert body["seed"] == 5
    assert body["max_tokens"] == 7
    assert body["response_format"]["json_schema"]["schema"] == {"type": "object"}


def test_control_tokens_of_the_model_are_broken_in_the_question_alone() -> None:
    request = ChatRequest("<own>", "a<own>b<<own>own>c</own>", {}, "test", 1)
    system, user = (each["content"] for each in msgspec.json.decode(encode(request, ["<own>", "</own>"]))["messages"])
    assert system == "<own>"
    assert "<own>" not in user
    assert "</own>" not in user
    assert user.replace(" ", "") == request.user


def test_text_without_control_tokens_stays_as_it_is() -> None:
    assert broken("a < b, <s>", ["<own>", "<", " ", ""]) == "a < b, <s>"
