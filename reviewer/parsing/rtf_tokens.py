"""The tokens of rich text: groups, control words, characters. One pass, whatever the bytes are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?"
    r"|\\'([0-9a-fA-F]{2})"
    r"|\\([^a-zA-Z])"
    r"|([{}])"
    r"|([^\\{}\r\n\x00]+)"
    r"|[\r\n\x00]+|\\",
    re.DOTALL,
)


class TokenKind(Enum):
    """What a token is."""

    OPEN = auto()
    CLOSE = auto()
    WORD = auto()
    SYMBOL = auto()
    BYTES = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A token. Its text is a control word's name, a symbol's sign, or characters that stand for bytes (Latin-1).

    Attributes:
        value: a control word's number, None where it has none.
    """

    kind: TokenKind
    text: str = ""
    value: int | None = None


_OPEN, _CLOSE = Token(TokenKind.OPEN), Token(TokenKind.CLOSE)


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of a file in order; binary data is stepped over."""
    text = data.decode("latin-1")
    at = 0
    while (found := _TOKEN.match(text, at)) is not None:
        at = found.end()
        word, value, code, sign, brace, plain = found.groups()
        if plain is not None:
            yield Token(TokenKind.BYTES, plain)
        elif word is not None:
            number = int(value) if value is not None else None
            if word == "bin":
                at += max(0, number or 0)
            else:
                yield Token(TokenKind.WORD, word, number)
        elif code is not None:
            yield Token(TokenKind.BYTES, chr(int(code, 16)))
        elif brace is not None:
            yield _OPEN if brace == "{" else _CLOSE
        elif sign is not None:
            yield Token(TokenKind.SYMBOL, sign)
