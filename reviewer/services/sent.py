"""What left this computer: entered as it leaves, and shown."""

from contextlib import suppress
from dataclasses import dataclass

from reviewer.domain.errors import InputError, StorageError
from reviewer.domain.ids import RunId
from reviewer.domain.sent import SentRequest
from reviewer.ports.sending import SUBJECT, Outgoing
from reviewer.ports.storage import SentLog, Workspace
from reviewer.ports.system import Clock


@dataclass(frozen=True, slots=True)
class RunWitness:
    """Enters the requests of one run; implements `reviewer.ports.sending.Witness`."""

    log: SentLog
    run: RunId
    clock: Clock

    async def leaving(self, outgoing: Outgoing) -> int:
        """Enters a request. Raises StorageError: it must not leave."""
        about, body = SUBJECT.get(), outgoing.body
        names = about.rater, about.document, about.section
        where = outgoing.destination, outgoing.via
        return await self.log.enter(SentRequest(self.run, self.clock.now(), *where, *names, len(body)), body)

    async def ended(self, number: int, outcome: str) -> None:
        """Notes what came of it; where that cannot be written, it counts as never answered."""
        with suppress(StorageError):
            await self.log.end(number, outcome)


class SentService:
    """Shows what runs sent beyond this computer."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def of_run(self, run_id: str) -> tuple[SentRequest, ...]:
        """What a run sent, in order, over all its continuations.

        Args:
            run_id: the run, or the beginning of its id.

        Raises:
            InputError: there is no such run.
            StorageError: the workspace cannot be read.
        """
        run = await self._workspace.runs.get(RunId(run_id))
        if run is None:
            raise InputError("no_such_run", f"There is no run {run_id}.", "See: reviewer runs list")
        return await self._workspace.sent.of_run(run.id)

    async def text(self, sent: SentRequest) -> str:
        """The body of a request as it left. Raises StorageError; InputError where it was deleted meanwhile."""
        body = await self._workspace.sent.body(sent.run, sent.number)
        if body is None:
            raise InputError("no_such_request", f"There is no request {sent.number}.", "See: reviewer runs sent RUN")
        return body.decode("utf-8", "backslashreplace")
