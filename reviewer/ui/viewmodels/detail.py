"""One finding in full, as values: everything the detail pane says."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from reviewer.domain.anchor import Anchor
from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.decision import Standing
from reviewer.domain.finding import Finding, RaterVote
from reviewer.domain.ids import FindingId
from reviewer.domain.outcome import Severity
from reviewer.domain.vote import VerdictStatus
from reviewer.ui import words
from reviewer.ui.viewmodels import wording
from reviewer.ui.viewmodels.entry import Entry
from reviewer.ui.viewmodels.vote_shares import VoteShare, shares_of, shares_sentence


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted words on one line and what the quote gate found.

    Attributes:
        state: page and state in words: ``Page 4 · Quote: exact``.
        ours: what the document says there, where the quote merely differs; else empty.
        anchor: where they stand; None where the document does not hold them.
        is_evidence: they are in the document exactly.
    """

    text: str
    status: QuoteStatus
    state: str
    anchor: Anchor | None
    is_evidence: bool
    ours: str = ""


@dataclass(frozen=True, slots=True)
class VoteCard:
    """One vote. ``number`` from 1. ``dissents``: it counts, and says something else than what won.

    ``warning`` says why it does not count, ``answered_by`` who answered where another model was asked; else empty.
    """

    rater: str
    number: int
    said: str
    rationale: str
    quote: Quote | None
    counted: bool
    dissents: bool
    warning: str = ""
    answered_by: str = ""

    @property
    def title(self) -> str:
        """Who, and what they say: ``openai/a, vote 1: deviates``."""
        text = _tr("%1, vote %2: %3").replace("%2", str(self.number)).replace("%3", self.said)
        return text.replace("%1", self.rater)


@dataclass(frozen=True, slots=True)
class FindingDetail:
    """A finding as it is read.

    Attributes:
        place: clause number and heading.
        outcome: in words; a fallback with its rank.
        doubts: why not to rely on what is said: no quote is in the document, or the reason quotes what is not there.
        edit: the fewest words to change, in a sentence; may be empty.
        if_refused: what may be accepted instead; may be empty.
        searched: for what is missing: what was looked through, and for what.
        votes_line: how the votes fell, in words.
        shares: the same for a bar; none for a rule, which takes no vote.
        cards: all votes in order; none for a rule.
        is_decided: the votes decide it; else a person must.
        route: where its clause was sent, how sure that was, and why; may be empty.
    """

    id: FindingId
    title: str
    severity: Severity
    place: str
    outcome: str
    quotes: tuple[Quote, ...]
    rationale: str
    gap: str
    suggestion: str
    edit: str
    if_refused: str
    searched: tuple[str, ...]
    approver: str
    votes_line: str
    shares: tuple[VoteShare, ...]
    cards: tuple[VoteCard, ...]
    is_decided: bool
    route: str
    standing: Standing
    doubts: tuple[str, ...] = ()

    @classmethod
    def of(cls, entry: Entry) -> "FindingDetail":
        """The detail of an entry."""
        finding = entry.finding
        winner = _winner(finding)
        cards = () if finding.support is None else tuple(_card(vote, winner) for vote in finding.votes)
        said = next((card.said for card, vote in zip(cards, finding.votes, strict=False) if vote.outcome == winner), "")
        shares = shares_of([(card.said, card.counted) for card in cards], said)
        return cls(
            id=finding.id,
            title=finding.title,
            severity=finding.severity,
            place=" ".join(part for part in (entry.number, entry.heading) if part),
            outcome=words.outcome(finding),
            quotes=tuple(_quote(each) for each in finding.citations),
            rationale=finding.rationale,
            gap=finding.gap,
            suggestion=finding.suggestion,
            edit=_edit(finding),
            if_refused=finding.if_refused,
            searched=finding.searched,
            approver=finding.approver,
            votes_line=_votes_line(finding, shares),
            shares=shares,
            cards=cards,
            is_decided=finding.status is VerdictStatus.DECIDED,
            route=wording.route_line(entry.route),
            standing=entry.standing,
            doubts=tuple(_doubts(finding)),
        )

    @property
    def severity_word(self) -> str:
        """How much it matters."""
        return words.severity(self.severity)

    @property
    def dissent(self) -> tuple[VoteCard, ...]:
        """The votes that count and say something else than what won; none where nothing did."""
        return tuple(card for card in self.cards if card.dissents)


def _winner(finding: Finding) -> str:
    """What won, as votes say it; empty where nothing did.

    A finding is *uncertain* when most votes find nothing on its subject, so that its outcome may be none of theirs.
    """
    if finding.status is not VerdictStatus.DECIDED:
        return ""
    counted = Counter(vote.outcome for vote in finding.votes if vote.counted)
    if finding.outcome.value in counted or not counted:
        return finding.outcome.value
    return counted.most_common(1)[0][0]


def _card(vote: RaterVote, winner: str) -> VoteCard:
    return VoteCard(
        rater=wording.rater(vote.rater),
        number=vote.index + 1,
        said=words.said(vote),
        rationale=vote.rationale,
        quote=_quote(vote.citation) if vote.citation else None,
        counted=vote.counted,
        dissents=vote.counted and bool(winner) and vote.outcome != winner,
        warning=_warning(vote),
        answered_by=_tr("Answered by %1.").replace("%1", vote.answered_by) if vote.answered_by else "",
    )


def _warning(vote: RaterVote) -> str:
    if vote.abstained:
        return _tr("Abstained: the model declined to answer.")
    if vote.compromised:
        return _tr("Compromised: the reply held what the document does not. It is not shown.")
    if vote.counted:
        return ""
    if vote.citation is None or not vote.citation.quote.strip():
        return _tr("Not counted: it quotes nothing.")
    if vote.citation.status is QuoteStatus.NEAR:
        return _tr("Not counted: its quote differs from the document.")
    return _tr("Not counted: its quote is not in the document.")


def _votes_line(finding: Finding, shares: tuple[VoteShare, ...]) -> str:
    if finding.support is None:
        return _tr("By rule. The built-in checks take no vote.")
    state = words.verdict(finding.status)
    head = state[:1].upper() + state[1:] if state else words.votes(finding)
    line = f"{head}: {shares_sentence(shares)}."
    if finding.agreement is None or sum(vote.counted for vote in finding.votes) < 2:
        return line
    return f"{line} " + _tr("Agreement %1.").replace("%1", f"{finding.agreement:.2f}")


def _edit(finding: Finding) -> str:
    edit = finding.edit
    return _tr("Change “%1” to “%2”.").replace("%2", edit.instead).replace("%1", edit.at.quote) if edit else ""


def _quote(citation: Citation) -> Quote:
    text = " ".join(citation.quote.split())
    state = wording.citation_line(citation)
    ours = ""
    if citation.status is QuoteStatus.NEAR and citation.anchor is not None:
        ours = " ".join(citation.anchor.quote.exact.split())
    return Quote(text, citation.status, state, citation.anchor, citation.is_evidence, ours)


def _doubts(finding: Finding) -> Iterator[str]:
    if finding.is_unbacked:
        yield _tr("No words of the document stand behind this finding: check it there.")
    if finding.misquoted:
        listed = ", ".join(wording.quoted(each) for each in finding.misquoted)
        yield _tr("The reason quotes words that are not in the document: %1").replace("%1", listed)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Detail", text)
