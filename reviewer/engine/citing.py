"""From a rater's judgement to a checked one, through the quote gate."""

from reviewer.domain.citation import Citation, Evidence
from reviewer.domain.task import Item
from reviewer.domain.vote import CheckedJudgement, Judgement
from reviewer.engine.plan import DocumentPlan


def check(plan: DocumentPlan, item: Item, judgement: Judgement) -> CheckedJudgement:
    """A judgement with its evidence checked; one that rests only on words the document does not hold does not count."""
    citations = tuple(_cite(plan, item, evidence) for evidence in judgement.evidence)
    counted = not citations or any(citation.is_evidence for citation in citations)
    return CheckedJudgement(judgement, citations, counted)


def _cite(plan: DocumentPlan, item: Item, evidence: Evidence) -> Citation:
    hint = None if evidence.start is None else item.span.start + evidence.start
    return plan.citer.cite(evidence.quote, item.span, hint)
