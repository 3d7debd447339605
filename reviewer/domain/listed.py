"""Finding the words that a user listed, however they are set: the rule that no listed word is ever missed.

Looked for in normal text (`reviewer.domain.normal`), which has made white space, line ends, quotation marks, dashes,
ligatures and invisible characters alike. Beyond that a listed word is found in any case, across a hyphen at the end of
a line, with other blanks, hyphens or commas (or none) between its parts, and with a genitive's *s*.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from reviewer.domain.normal import LINE_HYPHEN, UNSPACED, NormalText

_PARTS = re.compile(r"[^\W_]+|[\W_]")
_SHARP_S = re.compile("ss|[ßẞ]", re.IGNORECASE)
_BROKEN = f"(?:{LINE_HYPHEN}|- )?"
_LOOSE = frozenset(" _,.'\"-" + LINE_HYPHEN)
_BETWEEN = rf"[\s_,.'\"{LINE_HYPHEN}-]*"
_UNSPACED = re.compile(f"[{UNSPACED}]")
_LETTER = rf"[^\W_{UNSPACED}]"
"""Beside a word it makes it another one."""
_MIN_LONG_NUMBER = 6
_MIN_GENITIVE = 4


def clean_terms(terms: Iterable[str]) -> tuple[str, ...]:
    """Listed words as they are kept: blanks at the ends removed, each once, none without a letter or digit."""
    stripped = (" ".join(each.split()) for each in terms)
    return tuple(dict.fromkeys(each for each in stripped if any(map(str.isalnum, NormalText(each).text))))


def term_pattern(term: str) -> re.Pattern[str]:
    """An expression for normal text that finds a listed word in all its spellings; for one of `clean_terms`."""
    core = NormalText(term).text.replace(LINE_HYPHEN, "").strip()
    if sum(map(str.isalnum, core)) > 1:  # else what stands around it is all there is to know it by
        core = core.strip("".join(_LOOSE) + "()[]{}!?:;")
    parts = [_word(each) if each.isalnum() else _between(each) for each in _PARTS.findall(core)]
    spelled = "".join(now for before, now in pairwise(["", *parts]) if not before == now == _BETWEEN)
    return re.compile(_left(core) + spelled + _right(core), re.IGNORECASE)


def _word(word: str) -> str:
    """A word, which may be broken between any two letters; a long number may be set in groups."""
    if word.isdigit():
        return ("[ .-]?" if len(word) >= _MIN_LONG_NUMBER else "-?").join(word)
    joint = r"\s?" if _UNSPACED.match(word) else "-?" if any(map(str.isdigit, word)) else _BROKEN
    letters = _SHARP_S.sub("ß", word)
    return joint.join(f"(?:ß|ẞ|s{joint}s)" if each == "ß" else re.escape(each) for each in letters)


def _between(sign: str) -> str:
    return _BETWEEN if sign in _LOOSE else rf"\s*{re.escape(sign)}\s*"


def _left(core: str) -> str:
    return f"(?<!{_LETTER})" if core[0].isalnum() and not _UNSPACED.match(core[0]) else ""


def _right(core: str) -> str:
    if not core[-1].isalnum() or _UNSPACED.match(core[-1]):
        return ""
    return f"(?=s?(?!{_LETTER}))" if core[-1].isalpha() and len(core) >= _MIN_GENITIVE else f"(?!{_LETTER})"
