"""What the window can have done about redaction: the list kept, a file's lines read, a document looked at."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from reviewer.domain.document import Document
from reviewer.domain.errors import ReviewerError
from reviewer.domain.matter import Matter
from reviewer.domain.redaction import RedactionChoice, RedactionRules
from reviewer.services.redactions import preview, read_list
from reviewer.ui.backend import Backend
from reviewer.ui.viewmodels.session import Session

Start = Callable[[Coroutine[Any, Any, None]], None]


class RedactionCommands(QObject):
    """Has the backend look after what is replaced. Every method returns at once; what goes wrong is a notice.

    Args:
        start: begins work whose errors become notices.
    """

    previewed = Signal(object, object)
    """A `Document`, and its `RedactionPreview`."""
    listed = Signal(object)
    """The names and numbers of a file."""
    list_refused = Signal(str)

    def __init__(self, session: Session, backend: Backend, start: Start, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._backend = backend
        self._start = start
        self._asked = 0

    def keep(self, choice: RedactionChoice) -> None:
        """Replaces so from the next run on; it goes to the user's settings."""
        self._start(self._keep(choice))

    async def _keep(self, choice: RedactionChoice) -> None:
        changes = {
            "redaction.enabled": choice.is_on,
            "redaction.terms": choice.terms or None,
            "redaction.patterns": choice.patterns,
            "redaction.local": choice.local,
        }
        self._session.basis = replace(self._session.basis, redaction=choice)
        await self._backend.call(lambda services: asyncio.to_thread(services.settings.keep, changes))

    def keep_for(self, matter: Matter, choice: RedactionChoice) -> None:
        """Replaces so in a matter, besides the user's own list."""
        self._start(self._keep_for(matter, choice))

    async def _keep_for(self, matter: Matter, choice: RedactionChoice) -> None:
        changed = await self._backend.call(
            lambda services: services.matters.change(matter, redacts=choice.is_on, redact_terms=choice.terms)
        )
        if self._session.matter is not None and self._session.matter.id == changed.id:
            self._session.choose_matter(changed)

    def preview(self, document: Document, choice: RedactionChoice) -> None:
        """Tells what is replaced in a document, nothing where it is off: `previewed`. Sends and keeps nothing."""
        self._start(self._preview(document, choice))

    async def _preview(self, document: Document, choice: RedactionChoice) -> None:
        self._asked += 1
        asked, rules = self._asked, choice.rules if choice.is_on else RedactionRules.of((), frozenset())
        made = await self._backend.call(lambda _: asyncio.to_thread(preview, document, rules))
        if asked == self._asked:  # else another one was asked for since
            self.previewed.emit(document, made)

    def read(self, path: Path) -> None:
        """Reads a file that lists names and numbers: `listed`, or `list_refused`."""
        self._start(self._read(path))

    async def _read(self, path: Path) -> None:
        try:
            terms = await self._backend.call(lambda _: asyncio.to_thread(read_list, path))
        except ReviewerError as error:
            self.list_refused.emit(f"{error.user_message} {error.hint}".strip())
        else:
            self.listed.emit(terms)
