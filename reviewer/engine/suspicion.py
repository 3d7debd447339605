"""Suspicious passages as findings: one for each section that holds any, by rule, before anybody is asked."""

from collections.abc import Sequence

from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.document import Document, Visibility
from reviewer.domain.finding import SUSPICIOUS, Finding, RaterVote
from reviewer.domain.ids import FindingId, SectionId, content_id
from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.section import Section
from reviewer.domain.suspicion import Passage, Suspicion, suspicious_passages
from reviewer.domain.vote import RULE

_DOES = {
    Suspicion.OVERRIDE: "tell a program to set its instructions aside",
    Suspicion.FORGED: "pretend to be the end of the document, the system or a model's answer",
    Suspicion.EXFILTRATION: "ask for links or images that would carry information away",
    Suspicion.ENCODED: "are encoded, or ask a program to decode something and act on it",
    Suspicion.ADDRESSED: "speak to programs that read the document",
    Suspicion.VERDICT: "say how the document is to be judged",
    Suspicion.SKIP: "ask that a part be left out of the review",
    Suspicion.PLANTED: "give a ready-made answer or measure for the review",
    Suspicion.DISGUISED: "are written so that a search does not find them",
}
_SEEN = {
    Visibility.HIDDEN: "in text that a reader does not see",
    Visibility.DELETED: "in deleted text",
    Visibility.COMMENT: "in a comment",
}


def suspicious_findings(document: Document, sections: Sequence[Section]) -> tuple[Finding, ...]:
    """One finding for each section with suspicious passages, in the order of the text; hidden text included.

    Linear in the document, and in the sections for each passage.
    """
    by_section: dict[SectionId | None, list[Passage]] = {}
    for passage in suspicious_passages(document):
        place = next((each.id for each in sections if each.own.overlaps(passage.span)), None)
        by_section.setdefault(place, []).append(passage)
    return tuple(_finding(document, section, passages) for section, passages in by_section.items())


def _finding(document: Document, section: SectionId | None, passages: Sequence[Passage]) -> Finding:
    citations = tuple(_citation(document, passage) for passage in passages)
    said = _rationale(passages)
    return Finding(
        id=FindingId(content_id("find", document.id, SUSPICIOUS, section, "")),
        section=section,
        position=SUSPICIOUS,
        title="Suspicious passage",
        outcome=Outcome.UNCERTAIN,
        severity=Severity.HIGH,
        rationale=said,
        citations=citations,
        votes=(RaterVote(RULE, 0, Outcome.UNCERTAIN.value, said, citations[0], counted=True),),
    )


def _citation(document: Document, passage: Passage) -> Citation:
    anchor = document.anchor(passage.span)
    hidden = "" if passage.visibility is Visibility.VISIBLE else passage.visibility.value
    return Citation(anchor.quote.exact, QuoteStatus.VERIFIED, anchor, hidden)


def _rationale(passages: Sequence[Passage]) -> str:
    reasons = dict.fromkeys(reason for passage in passages for reason in passage.reasons)
    if any(passage.is_disguised for passage in passages):
        reasons[Suspicion.DISGUISED] = None
    does = "; ".join(_DOES[each] for each in reasons)
    where = " and ".join(dict.fromkeys(_SEEN[each.visibility] for each in passages if each.visibility in _SEEN))
    return f"Words here{f', {where},' if where else ''} {does}. Read them before you rely on an AI model's answers."
