"""Passwords of protected files: in this process's memory, and nowhere else."""

from collections.abc import Callable
from typing import TypeAlias

from reviewer.domain.secret import NO_SECRET, Secret

AskPassword: TypeAlias = Callable[[str, bool], Secret]
"""Asks a person for the password of a file, by its name; True: again, because the one given was wrong.

Blocks the loop while a person types, so it is for the command line. An empty answer gives up.
"""

LOCKED = ("encrypted", "wrong_password")
"""Codes of refusals that a password may undo."""


def is_locked(name: str, code: str) -> bool:
    """Whether a password would open a refused file. Only those of PDF files can be used here."""
    return code in LOCKED and name.lower().endswith(".pdf")


class Passwords:
    """What was given for which file, by the hash of its bytes."""

    def __init__(self) -> None:
        self._given: dict[str, Secret] = {}

    def of(self, sha256: str) -> Secret:
        """The password of a file; empty where none was given."""
        return self._given.get(sha256, NO_SECRET)

    def keep(self, sha256: str, password: Secret) -> None:
        """Uses a password for a file until the process ends."""
        self._given[sha256] = password

    def forget(self, sha256: str) -> None:
        """It was wrong."""
        self._given.pop(sha256, None)
