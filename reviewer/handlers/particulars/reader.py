"""Reads a contract's particulars and obligations."""

from collections.abc import Iterator, Sequence
from datetime import date

from reviewer.domain.anchor import TextSpan
from reviewer.domain.category_file import read_categories
from reviewer.domain.citer import Citer
from reviewer.domain.clause import clauses_of
from reviewer.domain.document import Document
from reviewer.domain.ids import content_id
from reviewer.domain.particular import Basis, Column, Obligation, Particular
from reviewer.domain.projection import project
from reviewer.domain.section import Section
from reviewer.handlers.particulars import law, opening, parties, periods, sums
from reviewer.handlers.particulars.calendar import later
from reviewer.handlers.particulars.duties import Duty, duties
from reviewer.handlers.particulars.found import Contract, Found

_ABOUT = {
    *("Expiration Date", "Renewal Term", "Notice Period to Terminate Renewal", "Termination for Convenience"),
    *("Cap on Liability", "Governing Law", "Dispute Resolution"),
}
_RULES = (
    *(parties.parties, opening.made, opening.effective, periods.terms, periods.ends, periods.renewals, periods.notices),
    *(sums.caps, law.laws, law.venues, sums.sums),
)
_LANGUAGES = ("en", "")
Read = tuple[tuple[Particular, ...], tuple[Obligation, ...]]


class ContractReader:
    """Implements `reviewer.ports.handling.ContractReader`.

    Args:
        table: the text of ``resources/labels/labels.toml``: what a clause is about says where a value may stand.
    """

    def __init__(self, table: str) -> None:
        self._categories = tuple(each for each in read_categories(table) if each.name in _ABOUT)

    def read(self, document: Document, sections: Sequence[Section]) -> Read:
        """What the contract says; nothing of one in another language than English."""
        if document.language not in _LANGUAGES:
            return (), ()
        projection = project(document)
        contract = Contract(clauses_of(projection, sections), self._categories)
        citer = Citer(document, projection)
        particulars = tuple(_particular(each, citer) for rule in _RULES for each in rule(contract))
        particulars = (*particulars, *_end_of_term(particulars))
        roles = [
            name for each in particulars if each.column is Column.PARTY for name in (each.unit, each.value) if name
        ]
        found = [_obligation(document, each, citer) for each in duties(list(contract.clauses), roles)]
        return particulars, (*_deadlines(document, particulars), *found)


def _particular(found: Found, citer: Citer) -> Particular:
    place = found.words
    start = found.clause.span.start
    citation = citer.at(TextSpan(start + place.start, start + place.end))
    return Particular(found.column, found.value, found.unit, found.note, found.clause.section, (citation,), found.basis)


def _one(particulars: Sequence[Particular], column: Column) -> Particular | None:
    return next((each for each in particulars if each.column is column), None)


def _end_of_term(particulars: Sequence[Particular]) -> Iterator[Particular]:
    """The last day of the first term, where it is not named: the day before the same day that many years later."""
    begin, term = _one(particulars, Column.EFFECTIVE_DATE), _one(particulars, Column.TERM)
    if begin is None or term is None or _one(particulars, Column.EXPIRATION_DATE):
        return
    end = later(date.fromisoformat(begin.value), int(term.value), term.unit)
    if end is not None:
        cited = (*term.citations, *begin.citations)
        note = f"{term.value} {term.unit} from {begin.value}"
        yield Particular(Column.EXPIRATION_DATE, end.isoformat(), "", note, term.section, cited, Basis.INFERRED)


def _deadlines(document: Document, particulars: Sequence[Particular]) -> Iterator[Obligation]:
    """The end of the first term, and the last day for a notice that stops its renewal."""
    end = _one(particulars, Column.EXPIRATION_DATE)
    if end is None:
        return
    day = date.fromisoformat(end.value)
    what = "The first term ends" + (", and renews unless notice is given" if _one(particulars, Column.RENEWAL) else "")
    yield _day(document, what, end.note or f"on {end.value}", day, end, end.basis)
    notice = _one(particulars, Column.RENEWAL_NOTICE)
    if notice is None:
        return
    last = later(day, -int(notice.value), notice.unit)
    if last is not None:
        when = f"{notice.value} {notice.unit} before {end.value}"
        yield _day(document, "Last day for the notice that stops the renewal", when, last, notice, Basis.INFERRED)


def _day(document: Document, what: str, when: str, day: date, source: Particular, basis: Basis) -> Obligation:
    name = content_id("duty", document.id, what)
    return Obligation(name, "", what, when, day, source.section, source.citations, basis)


def _obligation(document: Document, duty: Duty, citer: Citer) -> Obligation:
    start = duty.clause.span.start
    span = TextSpan(start + duty.sentence.start, start + duty.sentence.end)
    name = content_id("duty", document.id, duty.clause.section, duty.sentence.start, duty.what)
    citations = (citer.at(span),)
    return Obligation(name, duty.who, duty.what, duty.when, duty.day, duty.clause.section, citations)
