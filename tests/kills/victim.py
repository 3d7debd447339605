"""The command line in a process that dies at a chosen moment, as a power cut would have it.

    python tests/kills/victim.py WINDOW COUNT -- ARGUMENTS

WINDOW is one of `WINDOWS` (the process dies when it comes by there for the COUNTth time) or ``none``. Nothing of the
product knows of this: functions are wrapped here.
"""

import itertools
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[2]))

from reviewer.__main__ import main
from reviewer.cli import review
from reviewer.providers.openai_chat import OpenAiChatModel
from reviewer.services.event_log import EventLog
from reviewer.storage import backups, lanes, opening
from reviewer.storage.database import Database
from reviewer.storage.runs import SqliteRunStore
from reviewer.storage.steps import SqliteStepStore

BEFORE, AFTER = "before", "after"
WINDOWS: dict[str, tuple[Any, str, str]] = {
    "before_reserve": (SqliteStepStore, "reserve", BEFORE),
    "after_reserve": (SqliteStepStore, "reserve", AFTER),
    "before_send": (OpenAiChatModel, "complete", BEFORE),
    "after_answer": (OpenAiChatModel, "complete", AFTER),
    "after_reply_stored": (SqliteStepStore, "put_reply", AFTER),
    "before_judgements": (SqliteStepStore, "put_judgements", BEFORE),
    "after_judgements": (SqliteStepStore, "put_judgements", AFTER),
    "inside_transaction": (lanes, "_write_one", AFTER),
    "after_commit": (Database, "_commit", AFTER),
    "before_events": (SqliteRunStore, "append", BEFORE),
    "after_events": (EventLog, "flush", AFTER),
    "run_begun": (SqliteRunStore, "begin", AFTER),
    "opened": (opening, "make_private", AFTER),
    "backup_checked": (backups, "check_backup", AFTER),
    "report_written": (review, "write_file", BEFORE),
}
"""Where a process can be made to die: an owner, one of its functions, and on which side of it."""


def arm(window: str, count: int) -> None:
    """Makes this process die at a window."""
    owner, name, side = WINDOWS[window]
    passes = itertools.count(1)
    original = getattr(owner, name)

    def die_in_time() -> None:
        if next(passes) == count:
            os.kill(os.getpid(), signal.SIGKILL)

    wrap = _async if _is_async(original) else _plain
    setattr(owner, name, wrap(original, die_in_time, side))


def _is_async(function: Callable[..., Any]) -> bool:
    return bool(function.__code__.co_flags & 0x80)  # a coroutine function


def _async(original: Callable[..., Any], die_in_time: Callable[[], None], side: str) -> Callable[..., Any]:
    async def wrapped(*args: Any, **kwargs: Any) -> Any:
        if side == BEFORE:
            die_in_time()
        result = await original(*args, **kwargs)
        if side == AFTER:
            die_in_time()
        return result

    return wrapped


def _plain(original: Callable[..., Any], die_in_time: Callable[[], None], side: str) -> Callable[..., Any]:
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if side == BEFORE:
            die_in_time()
        result = original(*args, **kwargs)
        if side == AFTER:
            die_in_time()
        return result

    return wrapped


if __name__ == "__main__":
    if sys.argv[1] != "none":
        arm(sys.argv[1], int(sys.argv[2]))
    sys.argv = ["reviewer", *sys.argv[4:]]
    sys.exit(main())
