"""Secrets: keys and passwords, as values that do not show themselves.

Whatever prints, formats or logs one shows three stars; JSON and pickle refuse it. `Secret.reveal` alone gives the raw
text, and is called where that leaves: a header, the keyring, a cipher, the pipe to a worker process.
"""

import hmac
import re
from typing import NoReturn

HIDDEN = "***"
MIN_KNOWN_CHARS = 8
"""A shorter secret is not looked for in other text: it would be found in ordinary words."""

_known: set[str] = set()
_KEYS = re.compile(
    r"\b(?:sk|pk|rk)-[A-Za-z0-9_-]{6,}|\bAIza[A-Za-z0-9_-]{10,}|\bgsk_[A-Za-z0-9]{10,}|\bhf_[A-Za-z0-9]{10,}"
    r"|\b(?:Bearer|Basic)[ :]+[A-Za-z0-9._~+/=-]{4,}|(?<=[?&]key=)[^&\s]+",
    re.IGNORECASE,
)
"""How the keys of the usual providers begin (`sk-ant-` too), and what stands behind the words of a header."""


class Secret:
    """A key or password; equal to another of the same text, and false where it is empty."""

    __slots__ = ("_text",)

    def __init__(self, text: str = "") -> None:
        self._text = text
        if len(text) >= MIN_KNOWN_CHARS:
            _known.add(text)

    def reveal(self) -> str:
        """The raw text. Never into a log, a message, a file or another process's environment."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(
            self._text.encode("utf-8", "surrogatepass"), other._text.encode("utf-8", "surrogatepass")
        )

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return HIDDEN

    def __format__(self, spec: str) -> str:
        return HIDDEN

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not copied out of this process")


NO_SECRET = Secret()


def masked(text: str) -> str:
    """A text with stars for every secret of this process that stands in it, and for whatever looks like a key."""
    for secret in tuple(_known):
        text = text.replace(secret, HIDDEN)
    return _KEYS.sub(HIDDEN, text)
