"""Progress on standard error: one changing line on a terminal, one line a document elsewhere."""

import sys

from reviewer.cli.console import Console
from reviewer.domain.events import (
    DocumentAdded,
    DocumentFailed,
    DocumentFinished,
    ItemRouted,
    RunEvent,
    RunStarted,
    StepDone,
    StepFailed,
)
from reviewer.domain.ids import DocumentId
from reviewer.domain.run import Run


class Progress:
    """Folds the events of a run into what is shown while it goes."""

    def __init__(self, console: Console) -> None:
        self.run: Run | None = None
        self._console = console
        self._is_terminal = sys.stderr.isatty()
        self._names: dict[DocumentId, str] = {}
        self._items = self._routed = self._steps = self._failed = 0

    def take(self, event: RunEvent) -> None:
        """One more event."""
        match event:
            case RunStarted():
                self.run = event.run
                if event.unknown_calls:
                    self._console.note(_unknown(event.unknown_calls))
            case DocumentAdded():
                self._names[event.document.id] = event.document.name
                self._items += event.items
            case DocumentFailed():
                self.end()
                self._console.warn(f"reviewer: {event.code}: {event.name}: {event.message} {event.hint}".rstrip())
            case ItemRouted():
                self._routed += 1
            case StepDone():
                self._steps += 1
            case StepFailed():
                self._failed += 1
            case DocumentFinished():
                self.end()
                self._console.note(f"Done: {self._names[event.document]}")
            case _:
                pass
        self._counts()

    def end(self) -> None:
        """Leaves the changing line."""
        if self._is_terminal:
            self._console.change("")

    def _counts(self) -> None:
        if self._is_terminal:
            failed = f", {self._failed} failed" if self._failed else ""
            self._console.change(f"{self._routed} of {self._items} parts, {self._steps} steps{failed}")


def _unknown(count: int) -> str:
    calls = "1 call was" if count == 1 else f"{count} calls were"
    return f"{calls} under way when the last run was cut off; asked again now, and perhaps paid for twice."
