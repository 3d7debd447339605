"""Likeness of short texts: which say the same in other words, and how different several are."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import combinations

ALIKE = 0.5
"""Texts that share this much of their words say the same: chosen on pairs of ideas written for the tests."""
AKIN = 0.15
"""Texts that share this much speak about the same subject: chosen like `ALIKE`."""
_STEM = 5
_TOKEN = re.compile(r"[぀-ヿ㐀-鿿가-힣]|[^\W_぀-ヿ㐀-鿿가-힣]+")
_EMPTY_WORDS = frozenset(
    _TOKEN.findall(
        "a an and are as at be by can could do does for from has have how in into is it its more not of on or our "
        "should so such than that the their them then there these they this to use using via was we what when which "
        "will with would you your der die das ein eine einen und oder mit für von zu im in den dem des ist sind wird "
        "werden auf als auch"
    )
)


def stems(text: str) -> frozenset[str]:
    """The beginnings of a text's telling words; each sign of scripts without blanks is one; all words if none tells."""
    words = _TOKEN.findall(text.casefold())
    telling = [word for word in words if word not in _EMPTY_WORDS]
    return frozenset(word[:_STEM] for word in telling or words)


def likeness(first: frozenset[str], second: frozenset[str]) -> float:
    """How much two texts share, from 0 to 1, by their `stems`: shared by all (Jaccard); 1 for two empty ones."""
    together = first | second
    return len(first & second) / len(together) if together else 1.0


def grouped(texts: Sequence[str], least: float = ALIKE) -> tuple[tuple[int, ...], ...]:
    """Positions of texts that say the same, group by group, in the order in which groups and members come.

    A text joins the first group whose first member it is like. Quadratic in the number of groups.
    """
    found: list[tuple[frozenset[str], list[int]]] = []
    for index, text in enumerate(texts):
        mine = stems(text)
        members = next((members for first, members in found if likeness(first, mine) >= least), None)
        if members is None:
            found.append((mine, [index]))
        else:
            members.append(index)
    return tuple(tuple(members) for _, members in found)


def clustered(texts: Sequence[str], least: float = AKIN) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Texts about the same subject, with the words they share, in the order of their first members.

    A text joins the first cluster of which any member is akin to it; one that stands alone has no words. Quadratic.
    """
    found: list[list[int]] = []
    known = [stems(text) for text in texts]
    for index, mine in enumerate(known):
        near = (each for each in found if any(likeness(known[member], mine) >= least for member in each))
        members = next(near, None)
        if members is None:
            found.append([index])
        else:
            members.append(index)
    return tuple((_shared_words([texts[member] for member in members]), tuple(members)) for members in found)


def _shared_words(texts: Sequence[str]) -> str:
    """Up to three telling words that most texts have, the one of most first, as the first text spells it."""
    if len(texts) == 1:
        return ""
    counts = Counter(stem for text in texts for stem in stems(text))
    often = [stem for stem, count in counts.most_common() if count > 1]
    spelt = {word.casefold()[:_STEM]: word for text in reversed(texts) for word in _TOKEN.findall(text)}
    return ", ".join(spelt[stem].casefold() for stem in sorted(often, key=lambda each: (-counts[each], each))[:3])


def diversity(texts: Sequence[str]) -> float:
    """How different texts are, from 0 (all alike) to 1 (no word shared): one less the mean `likeness` of all pairs.

    1 for fewer than two. Quadratic.
    """
    pairs = list(combinations([stems(text) for text in texts], 2))
    return 1.0 - sum(likeness(*pair) for pair in pairs) / len(pairs) if pairs else 1.0
