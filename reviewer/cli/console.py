"""Where the command line writes: data to standard output, everything else to standard error."""

import json
import sys
from typing import Any

from reviewer.domain.errors import ReviewerError


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
        print(json.dumps(value, ensure_ascii=False, indent=1))

    def line(self, value: Any) -> None:
        """One JSON value on one line."""
        print(json.dumps(value, ensure_ascii=False))

    def text(self, text: str) -> None:
        """Readable text."""
        print(text)

    def note(self, text: str) -> None:
        """A line for the person watching, on standard error."""
        if not self._quiet:
            print(text, file=sys.stderr, flush=True)

    def change(self, text: str) -> None:
        """Replaces the changing line of a terminal on standard error."""
        if not self._quiet:
            print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)

    def error(self, error: ReviewerError) -> None:
        """An error: one line on standard error, and as JSON where that was asked for."""
        sentence = " ".join(f"{error.user_message} {error.hint}".split())
        print(f"reviewer: {error.code}: {sentence}", file=sys.stderr, flush=True)
        if self.as_json:
            self.data(
                {
                    "schema": "reviewer.error/1",
                    "code": error.code,
                    "message": error.user_message,
                    "hint": error.hint,
                }
            )
