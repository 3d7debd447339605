"""From ``PROVIDER/NAME`` to a model."""

from reviewer.domain.errors import ConfigError
from reviewer.ports.models import ChatModel
from reviewer.providers.endpoint import parse_endpoint
from reviewer.providers.http import HttpClient
from reviewer.providers.openai_chat import OpenAiChatModel

_DEFAULT_ADDRESS = {"openai": "https://api.openai.com/v1", "ollama": "http://127.0.0.1:11434/v1"}
_DEFAULT_PORT = {"ollama": 11434}
_NOT_YET = {
    "anthropic": "Models of Anthropic are not supported in this version yet.",
    "llama_cpp": "Models in a file are not supported in this version yet.",
}


def chat_model(spec: str, base_url: str | None, key: str | None, client: HttpClient) -> ChatModel:
    """The model of a spec. Opens nothing.

    Args:
        spec: ``PROVIDER/NAME``; the name may hold further slashes. Any provider is an OpenAI-compatible endpoint.
        base_url: where it is; None or blank for the provider's own address.
        key: its key; None or blank for none.
        client: makes the requests.

    Raises:
        ConfigError: ``bad_model``, ``unsupported_provider``, ``no_base_url``, ``bad_base_url`` or ``bad_key``.
    """
    provider, _, name = (part.strip() for part in spec.partition("/"))
    if not provider or not name:
        raise ConfigError(
            "bad_model", "A model is named as PROVIDER/NAME.", "For example --model openai/gpt-4o or ollama/llama3.1."
        )
    if provider in _NOT_YET:
        raise ConfigError(
            "unsupported_provider",
            _NOT_YET[provider],
            "Use an OpenAI-compatible endpoint: --model openai/NAME --base-url URL.",
        )
    address = (base_url or "").strip() or _DEFAULT_ADDRESS.get(provider)
    if not address:
        raise ConfigError(
            "no_base_url",
            f"No address is known for the provider {provider}.",
            "Give the address of its OpenAI-compatible endpoint with --base-url URL.",
        )
    endpoint = parse_endpoint(address, default_port=_DEFAULT_PORT.get(provider))
    return OpenAiChatModel(provider, name, endpoint, key, client)
