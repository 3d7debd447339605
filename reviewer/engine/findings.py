"""From verdicts on a playbook's positions to findings: at a place, and for the document as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.finding import Finding, RaterVote
from reviewer.domain.ids import FindingId, SectionId, content_id
from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.playbook import Position
from reviewer.domain.task import Item
from reviewer.domain.vote import RULE, CriterionVote, Verdict, VerdictStatus
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
    return verdict.value not in (SILENT, Outcome.NOT_ASSESSED)


def finding_at(plan: DocumentPlan, position: Position, placed: PlacedVerdict) -> Finding:
    """The finding of a verdict at its item."""
    verdict = placed.verdict
    decided = verdict.status is VerdictStatus.DECIDED
    outcome = Outcome(verdict.value) if decided and verdict.value != SILENT else Outcome.UNCERTAIN
    winner = next(iter(verdict.winners), None)
    shown = [winner] if winner else [vote.checked for vote in verdict.votes if vote.checked]
    citations = tuple(citation for checked in shown if checked for citation in checked.citations)
    by_rule = all(vote.rater == RULE for vote in verdict.votes)
    unwanted = outcome in _UNWANTED
    return Finding(
        id=_id(plan, position, placed.item.section, outcome),
        section=placed.item.section,
        position=position.id,
        title=position.title,
        outcome=outcome,
        severity=_severity(position, outcome),
        rationale=_rationale(verdict, winner.judgement.text if winner else ""),
        citations=citations,
        votes=tuple(_shown_vote(vote) for vote in verdict.votes),
        status=verdict.status,
        support=None if by_rule else verdict.support,
        agreement=None if by_rule else verdict.agreement,
        fallback_rank=winner.judgement.rank if winner else 0,
        suggestion=position.wording if unwanted and outcome is not Outcome.FALLBACK else "",
        gap=f"Wanted: {position.preferred}" if unwanted else "",
        approver=position.approver if outcome is not Outcome.PREFERRED else "",
    )


def _rationale(verdict: Verdict, said: str) -> str:
    if verdict.status is VerdictStatus.TIED:
        return "The votes are tied; read them and decide."
    if verdict.status is VerdictStatus.NO_QUORUM:
        return "Too few votes count, because their quotes are not in the document or they failed; read them and decide."
    return said or "Most votes do not see this position here; read the dissent and decide."


def _severity(position: Position, outcome: Outcome) -> Severity:
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


def _shown_vote(vote: CriterionVote) -> RaterVote:
    if vote.checked is None:
        return RaterVote(vote.rater, vote.index, vote.value, "", None, counted=True)
    citation = next(iter(vote.checked.citations), None)
    return RaterVote(
        vote.rater, vote.index, vote.value, vote.checked.judgement.text, citation, counted=vote.checked.counted
    )


def _id(plan: DocumentPlan, position: Position, section: SectionId | None, outcome: Outcome) -> FindingId:
    """Position and place, not the outcome: a decision about a finding survives a re-run that judges otherwise."""
    whole = outcome.value if section is None else ""
    return FindingId(content_id("find", plan.document.id, position.id, section, whole))


def document_findings(
    plan: DocumentPlan, verdicts: Sequence[PlacedVerdict], failed_items: Sequence[Item]
) -> tuple[Finding, ...]:
    """One finding for each position that no verdict was decisive about.

    *Missing* is said only when every item was assessed and the words of the position's signals stand nowhere in the
    visible text.
    """
    if plan.playbook is None:
        return ()
    found = []
    for position in plan.playbook.positions:
        mine = [placed for placed in verdicts if placed.verdict.criterion == position.id]
        if any(is_decisive(placed.verdict) for placed in mine):
            continue
        found.append(_undecided(plan, position, mine, failed_items))
    return tuple(found)


def _undecided(
    plan: DocumentPlan, position: Position, placed: Sequence[PlacedVerdict], failed_items: Sequence[Item]
) -> Finding:
    unassessed = [each for each in placed if each.verdict.value == Outcome.NOT_ASSESSED]
    if unassessed:
        return _not_assessed(plan, position, unassessed)
    if placed:
        return finding_at(plan, position, placed[0])
    if failed_items:
        reason = f"{len(failed_items)} of {len(plan.items)} parts could not be assessed, so absence is not shown."
        return _whole(plan, position, Outcome.ERROR, reason)
    hit = position.signals.in_text(plan.projection.text)
    if hit is not None:
        anchor = plan.document.anchor(plan.projection.to_document(hit))
        citation = Citation(anchor.quote.exact, QuoteStatus.VERIFIED, anchor)
        reason = "No clause about this was assessed, but words that belong to it stand here."
        return _whole(plan, position, Outcome.PRESENT_ELSEWHERE, reason, (citation,))
    return _whole(plan, position, Outcome.MISSING, position.if_missing)


def _not_assessed(plan: DocumentPlan, position: Position, placed: Sequence[PlacedVerdict]) -> Finding:
    first = finding_at(plan, position, placed[0])
    citations = [citation for each in placed for winner in each.verdict.winners for citation in winner.citations]
    return Finding(
        id=first.id,
        section=first.section,
        position=position.id,
        title=position.title,
        outcome=Outcome.NOT_ASSESSED,
        severity=Severity.INFO,
        rationale=first.rationale,
        citations=tuple(citations),
        votes=first.votes,
        support=first.support,
        agreement=first.agreement,
    )


def _whole(
    plan: DocumentPlan, position: Position, outcome: Outcome, reason: str, citations: tuple[Citation, ...] = ()
) -> Finding:
    missing = outcome is Outcome.MISSING
    severity = _severity(position, outcome)
    is_unwanted = missing and severity is not Severity.INFO
    return Finding(
        id=_id(plan, position, None, outcome),
        section=None,
        position=position.id,
        title=position.title,
        outcome=outcome,
        severity=severity,
        rationale=reason,
        citations=citations,
        votes=(RaterVote(RULE, 0, outcome.value, reason, next(iter(citations), None), counted=True),),
        suggestion=position.wording if is_unwanted else "",
        gap=f"Wanted: {position.preferred}" if is_unwanted else "",
        searched=_searched(plan, position) if missing else (),
        approver=position.approver if is_unwanted else "",
    )


def _searched(plan: DocumentPlan, position: Position) -> tuple[str, ...]:
    headings = ", ".join(position.signals.headings)
    return (
        f"{len(plan.items)} parts of the document, each assessed on its own",
        f"headings with: {headings}",
        f"the whole visible text for {len(position.signals.phrases)} turns of phrase",
    )
