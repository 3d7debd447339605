"""What the window can have done about models: chosen, kept, tried, looked for; what is known of them put right."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from reviewer.domain.errors import ReviewerError
from reviewer.domain.model_facts import OwnFacts
from reviewer.domain.setting_kinds import Value
from reviewer.services.models import Check
from reviewer.services.requests import RunRequest
from reviewer.ui.backend import Backend
from reviewer.ui.viewmodels.notice import Notice, NoticeKind
from reviewer.ui.viewmodels.session import GivenKey, Panel, Session

if TYPE_CHECKING:
    from reviewer.services.container import Services
    from reviewer.services.model_facts import ModelList

Start = Callable[[Coroutine[Any, Any, None]], None]


class ModelCommands(QObject):
    """Has the backend look after who answers. Every method returns at once; what goes wrong is a notice.

    Args:
        start: begins work whose errors become notices.
    """

    noticed = Signal(object)
    """A `Notice`."""
    tested = Signal(object)
    """The `Check`s of a test."""
    servers_found = Signal(object)
    """The `LocalServer`s on this computer."""
    facts_told = Signal(object)
    """The `ModelList` of a panel and of all else that is known."""

    def __init__(self, session: Session, backend: Backend, start: Start, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._backend = backend
        self._start = start

    def choose(self, panel: Panel, keys: Sequence[GivenKey] = ()) -> None:
        """Uses these models from the next run on; their keys go to the keyring."""
        self._start(self._choose(panel, keys))

    def keep(self, panel: Panel, keys: Sequence[GivenKey] = ()) -> None:
        """As `choose`; and the choice, never a key, goes to the user's settings."""
        self._start(self._keep(panel, keys))

    def test(self, panel: Panel, keys: Sequence[GivenKey] = ()) -> None:
        """Tries models; `tested` gives the checks."""
        self._start(self._test(panel, keys))

    def find_servers(self) -> None:
        """Looks for model servers on this computer; `servers_found` gives them."""
        self._start(self._find_servers())

    def tell_facts(self, panel: Panel) -> None:
        """Asks what is known of a panel's models; `facts_told` says it. Contacts nobody."""
        self._start(self._tell_facts(panel))

    def set_facts(self, facts: OwnFacts, panel: Panel) -> None:
        """Keeps what the user says of a model in their settings; `facts_told` then says what holds."""
        self._start(self._set_facts(facts, panel))

    async def _find_servers(self) -> None:
        self.servers_found.emit(await self._backend.call(lambda services: services.models.detect()))

    async def _tell_facts(self, panel: Panel) -> None:
        work = partial(_facts, panel)
        self.facts_told.emit(await self._backend.call(work))

    async def _set_facts(self, facts: OwnFacts, panel: Panel) -> None:
        winner = await self._backend.call(lambda services: asyncio.to_thread(services.facts.set, facts))
        if winner is not None:
            text = self.tr("This was kept, but other figures still hold: %1.").replace("%1", winner.origin)
            self.noticed.emit(Notice(NoticeKind.WARNING, text))
        await self._tell_facts(panel)

    async def _keep_keys(self, keys: Sequence[GivenKey]) -> None:
        for given in keys:
            work = partial(_set_key, given)
            if not await self._backend.call(work):
                text = self.tr("This computer has no keyring: the key is used until Reviewer closes, and not kept.")
                self.noticed.emit(Notice(NoticeKind.WARNING, text))

    async def _choose(self, panel: Panel, keys: Sequence[GivenKey]) -> None:
        await self._keep_keys(keys)
        request = RunRequest((), models=panel.models)
        places = await self._backend.call(lambda services: services.models.places(request))
        self._session.choose_panel(replace(panel, places=places))

    async def _keep(self, panel: Panel, keys: Sequence[GivenKey]) -> None:
        await self._choose(panel, keys)
        # The panel says who answers; an engine that was set before would overrule it.
        changes: dict[str, Value | None] = {"engine": None, "models.panel": panel.models or None}
        changes |= {"models.votes": panel.votes, "models.adaptive": panel.adaptive}
        await self._backend.call(lambda services: asyncio.to_thread(services.settings.keep, changes))

    async def _test(self, panel: Panel, keys: Sequence[GivenKey]) -> None:
        await self._keep_keys(keys)
        request = self._session.trial(panel)
        try:
            checks = await self._backend.call(lambda services: services.models.test(request))
        except ReviewerError as error:
            checks = (Check(self.tr("Settings"), passed=False, message=f"{error.user_message} {error.hint}".strip()),)
        self.tested.emit(checks)


async def _set_key(given: GivenKey, services: "Services") -> bool:
    return await asyncio.to_thread(services.models.set_key, given.provider, given.key)


async def _facts(panel: Panel, services: "Services") -> "ModelList":
    return await asyncio.to_thread(services.facts.list, panel.models)
