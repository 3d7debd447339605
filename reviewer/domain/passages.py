"""Passages of a text that speak about a question: by the telling words they share, the rare ones before the usual."""

import math
import re
from collections import Counter
from collections.abc import Sequence

from reviewer.domain.anchor import TextSpan
from reviewer.domain.likeness import stems

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
_ASKING_WORDS = (
    "what who whom whose which when where why how long much many often does did is are was were there any do "
    "can may must shall will please tell list give name state say says said "
    "was wer wen wem wann wo warum wie lange viel viele gibt welche welcher welches"
)
_ASKING = frozenset(stem for word in re.findall(r"\w+", _ASKING_WORDS) for stem in stems(word))
"""Words that ask: they tell nothing about where an answer stands."""


def telling(question: str) -> frozenset[str]:
    """The stems of a question that a passage must share; all of them where only words that ask are left."""
    asked = stems(question)
    return asked - _ASKING or asked


def weights(texts: Sequence[str], wanted: frozenset[str]) -> dict[str, float]:
    """How much each stem tells among texts: more, the fewer of them have it."""
    having = Counter(stem for text in texts for stem in stems(text) & wanted)
    return {stem: math.log(1 + (len(texts) + 0.5) / (having[stem] + 0.5)) for stem in wanted}


def coverage(text: str, weighed: dict[str, float]) -> float:
    """How much of what a question asks about stands in a text, 0 to 1."""
    total = math.fsum(weighed.values())
    return math.fsum(weight for stem, weight in weighed.items() if stem in stems(text)) / total if total else 0.0


def paragraphs(text: str) -> list[TextSpan]:
    """The paragraphs of a text, in order. Linear."""
    return [TextSpan(match.start(), match.end()) for match in _PARAGRAPH.finditer(text)]


def focused(text: str, question: str, most_chars: int) -> str:
    """What of a text speaks about a question, in the order of the text, with ``…`` for what was left out.

    The whole text where it is no longer than ``most_chars``; the best paragraphs by `coverage` else.
    """
    if len(text) <= most_chars:
        return text
    spans = paragraphs(text)
    words = [span.of(text) for span in spans]
    weighed = weights(words, telling(question))
    ranked = sorted(range(len(spans)), key=lambda index: (-coverage(words[index], weighed), index))
    kept, room = [], most_chars
    for index in ranked:
        if len(words[index]) <= room:
            kept.append(index)
            room -= len(words[index])
    return "\n…\n".join(words[index] for index in sorted(kept)) or text[:most_chars]
