"""Language models."""

from collections.abc import Callable
from typing import Protocol

from reviewer.domain.chat import ChatReply, ChatRequest


class ChatModel(Protocol):
    """One model at one endpoint: a rater."""

    @property
    def name(self) -> str:
        """Provider and model, such as ``openai/gpt-4o``; the rater's name in a report."""
        ...

    @property
    def endpoint(self) -> str:
        """Base address without credentials."""
        ...

    async def complete(self, request: ChatRequest, listen: Callable[[str], None] | None = None) -> ChatReply:
        """Asks once; never retries by itself. Cancelling closes the request.

        Args:
            request: the question.
            listen: is told each piece of the reply's text as it is written; all of it at once where the endpoint
                does not stream. Pieces are for showing: only what is returned is an answer. Without it nothing streams.

        Raises:
            ProviderError: the endpoint failed or its answer cannot be used; carries the retry decision.
        """
        ...

    async def list_models(self) -> tuple[str, ...]:
        """The models the endpoint offers.

        Raises:
            ProviderError: as for `complete`.
        """
        ...

    async def aclose(self) -> None:
        """Closes connections."""
        ...


def context_of(model: object) -> int | None:
    """Tokens that a model can hold, prompt and reply together; None where it has no ``context_tokens`` that says so."""
    tokens = getattr(model, "context_tokens", None)
    return tokens if isinstance(tokens, int) and tokens > 0 else None
