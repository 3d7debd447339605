"""Whether a text reads like a contract, and where another one begins in the same file. For texts in English."""

import re
from collections.abc import Sequence

from reviewer.domain.anchor import TextSpan
from reviewer.domain.section import SectionKind

_BINDING = re.compile(r"\b(?:shall|must|will|may not|agrees? (?:to|that)|undertakes? to|hereby)\b", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\b(?:agreement|contract|deed|undertaking|terms (?:of|and)|licen[cs]e|lease|addendum|party|parties)\b",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"\b(?:this|the following)\s+(?:[\w’'-]+,?\s+){0,8}?(?:agreement|contract|deed|lease|addendum|undertaking)\b"
    r"[^.]{0,120}?\b(?:(?:is|was)\s+)?(?:made|entered\s+into|dated|concluded)\b[^.]{0,200}?\b(?:between|among|amongst|by\s+and)\b",
    re.IGNORECASE,
)
_CHARS_A_SIGN = 4_000
"""A contract binds somebody more often than once in so many characters; novels and papers seldom do."""
_LEAST_SIGNS = 3
_LEAST_CHARS = 4_000
"""A shorter text between two beginnings is a form or an exhibit that repeats the first lines."""


def reads_like_contract(text: str) -> bool:
    """True where a text speaks of an agreement or its parties and binds somebody, often enough for its length."""
    least = max(_LEAST_SIGNS, len(text) // _CHARS_A_SIGN)
    return all(len(signs.findall(text)) >= least for signs in (_BETWEEN, _BINDING))


def later_beginnings(text: str, sections: Sequence[tuple[SectionKind, TextSpan]]) -> tuple[TextSpan, ...]:
    """Where further contracts begin in a text: their opening words, in order; none for a text that holds one contract.

    A further one has opening words of its own (this agreement is made between ...), a signature before it, and is not
    part of a schedule of the first.

    Args:
        text: what was read.
        sections: kind and span of each section, in offsets of the text, in its order.
    """
    found: list[TextSpan] = []
    start = None
    for match in _BEGINS.finditer(text):
        at = match.start()
        if start is None:
            start = at
        elif at - start >= _LEAST_CHARS and _is_signed(sections, start, at) and not _in_schedule(sections, at):
            found.append(TextSpan(*match.span()))
            start = at
    return tuple(found)


def _is_signed(sections: Sequence[tuple[SectionKind, TextSpan]], start: int, end: int) -> bool:
    return any(kind is SectionKind.SIGNATURE and start <= span.start and span.end <= end for kind, span in sections)


def _in_schedule(sections: Sequence[tuple[SectionKind, TextSpan]], at: int) -> bool:
    return any(
        kind in (SectionKind.SCHEDULE, SectionKind.APPENDIX) and span.start <= at < span.end for kind, span in sections
    )
