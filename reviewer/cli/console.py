"""Where the command line writes: data to standard output, everything else to standard error."""

import getpass
import json
import signal
import sys
from typing import Any

from reviewer.domain.errors import ReviewerError
from reviewer.domain.inert import inert, inert_json
from reviewer.domain.secret import NO_SECRET, Secret
from reviewer.services.passwords import AskPassword


class Console:
    """Output of one command.

    Args:
        as_json: standard output carries JSON only.
        quiet: no progress.
    """

    def __init__(self, *, as_json: bool, quiet: bool) -> None:
        self.as_json = as_json
        self._quiet = quiet

    def data(self, value: Any) -> None:
        """One JSON value, indented."""
        print(_json(value, indent=1))

    def line(self, value: Any) -> None:
        """One JSON value on one line."""
        print(_json(value))

    def text(self, text: str) -> None:
        """Readable text."""
        print(inert(text))

    def note(self, text: str) -> None:
        """A line for the person watching, on standard error."""
        if not self._quiet:
            self.warn(text)

    def warn(self, text: str) -> None:
        """A line that is shown even to those who want quiet, on standard error."""
        print(inert(text), file=sys.stderr, flush=True)

    def change(self, text: str) -> None:
        """Replaces the changing line of a terminal on standard error."""
        if not self._quiet:
            print(f"\r\033[K{inert(text)}", end="", file=sys.stderr, flush=True)

    @property
    def password_asker(self) -> AskPassword | None:
        """Asks on the terminal; None where there is none."""
        return _ask_password if sys.stdin.isatty() and sys.stderr.isatty() else None

    def confirms(self, question: str) -> bool | None:
        """Whether the person at the terminal says yes; None where there is none to ask."""
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            return None
        print(f"{inert(question)} [y/N] ", end="", file=sys.stderr, flush=True)
        return sys.stdin.readline().strip().casefold() in {"y", "yes"}

    def secret(self, prompt: str) -> Secret:
        """A line of standard input; not shown where it is typed."""
        return Secret((getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline()).strip())

    def error(self, error: ReviewerError) -> None:
        """An error: one line on standard error, and as JSON where that was asked for."""
        sentence = " ".join(f"{error.user_message} {error.hint}".split())
        self.warn(f"reviewer: {error.code}: {sentence}")
        if self.as_json:
            self.data(
                {
                    "schema": "reviewer.error/1",
                    "code": error.code,
                    "message": error.user_message,
                    "hint": error.hint,
                }
            )


def _json(value: Any, indent: int | None = None) -> str:
    return inert_json(json.dumps(value, ensure_ascii=False, indent=indent))


def _ask_password(name: str, again: bool) -> Secret:  # noqa: FBT001 - as `AskPassword` says
    before = "This password does not open it. " if again else ""
    # With asyncio's own handler the first Ctrl+C would wait for the answer.
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return Secret(getpass.getpass(f"{before}Password of {inert(name)} (Enter leaves the file out): "))
    except EOFError:
        return NO_SECRET
    finally:
        signal.signal(signal.SIGINT, handler)
