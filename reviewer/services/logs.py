"""What a log may say: our own words without any key, and of a library only where it spoke and what failed there."""

import logging
from pathlib import Path

from reviewer.domain.secret import masked
from reviewer.services.crash import places

OURS = "reviewer"
_CHATTY = ("httpx", "httpcore", "aiohttp", "asyncio", "keyring", "qasync")
"""Below a warning they tell of addresses with queries, of headers, or of every step of a loop."""


class LogFilter(logging.Filter):
    """Takes out of each record whatever may be a key, or words of a document. For handlers, not loggers.

    An exception is told by its type and places, as its text and the values around it may be a document's. So may what a
    library says: of that only the file and line are left.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """True, for every record."""
        is_ours = record.name.partition(".")[0] == OURS
        said = record.getMessage() if is_ours else f"at {Path(record.pathname).name}:{record.lineno}"
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            said += f" ({type(error).__name__} at {places(error) or 'an unknown place'})"
        record.msg, record.args = masked(said), None
        record.exc_info = record.exc_text = record.stack_info = None
        return True


def guard_logs() -> None:
    """Puts the filter on the handlers of the root logger, and quiets libraries that tell too much. Idempotent."""
    for handler in logging.getLogger().handlers:
        if not any(isinstance(each, LogFilter) for each in handler.filters):
            handler.addFilter(LogFilter())
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
