"""What a rule found, before it is cited; and the text it reads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reviewer.domain.anchor import TextSpan
from reviewer.domain.category import Category, match
from reviewer.domain.clause import Clause
from reviewer.domain.particular import Basis, Column
from reviewer.domain.section import SectionKind

_APART = (SectionKind.TOC, SectionKind.SIGNATURE)


@dataclass(frozen=True, slots=True)
class Found:
    """A value and the words it rests on, in offsets of its clause."""

    column: Column
    value: str
    clause: Clause
    words: TextSpan
    unit: str = ""
    note: str = ""
    basis: Basis = Basis.STATED


@dataclass(slots=True)
class Contract:
    """A contract as the rules read it: its clauses, and what each is about as far as it matters here."""

    clauses: Sequence[Clause]
    categories: Sequence[Category]
    _labels: dict[int, frozenset[str]] = field(default_factory=dict)

    def labels(self, index: int) -> frozenset[str]:
        """The names of the categories of a clause."""
        if index not in self._labels:
            self._labels[index] = frozenset(each.category for each in match(self.clauses[index], self.categories))
        return self._labels[index]

    def about(self, *names: str) -> Iterator[Clause]:
        """The clauses of any of these categories, in order."""
        for index, clause in enumerate(self.clauses):
            if clause.kind not in _APART and self.labels(index).intersection(names):
                yield clause

    def opening(self, chars: int) -> Iterator[Clause]:
        """The clauses that begin within the first characters."""
        return (each for each in self.clauses if each.span.start < chars and each.kind is not SectionKind.TOC)
