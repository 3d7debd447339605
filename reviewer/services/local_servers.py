"""Finding model servers on this computer: on request, on loopback only, all at once."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reviewer.domain.errors import ProviderError
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.ports.models import ChatModel
from reviewer.services.requests import RunRequest

WAIT_S = 0.5
"""For all answers together: what is on this computer answers at once."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """A server, where it usually listens, and the provider that its models are named after."""

    title: str
    provider: str
    port: int
    path: str = "/v1"


_OLLAMA = _Kind("Ollama", "ollama", 11434, "")
_USUAL = (
    _OLLAMA,
    _Kind("LM Studio", "lmstudio", 1234),
    _Kind("llama.cpp server", "llama-server", 8080),
    _Kind("vLLM", "vllm", 8000),
)


@dataclass(frozen=True, slots=True)
class LocalServer:
    """A server that answered.

    Attributes:
        title: what it is, by how it answers and by its port.
        base_url: its address.
        models: those it offers, as settings and flags name them.
    """

    title: str
    base_url: str
    models: tuple[ModelChoice, ...]


async def find_servers(
    build_models: Callable[[RunRequest], tuple[ChatModel, ...]], ports: Sequence[int] = ()
) -> tuple[LocalServer, ...]:
    """The model servers on loopback: at their usual ports, and at those named. Takes `WAIT_S` at most.

    Args:
        build_models: makes what asks them, without any key: nobody knows yet who answers.
        ports: further ports, tried for Ollama and for what speaks like OpenAI.
    """
    named = [
        kind
        for port in ports
        for kind in (_Kind("Ollama", "ollama", port, ""), _Kind("OpenAI-compatible server", "local", port))
    ]
    kinds = list({(each.port, each.path): each for each in (*named, *_USUAL)}.values())
    probes = [(kind, _probe(build_models, kind)) for kind in kinds]
    async with asyncio.TaskGroup() as group:
        tasks = [(kind, group.create_task(_ask(kind, model))) for kind, model in probes]
    found = [server for _, task in tasks if (server := task.result()) is not None]
    # Ollama speaks like OpenAI, too; its own interface takes the size of the context.
    own = {each.base_url for each in found}
    return tuple(each for each in found if each.base_url.removesuffix("/v1") not in own - {each.base_url})


def _probe(build_models: Callable[[RunRequest], tuple[ChatModel, ...]], kind: _Kind) -> ChatModel:
    choice = ModelChoice(f"{kind.provider}/any", _address(kind))
    return build_models(RunRequest((), models=(choice,), offline=True))[0]


async def _ask(kind: _Kind, model: ChatModel) -> LocalServer | None:
    try:
        async with asyncio.timeout(WAIT_S):
            names = await model.list_models()
    except (ProviderError, TimeoutError):
        return None
    finally:
        await model.aclose()
    address = _address(kind)
    return LocalServer(kind.title, address, tuple(ModelChoice(f"{kind.provider}/{name}", address) for name in names))


def _address(kind: _Kind) -> str:
    return f"http://127.0.0.1:{kind.port}{kind.path}"
