"""The marks in a prompt that a document's author cannot guess: the fence around its text, and an id on each line.

All of them follow from the fence, which is derived from the workspace's secret, the document and the section. A line
of the document therefore never looks like a line of ours, whatever it says.
"""

import hashlib
import hmac
import re
from functools import lru_cache

_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""All that some program takes for the end of a line."""
_FENCE = re.compile(r"=== ([0-9a-f]{32}) ===")
_NUMBERED = re.compile(r"\d+\|")
_TAGS = 9_000_000
_FIRST_TAG = 1_000_000


@lru_cache(maxsize=1024)
def line_tag(fence: str) -> str:
    """What the ids of all lines behind a fence begin with: seven digits of HMAC-SHA-256 under it; empty for no fence.

    Digits alone, because no model writes them in another case, and tokenizers make little of them.
    """
    if not fence:
        return ""
    code = hmac.new(fence.encode(), b"line", hashlib.sha256).digest()
    return str(_FIRST_TAG + int.from_bytes(code[:8]) % _TAGS)


def with_line_ids(text: str, fence: str, first: int = 1) -> str:
    """A text with an id before each line, ``304182112|`` for line 12; unchanged without a fence.

    Args:
        text: of a document.
        fence: that it will stand behind.
        first: the number of its first line.
    """
    lines = _LINE_END.split(text)
    tag = line_tag(fence)
    return "\n".join(f"{tag}{number}|{line}" if tag else line for number, line in enumerate(lines, first))


def count_lines(text: str) -> int:
    """How many ids a text takes."""
    return len(_LINE_END.split(text))


def without_line_ids(text: str, fence: str) -> str:
    """A text without the ids that stand at the beginning of lines behind a fence, wherever they came to stand."""
    tag = line_tag(fence)
    start = text.find(tag) if tag else -1
    kept, done = [], 0
    while start >= 0:  # an expression of each section's own tag would cost more to compile than to use
        found = _NUMBERED.match(text, start + len(tag))
        if found:
            kept.append(text[done:start])
            done = found.end()
        start = text.find(tag, max(done, start + 1))
    return "".join([*kept, text[done:]])


def fence_of(message: str) -> str:
    """The fence that a user message holds, or an empty string."""
    found = _FENCE.search(message)
    return found[1] if found else ""


def fence_line(fence: str) -> str:
    """The line before and after a document's text."""
    return f"=== {fence} ==="


def unmarked(message: str, fence: str) -> str:
    """A message without all that follows from the fence, the same in every workspace."""
    return without_line_ids(message, fence).replace(fence_line(fence), "=== ===") if fence else message


def apart_from_marks(message: str, fence: str) -> list[str]:
    """A message cut at the fence and the line ids: pieces at even places are words, those at odd ones are marks."""
    return re.split(rf"({re.escape(fence)}|{line_tag(fence)}\d+\|)", message) if fence else [message]


def prompt_marks(fence: str) -> tuple[str, ...]:
    """What no reply may hold: the fence, and the tag of its line ids; none without a fence."""
    return (fence, line_tag(fence)) if fence else ()
