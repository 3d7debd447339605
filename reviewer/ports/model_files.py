"""Language models in files on this computer."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from reviewer.domain.chat import ChatReply, ChatRequest
from reviewer.domain.model_file import ModelFile
from reviewer.ports.models import ChatModel


@runtime_checkable
class FileModel(ChatModel, Protocol):
    """A model in a file on this computer, which needs memory."""

    async def complete(self, request: ChatRequest, listen: Callable[[str], None] | None = None) -> ChatReply:
        """As `ChatModel.complete`; ``listen`` is told each piece of the reply as it comes."""
        ...

    async def describe(self) -> ModelFile:
        """What the file says of the model. Loads nothing.

        Raises:
            ProviderError: it is no model file.
        """
        ...
