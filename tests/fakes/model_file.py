"""A model in a file that is not there."""

import asyncio
from collections.abc import Callable

from reviewer.domain.chat import ChatReply, ChatRequest
from reviewer.domain.model_file import ModelFile
from tests.fakes.models import ScriptedModel

GIGABYTE = 1024**3


class DescribedModel(ScriptedModel):
    """Says what a file would, and answers in two pieces."""

    def __init__(self, available: int = 12 * GIGABYTE) -> None:
        super().__init__('{"text": "yes"}', "llama_cpp/qwen.gguf")
        self.endpoint = "file:///models/qwen.gguf"
        self._available = available

    async def complete(self, request: ChatRequest, listen: Callable[[str], None] | None = None) -> ChatReply:
        if listen:
            listen('{"text":')
            await asyncio.sleep(0.001)
            listen('"yes"}')
        return await super().complete(request)

    async def describe(self) -> ModelFile:
        return ModelFile(
            "Qwen Test",
            int(4.7 * GIGABYTE),
            "qwen3",
            "Q4_K_M",
            8_190_000_000,
            40960,
            int(5.6 * GIGABYTE),
            self._available,
        )
