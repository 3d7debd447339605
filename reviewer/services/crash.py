"""What may be said of a defect: its type and places in our code. An exception's own text may hold a document's."""

import platform
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from reviewer import __version__
from reviewer.domain.errors import ReviewerError


def places(error: BaseException) -> str:
    """Where it failed, innermost last: files, lines and functions without a value."""
    frames = traceback.extract_tb(error.__traceback__)
    return " > ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)


def unexpected(error: BaseException, hint: str) -> ReviewerError:
    """A defect in one sentence."""
    return ReviewerError("unexpected", f"The program failed with {type(error).__name__}.", hint)


def crash_line(error: BaseException, at: str) -> str:
    """One line for the crash log: when, what, where, on which system."""
    system = f"Reviewer {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    return f"{at} {system}: {type(error).__name__} at {places(error) or 'an unknown place'}"


def take_uncaught(report: Callable[[BaseException], None]) -> None:
    """Has what nobody caught reported, on any thread and in destructors, in place of what the interpreter would print.

    That would quote exceptions, whose text may be a document's.
    """

    def from_main(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            report(error)

    def from_elsewhere(given: "threading.ExceptHookArgs | sys.UnraisableHookArgs") -> None:
        if given.exc_value is not None:
            report(given.exc_value)

    sys.excepthook = from_main
    threading.excepthook = from_elsewhere
    sys.unraisablehook = from_elsewhere
