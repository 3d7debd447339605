"""From ``PROVIDER/NAME`` to a model."""

from collections.abc import Iterable
from pathlib import Path

from reviewer.domain.destination import Destination, destination_of
from reviewer.domain.errors import ConfigError
from reviewer.domain.secret import Secret
from reviewer.ports.models import ChatModel
from reviewer.providers.anthropic_messages import AnthropicModel
from reviewer.providers.endpoint import Endpoint, parse_endpoint
from reviewer.providers.http import HttpClient
from reviewer.providers.llama_cpp import LlamaCppModel
from reviewer.providers.ollama_chat import OllamaChatModel
from reviewer.providers.openai_chat import OpenAiChatModel
from reviewer.providers.recorded import RecordedChatModel

_DEFAULT_ADDRESS = {
    "openai": "https://api.openai.com/v1",
    "anthropic": "https://api.anthropic.com/v1",
    "ollama": "http://127.0.0.1:11434",
}
_DEFAULT_PORT = {"ollama": 11434}
_IN_FILES = ("recorded", "llama_cpp")


def chat_model(spec: str, base_url: str | None, key: Secret | None, client: HttpClient) -> ChatModel:
    """The model of a spec. Opens nothing.

    Args:
        spec: ``PROVIDER/NAME``; the name may hold further slashes. Ollama is asked in its own format unless the address
            ends in ``/v1``, Anthropic in its Messages format; ``recorded/FILE`` says again what a recording holds;
            ``llama_cpp/`` is followed by the path of a GGUF file; any
            other provider is an OpenAI-compatible endpoint.
        base_url: where it is; None or blank for the provider's own address.
        key: its key; None or blank for none.
        client: makes the requests.

    Raises:
        ConfigError: ``bad_model``, ``no_base_url``, ``bad_base_url`` or ``bad_key``.
    """
    provider, _, name = (part.strip() for part in spec.partition("/"))
    if not provider or not name:
        raise ConfigError(
            "bad_model", "A model is named as PROVIDER/NAME.", "For example --model openai/gpt-4o or ollama/llama3.1."
        )
    if provider == "recorded":
        return RecordedChatModel(Path(name))
    if provider == "llama_cpp":
        if (base_url or "").strip():
            raise ConfigError(
                "bad_base_url",
                "A model in a file has no address.",
                "Leave the base URL out; a llama.cpp server is named as openai/NAME.",
            )
        return LlamaCppModel(Path(name).expanduser())
    endpoint = _endpoint(provider, base_url)
    if provider == "ollama" and endpoint.with_version() is not None:  # .../v1 is its OpenAI-style route
        return OllamaChatModel(provider, name, endpoint, key, client)
    if provider == "anthropic":
        return AnthropicModel(provider, name, endpoint, key, client)
    return OpenAiChatModel(provider, name, endpoint, key, client)


def reached(specs: Iterable[tuple[str, str | None]]) -> frozenset[Destination]:
    """Where the models of these specs and base URLs are asked; those in files nowhere.

    Raises:
        ConfigError: as `chat_model`.
    """
    remote = ((spec.partition("/")[0].strip(), url) for spec, url in specs)
    endpoints = (_endpoint(provider, url) for provider, url in remote if provider not in _IN_FILES)
    found = (destination_of(each.base) for each in endpoints)
    return frozenset(each for each in found if each is not None)


def _endpoint(provider: str, base_url: str | None) -> Endpoint:
    address = (base_url or "").strip() or _DEFAULT_ADDRESS.get(provider)
    if not address:
        raise ConfigError(
            "no_base_url",
            f"No address is known for the provider {provider}.",
            "Give the address of its OpenAI-compatible endpoint with --base-url URL.",
        )
    return parse_endpoint(address, default_port=_DEFAULT_PORT.get(provider))
