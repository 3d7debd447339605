"""From verdicts on a playbook's positions to findings: at a place, and for the document as a whole."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reviewer.domain.absence import Search, Subject
from reviewer.domain.anchor import TextSpan
from reviewer.domain.category import Category
from reviewer.domain.citation import Citation
from reviewer.domain.clause import clauses_of
from reviewer.domain.finding import Finding, RaterVote, WordEdit
from reviewer.domain.ids import FindingId, SectionId, content_id
from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.playbook import Position, least_change
from reviewer.domain.task import Item
from reviewer.domain.vote import RULE, CriterionVote, Verdict, VerdictStatus
from reviewer.engine.citing import misquoted
from reviewer.engine.plan import DocumentPlan
from reviewer.engine.voting import SILENT

_UNWANTED = (Outcome.FALLBACK, Outcome.DEVIATES, Outcome.WALK_AWAY, Outcome.MISSING)
_LOWER = {
    Severity.CRITICAL: Severity.MEDIUM,
    Severity.HIGH: Severity.LOW,
    Severity.MEDIUM: Severity.LOW,
    Severity.LOW: Severity.INFO,
    Severity.INFO: Severity.INFO,
}


@dataclass(frozen=True, slots=True)
class PlacedVerdict:
    """A verdict on a position and the item it was given about."""

    item: Item
    verdict: Verdict


def is_decisive(verdict: Verdict) -> bool:
    """True for a verdict that is a finding at its place; the rest waits until the whole document is known."""
    return verdict.status is not VerdictStatus.DECIDED or verdict.value not in (SILENT, Outcome.NOT_ASSESSED)


def decisive_findings(plan: DocumentPlan, placed: Sequence[PlacedVerdict]) -> tuple[Finding, ...]:
    """The findings of the verdicts that are decisive at their place; none without a playbook.

    Raises:
        KeyError: a verdict is about no position of the playbook.
    """
    playbook = plan.playbook
    if playbook is None:
        return ()
    return tuple(
        finding_at(plan, playbook.position(each.verdict.criterion), each)
        for each in placed
        if is_decisive(each.verdict)
    )


def finding_at(plan: DocumentPlan, position: Position, placed: PlacedVerdict) -> Finding:
    """The finding of a verdict at its item."""
    verdict = placed.verdict
    decided = verdict.status is VerdictStatus.DECIDED
    outcome = Outcome(verdict.value) if decided and verdict.value != SILENT else Outcome.UNCERTAIN
    winner = next(iter(verdict.winners), None) if decided else None
    shown = [winner] if winner else [vote.checked for vote in verdict.votes if vote.checked]
    citations = tuple(citation for checked in shown if checked for citation in checked.citations)
    by_rule = all(vote.rater == RULE for vote in verdict.votes)
    unwanted = outcome in _UNWANTED
    rank = _rank(verdict) if outcome is Outcome.FALLBACK else 0
    return Finding(
        id=_id(plan, position, placed.item.section, outcome),
        section=placed.item.section,
        position=position.id,
        title=position.title,
        outcome=outcome,
        severity=_severity(position, outcome),
        rationale=_rationale(verdict, winner.judgement.text if winner else ""),
        citations=citations,
        votes=tuple(shown_vote(vote) for vote in verdict.votes),
        status=verdict.status,
        support=None if by_rule else verdict.support,
        agreement=None if by_rule else verdict.agreement,
        fallback_rank=rank,
        suggestion=position.wording if unwanted and outcome is not Outcome.FALLBACK else "",
        gap=f"Wanted: {position.preferred}" if unwanted else "",
        approver=_approver(position, outcome, rank),
        friction=position.friction if unwanted else None,
        edit=_edit(plan, position, placed.item, outcome) if unwanted else None,
        if_refused=_if_refused(position, rank) if unwanted else "",
        misquoted=() if by_rule or winner is None else misquoted(plan, position, winner.judgement.text),
    )


def _approver(position: Position, outcome: Outcome, rank: int) -> str:
    """Who may accept it: for a fallback whoever it names, else the position's."""
    if outcome is Outcome.PREFERRED:
        return ""
    accepted = next((each.approver for each in position.fallbacks if each.rank == rank), "")
    return accepted or position.approver


def _edit(plan: DocumentPlan, position: Position, item: Item, outcome: Outcome) -> WordEdit | None:
    """The fewest words of an item to change, with their place in the document."""
    found = least_change(position, item.heading, item.text, outcome)
    if found is None:
        return None
    span, instead = found
    return WordEdit(plan.citer.at(TextSpan(item.span.start + span.start, item.span.start + span.end)), instead)


def _if_refused(position: Position, rank: int) -> str:
    """The next fallback in words: what, in which words, and what to ask for in return."""
    found = position.fallback_after(rank)
    if found is None:
        return ""
    asked = f"In return: {found.ask}" if found.ask else ""
    return " ".join(filter(None, (found.description, found.wording, asked)))


def _rationale(verdict: Verdict, said: str) -> str:
    if verdict.status is VerdictStatus.TIED:
        return "The votes are tied; read them and decide."
    if verdict.status is VerdictStatus.NO_QUORUM and verdict.support:
        return "The votes do not agree enough; read them and decide."
    if verdict.status is VerdictStatus.NO_QUORUM:
        return "Too few votes count, because their quotes are not in the document or they failed; read them and decide."
    return said or "Most votes do not see this position here; read the dissent and decide."


def _rank(verdict: Verdict) -> int:
    """The fallback that most of the winning votes name; of several, the one furthest from what is preferred."""
    tally = Counter(winner.judgement.rank for winner in verdict.winners)
    return max(tally, key=lambda rank: (tally[rank], rank))


def _severity(position: Position, outcome: Outcome) -> Severity:
    if outcome in position.severities:
        return position.severities[outcome]
    match outcome:
        case Outcome.WALK_AWAY:
            return Severity.CRITICAL if position.severity.rank <= Severity.HIGH.rank else Severity.HIGH
        case Outcome.FALLBACK:
            return _LOWER[position.severity]
        case Outcome.MISSING:
            return position.missing_severity
        case Outcome.DEVIATES | Outcome.UNCERTAIN | Outcome.ERROR:
            return position.severity
        case _:
            return Severity.INFO


def shown_vote(vote: CriterionVote) -> RaterVote:
    """A vote as it is shown beside what came of it."""
    said, citation = "", None
    if vote.checked is not None:
        said, citation = vote.checked.judgement.text, next(iter(vote.checked.citations), None)
    return RaterVote(vote.rater, vote.index, vote.value, said, citation, vote.is_valid, vote.answered_by)


def _id(plan: DocumentPlan, position: Position, section: SectionId | None, outcome: Outcome) -> FindingId:
    """Position and place: a decision about a finding survives a re-run that judges otherwise.

    Without a place the outcome takes part: who accepts that something is missing did not accept that it failed.
    """
    whole = outcome.value if section is None else ""
    return FindingId(content_id("find", plan.document.id, position.id, section, whole))


def document_findings(
    plan: DocumentPlan, verdicts: Sequence[PlacedVerdict], assessed: int, unassessed: int
) -> tuple[Finding, ...]:
    """One finding for each position that no verdict was decisive about.

    *Missing* is said only when every item that the workflow sends to an assessment was assessed, there was at least
    one, and a search of the whole document finds neither the position, nor a clause about its subject, nor words that
    come near, nor a paper that may say it and is not in the file.

    Args:
        plan: the document's.
        verdicts: all of them, in the order of the items.
        assessed: how many items were assessed.
        unassessed: how many should have been, and were not.
    """
    if plan.playbook is None:
        return ()
    found = []
    search = Search(plan.projection.text, clauses_of(plan.projection, plan.sections))
    for position in plan.playbook.positions:
        mine = [placed for placed in verdicts if placed.verdict.criterion == position.id]
        if any(is_decisive(placed.verdict) for placed in mine):
            continue
        found.append(_undecided(plan, search, position, mine, assessed, unassessed))
    return tuple(found)


def _undecided(
    plan: DocumentPlan,
    search: Search,
    position: Position,
    placed: Sequence[PlacedVerdict],
    assessed: int,
    unassessed: int,
) -> Finding:
    condition = position.applies_when
    if not placed and condition and not condition.holds(plan.projection.text):
        return _whole(plan, position, Outcome.NOT_APPLICABLE, condition.otherwise)
    open_ones = [each for each in placed if each.verdict.value == Outcome.NOT_ASSESSED]
    if open_ones:
        return _not_assessed(plan, position, open_ones)
    if placed:
        return finding_at(plan, position, placed[0])
    if unassessed:
        reason = f"{unassessed} of {assessed + unassessed} parts could not be assessed, so absence is not shown."
        return _whole(plan, position, Outcome.ERROR, reason)
    proof = search.prove(Subject(position.signals, _category(plan, position)))
    if not assessed and proof.outcome is not Outcome.PRESENT_ELSEWHERE:
        reason = "No part of this document is of a kind that is held against the playbook."
        return _whole(plan, position, Outcome.NOT_ASSESSED, reason)
    looked = (f"{assessed} parts of the document, each assessed on its own", *proof.looked)
    if proof.outcome is Outcome.MISSING:
        return _missing(plan, position, looked)
    citations = tuple(plan.citer.at(span) for span in proof.places)
    return replace(_whole(plan, position, proof.outcome, proof.reason, citations), searched=looked)


def _category(plan: DocumentPlan, position: Position) -> Category | None:
    """The category of clauses that a position is about; None where it is of a kind of its own."""
    name = position.category.casefold()
    return next((each for each in plan.team.categories if each.name.casefold() == name), None)


def _missing(plan: DocumentPlan, position: Position, looked: tuple[str, ...]) -> Finding:
    """Nothing is suggested where the absence is welcome."""
    found = replace(_whole(plan, position, Outcome.MISSING, position.if_missing), searched=looked)
    if found.severity is Severity.INFO:
        return found
    wanted = f"Wanted: {position.preferred}"
    return replace(
        found,
        suggestion=position.wording,
        gap=wanted,
        approver=position.approver,
        friction=position.friction,
        if_refused=_if_refused(position, 0),
    )


def _not_assessed(plan: DocumentPlan, position: Position, placed: Sequence[PlacedVerdict]) -> Finding:
    citations = [citation for each in placed for winner in each.verdict.winners for citation in winner.citations]
    first = finding_at(plan, position, placed[0])
    return replace(first, citations=tuple(citations), approver="")


def _severity_of_whole(position: Position, outcome: Outcome) -> Severity:
    """What may be missing matters no more than if it were."""
    unclear = outcome in (Outcome.UNCERTAIN, Outcome.INCORPORATED_UNREAD)
    return position.missing_severity if unclear else _severity(position, outcome)


def _whole(
    plan: DocumentPlan, position: Position, outcome: Outcome, reason: str, citations: tuple[Citation, ...] = ()
) -> Finding:
    return Finding(
        id=_id(plan, position, None, outcome),
        section=None,
        position=position.id,
        title=position.title,
        outcome=outcome,
        severity=_severity_of_whole(position, outcome),
        rationale=reason,
        citations=citations,
        votes=(RaterVote(RULE, 0, outcome.value, reason, next(iter(citations), None), counted=True),),
    )
