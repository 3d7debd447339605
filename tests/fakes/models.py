"""A model that says what a script tells it to."""

import asyncio
from collections.abc import Callable

from reviewer.domain.chat import ChatReply, ChatRequest, FinishReason
from reviewer.domain.errors import ProviderError, RetryDecision

Script = Callable[[ChatRequest], "str | ChatReply | Exception"]


class ScriptedModel:
    """Answers by a script after a time that the script's delay says; keeps every request and the peak in flight.

    Whoever listens hears half of what is said then, and the other half after as much time again, unless the model is
    `is_terse`.
    """

    def __init__(
        self,
        script: Script | str = "{}",
        name: str = "openai/scripted",
        delay: Callable[[ChatRequest], float] = lambda request: 0.1,
    ) -> None:
        self.name = name
        self.endpoint = f"http://{name.replace('/', '.')}.test/v1"
        self.requests: list[ChatRequest] = []
        self.in_flight = self.peak = self.cancelled = 0
        self.is_closed = self.is_terse = False
        self._script: Script = script if callable(script) else lambda request: script
        self._delay = delay

    async def complete(self, request: ChatRequest, listen: Callable[[str], None] | None = None) -> ChatReply:
        self.requests.append(request)
        self.in_flight += 1
        self.peak = max(self.peak, self.in_flight)
        try:
            await asyncio.sleep(self._delay(request))
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        finally:
            self.in_flight -= 1
        said = self._script(request)
        if isinstance(said, Exception):
            raise said
        reply = ChatReply(said, self.name, tokens_in=10, tokens_out=5) if isinstance(said, str) else said
        if listen is not None:
            await self._tell(reply.text, listen, self._delay(request))
        return reply

    async def _tell(self, text: str, listen: Callable[[str], None], delay_s: float) -> None:
        if self.is_terse:
            listen(text)
            return
        listen(text[: len(text) // 2])
        await asyncio.sleep(delay_s)
        listen(text[len(text) // 2 :])

    async def list_models(self) -> tuple[str, ...]:
        if self.is_closed:
            raise AssertionError("asked after it was closed")
        said = self._script(ChatRequest("", "", {}, "", 0))
        if isinstance(said, Exception):
            raise said
        return (self.name,)

    async def aclose(self) -> None:
        self.is_closed = True


def in_turn(*says: "str | ChatReply | Exception") -> Script:
    """One answer after the other, the last one again and again."""
    waiting = list(says)
    return lambda request: waiting.pop(0) if len(waiting) > 1 else waiting[0]


def busy(after_s: float | None = None) -> ProviderError:
    """A failure that another attempt may help."""
    return ProviderError(
        "rate_limited", "Too many calls.", "Wait.", decision=RetryDecision(retry=True, after_s=after_s)
    )


def broken() -> ProviderError:
    """A failure of one call that no other attempt helps."""
    return ProviderError("bad_request", "The model refused the request.", decision=RetryDecision(retry=False))


def rejected() -> ProviderError:
    """A failure that speaks for every call."""
    return ProviderError(
        "key_rejected", "The key was refused.", "Set another key.", decision=RetryDecision(retry=False, fatal=True)
    )


def unreachable() -> ProviderError:
    """A failure to try again that speaks for every call in the end."""
    return ProviderError("unreachable", "Nothing answers.", "Start it.", decision=RetryDecision(retry=True, fatal=True))


def cut() -> ChatReply:
    """A reply that ends in its middle."""
    return ChatReply('{"judge', "openai/scripted", FinishReason.LENGTH)


def declined() -> ChatReply:
    """An abstention."""
    return ChatReply("", "openai/scripted", FinishReason.REFUSED)
