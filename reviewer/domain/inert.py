"""Words of documents and models where they are shown: they steer no terminal, nor the order of the words around."""

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""What turns the order of the words that follow, our own included. Marks that settle one place only stay."""


def inert(text: str) -> str:
    """A text to be read: control characters become a sign that says so, what turns directions is left out."""
    return _DIRECTION.sub("", _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text))


def inert_json(text: str) -> str:
    """JSON that means the same, and holds these characters as escapes only."""
    for pattern in (_CONTROL, _DIRECTION):
        text = pattern.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
    return text
