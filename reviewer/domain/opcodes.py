"""Comparisons word by word, told as a reader would tell them.

Of *A. B. C.* without *B.* a comparison may as well say that *. B* went; and of *in 3. B.* that became *in 2.* it may
say that *3. B* became *2*. Both are true, and neither is what somebody did.
"""

from collections.abc import Callable, Iterator, Sequence

MAX_SLIDE = 4
"""Words by which what went or came is moved on or back, so that it begins where a sentence does."""

Opcode = tuple[str, int, int, int, int]
"""As `difflib.SequenceMatcher.get_opcodes` gives them: kind, and the ranges of old and new words."""


def settled(
    opcodes: Sequence[Opcode],
    old: Sequence[str],
    new: Sequence[str],
    begins_old: Callable[[int], bool],
    begins_new: Callable[[int], bool],
) -> Iterator[Opcode]:
    """The same comparison, in which what went or came begins at the beginning of a sentence where it may.

    Args:
        opcodes: the comparison.
        old: the words of the one side.
        new: those of the other.
        begins_old: whether a sentence begins at an old word.
        begins_new: whether one begins at a new word.
    """
    taken = 0  # words of an equal stretch that were told before it; below 0, words that are told with it
    for index, opcode in enumerate(opcodes):
        kind, low, high, start, stop = opcode
        follower = opcodes[index + 1] if index + 1 < len(opcodes) else (kind, high, high, stop, stop)
        if kind == "equal":
            back = _back(follower, old, new, high - low - taken, begins_old, begins_new)
            pieces: tuple[Opcode, ...] = ((kind, low + taken, high - back, start + taken, stop - back),)
            taken = -back
        elif taken < 0:
            pieces = ((kind, low + taken, high + taken, start + taken, stop + taken),)
            if index + 1 == len(opcodes):
                pieces += (("equal", high + taken, high, stop + taken, stop),)
        else:
            pieces, taken = _settle(opcode, old, new, follower[2] - follower[1], begins_old, begins_new)
        yield from (piece for piece in pieces if piece[1] < piece[2] or piece[3] < piece[4])


def _back(
    opcode: Opcode,
    old: Sequence[str],
    new: Sequence[str],
    before: int,
    begins_old: Callable[[int], bool],
    begins_new: Callable[[int], bool],
) -> int:
    """By how many of the equal words before it what went or came moves back to begin a sentence; 0 where it need not.

    Of *if sent by fax; if sent by post* without its first half a comparison says that *fax; if sent by* went.
    """
    kind, low, high, start, stop = opcode
    if kind not in {"delete", "insert"}:
        return 0
    words, begins = (old, begins_old) if kind == "delete" else (new, begins_new)
    first, last = (low, high) if kind == "delete" else (start, stop)
    if begins(first):
        return 0
    for by in range(1, min(MAX_SLIDE, before, last - first) + 1):
        if words[first - by] != words[last - by]:
            return 0
        if begins(first - by):
            return by
    return 0


def _settle(
    opcode: Opcode,
    old: Sequence[str],
    new: Sequence[str],
    follower: int,
    begins_old: Callable[[int], bool],
    begins_new: Callable[[int], bool],
) -> tuple[tuple[Opcode, ...], int]:
    """What to tell in place of a difference, and how many words of the equal stretch behind it are told with it."""
    kind, low, high, start, stop = opcode
    if kind == "delete":
        by = _slide(old, low, high, follower, begins_old)
        rest: Opcode = (kind, low + by, high + by, start + by, start + by)
    elif kind == "insert":
        by = _slide(new, start, stop, follower, begins_new)
        rest = (kind, low + by, low + by, start + by, stop + by)
    else:
        return _parted(opcode, old, new, follower, begins_old, begins_new)
    return (("equal", low, low + by, start, start + by), rest), by


def _slide(words: Sequence[str], low: int, high: int, follower: int, begins: Callable[[int], bool]) -> int:
    """By how many words a stretch moves on to begin a sentence; 0 where it does already, or never would."""
    for by in range(min(MAX_SLIDE, follower, high - low) + 1):
        if begins(low + by):
            return by
        if by == follower or words[low + by] != words[high + by]:
            return 0
    return 0


def _parted(
    opcode: Opcode,
    old: Sequence[str],
    new: Sequence[str],
    follower: int,
    begins_old: Callable[[int], bool],
    begins_new: Callable[[int], bool],
) -> tuple[tuple[Opcode, ...], int]:
    """A replacement and what went or came behind it, where a sentence ends in between; else the replacement alone."""
    _, low, high, start, stop = opcode
    if not follower:
        return (opcode,), 0
    middle = _border(old, low, high, stop - start, begins_old)
    if middle is not None:
        same: Opcode = ("equal", middle, middle + 1, stop, stop + 1)
        return (_named(low, middle, start, stop), same, ("delete", middle + 1, high + 1, stop + 1, stop + 1)), 1
    middle = _border(new, start, stop, high - low, begins_new)
    if middle is not None:
        same = ("equal", high, high + 1, middle, middle + 1)
        return (_named(low, high, start, middle), same, ("insert", high + 1, high + 1, middle + 1, stop + 1)), 1
    return (opcode,), 0


def _border(words: Sequence[str], low: int, high: int, others: int, begins: Callable[[int], bool]) -> int | None:
    """Where a stretch holds the word that follows it, at the end of a sentence and about as far in as ``others``."""
    for middle in range(low, min(high, low + others + 1)):
        if words[middle] == words[high] and begins(middle + 1):
            return middle
    return None


def _named(low: int, high: int, start: int, stop: int) -> Opcode:
    kind = "insert" if low == high else "delete" if start == stop else "replace"
    return kind, low, high, start, stop
