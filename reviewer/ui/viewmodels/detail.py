"""One finding in full, as values."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.finding import RaterVote
from reviewer.ui import words
from reviewer.ui.viewmodels import wording
from reviewer.ui.viewmodels.entry import Entry


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted words and what the quote gate found. ``can_be_shown``: they stand somewhere."""

    text: str
    status: QuoteStatus
    state: str
    page: int | None
    citation: Citation

    @property
    def can_be_shown(self) -> bool:
        """True where there is a place to go to."""
        return self.citation.anchor is not None


@dataclass(frozen=True, slots=True)
class VoteCard:
    """One vote. ``dissents``: it counts, and says something else than what won."""

    title: str
    said: str
    rationale: str
    quote: Quote | None
    counted: bool
    dissents: bool


@dataclass(frozen=True, slots=True)
class FindingDetail:
    """Everything the detail pane says.

    Attributes:
        place: clause number and heading.
        votes_line: how the votes fell, or *by rule*.
        cards: all votes in order; none for a rule, which takes no vote.
        searched: for what is missing: where it was looked for.
        route: where its clause was sent, how sure that was, and why.
    """

    entry: Entry
    place: str
    outcome: str
    quotes: tuple[Quote, ...]
    votes_line: str
    winner: str
    cards: tuple[VoteCard, ...]
    searched: str
    route: str

    @classmethod
    def of(cls, entry: Entry) -> "FindingDetail":
        """The detail of an entry."""
        finding = entry.finding
        is_voted = finding.support is not None
        winner = words.outcome_word(finding.outcome)
        return cls(
            entry=entry,
            place=" ".join(part for part in (entry.number, entry.heading) if part),
            outcome=words.outcome(finding),
            quotes=tuple(_quote(each) for each in finding.citations),
            votes_line=words.votes(finding) if is_voted else _tr("By rule: built-in checks take no vote."),
            winner=winner,
            cards=tuple(_card(vote, finding.outcome.value) for vote in finding.votes) if is_voted else (),
            searched=_searched(finding.searched),
            route=wording.route_line(entry.route),
        )

    @property
    def dissent(self) -> tuple[VoteCard, ...]:
        """The votes that say something else than what won."""
        return tuple(card for card in self.cards if card.dissents)


def _card(vote: RaterVote, winner: str) -> VoteCard:
    title = _tr("%1, vote %2").replace("%1", wording.rater(vote.rater)).replace("%2", str(vote.index + 1))
    return VoteCard(
        title=title,
        said=words.said(vote),
        rationale=vote.rationale,
        quote=_quote(vote.citation) if vote.citation else None,
        counted=vote.counted,
        dissents=vote.counted and vote.outcome != winner,
    )


def _quote(citation: Citation) -> Quote:
    text = " ".join(citation.quote.split())
    page = citation.anchor.page if citation.anchor else None
    return Quote(text, citation.status, words.quote_state(citation.status), page, citation)


def _searched(searched: tuple[str, ...]) -> str:
    if not searched:
        return ""
    return _tr("%1, its headings and its whole text.").replace("%1", searched[0])


def _tr(text: str) -> str:
    return QCoreApplication.translate("Detail", text)
