"""Which labels are numbers of clauses, and how deep each stands: the cheapest consistent outline.

Every candidate is either passed over, which costs its weight, or put somewhere into the outline, which costs its doubt
and what is odd about the place: a number left out, a row that does not begin with its first number, a decimal under
another parent. A beam search keeps the few cheapest outlines while it reads on, so that ``(i)`` becomes the ninth
letter when ``(j)`` follows, and a Roman one when ``(ii)`` does.
"""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from reviewer.parsing.numbering import Ordinals, Reading

_BEAM = 10
_SLACK = 4.0
_MAX_DEPTH = 8
_OPEN = 0.5
_REPLACE = 2.0
_NOT_FIRST = 3.0
_GAP = 2.0
_REPEAT = 4.0
_RESTART = 3.0
_BACK = 6.0
_SAME_FAMILY = 2.5
_RANK_STEP = 1.2
_HINT = 2.0
_LOOK = 1.0
_ORPHAN = 1.0
_CERTAIN = 3.0
_HIGHEST_FIRST = 999  # what is higher only goes on with a row, or is a year; but a law may begin with Article 1101
_NEVER = 100.0
_FAR = 10  # above the highest of a row; the figures of a table are no clauses
_WRONG_PARENT = 3.0
_SKIPPED_PARENT = 1.0
_RANKS = {
    "schedule": 0, "chapter": 0, "article": 0, "section": 1, "I.": 1, "I-": 1,
    "n.1": 2, "A.": 2, "section.2": 2, "article.2": 2, "n.2": 3,
    "section.3": 3, "n.3": 4, "(a)": 4, "(1)": 4, "a.": 4, "a)": 4, "1)": 4, "A)": 3, "I)": 3, "n.4": 5, "(i)": 5,
    "i.": 5, "i)": 5, "(A)": 5, "n.5": 6, "(I)": 6,
    "paragraph": 2, "項": 2, "1-": 4,
    "一、": 1, "(一)": 3, "①": 5, "(أ)0": 4, "(أ)1": 4, "أ-0": 4, "أ-1": 4,
}  # fmt: skip
_DECIMAL_PARENTS = ("n.", "section", "article", "chapter", "項", "I-")
_KEYWORDS = ("section", "article", "chapter", "schedule", "paragraph")
_THROUGH = {"section", "article"}  # count on from one chapter to the next

_Families: TypeAlias = tuple[str, ...]


class Candidate(NamedTuple):
    """A label that may be the number of a clause.

    Attributes:
        weight: what passing over it costs; the evidence that it is one.
        doubt: what taking it costs; the evidence against.
        hint: depth as the source has it (list level, indent), comparable between candidates, or None.
        look: how its paragraph is set, where the source names that; members of a row look alike.
        is_inline: it stands within a line; a row of such needs a second member.
    """

    start: int
    readings: tuple[Reading, ...]
    weight: float
    doubt: float = 0.0
    hint: float | None = None
    look: str = ""
    is_inline: bool = False


class _Entry(NamedTuple):
    """One reading of a candidate, as the last number of a row."""

    family: str
    ordinals: Ordinals
    hint: float | None
    look: str


class _Rows:
    """The rows that are open, each below the last number of the one above it. Equal ones are the same object.

    Attributes:
        above: the rows above the lowest one; None where none is open.
        last: the last number of the lowest row.
        families: of all of them, from the top.
        decimal: the lowest number that decimals can stand below.
    """

    __slots__ = ("_below", "above", "decimal", "families", "last")

    def __init__(self, above: "_Rows | None", last: _Entry) -> None:
        self.above = above
        self.last = last
        self.families: _Families = (*above.families, last.family) if above is not None else ()
        is_decimal = last.family.startswith(_DECIMAL_PARENTS)
        self.decimal: Ordinals = last.ordinals if is_decimal or above is None else above.decimal
        self._below: dict[_Entry, _Rows] = {}

    def below(self, entry: _Entry) -> "_Rows":
        """With one more row, of which this number is the last."""
        rows = self._below.get(entry)
        if rows is None:
            rows = self._below[entry] = _Rows(self, entry)
        return rows


class _Choice(NamedTuple):
    """One step of an outline, linked to the step before."""

    candidate: int
    depth: int
    before: "_Choice | None"


class _State(NamedTuple):
    """An outline so far.

    Attributes:
        nested: the rows of families that were nested in it.
        through: the last number of each family that counts on through the chapters.
    """

    cost: float
    rows: _Rows
    last: _Choice | None = None
    nested: frozenset[_Families] = frozenset()
    through: Mapping[str, int] = MappingProxyType({})


_Offer: TypeAlias = tuple[float, _State, _Rows | None, _Entry | None]
_COST_OF = itemgetter(0)


def choose_outline(candidates: Sequence[Candidate]) -> list[tuple[int, int]]:
    """Index and depth (from 0) of the candidates that are taken, in order.

    Linear in the number of candidates: the beam and the depth are bounded.
    """
    states = [_State(0.0, _Rows(None, _Entry("", (), None, "")))]
    for index, candidate in enumerate(candidates):
        states = _advance(states, index, candidate)
    chosen = []
    choice = states[0].last
    while choice is not None:
        chosen.append((choice.candidate, choice.depth))
        choice = choice.before
    return _with_misplaced(candidates, _without_lonely(candidates, chosen[::-1]))


def _with_misplaced(candidates: Sequence[Candidate], chosen: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """With what no row could take, but what all else speaks for: 1, 2, 5, 4 are four clauses, if badly numbered."""
    depths = dict(chosen)
    top, last = "", 0
    found: list[tuple[int, int]] = []
    taken = {candidates[index].readings[0].ordinals[0] for index, depth in chosen if depth == 0}
    most = max(taken, default=0) + _FAR
    for index, candidate in enumerate(candidates):
        family, depth = candidate.readings[0].family, depths.get(index)
        if depth == 0:
            top = family
        elif depth is None and family == top and _is_misplaced(candidate):
            ordinal = candidate.readings[0].ordinals[0]
            depth = 0 if ordinal <= most and (ordinal not in taken or ordinal == last) else None
            taken.add(ordinal)
        if depth is not None:
            last = candidate.readings[0].ordinals[0] if depth == 0 else last
            found.append((index, depth))
    return found


def _is_misplaced(candidate: Candidate) -> bool:
    """A number at the start of a paragraph, and not the first of a list within a clause."""
    ordinals = candidate.readings[0].ordinals
    return candidate.weight >= _CERTAIN and not candidate.doubt and len(ordinals) == 1 and ordinals[0] > 1


def _advance(states: Sequence[_State], index: int, candidate: Candidate) -> list[_State]:
    """The cheapest outlines after one more candidate, cheapest first.

    Costs count from what it costs to pass over all candidates: to take one saves its weight.
    """
    offers: list[_Offer] = [(state.cost, state, None, None) for state in states]
    limit = states[0].cost + _SLACK
    for reading in candidate.readings:
        entry = _Entry(reading.family, reading.ordinals, candidate.hint, candidate.look)
        limit = _offer(states, entry, candidate.doubt - candidate.weight, limit, offers)
    kept: dict[_Rows, _State] = {}
    for cost, state, above, taken in sorted(offers, key=_COST_OF):
        if cost > limit or len(kept) == _BEAM:
            break
        rows = above.below(taken) if above is not None and taken is not None else state.rows
        if rows not in kept:
            kept[rows] = state if above is None else _extended(state, cost, rows, index)
    return list(kept.values())


def _offer(states: Sequence[_State], entry: _Entry, change: float, limit: float, offers: list[_Offer]) -> float:
    """Adds where a number can stand in each outline, from the top, and returns what an offer may cost now.

    The outline's cost changes by `change`, and by what is odd about the place.
    """
    family = entry.family
    usual, number, is_through = _first_cost(family, entry.ordinals), entry.ordinals[0], family in _THROUGH
    seen: set[_Rows] = set()
    for state in states:
        before, rows = state.cost + change, state.rows
        if before > limit:
            break  # the others cost more
        first = 0.0 if is_through and state.through.get(family) == number - 1 else usual
        may_open, may_replace = before + first <= limit, before + first + _REPLACE <= limit
        if not may_open and family not in rows.families:
            continue
        count = len(offers)
        if may_open and len(rows.families) < _MAX_DEPTH:
            offers.append((before + first + _opening_cost(state, entry), state, rows, entry))
        while rows.above is not None and rows not in seen:  # what was seen was offered to a cheaper outline
            seen.add(rows)
            if rows.last.family == family:
                offers.insert(count, (before + _next_cost(rows, entry), state, rows.above, entry))
            elif may_replace:
                offers.insert(count, (before + first + _replacing_cost(rows, entry), state, rows.above, entry))
            rows = rows.above
        for offer in offers[count:]:
            limit = min(limit, offer[0] + _SLACK)
    return limit


def _extended(state: _State, cost: float, rows: _Rows, index: int) -> _State:
    is_opened = rows.above is state.rows and rows.families not in state.nested
    nested = state.nested | {rows.families} if is_opened else state.nested
    last, through = rows.last, state.through
    if last.family in _THROUGH:
        through = {**through, last.family: last.ordinals[0]}
    return _State(cost, rows, _Choice(index, len(rows.families) - 1, state.last), nested, through)


def _next_cost(sibling: _Rows, entry: _Entry) -> float:
    """How odd it is that a number goes on with a row."""
    last = sibling.last
    cost = _step_cost(last.ordinals, entry.ordinals) + _unlike(last, entry)
    if cost and _is_year(entry.family, entry.ordinals):
        return _NEVER
    return cost if last.ordinals[:-1] == entry.ordinals[:-1] else cost + _parent_cost(sibling.above, entry)


def _replacing_cost(sibling: _Rows, entry: _Entry) -> float:
    """How odd it is that a number begins a row where one of another family ends."""
    above = sibling.above
    return _REPLACE + _parent_cost(above, entry) + _unlike(sibling.last, entry) + _shallow_cost(above, entry.hint)


def _step_cost(before: Ordinals, after: Ordinals) -> float:
    """How odd it is that one number follows another of its family."""
    if before[:-1] != after[:-1]:
        if after < before:
            return _RESTART if after[-1] == 1 else _BACK
        return _SKIPPED_PARENT * 0.5 if after[-1] <= 1 else _GAP
    step = after[-1] - before[-1]
    if step == 1:
        return 0.0
    if step > 1:
        return _GAP + 0.7 * min(step - 1, 4)
    if step == 0:
        return _REPEAT
    return _RESTART if after[-1] <= 1 else _BACK


def _is_year(family: str, ordinals: Ordinals) -> bool:
    """Whether a number is too high to stand anywhere but right behind the one below it."""
    return ordinals[-1] > _HIGHEST_FIRST and not family.startswith(_KEYWORDS)


def _first_cost(family: str, ordinals: Ordinals) -> float:
    last = ordinals[-1]
    if _is_year(family, ordinals):
        return _NEVER
    if last <= 1 or (family == "項" and last == 2):  # noqa: PLR2004 - the first one of an article has no number
        return 0.0
    return _NOT_FIRST + 0.5 * min(last - 2, 4)


def _parent_cost(above: _Rows | None, entry: _Entry) -> float:
    """A decimal belongs under its own beginning: 7.3 under 7, or under Article VII."""
    if above is None:
        return 0.0
    ordinals, parent = entry.ordinals, above.decimal
    if len(ordinals) == 1:
        return 0.0
    if not parent:
        return _ORPHAN if above.families else 0.0
    prefix = ordinals[: len(parent)]
    if prefix == parent:
        return 0.0 if len(parent) < len(ordinals) else _WRONG_PARENT
    return _SKIPPED_PARENT if prefix > parent else _WRONG_PARENT


def _opening_cost(state: _State, entry: _Entry) -> float:
    """What a new row below the last number costs; a document that nested so before does so again."""
    rows = state.rows
    if entry.hint is None and (*rows.families, entry.family) in state.nested:
        return _parent_cost(rows, entry)
    return _parent_cost(rows, entry) + _OPEN + _nesting_cost(rows, entry)


def _nesting_cost(rows: _Rows, entry: _Entry) -> float:
    if not rows.families:
        return 0.0
    if entry.hint is not None and rows.last.hint is not None:
        return _shallow_cost(rows, entry.hint)
    cost = _SAME_FAMILY if entry.family in rows.families else 0.0
    drop = _RANKS.get(rows.last.family, 3) - _RANKS.get(entry.family, 3)
    return cost + _RANK_STEP * max(0, drop)


def _shallow_cost(above: _Rows | None, hint: float | None) -> float:
    """How odd it is below a number that the source puts as deep, or deeper."""
    parent = above.last.hint if above is not None else None
    return _HINT + _SAME_FAMILY if hint is not None and parent is not None and hint <= parent else 0.0


def _unlike(sibling: _Entry, entry: _Entry) -> float:
    """How much a number's paragraph differs from the one before it in its row."""
    depth = sibling.hint is not None and entry.hint is not None and sibling.hint != entry.hint
    return (_HINT if depth else 0.0) + (_LOOK if sibling.look != entry.look else 0.0)


def _without_lonely(candidates: Sequence[Candidate], chosen: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without rows of one member that stand within a line: those are no lists but chance.

    A decimal names its parent and so may be alone.
    """
    rows: dict[int, list[int]] = {}
    lonely: set[int] = set()

    def close(depth: int) -> None:
        for deeper in [each for each in rows if each >= depth]:
            row = rows.pop(deeper)
            if len(row) == 1 and candidates[row[0]].is_inline and len(candidates[row[0]].readings[0].ordinals) == 1:
                lonely.add(row[0])

    for index, depth in chosen:
        close(depth + 1)
        rows.setdefault(depth, []).append(index)
    close(0)
    return [(index, depth) for index, depth in chosen if index not in lonely]
