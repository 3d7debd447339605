"""Papers that a contract names and that are not in its file: annexes, and terms taken in by reference."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.domain.anchor import TextSpan
from reviewer.domain.clause import sentence_starts

_KIND = r"(?:Exhibit|Schedule|Annex|Appendix|Attachment|Addendum)"
_MARK = r"(?:No\.?\s*)?(?:[A-Z]{1,2}(?:-?\d{1,2})?|\d{1,2}(?:[.-][A-Z\d]{1,2})?|[IVX]{1,5})"
_NAMED = re.compile(rf"(?<![\w-])(?P<kind>(?i:{_KIND}))s?\s+[\"“]?(?P<mark>{_MARK})(?![\w-])[\"”]?")
_HEAD = re.compile(
    rf"(?m)^[ \t>*#]*(?:[\"“*]*)(?P<kind>(?i:{_KIND}))\s+[\"“]?(?P<mark>{_MARK})[\"”*]*(?![\w-])"
    r"(?P<rest>[^\n]{0,80})$"
)
_RUNS_ON = re.compile(
    r"^\s*(?:,|\(|to\b|of\b|and\b|or\b|shall\b|is\b|are\b|attached\b|hereto\b|sets?\b|with\b|for\b|in\b|\.\s+[A-Z])"
)
_BY_REFERENCE = re.compile(
    r"\b(?:available|located|posted|published|found)\s+(?:online\s+)?(?:at|on|under)\s+(?:https?:|www\.)"
    r"|\bincorporat\w+\b[^.;]{0,60}\bby\s+(?:this\s+)?reference\b|\bby\s+reference\b[^.;]{0,60}\bincorporat\w+"
    r"|\bsubject\s+to\s+(?:the\s+)?[^.;]{0,60}\b(?:terms|policy|policies|conditions)\b[^;]{0,60}\b(?:available|located|posted|published|found)\s+(?:at|on)\b",
    re.IGNORECASE,
)
_QUOTED_CHARS = 300


@dataclass(frozen=True, slots=True)
class Unread:
    """A paper that is named and not in the file.

    Attributes:
        name: as people call it; the sentence's first words where it has no name of its own.
        place: the sentence that names it.
        is_whole: its terms as a whole are taken in, whatever they are about.
    """

    name: str
    place: TextSpan
    is_whole: bool = False


def unread(text: str) -> tuple[Unread, ...]:
    """What a text names and does not hold, in its order, each once."""
    held = {_key(match) for match in _HEAD.finditer(text) if not _RUNS_ON.match(match["rest"])}
    return tuple(sorted([*_annexes(text, held), *_taken_in(text)], key=lambda each: each.place.start))


def _key(match: re.Match[str]) -> str:
    mark = re.sub(r"^No\.?\s*", "", match["mark"]).upper()
    return f"{match['kind'].lower()} {mark}"


def _annexes(text: str, held: set[str]) -> Iterator[Unread]:
    seen = set(held)
    starts = sentence_starts(text)
    for match in _NAMED.finditer(text):
        key = _key(match)
        if key not in seen:
            seen.add(key)
            yield Unread(key.title(), _sentence(text, starts, match.start()))


def _taken_in(text: str) -> Iterator[Unread]:
    """Terms as a whole; an annex that is taken in by reference is told as an annex."""
    starts = sentence_starts(text)
    for match in _BY_REFERENCE.finditer(text):
        place = _sentence(text, starts, match.start())
        words = place.of(text)
        if not _NAMED.search(words) and re.search(
            r"\b(?:terms|conditions|agreement|policy|policies|plan|NDA|DPA|addendum)\b", words, re.IGNORECASE
        ):
            yield Unread("a paper taken in by reference", place, is_whole=True)


def _sentence(text: str, starts: list[int], at: int) -> TextSpan:
    """The sentence around a place, or the words around it where that is too long."""
    start = max(each for each in starts if each <= at)
    end = min((each for each in starts if each > at), default=len(text))
    start, end = max(start, at - _QUOTED_CHARS), min(end, at + _QUOTED_CHARS)
    return TextSpan(start, start + len(text[start:end].rstrip()))
