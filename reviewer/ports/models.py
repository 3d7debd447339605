"""Language models."""

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

    async def complete(self, request: ChatRequest) -> ChatReply:
        """Asks once; never retries by itself. Cancelling closes the request.

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
