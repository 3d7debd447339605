"""What the window can have done about where parts go."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from reviewer.domain.document import Document
from reviewer.domain.events import RoutedItem
from reviewer.ui.backend import Backend
from reviewer.ui.viewmodels.notice import Notice, NoticeKind
from reviewer.ui.viewmodels.wording import route_name

if TYPE_CHECKING:
    from reviewer.services.container import Services


@dataclass(frozen=True, slots=True)
class RoutedPart:
    """A part of a document and where it went in the run that is shown.

    Attributes:
        workflow: id or file of the run's workflow.
    """

    document: Document
    routed: RoutedItem
    workflow: str


class RouteCommands(QObject):
    """Has the backend keep where a person sends a part. Every method returns at once.

    Args:
        start: begins work.
    """

    noticed = Signal(object)
    """A `Notice`."""
    listed = Signal(object, object)
    """A `RoutedPart`, and the ids of all routes it can be sent to."""

    def __init__(self, backend: Backend, start: Callable[[Coroutine[Any, Any, None]], None], parent: QObject) -> None:
        super().__init__(parent)
        self._backend = backend
        self._start = start

    def list_for(self, part: RoutedPart) -> None:
        """Asks where a part can be sent; `listed` tells."""
        self._start(self._list_for(part))

    def send(self, part: RoutedPart, route: str) -> None:
        """Sends a part there, from the next run on."""
        self._start(self._send(part, route))

    def release(self, part: RoutedPart) -> None:
        """Takes back where a person sent a part."""
        self._start(self._release(part))

    async def _list_for(self, part: RoutedPart) -> None:
        async def work(services: "Services") -> tuple[str, ...]:
            return services.overrides.routes(part.workflow)

        self.listed.emit(part, await self._backend.call(work))

    async def _send(self, part: RoutedPart, route: str) -> None:
        async def work(services: "Services") -> object:
            return await services.overrides.send_part(part.document, part.routed.section, part.workflow, route)

        await self._backend.call(work)
        told = self.tr("This part goes to “%1” from now on. Running again analyses only what changed.")
        self._tell(told.replace("%1", route_name(route)))

    async def _release(self, part: RoutedPart) -> None:
        async def work(services: "Services") -> object:
            return await services.overrides.release_part(part.document, part.routed.section, part.workflow)

        await self._backend.call(work)
        self._tell(self.tr("This part goes where it is found to belong. Running again analyses only what changed."))

    def _tell(self, text: str) -> None:
        self.noticed.emit(Notice(NoticeKind.INFO, text, self.tr("Run"), "run"))
