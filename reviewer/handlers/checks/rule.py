"""What a rule of the linter is, and what it yields."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from reviewer.domain.anchor import TextSpan
from reviewer.domain.outcome import Severity
from reviewer.handlers.checks.draft import Draft


@dataclass(frozen=True, slots=True)
class Hit:
    """Something a rule found.

    Attributes:
        message: one sentence for the reader.
        spans: the words it is about, in offsets of ``Draft.text``; in order.
        is_minor: one degree less severe than the rule usually is.
    """

    message: str
    spans: tuple[TextSpan, ...] = ()
    is_minor: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the linter.

    Attributes:
        id: stable; what reports, settings and scripts name it by.
        title: what it looks for, in a few words.
        explanation: why that matters, and where it keeps silent.
        find: yields the hits of a draft, in no particular order.
        for_contracts: only contracts are held against it; papers have other habits.
    """

    id: str
    title: str
    severity: Severity
    explanation: str
    find: Callable[[Draft], Iterable[Hit]]
    for_contracts: bool = True
