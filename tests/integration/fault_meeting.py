"""Meets a fault as a run does: a real provider, over loopback, in the real pool, with a healthy call beside it."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

from reviewer.domain.anchor import TextSpan
from reviewer.domain.chat import ChatReply, ChatRequest
from reviewer.domain.destination import destination_of
from reviewer.domain.errors import ProviderError, ReviewerError
from reviewer.domain.secret import Secret
from reviewer.domain.section import SectionKind
from reviewer.domain.task import Context, Item, Task
from reviewer.engine.dispatcher import Dispatcher
from reviewer.engine.limits import Limits
from reviewer.engine.plan import Panel
from reviewer.engine.pool import FatalProviderError, Pool
from reviewer.engine.reading import UnusableReplyError
from reviewer.engine.steps import StepResult, StepRunner
from reviewer.handlers.llm.summarize import ModelSummarizeHandler
from reviewer.ports.models import ChatModel
from reviewer.ports.storage import Workspace
from reviewer.providers.factory import chat_model
from reviewer.providers.http import HttpClient
from reviewer.providers.http_body import Timeouts
from tests.fakes.workspace import MemoryWorkspace
from tests.integration.fault_table import Case
from tests.model_server.catalogue import NAMED, fault_named
from tests.model_server.protocols import ANTHROPIC, LLAMA_CPP, OLLAMA, OPENAI, Protocol
from tests.model_server.server import ModelServer

PROTOCOLS: dict[str, Protocol] = {
    "openai": OPENAI,
    "anthropic": ANTHROPIC,
    "ollama": OLLAMA,
    "llama-server": LLAMA_CPP,
}
KEY = "sk-canary-0123456789"
_SLOW = {"hang", "stall", "slow_loris", "stream_stall", "stream_comments"}
_SHORT_S, _LONG_S = 0.1, 20.0
_TEXT = "The supplier shall keep all records for six years after the end of this agreement."
_HANDLER = ModelSummarizeHandler("Summarise.")


@dataclass(frozen=True)
class Met:
    """What came of a fault.

    Attributes:
        requests: that the server saw, or attempts made where nobody was there.
        waits: in seconds, as the pool asked for them.
        error: None where there is an answer.
        took_s: in real time; ``deadline_s`` is what all attempts together may take.
        heard: what was told while it streamed; None where nobody listened.
        said: the reply that is stored.
        beside: the answer of the healthy call.
        is_kept: whether the healthy call's reply is stored.
    """

    requests: int
    waits: tuple[float, ...]
    error: ReviewerError | None
    stops_the_run: bool
    answer: StepResult | None
    heard: str | None
    said: str | None
    took_s: float
    deadline_s: float
    beside: StepResult
    is_kept: bool


class HurriedClock:
    """The loop's time; waits are over at once, and counted as if they had lasted."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time() + sum(self.slept)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0)

    def jitter(self) -> float:
        return 1.0


class Streamed:
    """A model somebody listens to."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model
        self.heard: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    async def complete(self, request: ChatRequest, listen: Callable[[str], None] | None = None) -> ChatReply:
        assert listen is None
        return await self._model.complete(request, self.heard.append)


async def meet(case: Case, workspace: Workspace | None = None, task: Task | None = None) -> Met:
    """Asks for two votes at once, one of them of a server with the fault.

    Args:
        case: the fault.
        workspace: keeps the replies; one in memory where None.
        task: what is asked about.
    """
    limit_s = _SHORT_S if case.fault in _SLOW else _LONG_S
    patient = HttpClient(timeouts=Timeouts(_LONG_S, _LONG_S, _LONG_S, _LONG_S))
    protocol, clock, workspace = PROTOCOLS[case.server], HurriedClock(), workspace or MemoryWorkspace()
    fault = fault_named(case.fault, protocol) if case.fault in NAMED else None
    openai = LLAMA_CPP if protocol is LLAMA_CPP else OPENAI
    async with ModelServer(fault=fault, openai=openai) as server, ModelServer() as healthy:
        address = _address(case, server)
        allowed = {destination} if (destination := destination_of(address)) else set()
        impatient = HttpClient(timeouts=Timeouts(limit_s, limit_s, limit_s, limit_s), allowed=allowed)
        model = chat_model(f"{case.server}/m", address, Secret(KEY), impatient)
        beside = chat_model("openai/beside", healthy.base_url, None, patient)
        asked: Any = Streamed(model) if case.streams else model
        panel = Panel.of([asked, beside])
        pool = Pool(Dispatcher(clock), lambda _: Limits(4), clock, deadline_s=2 * _LONG_S)
        steps = StepRunner(workspace.steps, pool, panel)
        votes = [
            steps.by_model("summarize", _HANDLER, task or _TASK, rater, 0, temperature=0.0) for rater in panel.raters
        ]
        with _no_name_known() if case.fault == "unknown_host" else nullcontext():
            (end, took_s), (other, _) = await asyncio.gather(*map(_voted, votes))
        pool.close()
        await model.aclose()
        await beside.aclose()
    assert isinstance(other, StepResult), other
    stored = await workspace.steps.get(end.key) if isinstance(end, StepResult) else None
    healthy_one = await workspace.steps.get(other.key)
    error = end.cause if isinstance(end, FatalProviderError) else end
    return Met(
        requests=len(server.bodies) or len(clock.slept) + 1,
        waits=tuple(clock.slept),
        error=None if isinstance(error, StepResult) else error,
        stops_the_run=isinstance(end, FatalProviderError),
        answer=end if isinstance(end, StepResult) else None,
        heard="".join(asked.heard) if case.streams else None,
        said=stored.reply.text if stored is not None and stored.reply is not None else None,
        took_s=took_s,
        deadline_s=limit_s * case.end.requests,
        beside=other,
        is_kept=healthy_one is not None and healthy_one.reply is not None,
    )


async def _voted(
    vote: Awaitable[StepResult],
) -> tuple[StepResult | ProviderError | UnusableReplyError | FatalProviderError, float]:
    began = asyncio.get_running_loop().time()
    try:
        end: Any = await vote
    except (ProviderError, UnusableReplyError, FatalProviderError) as error:
        end = error
    return end, asyncio.get_running_loop().time() - began


def _address(case: Case, server: ModelServer) -> str:
    address = server.base_url.removesuffix("/v1") if case.server == "ollama" else server.base_url
    if case.fault == "connection_refused":
        return address.replace(str(server.port), str(_closed_port()))
    if case.fault == "unknown_host":
        return address.replace("127.0.0.1", "nobody.invalid")
    return address.replace("http:", "https:") if case.fault == "tls_failure" else address


def _closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _no_name_known() -> Iterator[None]:
    with patch("socket.getaddrinfo", side_effect=socket.gaierror(socket.EAI_NONAME, "unknown")):
        yield


_TASK = Task(
    "summarize",
    Item(None, None, SectionKind.CLAUSE, "Records", "1 Records", _TEXT, TextSpan(0, len(_TEXT)), "en"),
    Context(fence="f0" * 16),
)
