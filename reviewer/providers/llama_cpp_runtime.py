"""One model file for all who ask it on an event loop: loaded when first asked, several questions at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from weakref import WeakKeyDictionary

from reviewer.providers.llama_cpp_messages import Answer, Load, Refused, TooSmall
from reviewer.providers.llama_cpp_plan import Facts, Plan, available_memory, read_facts
from reviewer.providers.llama_cpp_process import Listen, LlamaProcess, WorkerDiedError


class NoMemoryError(Exception):
    """There is too little memory for the model with the context that a question needs."""

    def __init__(self, needed: int, available: int) -> None:
        super().__init__(needed, available)
        self.needed = needed
        self.available = available


class LlamaRuntime:
    """A model file and its worker process. For one event loop.

    The process is started with the context that the first question needs, and replaced by one with more when a later
    question needs more and all that are being answered have been.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._facts: Facts | None = None
        self._process: LlamaProcess | None = None
        self._plan: Plan | None = None
        self._wanted = 0
        self._asking = 0
        self._users = 0
        self._crashes = 0
        self._crashed: LlamaProcess | None = None
        self._change = asyncio.Condition()

    @property
    def crashes(self) -> int:
        """How often the process has crashed since it last answered."""
        return self._crashes

    @property
    def context(self) -> int | None:
        """Tokens the model was trained for; None until the file was looked into."""
        return self._facts.context if self._facts else None

    @property
    def pid(self) -> int | None:
        """The worker process's number while there is one."""
        return self._process.pid if self._process else None

    async def facts(self) -> Facts:
        """What the file's header says; read once.

        Raises:
            GgufError: it is no model that answers.
            OSError: it cannot be read.
        """
        if self._facts is None:
            self._facts = await asyncio.to_thread(read_facts, self._path)
        return self._facts

    async def ask(
        self, body: bytes, context: int, max_tokens: int, listen: Listen | None
    ) -> Answer | TooSmall | Refused:
        """Asks one question once a slot is free.

        Args:
            body: in the OpenAI chat format.
            context: tokens that will probably hold question and answer.
            max_tokens: of the answer; where the model can be loaded with more context, it is never cut for want of it.
            listen: told each piece of the answer as it comes.

        Raises:
            GgufError: the file is no model that answers; `OSError` where it cannot be read.
            NoMemoryError, NotLoadedError: it cannot be loaded.
            WorkerDiedError: the process crashed.
        """
        facts = await self.facts()
        async with self._slot(min(context, facts.context), facts) as (process, plan):
            can_grow = plan.context < facts.context
            return await self._asked(process, body, plan.context - (max_tokens if can_grow else 0), listen)

    def join(self) -> None:
        """Says that one more wants to ask."""
        self._users += 1

    async def leave(self) -> None:
        """Says that one fewer does; the last one ends the process."""
        self._users -= 1
        if self._users == 0:
            _RUNTIMES.get(asyncio.get_running_loop(), {}).pop(self._path, None)
            async with self._change:
                await self._end_process()

    async def _asked(
        self, process: LlamaProcess, body: bytes, longest: int, listen: Listen | None
    ) -> Answer | TooSmall | Refused:
        try:
            answer = await process.ask(body, longest, listen)
        except WorkerDiedError:
            self._count_crash(process)
            raise
        self._crashes = 0
        return answer

    @asynccontextmanager
    async def _slot(self, context: int, facts: Facts) -> AsyncIterator[tuple[LlamaProcess, Plan]]:
        """A loaded process with a free slot of at least so much context."""
        async with self._change:
            self._wanted = max(self._wanted, context)
            while (found := self._free_slot(context)) is None:
                if self._asking == 0:
                    await self._load(facts, context)
                else:
                    await self._change.wait()
            self._asking += 1
        try:
            yield found
        finally:
            self._asking -= 1
            async with self._change:
                self._change.notify_all()

    def _free_slot(self, context: int) -> tuple[LlamaProcess, Plan] | None:
        """Where a question can be asked now, if anywhere; where another waits for more context, that comes first."""
        process, plan = self._process, self._plan
        if process is None or plan is None or not process.is_usable or self._asking >= plan.slots:
            return None
        return (process, plan) if plan.context >= max(context, self._wanted) else None

    async def _load(self, facts: Facts, context: int) -> None:
        """Starts the process anew: with all the context that is wanted, or with so much where memory is short."""
        await self._end_process()
        wanted, self._wanted = self._wanted, 0
        available = available_memory()
        plan = facts.plan(wanted, available) or facts.plan(context, available)
        if plan is None:
            raise NoMemoryError(facts.memory(context, 1), available)
        process = LlamaProcess(Load(str(self._path), plan.context, plan.slots, plan.threads))
        try:
            await process.loaded()
        except BaseException as error:
            if isinstance(error, WorkerDiedError):
                self._crashes += 1
            await process.end()
            raise
        self._process, self._plan = process, plan

    def _count_crash(self, process: LlamaProcess) -> None:
        """Once for each process, however many questions it was answering."""
        if process is not self._crashed:
            self._crashed = process
            self._crashes += 1

    async def _end_process(self) -> None:
        process, self._process = self._process, None
        if process:
            await process.end()


_RUNTIMES: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[Path, LlamaRuntime]] = WeakKeyDictionary()


def shared_runtime(path: Path) -> LlamaRuntime:
    """The runtime of a file on the running event loop; the same for all who name the file: it is loaded once."""
    return _RUNTIMES.setdefault(asyncio.get_running_loop(), {}).setdefault(path, LlamaRuntime(path))
