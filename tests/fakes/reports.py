"""A report with one of everything, its results in no order."""

from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.events import RoutedItem, StepFailed
from reviewer.domain.finding import (
    Finding,
    Label,
    RaterVote,
    Segment,
    SourceCitation,
    Statement,
    Summary,
    SummarySentence,
    Synthesis,
    Translation,
    TranslationState,
)
from reviewer.domain.ids import FindingId, RunId, SectionId
from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.report import DocumentReport, Report
from reviewer.domain.run import Run, RunStatus
from reviewer.domain.task import Route
from reviewer.domain.usage import Usage
from reviewer.domain.vote import RULE, VerdictStatus
from reviewer.domain.workflow import EngineId, RouteMethod
from reviewer.engine.plan import header
from tests.fakes.clock import START
from tests.fakes.documents import CLAUSES, make_document, make_sections, paged

DOCUMENT = paged(make_document())
SECTIONS = make_sections(CLAUSES)
FEES, LIABILITY, TERM = (section.id for section in SECTIONS)


def cited(quote: str) -> Citation:
    """Words of the document, at their place."""
    from reviewer.domain.anchor import TextSpan

    start = DOCUMENT.text.index(quote)
    return Citation(quote, QuoteStatus.VERIFIED, DOCUMENT.anchor(TextSpan(start, start + len(quote))))


def make_finding(
    position: str, outcome: Outcome, severity: Severity, section: SectionId | None, *, voted: bool = False
) -> Finding:
    """By rule, or by two votes of three."""
    citation = cited("liable without limit")
    votes = [RaterVote(RULE, 0, outcome.value, "By rule.", None, counted=True)]
    if voted:
        made_up = Citation("made up words", QuoteStatus.UNVERIFIED)
        votes = [
            RaterVote("openai/a", 0, outcome.value, "I see it.", citation, counted=True),
            RaterVote("openai/a", 1, outcome.value, "So do I.", citation, counted=True),
            RaterVote("openai/b", 0, "preferred", "Not I.", made_up, counted=False),
        ]
    return Finding(
        id=FindingId(f"find-{position}-{section}"),
        section=section,
        position=position,
        title=position.capitalize(),
        outcome=outcome,
        severity=severity,
        rationale=f"The {position} is {outcome.value}.",
        citations=(citation,) if section else (),
        votes=tuple(votes),
        status=VerdictStatus.DECIDED,
        support=1.0 if voted else None,
        agreement=1.0 if voted else None,
        fallback_rank=2 if outcome is Outcome.FALLBACK else 0,
        suggestion="Better words." if outcome is Outcome.WALK_AWAY else "",
        gap="Wanted: better." if outcome is Outcome.WALK_AWAY else "",
        searched=("3 parts of the document", "headings") if outcome is Outcome.MISSING else (),
        approver="Head of Legal" if outcome is Outcome.WALK_AWAY else "",
    )


def make_report() -> Report:
    """One contract with findings, labels, summaries, translations, a failure and a synthesis."""
    sentence = SummarySentence("Thirty days.", (cited("within 30 days"),))
    routes = [
        RoutedItem(section, section, "text", "en", Route("main", 0.95, RouteMethod.RULES, "A clause."), ("assess",))
        for section in (LIABILITY, FEES)
    ]
    left = RoutedItem(TERM, TERM, "text", "", Route("skip", 0.95, RouteMethod.RULES, "A signature."))
    report = DocumentReport(
        header(DOCUMENT),
        "flow",
        "book",
        SECTIONS,
        3,
        routes=(left, *routes),
        labels=(Label(LIABILITY, "Cap on Liability", 0.9, "Its heading."), Label(FEES, "Payment", 0.8, "Its heading.")),
        findings=(
            make_finding("term", Outcome.PREFERRED, Severity.INFO, FEES),
            make_finding("audit", Outcome.MISSING, Severity.HIGH, None),
            make_finding("fees", Outcome.FALLBACK, Severity.HIGH, FEES),
            make_finding("liability", Outcome.WALK_AWAY, Severity.CRITICAL, LIABILITY, voted=True),
        ),
        summaries=(
            Summary(LIABILITY, "", (sentence,), RULE),
            Summary(FEES, "result", (sentence,), RULE),
            Summary(None, "", (sentence,), "openai/a"),
        ),
        translations=(
            Translation(TERM, "de", "en", (), RULE, TranslationState.NEEDS_MODEL, "Name a model."),
            Translation(FEES, "de", "en", (Segment("30 Tage", "60 days", ("numbers",)),), "openai/a"),
        ),
        failures=(
            StepFailed(DOCUMENT.id, TERM, "assess", "openai/b", "timeout", "Too late."),
            StepFailed(DOCUMENT.id, FEES, "assess", "openai/a", "timeout", "Too late."),
        ),
    )
    run = Run(RunId("run-0123456789abcdef"), "flow", EngineId.LLM, ("openai/a", "openai/b"), 2, "f", (), {}, START)
    statement = Statement("All pay late.", "agreement", (SourceCitation(DOCUMENT.id, FEES, cited("within 30 days")),))
    return Report(
        run,
        {DOCUMENT.id: report},
        synthesis=Synthesis("openai/a", (statement,)),
        usage=Usage(calls=6, tokens_in=60, tokens_out=30),
    )


def with_status(report: Report, status: RunStatus) -> Report:
    """The same report of a run that ended so."""
    from dataclasses import replace

    assert report.run is not None
    return replace(report, run=replace(report.run, status=status))
