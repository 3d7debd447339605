"""Overrides of routes: kept in the workspace, listed, taken back. They count from the next run on."""

from collections.abc import Sequence

from reviewer.domain.decision import Decision, DecisionAction, SubjectKind, SubjectRef
from reviewer.domain.document import Document
from reviewer.domain.errors import InputError
from reviewer.domain.ids import SectionId
from reviewer.domain.override import Override, encode_override, overrides_of, same_text
from reviewer.domain.section import Section
from reviewer.domain.task import Item
from reviewer.domain.toml_fields import nearest
from reviewer.ports.storage import DecisionStore
from reviewer.ports.system import Clock
from reviewer.services.corrections import CorrectionService
from reviewer.services.planning import Planner

_TYPED = ""
"""Stands for the document of a text that is in none."""


class OverrideService:
    """Keeps where people send texts, as decisions about the routes of a document; they are deleted with it.

    Args:
        planner: reads workflows and cuts documents into items.
        corrections: of how documents are cut.
        reviewer_name: who decides, as the system knows them; may be empty.
    """

    def __init__(
        self,
        decisions: DecisionStore,
        clock: Clock,
        planner: Planner,
        corrections: CorrectionService,
        reviewer_name: str = "",
    ) -> None:
        self._decisions = decisions
        self._clock = clock
        self._planner = planner
        self._corrections = corrections
        self._name = reviewer_name

    async def all(self) -> tuple[Override, ...]:
        """Those that hold, of all workflows, the latest last.

        Raises:
            StorageError: the workspace cannot be read.
        """
        return overrides_of(await self._decisions.of_kind(SubjectKind.ROUTES))

    def routes(self, workflow: str) -> tuple[str, ...]:
        """The ids of a workflow's routes, in its order.

        Args:
            workflow: its id or file.

        Raises:
            ConfigError: as from the catalogue.
        """
        return tuple(node.id for node in self._planner.workflow(workflow)[0].routes)

    async def send(self, text: str, workflow: str, route: str) -> Override:
        """Sends a text to a route; on the disk when this returns.

        Args:
            text: as it was typed.
            workflow: id or file of the workflow.
            route: id of its route.

        Raises:
            InputError: ``no_such_route``.
            ConfigError: as from the catalogue.
            StorageError: it cannot be written.
        """
        return await self._keep(_TYPED, text, workflow, route)

    async def send_part(self, document: Document, part: str | None, workflow: str, route: str) -> Override:
        """Sends a part of a document to a route; on the disk when this returns.

        Args:
            document: the whole of it.
            part: id, number or heading of a section, or the beginning of its id; None for the whole document.
            workflow: id or file of the workflow, which says what its parts are.
            route: id of its route.

        Raises:
            InputError: ``no_such_route``, ``no_such_item``.
            ConfigError: as from the catalogue.
            StorageError: it cannot be written.
        """
        _, item = await self._part(document, part, workflow)
        return await self._keep(document.id, item.text, workflow, route)

    async def release_part(self, document: Document, part: str | None, workflow: str) -> bool:
        """Takes back where a part of a document was sent; False where nobody sent it anywhere.

        Raises:
            InputError: ``no_such_item``.
            ConfigError: as from the catalogue.
            StorageError: it cannot be written.
        """
        flow, item = await self._part(document, part, workflow)
        said = [
            each for each in await self.all() if each.workflow == flow and same_text(each.text) == same_text(item.text)
        ]
        for each in said:
            await self.take_back(each)
        return bool(said)

    async def take_back(self, override: Override) -> None:
        """Takes an override back: the text goes where it is found to belong again.

        Raises:
            StorageError: it cannot be written.
        """
        subjects = [
            each.subject for each in await self._decisions.of_kind(SubjectKind.ROUTES) if _is_of(each, override)
        ]
        await self._write(subjects[-1].id if subjects else _TYPED, Override(override.workflow, override.text, ""))

    async def _part(self, document: Document, part: str | None, workflow: str) -> tuple[str, Item]:
        """The id of a workflow, and the item of a document that has this name in it."""
        plan = self._planner.plan(document, workflow, await self._corrections.of(document.id))
        return plan.workflow.id, _item(plan.items, plan.sections, part)

    async def _keep(self, document: str, text: str, workflow: str, route: str) -> Override:
        flow, _ = self._planner.workflow(workflow)
        known = [node.id for node in flow.routes]
        if route not in known:
            message = f"The workflow {flow.id} has no route {route!r}; {nearest(route, known)}"
            raise InputError("no_such_route", message, "")
        override = Override(flow.id, text, route, self._name)
        await self._write(document, override)
        return override

    async def _write(self, document: str, override: Override) -> None:
        subject = SubjectRef(SubjectKind.ROUTES, document)
        value = encode_override(override)
        await self._decisions.add(
            Decision(subject, DecisionAction.REROUTE, self._clock.now(), value=value, by=self._name)
        )


def _is_of(decision: Decision, override: Override) -> bool:
    said = overrides_of([decision])
    return bool(said) and (said[0].workflow, said[0].text) == (override.workflow, override.text)


def _item(items: Sequence[Item], sections: Sequence[Section], part: str | None) -> Item:
    """The item of that name. What has no item of its own is routed with the section around it."""
    if part is None:
        if len(items) == 1:
            return items[0]
        raise InputError("no_such_item", f"The document has {len(items)} parts.", "Name one: its id as route shows it.")
    by_id = {section.id: section for section in sections}
    named = [item for item in items if part in _names(item, by_id)] or [
        each for each in items if each.name.startswith(part)
    ]
    if len(named) != 1:
        how_many = f"are {len(named)} parts" if named else "is no part"
        raise InputError("no_such_item", f"There {how_many} called {part!r}.", "Name its id, as route --json shows it.")
    return named[0]


def _names(item: Item, sections: dict[SectionId, Section]) -> set[str]:
    section = sections.get(item.section) if item.section else None
    return {item.name, item.heading, section.number if section else ""} - {""}
