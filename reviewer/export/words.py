"""The plain words for states, shared by every readable format."""

from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.decision import CLAUSE_CHANGED, DismissReason, Standing, Status
from reviewer.domain.edition import Edition
from reviewer.domain.finding import Finding, RaterVote
from reviewer.domain.ids import SectionId
from reviewer.domain.outcome import Outcome
from reviewer.domain.report import DocumentReport, Report
from reviewer.domain.run import Run
from reviewer.domain.vote import VerdictStatus
from reviewer.domain.workflow import EngineId

_OUTCOMES = {
    Outcome.PREFERRED: "as wanted",
    Outcome.FALLBACK: "acceptable fallback",
    Outcome.DEVIATES: "deviates",
    Outcome.WALK_AWAY: "walk away",
    Outcome.MISSING: "missing",
    Outcome.PRESENT_ELSEWHERE: "present elsewhere",
    Outcome.INCORPORATED_UNREAD: "in a document not read",
    Outcome.NOT_APPLICABLE: "not applicable",
    Outcome.NOT_ASSESSED: "not assessed",
    Outcome.UNCERTAIN: "uncertain",
    Outcome.ERROR: "could not be assessed",
}
_REASONS = {
    DismissReason.WRONG: "the finding is wrong",
    DismissReason.NOT_OUR_POSITION: "not our position",
    DismissReason.TRIVIAL: "too small to matter",
}
_QUOTES = {
    QuoteStatus.VERIFIED: "quote: exact",
    QuoteStatus.MOVED: "quote: found elsewhere",
    QuoteStatus.NEAR: "quote: differs",
    QuoteStatus.UNVERIFIED: "quote: not in the document",
}


def engine(run: Run) -> str:
    """Who answered."""
    if run.engine is EngineId.BUILTIN:
        return "Built-in checks (no AI model)"
    return "AI models: " + ", ".join(run.models)


def outcome(finding: Finding) -> str:
    """An outcome; a fallback with its rank."""
    rank = f" {finding.fallback_rank}" if finding.outcome is Outcome.FALLBACK and finding.fallback_rank else ""
    return _OUTCOMES[finding.outcome] + rank


def quote_state(citation: Citation) -> str:
    """What the quote gate found. Never the bare word *verified*: it would read as if the finding were right."""
    return _QUOTES[citation.status]


def votes(finding: Finding) -> str:
    """*rule*, or how the votes fell: ``2 of 3 votes``; what needs a human is said."""
    if finding.support is None:
        return "rule"
    valid = [vote for vote in finding.votes if vote.counted]
    text = f"{round(finding.support * len(valid))} of {len(finding.votes)} votes"
    if abstained := sum(vote.abstained for vote in finding.votes):
        text += f", {abstained} abstained"
    if compromised := sum(vote.compromised for vote in finding.votes):
        text += f", {compromised} compromised"
    if finding.status is not VerdictStatus.DECIDED:
        text += f", {finding.status.value.replace('_', ' ')}"
    return text


def vote(given: RaterVote) -> str:
    """What one vote says, whether it counts, and who answered where another was asked."""
    said = given.outcome.replace("_", " ")
    if given.abstained:
        said += ": the model declined to answer"
    elif given.compromised:
        said += ": the reply held what the document does not; it is not shown"
    elif not given.counted:
        said += ", not counted: its quote is not in the document"
    return f"{said} (answered by {given.answered_by})" if given.answered_by else said


def substitutes(report: Report) -> tuple[str, ...]:
    """A sentence for each model that another one answered for."""
    return tuple(f"{asked} was asked, and {answered} answered." for asked, answered in report.substitutes)


def decision(standing: Standing) -> str:
    """What a person decided: ``dismissed: not our position``; empty where nobody did."""
    if standing.why_open == CLAUSE_CHANGED:
        return "open again, as the clause changed in the new version"
    if standing.status is Status.OPEN:
        return ""
    reason = f": {_REASONS[standing.reason]}" if standing.reason else ""
    return f"{standing.status.value}{reason}"


def left_out(edition: Edition) -> str:
    """What an edition does not show, in a sentence; empty where it shows everything."""
    parts = [
        f"{number(count, 'finding')} {why}"
        for count, why in ((edition.dismissed, "dismissed"), (edition.undecided, "not yet decided"))
        if count
    ]
    return f"Left out: {', '.join(parts)}." if parts else ""


def place(report: DocumentReport, section_id: SectionId | None) -> str:
    """Number and heading of a section, or *whole document*."""
    section = next((each for each in report.sections if each.id == section_id), None)
    if section is None:
        return "Whole document"
    return " ".join(part for part in (section.number, section.heading) if part) or section.kind.value.capitalize()


def number(count: int, thing: str) -> str:
    """``1 part``, ``2 parts``."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def counts(report: DocumentReport) -> str:
    """Pages, sections, language, playbook in one line."""
    header = report.document
    parts = [number(len(report.sections), "section")]
    if header.page_count:
        parts.insert(0, number(header.page_count, "page"))
    if header.language:
        parts.append(f"language {header.language}")
    if report.playbook:
        parts.append(f"playbook {report.playbook}")
    return " · ".join(parts)
