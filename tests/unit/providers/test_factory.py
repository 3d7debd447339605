from pathlib import Path

import pytest

from reviewer.domain.errors import ConfigError
from reviewer.domain.secret import Secret
from reviewer.ports.model_files import FileModel
from reviewer.ports.models import ChatModel
from reviewer.providers.anthropic_messages import AnthropicModel
from reviewer.providers.factory import chat_model
from reviewer.providers.http import HttpClient
from reviewer.providers.ollama_chat import OllamaChatModel
from reviewer.providers.openai_chat import OpenAiChatModel
from reviewer.services.models import place_of

KEY = "sk-CANARY"


@pytest.mark.parametrize(
    ("spec", "base_url", "name", "endpoint"),
    [
        ("openai/gpt-4o", None, "openai/gpt-4o", "https://api.openai.com/v1/"),
        ("openai/gpt-4o", "", "openai/gpt-4o", "https://api.openai.com/v1/"),
        ("openai/org/model:7b", "localhost:8000/v1", "openai/org/model:7b", "http://localhost:8000/v1/"),
        ("ollama/llama3.1", None, "ollama/llama3.1", "http://127.0.0.1:11434/"),
        ("ollama/llama3.1", "box/v1", "ollama/llama3.1", "http://box:11434/v1/"),
        ("ollama/llama3.1", "0.0.0.0", "ollama/llama3.1", "http://127.0.0.1:11434/"),
        ("anthropic/claude", None, "anthropic/claude", "https://api.anthropic.com/v1/"),
        (" groq / x ", "https://groq.example/v1", "groq/x", "https://groq.example/v1/"),
    ],
)
def test_spec_gives_a_model(spec: str, base_url: str | None, name: str, endpoint: str) -> None:
    model: ChatModel = chat_model(spec, base_url, Secret(KEY), HttpClient())

    assert (model.name, model.endpoint) == (name, endpoint)
    assert "CANARY" not in repr(model)


@pytest.mark.parametrize(
    ("spec", "base_url", "kind"),
    [
        ("ollama/m", None, OllamaChatModel),
        ("ollama/m", "0.0.0.0:11434", OllamaChatModel),
        ("ollama/m", "http://127.0.0.1:11434/v1", OpenAiChatModel),
        ("anthropic/m", "https://gateway.example/v1", AnthropicModel),
        ("groq/m", "https://groq.example", OpenAiChatModel),
    ],
)
def test_provider_and_address_choose_the_format(spec: str, base_url: str | None, kind: type) -> None:
    assert type(chat_model(spec, base_url, Secret(KEY), HttpClient())) is kind


@pytest.mark.parametrize(
    ("spec", "base_url", "code"),
    [
        ("gpt-4o", None, "bad_model"),
        ("openai/", None, "bad_model"),
        ("/gpt", None, "bad_model"),
        ("", None, "bad_model"),
        ("groq/x", None, "no_base_url"),
        ("groq/x", "ftp://x", "bad_base_url"),
        ("llama_cpp/file.gguf", "http://x", "bad_base_url"),
    ],
)
def test_spec_that_gives_none_says_what_to_do(spec: str, base_url: str | None, code: str) -> None:
    with pytest.raises(ConfigError) as caught:
        chat_model(spec, base_url, Secret(KEY), HttpClient())

    assert caught.value.code == code
    assert caught.value.hint


def test_model_in_a_file_is_named_without_its_folder(tmp_path: Path) -> None:
    model = chat_model(f"llama_cpp/{tmp_path / 'tiny model.gguf'}", None, None, HttpClient())

    assert isinstance(model, FileModel)
    assert model.name == "llama_cpp/tiny model.gguf"
    assert model.endpoint == (tmp_path / "tiny model.gguf").as_uri()
    assert place_of(model).is_local


@pytest.mark.parametrize("key", ["sk-CANARY\r\nx-injected: 1", "sk-CANARY\u00e9", "sk\x00CANARY"])
def test_key_that_no_header_can_carry_is_refused_and_not_repeated(key: str) -> None:
    with pytest.raises(ConfigError) as caught:
        chat_model("openai/gpt", None, Secret(key or ""), HttpClient())

    assert caught.value.code == "bad_key"
    assert "CANARY" not in f"{caught.value!r} {caught.value.hint}"
