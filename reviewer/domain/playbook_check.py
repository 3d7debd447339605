"""Trying a playbook on its own words: its examples, and its positions against each other."""

from collections.abc import Iterator, Sequence

from reviewer.domain.outcome import Outcome
from reviewer.domain.playbook import Playbook, Position, assess
from reviewer.domain.toml_fields import TomlTable, shown

SILENT = "silent"
"""What an example gives that does not speak about its position."""
_BAD = (Outcome.DEVIATES, Outcome.WALK_AWAY)


def judged(position: Position, clause: str, heading: str = "") -> str:
    """What the built-in tests make of a clause, as examples name it."""
    result = assess(position, heading, clause)
    return SILENT if result is None else result.short


def report_examples(playbook: Playbook, tables: Sequence[TomlTable]) -> None:
    """Notes at each position, in order, the examples that give another verdict and the words that contradict it.

    Quadratic in positions: each wording is held against all of them.
    """
    for table, position in zip(tables, playbook.positions, strict=True):
        for at, example in zip(table.tables("examples"), position.examples, strict=True):
            found = judged(position, example.clause, example.heading)
            if found != example.gives:
                at.report("clause", f"the example {shown(example.clause)} gives {found}, not {example.gives}.")
        for key, sentence in _contradictions(playbook, position):
            table.report(key, sentence)


def _contradictions(playbook: Playbook, position: Position) -> Iterator[tuple[str, str]]:
    """Keys of a position and what speaks against what stands there."""
    for name, wording in _wordings(position):
        for other in playbook.positions:
            result = assess(other, "", wording) if wording else None
            if result and result.outcome in _BAD:
                whose = "its own tests" if other is position else f"the position {shown(other.id)}"
                yield "wording", f"{name} of {shown(position.id)} is {result.outcome} by {whose}; they contradict."
    for index, test in enumerate(position.tests):
        for earlier in position.tests[:index]:
            given = (test.matches, test.unless, test.number, test.over, test.under)
            same = given == (earlier.matches, earlier.unless, earlier.number, earlier.over, earlier.under)
            if same and test.outcome is not earlier.outcome:
                yield (
                    "tests",
                    f"two tests of {shown(position.id)} ask the same and say {earlier.outcome}, {test.outcome}.",
                )


def _wordings(position: Position) -> Iterator[tuple[str, str]]:
    yield "the wording", position.wording
    for each in position.fallbacks:
        yield f"fallback {each.rank}", each.wording
