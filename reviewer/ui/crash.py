"""The crash handler: a defect is logged without any word of a document, and the window stays."""

import asyncio
import logging
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from reviewer.services.crash import crash_line, take_uncaught, unexpected

_log = logging.getLogger(__name__)


class CrashHandler(QObject):
    """Takes what nobody caught: on the window's thread, on others, in tasks.

    Args:
        log_file: where a line for each is added; its folder is made.
    """

    crashed = Signal(object)
    """A `ReviewerError` with a sentence for the user; delivered on the window's thread."""
    _happened = Signal(object)

    def __init__(self, log_file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log_file = log_file
        # From whatever thread it happened on, to the thread of this object.
        self._happened.connect(self.crashed, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Takes what the interpreter would print."""
        take_uncaught(self.report)

    def watch(self, loop: asyncio.AbstractEventLoop) -> None:
        """Takes what a loop would print."""
        loop.set_exception_handler(self._take_from_loop)

    def report(self, error: BaseException) -> None:
        """Logs a defect and tells the window. For any thread."""
        line = crash_line(error, datetime.now(UTC).isoformat(timespec="seconds"))
        _log.error("%s", line)
        kept = self._keep(line)
        where = str(self._log_file) if kept else self.tr("the log")
        hint = self.tr("What was done is kept. %1 says where it happened, without any text of your documents.")
        self._happened.emit(unexpected(error, hint.replace("%1", where)))

    def _keep(self, line: str) -> bool:
        try:
            self._log_file.parent.mkdir(parents=True, exist_ok=True)
            with self._log_file.open("a", encoding="utf-8") as log:
                log.write(f"{line}\n")
        except OSError:
            return False
        return True

    def _take_from_loop(self, loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        del loop
        error = context.get("exception")
        if isinstance(error, BaseException):
            self.report(error)
        else:
            _log.error("the event loop reports: %s", type(context.get("message")).__name__)
