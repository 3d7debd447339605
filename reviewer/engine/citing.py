"""From a rater's judgement to a checked one, through the quote gate."""

from reviewer.domain.citation import Citation, Evidence
from reviewer.domain.normal import NormalText
from reviewer.domain.playbook import Position
from reviewer.domain.quotations import quotations
from reviewer.domain.task import Item
from reviewer.domain.vote import CheckedJudgement, Judgement
from reviewer.engine.plan import DocumentPlan


def check(plan: DocumentPlan, item: Item, judgement: Judgement) -> CheckedJudgement:
    """A judgement with its evidence checked; one that rests only on words the document does not hold does not count."""
    citations = tuple(_cite(plan, item, evidence) for evidence in judgement.evidence)
    counted = not citations or any(citation.is_evidence for citation in citations)
    return CheckedJudgement(judgement, citations, counted)


def misquoted(plan: DocumentPlan, position: Position, text: str) -> tuple[str, ...]:
    """The words that a reason quotes and the document does not hold; the playbook's own may be quoted as well."""
    ours = NormalText(" ".join(_said(position))).text.lower()
    return tuple(
        words
        for words in quotations(text)
        if not plan.citer.cite(words).is_evidence and NormalText(words).text.strip(" .,;'").lower() not in ours
    )


def _said(position: Position) -> tuple[str, ...]:
    fallbacks = (each.description for each in position.fallbacks)
    return (position.title, position.question, position.preferred, position.walk_away, position.wording, *fallbacks)


def _cite(plan: DocumentPlan, item: Item, evidence: Evidence) -> Citation:
    hint = None if evidence.start is None else item.span.start + evidence.start
    return plan.citer.cite(evidence.quote, item.span, hint)
