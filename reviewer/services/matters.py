"""Matters: made, listed, changed."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reviewer.domain.decision import Conflict, SubjectKind, SubjectRef, conflicts
from reviewer.domain.destination import Destination
from reviewer.domain.errors import ConfigError, InputError
from reviewer.domain.ids import content_id
from reviewer.domain.listed import clean_terms
from reviewer.domain.matter import Egress, Matter, MatterId, Turn
from reviewer.domain.report import fold_all
from reviewer.domain.run import Run
from reviewer.domain.secret import NO_SECRET, Secret
from reviewer.domain.workspace import Unpacked
from reviewer.ports.storage import Workspace
from reviewer.ports.system import Clock

NAME_CHARS = 120


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of taking a matter's file in.

    Attributes:
        conflicts: findings that people see differently, now that the decisions of all are here.
    """

    matter: Matter
    unpacked: Unpacked
    conflicts: tuple[Conflict, ...]


class MatterService:
    """The matters of a workspace."""

    def __init__(self, workspace: Workspace, clock: Clock) -> None:
        self._workspace = workspace
        self._clock = clock

    async def list_matters(self) -> tuple[Matter, ...]:
        """All matters, newest first.

        Raises:
            StorageError: the workspace cannot be read.
        """
        return await self._workspace.matters.list_matters()

    async def create(self, name: str, egress: Egress = Egress.HERE, endpoints: Iterable[Destination] = ()) -> Matter:
        """Makes a matter; its text stays on this computer unless something else is said.

        Raises:
            ConfigError: the name is empty or too long, another matter has it, or its list of endpoints is empty.
            StorageError: it cannot be written.
        """
        name = await self._free_name(name)
        now = self._clock.now()
        matter = Matter(MatterId(content_id("matter", name, now.isoformat(), os.urandom(8).hex())), name, now)
        return await self.change(matter, egress=egress, endpoints=endpoints)

    async def get(self, name: str) -> Matter:
        """A matter by name, id, or the beginning of its id.

        Raises:
            InputError: there is none.
        """
        matters = await self.list_matters()
        found = [each for each in matters if name in {each.id, each.name}]
        found = found or [each for each in matters if each.name.casefold() == name.casefold()]
        found = found or [each for each in matters if len(name) > len("matter-") and each.id.startswith(name)]
        if len(found) != 1:
            raise InputError("no_such_matter", f"There is no matter {name!r}.", "See: reviewer matters list")
        return found[0]

    async def rename(self, matter: Matter, name: str) -> Matter:
        """Gives a matter another name.

        Raises:
            ConfigError: as for `create`.
        """
        return await self._put(replace(matter, name=await self._free_name(name, matter)))

    async def change(
        self,
        matter: Matter,
        *,
        egress: Egress | None = None,
        workflow: str | None = None,
        playbook: str | None = None,
        note: str | None = None,
        endpoints: Iterable[Destination] | None = None,
        redacts: bool | None = None,
        redact_terms: Sequence[str] | None = None,
    ) -> Matter:
        """Changes what is not None.

        Raises:
            ConfigError: ``no_endpoints``: text may go to listed endpoints only, and none would be listed.
            StorageError: it cannot be written.
        """
        changed = replace(
            matter,
            egress=matter.egress if egress is None else egress,
            workflow=matter.workflow if workflow is None else workflow,
            playbook=matter.playbook if playbook is None else playbook,
            note=matter.note if note is None else note,
            endpoints=matter.endpoints if endpoints is None else tuple(sorted(set(endpoints))),
            redacts=matter.redacts if redacts is None else redacts,
            redact_terms=matter.redact_terms if redact_terms is None else clean_terms(redact_terms),
        )
        if changed.egress is Egress.LISTED and not changed.endpoints:
            message = "A list of endpoints that text may go to needs one at least."
            raise ConfigError("no_endpoints", message, "Name one as https://HOST, or keep the text on this computer.")
        return await self._put(changed)

    async def documents(self, matter: MatterId) -> tuple[Turn, ...]:
        """The documents of a matter with their versions, in the order they were added."""
        return await self._workspace.matters.turns(matter)

    async def runs(self, matter: MatterId) -> tuple[Run, ...]:
        """The runs of a matter, newest first."""
        return tuple(each for each in await self._workspace.runs.list_runs() if each.matter == matter)

    async def delete(self, matter: Matter) -> None:
        """Deletes a matter with its runs, decisions and documents, from the backups too; what others share stays.

        Raises:
            StorageError: it cannot be deleted.
        """
        await self._workspace.delete([each.id for each in await self.runs(matter.id)], matter.id)

    async def pack(self, matter: Matter, *, with_originals: bool, password: Secret = NO_SECRET) -> bytes:
        """A matter as one file for a colleague; with a password it is encrypted.

        Raises:
            StorageError: the workspace cannot be read.
        """
        return await self._workspace.pack(matter, with_originals=with_originals, password=password)

    async def take_in(self, content: bytes, password: Secret = NO_SECRET) -> TakenIn:
        """Adds a matter's file to the workspace: what is there stays, and decisions of both stand side by side.

        Raises:
            InputError: the file cannot be used; nothing was taken in.
            StorageError: it cannot be written.
        """
        known = {each.id for each in await self.list_matters()}
        done = await self._workspace.unpack(content, password)
        matter = await self.get(done.matter)
        if matter.id not in known:  # what may leave this computer is for its own user to say
            matter = await self.change(matter, egress=Egress.HERE)
        subjects = []
        for run in await self.runs(matter.id):
            report = fold_all(await self._workspace.runs.events(run.id))
            found = [each for document in report.documents.values() for each in document.findings]
            subjects += [SubjectRef(SubjectKind.FINDING, each.id) for each in found]
        decisions = await self._workspace.decisions.about(list(dict.fromkeys(subjects)))
        return TakenIn(matter, done, conflicts(decisions))

    async def _put(self, matter: Matter) -> Matter:
        await self._workspace.matters.put(matter)
        return matter

    async def _free_name(self, name: str, own: Matter | None = None) -> str:
        name = " ".join(name.split())
        if not 0 < len(name) <= NAME_CHARS:
            raise ConfigError("bad_name", f"A matter needs a name of 1 to {NAME_CHARS} characters.", "Choose another.")
        others: Sequence[Matter] = [each for each in await self.list_matters() if own is None or each.id != own.id]
        if any(each.name.casefold() == name.casefold() for each in others):
            raise ConfigError("bad_name", f"There is a matter {name!r} already.", "Choose another name.")
        return name
