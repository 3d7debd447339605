"""Where words stand by themselves in a normal text: not in a longer word, number or compound, nor cut from a *not*."""

import re
import unicodedata
from collections.abc import Iterator

from reviewer.domain.anchor import TextSpan
from reviewer.domain.normal import LINE_HYPHEN, NormalText

MAX_TRIES = 20_000
"""Places looked at; bounds the work in a text that repeats itself."""

_LETTER = r"[^\W\d_]"
_BREAKS = re.compile(rf"(?<={_LETTER})(?:- ?|{LINE_HYPHEN}|)(?={_LETTER})")
_BROKEN = {
    "": f"{LINE_HYPHEN}?",
    "-": f"[-{LINE_HYPHEN}]",
    "- ": f"(?:- |{LINE_HYPHEN})",
    LINE_HYPHEN: f"[-{LINE_HYPHEN}]?",
}
_JOINED = re.compile(rf"\w[-{LINE_HYPHEN}]\w|\d[.,]\d|\w't\b", re.IGNORECASE)
_LOOK_BACK = 12
_DENIED = re.compile(
    r"\b(?:no|not|never|nor|neither|cannot|nicht|nie|niemals|kein\w{0,2}|ne|pas|jamais|aucune?|nunca|jamás|ning[úu]n\w?)"
    r"\s+\Z|\bn'\Z",
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(r"\s+(?:nicht|pas)\b", re.IGNORECASE)
_SIGNED = re.compile(r"[<>≤≥≈±~] ?\Z|(?<![\w)\]])[-+]\Z|[$€£¥]\Z")
_OPENING = frozenset("([{\"'“‘„«")
_LONG_DASHES = ("\u2014", "\u2015", "\u2e3a", "\u2e3b", "--", "---")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万萬亿億两兩廿卅半")
_DENYING = frozenset("不未无無非勿没沒莫免비불무미")


def occurrences(reading: NormalText, words: str, within: TextSpan) -> Iterator[TextSpan]:
    """The places inside a span of the normal text, in order.

    The first letter may differ in case, as where a sentence is cut at its front. A hyphen at the end of a line is read
    as the typesetter's or as the word's own, whichever fits.
    """
    other = words[0].swapcase() + words[1:]
    places = _spelled(reading.text, words, within)
    if other != words:
        places = _merged(places, _spelled(reading.text, other, within))
    for found in places:
        if stands_alone(reading, found):
            yield found


def _merged(some: Iterator[TextSpan], others: Iterator[TextSpan]) -> Iterator[TextSpan]:
    """Both in order; each of them is."""
    other = next(others, None)
    for one in some:
        while other is not None and other < one:
            yield other
            other = next(others, None)
        yield one
    while other is not None:
        yield other
        other = next(others, None)


def stands_alone(reading: NormalText, span: TextSpan) -> bool:
    """True where a span begins and ends with whole words, and leaves out no negation directly beside it."""
    before = reading.text[max(0, span.start - _LOOK_BACK) : span.start]
    after = reading.text[span.end : span.end + _LOOK_BACK]
    if _DENIED.search(before) or _DENIED_AFTER.match(after):
        return False
    return _is_edge(reading, span.start) and _is_edge(reading, span.end)


def whole_words(text: str, span: TextSpan) -> TextSpan:
    """A span of any text widened so that it can stand alone: to whole words and compounds, and a negation beside it."""
    start, end = span.start, span.end
    while start > 0 and not (
        text[start - 1].isspace() or text[start - 1] in _OPENING or _UNSPACED.match(text, start - 1)
    ):
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end : end + 2][1:].isalnum()) and not text[end].isspace():
        if _UNSPACED.match(text, end):
            break
        end += 1
    if denied := _DENIED.search(text, max(0, start - _LOOK_BACK), start):
        start = denied.start()
    if denied := _DENIED_AFTER.match(text, end):
        end = denied.end()
    return TextSpan(start, end)


def _spelled(text: str, words: str, within: TextSpan) -> Iterator[TextSpan]:
    if LINE_HYPHEN in words or text.find(LINE_HYPHEN, within.start, within.end) >= 0:
        return _broken(text, words, within)
    return _literal(text, words, within)


def _literal(text: str, words: str, within: TextSpan) -> Iterator[TextSpan]:
    start = text.find(words, within.start, within.end)
    for _ in range(MAX_TRIES):
        if start < 0:
            return
        yield TextSpan(start, start + len(words))
        start = text.find(words, start + 1, within.end)


def _broken(text: str, words: str, within: TextSpan) -> Iterator[TextSpan]:
    pattern = _pattern(words)
    match = pattern.search(text, within.start, within.end)
    for _ in range(MAX_TRIES):
        if match is None:
            return
        yield TextSpan(*match.span())
        match = pattern.search(text, match.start() + 1, within.end)


def _pattern(words: str) -> re.Pattern[str]:
    parts: list[str] = []
    done = 0
    for match in _BREAKS.finditer(words):
        parts += (re.escape(words[done : match.start()]), _BROKEN[match.group()])
        done = match.end()
    return re.compile("".join(parts) + re.escape(words[done:]))


def _is_edge(reading: NormalText, position: int) -> bool:
    """True where a word begins or ends; in scripts that set no blanks between words, nearly everywhere."""
    text = reading.text
    if not 0 < position < len(text):
        return True
    before, after = text[position - 1], text[position]
    if _UNSPACED.match(before) or _UNSPACED.match(after):
        return before not in _DENYING and not (before in _NUMERALS and after in _NUMERALS)
    if after.isdigit() and _SIGNED.search(text, max(0, position - 3), position):
        return False
    if unicodedata.category(after).startswith("M") or (before.isalnum() and after.isalnum()):
        return False
    return not any(_is_joint(reading, start) for start in (position - 2, position - 1) if start >= 0)


def _is_joint(reading: NormalText, start: int) -> bool:
    """True where a hyphen, a point or an apostrophe follows a character and holds it together with the next."""
    return _JOINED.match(reading.text, start) is not None and reading.original(start + 1) not in _LONG_DASHES
