"""Which labels are numbers of clauses, and how deep each stands: the cheapest consistent outline.

Every candidate is either passed over, which costs its weight, or put somewhere into the outline, which costs its doubt
and what is odd about the place: a number left out, a row that does not begin with its first number, a decimal under
another parent. A beam search keeps the few cheapest outlines while it reads on, so that ``(i)`` becomes the ninth
letter when ``(j)`` follows, and a Roman one when ``(ii)`` does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
_FAR = 10  # above the highest of a row; the figures of a table are no clauses
_WRONG_PARENT = 3.0
_SKIPPED_PARENT = 1.0
_RANKS = {
    "schedule": 0, "article": 0, "section": 1, "I.": 1, "n.1": 2, "A.": 2, "section.2": 2, "article.2": 2, "n.2": 3,
    "section.3": 3, "n.3": 4, "(a)": 4, "(1)": 4, "a.": 4, "a)": 4, "1)": 4, "A)": 3, "I)": 3, "n.4": 5, "(i)": 5,
    "i.": 5, "i)": 5, "(A)": 5, "n.5": 6, "(I)": 6,
    "一、": 1, "(一)": 3, "①": 5, "(أ)0": 4, "(أ)1": 4, "أ-0": 4, "أ-1": 4,
}  # fmt: skip
_DECIMAL_PARENTS = ("n.", "section", "article")


@dataclass(frozen=True, slots=True)
class Candidate:
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
    family: str
    ordinals: Ordinals
    hint: float | None
    look: str


_Stack: TypeAlias = tuple[_Entry, ...]
_Shape: TypeAlias = tuple[str, ...]


class _Choice(NamedTuple):
    """One step of an outline, linked to the step before."""

    candidate: int
    depth: int
    before: "_Choice | None"


class _State(NamedTuple):
    """An outline so far; `shapes` are the rows of families that were nested in it."""

    cost: float = 0.0
    stack: _Stack = ()
    last: _Choice | None = None
    shapes: frozenset[_Shape] = frozenset()


def choose_outline(candidates: Sequence[Candidate]) -> list[tuple[int, int]]:
    """Index and depth (from 0) of the candidates that are taken, in order.

    Linear in the number of candidates: the beam and the depth are bounded.
    """
    states = [_State()]
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
    top = ""
    found: list[tuple[int, int]] = []
    taken = {candidates[index].readings[0].ordinals[0] for index, depth in chosen if depth == 0}
    most = max(taken, default=0) + _FAR
    for index, candidate in enumerate(candidates):
        family, depth = candidate.readings[0].family, depths.get(index)
        if depth == 0:
            top = family
        elif depth is None and family == top and _is_misplaced(candidate):
            ordinal = candidate.readings[0].ordinals[0]
            depth = 0 if ordinal <= most and ordinal not in taken else None
            taken.add(ordinal)
        if depth is not None:
            found.append((index, depth))
    return found


def _is_misplaced(candidate: Candidate) -> bool:
    """A number at the start of a paragraph, and not the first of a list within a clause."""
    ordinals = candidate.readings[0].ordinals
    return candidate.weight >= _CERTAIN and not candidate.doubt and len(ordinals) == 1 and ordinals[0] > 1


def _advance(states: Sequence[_State], index: int, candidate: Candidate) -> list[_State]:
    """The cheapest outlines after one more candidate, cheapest first."""
    best: dict[_Stack, _State] = {}
    for state in states:
        _keep(best, _State(state.cost + candidate.weight, state.stack, state.last, state.shapes))
    limit = states[0].cost + candidate.weight + _SLACK
    for reading in candidate.readings:
        entry = _Entry(reading.family, reading.ordinals, candidate.hint, candidate.look)
        for state in states:
            room = limit - state.cost - candidate.doubt
            if room < 0:
                break  # the others cost more
            for depth, cost in _places(state, reading, candidate, room):
                total = state.cost + candidate.doubt + cost
                if total > limit:
                    continue
                limit = min(limit, total + _SLACK)
                _keep(best, _extended(state, total, depth, entry, index))
    kept = [state for state in best.values() if state.cost <= limit]
    return sorted(kept, key=lambda state: state.cost)[:_BEAM]


def _extended(state: _State, cost: float, depth: int, entry: _Entry, index: int) -> _State:
    shapes = state.shapes
    if depth == len(state.stack) and (shape := _shape(state.stack, entry.family)) not in shapes:
        shapes |= {shape}
    return _State(cost, (*state.stack[:depth], entry), _Choice(index, depth, state.last), shapes)


def _shape(stack: _Stack, family: str) -> _Shape:
    return (*[entry.family for entry in stack], family)


def _keep(best: dict[_Stack, _State], state: _State) -> None:
    known = best.get(state.stack)
    if known is None or state.cost < known.cost:
        best[state.stack] = state


def _places(state: _State, reading: Reading, candidate: Candidate, room: float) -> Iterator[tuple[int, float]]:
    """Depths at which a reading can stand for no more than there is room, with what each costs."""
    stack = state.stack
    first = _first_cost(reading.ordinals)
    for depth, sibling in enumerate(stack[:_MAX_DEPTH]):
        if sibling.family == reading.family:
            cost = _next_cost(stack, depth, reading, candidate)
        elif first + _REPLACE <= room:
            cost = _parent_cost(stack[:depth], reading) + first
            cost += _REPLACE + _unlike(sibling, candidate) + _shallow_cost(stack[:depth], candidate.hint)
        else:
            continue
        if cost <= room:
            yield depth, cost
    if len(stack) < _MAX_DEPTH and first <= room:
        cost = _parent_cost(stack, reading) + first + _opening_cost(state, reading, candidate.hint)
        if cost <= room:
            yield len(stack), cost


def _next_cost(stack: _Stack, depth: int, reading: Reading, candidate: Candidate) -> float:
    """How odd it is that a number goes on with the row at a depth."""
    sibling = stack[depth]
    cost = _step_cost(sibling.ordinals, reading.ordinals) + _unlike(sibling, candidate)
    if sibling.ordinals[:-1] != reading.ordinals[:-1]:
        cost += _parent_cost(stack[:depth], reading)
    return cost


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


def _first_cost(ordinals: Ordinals) -> float:
    last = ordinals[-1]
    return 0.0 if last <= 1 else _NOT_FIRST + 0.5 * min(last - 2, 4)


def _parent_cost(above: _Stack, reading: Reading) -> float:
    """A decimal belongs under its own beginning: 7.3 under 7, or under Article VII."""
    if len(reading.ordinals) == 1:
        return 0.0
    for entry in reversed(above):
        if entry.family.startswith(_DECIMAL_PARENTS):
            prefix = reading.ordinals[: len(entry.ordinals)]
            if prefix == entry.ordinals:
                return 0.0 if len(entry.ordinals) < len(reading.ordinals) else _WRONG_PARENT
            return _SKIPPED_PARENT if prefix > entry.ordinals else _WRONG_PARENT
    return _ORPHAN if above else 0.0


def _opening_cost(state: _State, reading: Reading, hint: float | None) -> float:
    """What a new row below the last number costs; a document that nested so before does so again."""
    if hint is None and _shape(state.stack, reading.family) in state.shapes:
        return 0.0
    return _OPEN + _nesting_cost(state.stack, reading, hint)


def _nesting_cost(stack: _Stack, reading: Reading, hint: float | None) -> float:
    if not stack:
        return 0.0
    if hint is not None and stack[-1].hint is not None:
        return _shallow_cost(stack, hint)
    cost = _SAME_FAMILY if any(entry.family == reading.family for entry in stack) else 0.0
    drop = _RANKS.get(stack[-1].family, 3) - _RANKS.get(reading.family, 3)
    return cost + _RANK_STEP * max(0, drop)


def _shallow_cost(above: _Stack, hint: float | None) -> float:
    """How odd it is below a number that the source puts as deep, or deeper."""
    parent = above[-1].hint if above else None
    return _HINT + _SAME_FAMILY if hint is not None and parent is not None and hint <= parent else 0.0


def _unlike(sibling: _Entry, candidate: Candidate) -> float:
    """How much a candidate's paragraph differs from the one before it in its row."""
    depth = sibling.hint is not None and candidate.hint is not None and sibling.hint != candidate.hint
    return (_HINT if depth else 0.0) + (_LOOK if sibling.look != candidate.look else 0.0)


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
