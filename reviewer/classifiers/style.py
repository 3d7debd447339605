"""How a text is written, whatever it is about: seven measures that tell easy reading from hard."""

import math
import re
from collections.abc import Sequence
from typing import TypeAlias

from reviewer.classifiers.words import MARKS

Style: TypeAlias = tuple[float, ...]

_SENTENCE_END = re.compile(r"(?<=[.!?。！？])\s+|\n+")
_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{MARKS}]|['’](?=[^\W\d_]))*")
_COMMAS = re.compile(r"[,;:、，；]")
_LONG_WORD = 7
_LONG_SENTENCE = 0.9
_WINDOW = 100
"""Words over which the share of different ones is counted: of longer texts it falls with length alone."""


def style_of(text: str) -> Style:
    """Measures of a text. Linear.

    Its length, that of usual and of long sentences (each in words, logarithmic), the length of words, the share of long
    ones, the share of different ones, commas a word.
    """
    sentences = [len(_WORD.findall(each)) for each in _SENTENCE_END.split(text)]
    sentences = sorted(length for length in sentences if length) or [0]
    words = _WORD.findall(text.casefold())
    count = max(1, len(words))
    return (
        math.log1p(len(words)),
        math.log1p(sum(sentences) / len(sentences)),
        math.log1p(sentences[int(len(sentences) * _LONG_SENTENCE)]),
        sum(map(len, words)) / count,
        sum(len(word) >= _LONG_WORD for word in words) / count,
        _variety(words),
        len(_COMMAS.findall(text)) / count,
    )


def _variety(words: Sequence[str]) -> float:
    starts = range(0, max(1, len(words) - _WINDOW + 1), _WINDOW // 2)
    windows = [words[start : start + _WINDOW] for start in starts]
    return sum(len(set(each)) / max(1, len(each)) for each in windows) / len(windows)
