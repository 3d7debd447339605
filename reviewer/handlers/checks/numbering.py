"""Rules about the numbers of clauses."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from reviewer.domain.anchor import TextSpan
from reviewer.domain.section import SectionKind
from reviewer.handlers.checks.draft import Draft, Part
from reviewer.handlers.checks.ordinals import readings
from reviewer.handlers.checks.rule import Hit

MAX_GAP = 3
_NUMBERED = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3})*)\.?[ \t]+[A-Z]")
_NUMBERED_LINE = re.compile(r"(?m)^[ \t]*(?P<number>\d{1,3}(?:\.\d{1,3})*)\.?[ \t]+(?=[A-Z][A-Za-z])[^\n]{3,80}")
_KINDS = {SectionKind.CLAUSE, SectionKind.DEFINITION, SectionKind.SCHEDULE, SectionKind.SECTION, SectionKind.RECITAL}


def gaps(draft: Draft) -> Iterator[Hit]:
    """Numbers that are left out between two clauses that follow one another."""
    for before, after, step in _steps(draft):
        if 1 < step <= MAX_GAP + 1 and not _is_spanned(draft, before, after):
            missing = "One number is" if step == 2 else f"{step - 1} numbers are"  # noqa: PLR2004 - the next but one
            message = f"{missing} left out between {before.section.number} and {after.section.number}."
            yield Hit(message, (_label(draft, after),))


def repeats(draft: Draft) -> Iterator[Hit]:
    """The same number twice in a row of clauses."""
    for before, after, step in _steps(draft):
        if step == 0:
            yield Hit(f"Number {after.section.number} is used twice.", (_label(draft, before), _label(draft, after)))
    for part in draft.parts:
        if part.section.kind in _KINDS and (again := _again(draft, part)):
            yield Hit(f"Number {part.section.number} is used twice.", (_label(draft, part), again))


def _again(draft: Draft, part: Part) -> TextSpan | None:
    """A line inside a clause that begins with the clause's own number; the cut took it for text."""
    number = part.section.number
    if not re.fullmatch(r"\d{1,3}(?:\.\d{1,3})*", number):
        return None
    first = _NUMBERED.match(draft.text[part.own.start : part.own.start + 40].lstrip())
    if first is None or first["number"] != number:
        return None
    lines = _NUMBERED_LINE.finditer(draft.text, part.own.start + len(number) + 2, part.whole.end)
    return next((TextSpan(*line.span()) for line in lines if line["number"] == number), None)


def _steps(draft: Draft) -> Iterator[tuple[Part, Part, int]]:
    """Clauses that follow one another in one row, and by how much the second counts on."""
    children: dict[int | None, list[Part]] = defaultdict(list)
    for part in draft.parts:
        if part.section.number and part.section.kind in _KINDS:
            children[part.parent].append(part)
    for row in children.values():
        yield from _row_steps(row)


def _row_steps(row: Sequence[Part]) -> Iterator[tuple[Part, Part, int]]:
    last: dict[str, tuple[Part, int]] = {}
    for part in row:
        places = readings(part.section.number)
        steps = [(value - last[kind][1], last[kind][0]) for kind, value in places.items() if kind in last]
        if steps:
            step, before = min(steps, key=lambda each: (abs(each[0] - 1), each[0]))
            if step >= 0 and before.schedule == part.schedule:
                yield before, part, step
        for kind, value in places.items():
            last[kind] = (part, value)


def _is_spanned(draft: Draft, before: Part, after: Part) -> bool:
    """True where one heading stands for several numbers (*5 to 7: intentionally omitted*)."""
    text = draft.text[before.own.start : before.own.start + 120] + draft.text[after.own.start : after.own.start + 40]
    return (
        re.search(r"omitted|reserved|deleted|\d\s*(?:to|through|[-–])\s*\d|entfällt", text, re.IGNORECASE) is not None
    )


def _label(draft: Draft, part: Part) -> TextSpan:
    """The number and heading of a clause where they stand, else the beginning of its first line."""
    line = draft.text[part.own.start : part.own.end].lstrip()
    start = part.own.end - len(line) if line else part.own.start
    width = len(line.partition("\n")[0])
    return TextSpan(start, start + max(1, min(width, 80)))
