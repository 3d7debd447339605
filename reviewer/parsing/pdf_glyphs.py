"""Characters of a PDF page gathered into runs.

All coordinates are PDF points, origin at the top left of the page as it is shown: crop box and rotation applied.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from reviewer.parsing.pdf_chars import Flags, Floats, Ints, Look, PageChars

_IS_SPACE = np.array([chr(code).isspace() for code in range(0x3002)])
_ACCENTS = {"Sk", "Mn"}
_IS_ACCENT = np.array([unicodedata.category(chr(code)) in _ACCENTS for code in range(0x2100)])
_MAX_GAP = 1.2  # of the size; more parts columns and table cells
_MAX_SPACED_GAP = 3.0  # of the size, where the file itself has spaces in the gap (justified text)
_LETTER_GAP = (0.05, 0.2)  # of the size: letters set wide stand so far apart
_MOST_PASSES = 10
_SAME_GAP = 0.25  # of a gap: by so much others of the same word differ
_MIN_OVERLAP = 0.4  # of the lower of two heights; less is another line


@dataclass(slots=True)
class Run:
    """Characters that follow each other closely on one line.

    Attributes:
        edges: as in `reviewer.domain.document.Line`; empty where they are not in order.
        look: of most characters.
        looks: how many characters look how.
        hidden: why nobody sees them; empty for what is seen.
        confidence: from 0 to 1 where they were recognised on a picture; else None.
    """

    text: str
    edges: tuple[float, ...]
    x0: float
    y0: float
    x1: float
    y1: float
    look: Look
    looks: dict[Look, int] = field(default_factory=dict)
    hidden: str = ""
    confidence: float | None = None

    @property
    def is_leftward(self) -> bool:
        """True for text written from right to left."""
        return len(self.edges) > 1 and self.edges[-1] < self.edges[0]


def gather_runs(chars: PageChars, hidden: Sequence[str] = ()) -> list[Run]:
    """The runs of a page, in the order of its content. Linear in its characters.

    Args:
        chars: the page's characters.
        hidden: for each character why nobody sees it, or an empty string; nothing where all are seen.
    """
    is_space = _IS_SPACE[np.minimum(chars.codes, len(_IS_SPACE) - 1)]
    for _ in range(_MOST_PASSES):  # each tells more of what stands between letters
        kept = _without_letter_spaces(chars, is_space)
        if kept is None:
            break
        chars, is_space, hidden = chars.at(kept), is_space[kept], [hidden[index] for index in kept] if hidden else ()
    places = np.nonzero(~is_space)[0]
    if not len(places):
        return []
    inked = chars.at(places)
    # PDFium makes up spaces without width; those with a width are in the file.
    wide_spaces = np.cumsum(is_space & (chars.x1 > chars.x0))[places]
    follows = _follows(inked, wide_spaces[1:] > wide_spaces[:-1])
    if hidden:
        reasons = np.array(hidden)[places]
        follows &= reasons[1:] == reasons[:-1]
    begins = np.concatenate([[0], np.nonzero(~follows)[0] + 1])
    return _settle_accents(list(_runs(chars, inked, is_space, places, begins, hidden)))


def _without_letter_spaces(chars: PageChars, is_space: Flags) -> Ints | None:
    """The places of all characters but the spaces that PDFium makes up in words set wide; None where there are none.

    Such a space is no wider than what stands between the letters beside it.
    """
    made = is_space[1:-1] & (chars.x1[1:-1] <= chars.x0[1:-1]) & ~is_space[:-2] & ~is_space[2:]
    at = np.nonzero(made)[0] + 1
    size = np.array([look.size for look in chars.looks])[chars.look[at]]
    gap = chars.x0[at + 1] - chars.x1[at - 1]
    is_tight = (gap >= _LETTER_GAP[0] * size) & (gap <= _LETTER_GAP[1] * size)
    at, gap = at[is_tight], gap[is_tight]
    if not len(at):
        return None
    is_false, has_letters = np.ones(len(at), np.bool_), np.zeros(len(at), np.bool_)
    for one in (at - 2, at + 1):  # the letter before the one before, with that; the one behind with the next
        inside = np.clip(one, 0, chars.count - 2)
        is_pair = (inside == one) & ~is_space[inside] & ~is_space[inside + 1]
        is_pair &= chars.line[inside] == chars.line[inside + 1]
        between = chars.x0[inside + 1] - chars.x1[inside]
        is_false &= ~is_pair | (np.abs(between - gap) <= _SAME_GAP * gap)
        has_letters |= is_pair
    false = at[is_false & has_letters]
    return np.delete(np.arange(chars.count), false) if len(false) else None


# ----------------------------------------------------------------------------------------------------- where runs begin


def _follows(inked: PageChars, is_spaced: Flags) -> Flags:
    """For each inked character but the first: whether it goes on with the run of the one before.

    Args:
        inked: the characters that are no spaces.
        is_spaced: between the two the file has a space.
    """
    size = np.array([look.size for look in inked.looks])[inked.look]
    upright = np.array([look.upright for look in inked.looks])[inked.look]
    larger = np.maximum(np.maximum(size[:-1], size[1:]), 1.0)
    is_near = _gap(inked.x0, inked.x1) <= np.where(is_spaced, _MAX_SPACED_GAP, _MAX_GAP) * larger
    goes_on = (inked.line[:-1] == inked.line[1:]) & (upright[:-1] == upright[1:])
    turned = goes_on & ~upright[1:]
    if turned.any():
        turned &= (_gap(inked.y0, inked.y1) <= _MAX_GAP * larger) & _overlap(inked.x0, inked.x1)
    goes_on &= upright[1:] & is_near
    accent = _accents(inked)
    level = goes_on & (_overlap(inked.y0, inked.y1) | accent[:-1] | accent[1:])
    follows: Flags = level | turned
    _follow_first(inked, follows, np.nonzero(goes_on & ~level)[0])
    return follows


def _gap(low: Floats, high: Floats) -> Floats:
    """The room between each character and the one before, whichever comes first."""
    gap: Floats = np.maximum(low[1:] - high[:-1], low[:-1] - high[1:])
    return gap


def _overlap(low: Floats, high: Floats) -> Flags:
    """Whether each character stands level with the one before."""
    height = high - low
    shared = np.minimum(high[:-1], high[1:]) - np.maximum(low[:-1], low[1:])
    result: Flags = shared >= _MIN_OVERLAP * np.minimum(height[:-1], height[1:])
    return result


def _follow_first(inked: PageChars, follows: Flags, doubtful: Ints) -> None:
    """Characters that are not level with the one before, as after a raised one, may be so with the first of the run."""
    starts = (np.nonzero(~follows)[0] + 1).tolist()
    place, first = 0, 0
    for index in doubtful.tolist():
        while place < len(starts) and starts[place] <= index:
            first = max(first, starts[place])
            place += 1
        pair = [first, index + 1]
        if _overlap(inked.y0[pair], inked.y1[pair])[0]:
            follows[index] = True
            if place < len(starts) and starts[place] == index + 1:
                place += 1


def _accents(chars: PageChars) -> Flags:
    """Some files print accents as signs of their own, above the letter."""
    if chars.codes.max() < len(_IS_ACCENT):
        common: Flags = _IS_ACCENT[chars.codes]
        return common
    codes, which = np.unique(chars.codes, return_inverse=True)
    flags: Flags = np.array([unicodedata.category(chr(code)) in _ACCENTS for code in codes], bool)[which]
    return flags


# ------------------------------------------------------------------------------------------------------- what runs hold


def _runs(
    chars: PageChars, inked: PageChars, is_space: Flags, places: Ints, begins: Ints, hidden: Sequence[str]
) -> Iterator[Run]:
    """The runs, with the spaces in them.

    Args:
        chars: all characters.
        inked: those that are no spaces.
        is_space: which are.
        places: where the inked ones are among all.
        begins: which of the inked ones begin a run.
        hidden: as for `gather_runs`.
    """
    text = chars.codes.astype("<u4").tobytes().decode("utf-32-le")
    low, high = _places(chars, places, is_space, begins)
    ends = np.append(begins[1:], inked.count)
    firsts, stops = places[begins], places[ends - 1] + 1
    steps_back = np.concatenate([[0], np.cumsum(low[1:] < low[:-1])])
    is_ahead = (steps_back[stops - 1] == steps_back[firsts]).tolist()
    mixed = np.minimum.reduceat(inked.look, begins) != np.maximum.reduceat(inked.look, begins)
    rounded, last = np.round(low, 2).tolist(), np.round(high[stops - 1], 2).tolist()
    for index, (first, stop, begin, number, x0, y0, x1, y1) in enumerate(
        zip(
            firsts.tolist(),
            stops.tolist(),
            begins.tolist(),
            inked.look[begins].tolist(),
            np.minimum.reduceat(inked.x0, begins).tolist(),
            np.minimum.reduceat(inked.y0, begins).tolist(),
            np.maximum.reduceat(inked.x1, begins).tolist(),
            np.maximum.reduceat(inked.y1, begins).tolist(),
            strict=True,
        )
    ):
        usual = chars.looks[number]
        looks = {usual: int(ends[index]) - begin}
        if mixed[index]:
            numbers = Counter(inked.look[begin : ends[index]].tolist())
            looks = {chars.looks[each]: count for each, count in numbers.items()}
            usual = max(looks, key=looks.__getitem__)
        if not usual.upright and not chars.looks[number].upright:
            edges: tuple[float, ...] = ()
        elif is_ahead[index]:
            edges = (*rounded[first:stop], last[index])
        else:
            edges = _wavering(low[first:stop], high[first:stop], max(each.size for each in looks))
        yield Run(text[first:stop], edges, x0, y0, x1, y1, usual, looks, hidden[first] if hidden else "")


def _places(chars: PageChars, inked: Ints, is_space: Flags, begins: Ints) -> tuple[Floats, Floats]:
    """Left and right of each character; spaces fill the gap, parts of a ligature share its width."""
    low, high = chars.x0.copy(), chars.x1.copy()
    same = np.concatenate([[False], ~is_space[1:] & ~is_space[:-1] & (low[1:] == low[:-1]) & (high[1:] == high[:-1])])
    same[inked[begins]] = False
    if same.any():
        _share_ligatures(low, high, same)
    spaces = np.nonzero(is_space)[0]
    index = np.searchsorted(inked, spaces)
    inside = (index > 0) & (index < len(inked))
    spaces, index = spaces[inside], index[inside]
    if len(spaces):
        _fill_spaces(low, high, spaces, (inked[index - 1], inked[index]))
    return low, high


def _share_ligatures(low: Floats, high: Floats, same: Flags) -> None:
    group = np.cumsum(~same) - 1
    count = np.bincount(group)[group]
    starts = np.nonzero(~same)[0]
    at = np.arange(len(low)) - starts[group]
    width = (high - low) / count
    shared = count > 1
    begin = low[shared] + at[shared] * width[shared]
    low[shared], high[shared] = begin, begin + width[shared]


def _fill_spaces(low: Floats, high: Floats, spaces: Ints, around: tuple[Ints, Ints]) -> None:
    before, after = around
    count, at = after - before - 1, spaces - before - 1
    leftward = low[after] < low[before]
    begin = np.where(leftward, high[after], high[before])
    end = np.maximum(begin, np.where(leftward, low[before], low[after]))
    width = (end - begin) / count
    at = np.where(leftward, count - 1 - at, at)
    low[spaces], high[spaces] = begin + at * width, begin + (at + 1) * width


def _wavering(low: Floats, high: Floats, tolerance: float) -> tuple[float, ...]:
    """Edges of a run that steps back, or goes from right to left; empty where it goes back and forth."""
    leftward = int((low[1:] < low[:-1]).sum()) * 2 > len(low) - 1
    edges = np.append(high, low[-1]) if leftward else np.append(low, high[-1])
    ahead = -edges if leftward else edges
    reached = np.maximum.accumulate(ahead)  # kerning steps back a little
    if (reached - ahead > tolerance).any():
        return ()
    return tuple(np.round(-reached if leftward else reached, 2).tolist())


# -------------------------------------------------------------------------------------------------------------- accents


def _settle_accents(runs: list[Run]) -> list[Run]:
    """Puts accents that the file prints apart from their line before the letter they stand over."""
    settled = [run for run in runs if not _is_accent(run)]
    for run in runs if len(settled) < len(runs) else ():
        if not _is_accent(run):
            continue
        middle, height = (run.x0 + run.x1) / 2, run.y1 - run.y0
        for line in settled:
            if line.x0 <= middle <= line.x1 and run.y0 < line.y1 and line.y0 - height < run.y1 and line.edges:
                _insert(line, run.text, middle)
                break
        else:
            settled.append(run)
    return settled


def _is_accent(run: Run) -> bool:
    return len(run.text) == 1 and unicodedata.category(run.text) == "Sk"


def _insert(line: Run, text: str, x: float) -> None:
    index = sum(edge <= x for edge in line.edges[:-1]) - 1
    if index >= 0:
        line.text = line.text[:index] + text + line.text[index:]
        line.edges = (*line.edges[: index + 1], *line.edges[index:])
