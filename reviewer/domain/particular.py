"""What a contract says in figures and names: values read by rule, each with the words it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reviewer.domain.citation import Citation
from reviewer.domain.ids import SectionId


class Column(StrEnum):
    """What a value is."""

    PARTY = "party"
    AGREEMENT_DATE = "agreement_date"
    EFFECTIVE_DATE = "effective_date"
    EXPIRATION_DATE = "expiration_date"
    TERM = "term"
    RENEWAL = "renewal"
    RENEWAL_NOTICE = "renewal_notice"
    TERMINATION_NOTICE = "termination_notice"
    LIABILITY_CAP = "liability_cap"
    GOVERNING_LAW = "governing_law"
    VENUE = "venue"
    AMOUNT = "amount"


class Basis(StrEnum):
    """Whether the contract says a value, or it follows from others that it says."""

    STATED = "stated"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class Particular:
    """A value of a contract.

    Attributes:
        value: normalised: a name, a day as ``2024-05-31``, a number, a place.
        unit: ``days``, ``months``, ``years``, a currency as ``USD``; of a party its role; else empty.
        note: what else matters, in a few plain words: what a cap is reckoned from, that a renewal is automatic.
        section: where it stands.
        citations: the exact words.
    """

    column: Column
    value: str
    unit: str
    note: str
    section: SectionId | None
    citations: tuple[Citation, ...]
    basis: Basis = Basis.STATED

    @property
    def said(self) -> str:
        """The value with its unit and what else matters: *250,000 USD or fees paid over 12 months*."""
        note = f" {self.note}" if self.note.startswith(("or ", "over ")) else f" ({self.note})"
        return f"{self._measured}{note if self.note else ''}"

    @property
    def _measured(self) -> str:
        if self.column is Column.PARTY:
            return f"{self.value}, the {self.unit}" if self.unit else self.value
        if self.column in (Column.AMOUNT, Column.LIABILITY_CAP) and self.unit:
            whole, dot, cents = self.value.partition(".")
            return f"{int(whole):,}{dot}{cents} {self.unit}"
        return f"{self.value} {self.unit.removesuffix('s') if self.value == '1' else self.unit}".rstrip()


@dataclass(frozen=True, slots=True)
class Obligation:
    """Who must do what by when; or a day that matters: an end, a deadline for notice.

    Attributes:
        id: derived from place and words, so that it survives a re-run.
        who: a party as the contract calls it; empty for a day that nobody brings about.
        when: the words about time, or how the day was worked out.
        day: the day itself where there is one; None for *within 30 days of receipt*.
    """

    id: str
    who: str
    what: str
    when: str
    day: date | None
    section: SectionId | None
    citations: tuple[Citation, ...]
    basis: Basis = Basis.STATED


def in_order(obligations: Sequence[Obligation]) -> list[Obligation]:
    """First those with a day, the earliest first; then the others, as the contract reads."""
    dated = sorted((each for each in obligations if each.day), key=lambda each: str(each.day))
    return [*dated, *(each for each in obligations if each.day is None)]
