"""Where a contract gives a term its meaning, and where the term stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.domain.anchor import TextSpan

MAX_TERM_CHARS = 60
MAX_BODY_CHARS = 600

_OPEN, _CLOSE = '“"„«»‟', '”"“»«'


def _quoted(name: str) -> str:
    return rf"[{_OPEN}]\s*(?P<{name}>[^{_OPEN}{_CLOSE}\n()]{{2,{MAX_TERM_CHARS}}}?)[,.]?\s*[{_CLOSE}]"


_MEANS = (
    r"(?:means?|mean\s+and\s+include|(?:shall|will)\s+(?:also\s+)?(?:mean|have\s+the\s+meaning|refer\s+to|include)"
    r"|(?:has|have)\s+the\s+(?:respective\s+|same\s+|following\s+)*meanings?|(?:is|are)\s+defined|refers?\s+to|includes?"
    r"|bedeutet|bedeuten|bezeichnet|bezeichnen|meint|désigne|désignent|signifie|signifient|significa|significan"
    r"|significará|indica|indicano|betekent|betekenen)"
)
_BY_VERB = re.compile(
    rf"{_quoted('term')}(?P<also>(?:\s*(?:,|or|and|oder|und|ou|et|o|y)?\s*{_quoted('other')})*)"
    rf"(?:\s*,[^.;\n{_OPEN}]{{0,120}},|\s*\([^()\n]{{0,80}}\))?\s*(?P<verb>{_MEANS})\b"
)
_PARENTHESIS = re.compile(rf"\((?P<inside>[^()]{{0,120}}[{_OPEN}][^()]{{2,160}})\)")
_IN_PASSING = re.compile(
    r"\b(?:(?:referred\s+to|known|defined|designated|described)(?:\s+\w+){0,2}?\s+as|called|(?:is|are|be))\s+"
    rf"(?:the\s+|an?\s+)?{_quoted('term')}"
)
_ANY_QUOTED = re.compile(_quoted("term"))
_BY_LINE = re.compile(
    r"^[ \t]*(?:\(?\w{1,4}[.)][ \t]+)?"
    r"(?P<term>[A-ZÄÖÜÉ][\w’'&/\-]*(?:[ ](?:[A-ZÄÖÜÉ][\w’'&/\-]*|of|and|or|to|for|in)){0,5})"
    r":?[ \t]+(?P<verb>means|shall mean|has the meaning|bedeutet|bezeichnet|désigne|significa)\b",
    re.MULTILINE,
)
_POINTER = re.compile(
    r"\s*(?:as\s+)?(?:set\s+forth|given|assigned|ascribed|specified|described|stated|provided|defined|set\s+out)\b"
    r"|\s+(?:in|to|under)\s+(?:Section|Clause|Article|Recital|the\s+(?:preamble|recitals?))",
    re.IGNORECASE,
)
_PLURALS = (("ies", "y"), ("sses", "ss"), ("es", "e"), ("s", ""))
_GAP = r"[\s\u00a0]+"
_NOT_A_NAME = re.compile(r"[.;:?!]|^\W|\d{3,}")


@dataclass(frozen=True, slots=True)
class DefinedTerm:
    """A place where a term gets its meaning.

    Attributes:
        name: the term as written there, white space made single.
        span: the term itself, in offsets of the text.
        body: what it is said to mean: behind the verb to the end of the paragraph; before the parenthesis otherwise.
        is_full: defined by a verb (*means*), not in passing in a parenthesis.
        is_pointer: the meaning stands elsewhere (*has the meaning given in Section 2*).
    """

    name: str
    span: TextSpan
    body: TextSpan
    is_full: bool
    is_pointer: bool = False


def find_definitions(text: str) -> Iterator[DefinedTerm]:
    """Every definition of a text, in the order they begin. Linear."""
    finders = (_in_passing, _in_parentheses, _by_line, _by_verb)
    found = {term.span.start: term for find in finders for term in find(text)}
    return iter([found[start] for start in sorted(found)])


def singular(term: str) -> str:
    """An English term without the ending of the plural, for comparing only."""
    for ending, instead in _PLURALS:
        if term.endswith(ending) and len(term) - len(ending) > 1 and not term.endswith(("ss", "us", "is")):
            return term[: len(term) - len(ending)] + instead
    return term


def uses(term: str, text: str, *, any_case: bool = False) -> Iterator[TextSpan]:
    """Where a term stands as whole words, in the singular or plural, over line breaks too."""
    for match in re.finditer(_standing(term), text, re.IGNORECASE if any_case else 0):
        yield TextSpan(*match.span())


def _standing(term: str) -> str:
    """An expression for a term as whole words; the last one in the singular or plural."""
    *first, last = term.split()
    ending = next((each for each in ("ies", "y", "s") if last.endswith(each) and not last.endswith("ss")), "")
    forms = {"ies": "(?:y|ies)", "y": "(?:y|ies)", "s": "(?:s|es)?", "": "(?:s|es)?"}[ending]
    words = [re.escape(word) for word in first] + [re.escape(last[: len(last) - len(ending)]) + forms]
    return r"(?<!\w)" + _GAP.join(words) + r"(?!\w)"


def _in_parentheses(text: str) -> Iterator[DefinedTerm]:
    for outer in _PARENTHESIS.finditer(text):
        for match in _ANY_QUOTED.finditer(text, *outer.span("inside")):
            if _is_name(match["term"]):
                body = TextSpan(max(0, outer.start() - MAX_BODY_CHARS), outer.start())
                yield DefinedTerm(_single(match["term"]), TextSpan(*match.span("term")), body, is_full=False)


def _in_passing(text: str) -> Iterator[DefinedTerm]:
    """As *shall be referred to as the "Launch Date"*."""
    for match in _IN_PASSING.finditer(text):
        if _is_name(match["term"]):
            body = TextSpan(max(0, match.start() - MAX_BODY_CHARS), match.start())
            yield DefinedTerm(_single(match["term"]), TextSpan(*match.span("term")), body, is_full=False)


def _by_verb(text: str) -> Iterator[DefinedTerm]:
    for match in _BY_VERB.finditer(text):
        body = _body(text, match.end("verb"))
        is_pointer = "meaning" in match["verb"] and _POINTER.match(text, match.end("verb")) is not None
        names = [match.span("term"), *(each.span("term") for each in _ANY_QUOTED.finditer(text, *match.span("also")))]
        for start, end in names:
            if _is_name(text[start:end]):
                yield DefinedTerm(
                    _single(text[start:end]), TextSpan(start, end), body, is_full=True, is_pointer=is_pointer
                )


def _by_line(text: str) -> Iterator[DefinedTerm]:
    for match in _BY_LINE.finditer(text):
        if match["term"].split()[0] not in {"This", "That", "It", "Which", "The", "Such"}:
            is_pointer = "meaning" in match["verb"] and _POINTER.match(text, match.end("verb")) is not None
            span, body = TextSpan(*match.span("term")), _body(text, match.end("verb"))
            yield DefinedTerm(_single(match["term"]), span, body, is_full=True, is_pointer=is_pointer)


def _body(text: str, start: int) -> TextSpan:
    end = text.find("\n\n", start)
    end = len(text) if end < 0 else end
    return TextSpan(start, min(end, start + MAX_BODY_CHARS))


def _is_name(term: str) -> bool:
    bare = term.strip()
    return bool(bare) and (bare[0].isupper() or not bare[0].isascii()) and _NOT_A_NAME.search(bare) is None


def _single(term: str) -> str:
    return " ".join(term.split())
