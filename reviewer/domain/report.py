"""The report of a run: its events, folded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias, assert_never

from reviewer.domain.answer import Answer
from reviewer.domain.check import Check
from reviewer.domain.document import DocumentWarning
from reviewer.domain.duplicates import without_duplicates
from reviewer.domain.events import (
    DocumentAdded,
    DocumentChecked,
    DocumentFailed,
    DocumentFinished,
    DocumentHeader,
    DocumentRead,
    DocumentRedacted,
    InteractionsFound,
    ItemHandled,
    ItemRouted,
    RoutedItem,
    RunEvent,
    RunFinished,
    RunStarted,
    StepDone,
    StepFailed,
    SynthesisMade,
)
from reviewer.domain.finding import Finding, Label, Summary, Synthesis, Translation
from reviewer.domain.footing import NO_FOOTING, Footing
from reviewer.domain.ids import DocumentId, SectionId
from reviewer.domain.interaction import Interaction
from reviewer.domain.particular import Obligation, Particular
from reviewer.domain.run import Run
from reviewer.domain.section import Section
from reviewer.domain.usage import Usage
from reviewer.domain.vote import COMPROMISED
from reviewer.domain.workflow import Output

_STEPS = {
    "aggregate": "counting the votes",
    "checks": "checking by rules",
    "interactions": "what findings mean together",
    "judge": "comparing the answers",
    "particulars": "reading dates, sums and duties",
    "route": "sorting",
    "synthesize": "bringing the documents together",
}
"""Steps that no workflow file names."""


def step_words(step: str) -> str:
    """What was done, by the id of a handler or of a step that no file names."""
    return _STEPS.get(step) or step.replace("_", " ").replace("-", " ")


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What was found in one document. Results are in the order they came; `sorted_for_reading` orders them.

    Attributes:
        redacted: how much of it models got as placeholders; None where all raters got it as it is.
        handled: section and handler of every item whose votes are all in, whether anything came of them or not.
        saved: votes that the workflow allows and that were not needed.
        outputs: what the workflow wants shown besides results.
        titles: how its handlers are called, by their ids, where its file says.
        footing: what the document was held against.
    """

    document: DocumentHeader
    workflow: str
    playbook: str
    sections: tuple[Section, ...]
    items: int
    warnings: tuple[DocumentWarning, ...] = ()
    routes: tuple[RoutedItem, ...] = ()
    labels: tuple[Label, ...] = ()
    findings: tuple[Finding, ...] = ()
    summaries: tuple[Summary, ...] = ()
    translations: tuple[Translation, ...] = ()
    failures: tuple[StepFailed, ...] = ()
    handled: tuple[tuple[SectionId | None, str], ...] = ()
    is_finished: bool = False
    answers: tuple[Answer, ...] = ()
    interactions: tuple[Interaction, ...] = ()
    checks: tuple[Check, ...] = ()
    saved: int = 0
    redacted: DocumentRedacted | None = None
    outputs: tuple[Output, ...] = ()
    particulars: tuple[Particular, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    footing: Footing = NO_FOOTING

    def called(self, handler: str) -> str:
        """A handler as people read it: its title, else its id in words; each after the one that it works for."""
        path = handler.split("/")
        ids = ["/".join(path[: depth + 1]) for depth in range(len(path))]
        return ": ".join(self.titles.get(each) or step_words(last) for each, last in zip(ids, path, strict=True))


@dataclass(frozen=True, slots=True)
class Report:
    """What a run found so far.

    Attributes:
        failed_files: files that could not be read.
        failures: steps about no single document that failed.
        substitutes: which model was asked and which other one answered, each pair once.
        ended: the last event of a run that has ended, else None.
        versions: of the program that made it and of what it needs, by name; empty where it was not noted.
    """

    run: Run | None = None
    documents: dict[DocumentId, DocumentReport] = field(default_factory=dict)
    failed_files: tuple[DocumentFailed, ...] = ()
    failures: tuple[StepFailed, ...] = ()
    synthesis: Synthesis | None = None
    usage: Usage = field(default_factory=Usage)
    ended: RunFinished | None = None
    substitutes: tuple[tuple[str, str], ...] = ()
    versions: tuple[tuple[str, str], ...] = ()

    @property
    def compromised(self) -> int:
        """How many replies were set aside because they held what they had not been given."""
        every = [*self.failures, *(each for document in self.documents.values() for each in document.failures)]
        return sum(failure.code == COMPROMISED for failure in every)


def fold_all(events: Iterable[RunEvent]) -> Report:
    """The report that a whole sequence of events adds up to."""
    report = Report()
    for event in events:
        report = fold(report, event)
    return report


def fold(report: Report, event: RunEvent) -> Report:
    """The report after one more event. Events of unknown documents are a defect and raise KeyError."""
    match event:
        case RunStarted():
            return Report(run=event.run, versions=event.versions)
        case DocumentAdded():
            header = event.document
            added = DocumentReport(
                header,
                event.workflow,
                event.playbook,
                event.sections,
                event.items,
                event.warnings,
                findings=event.findings,
                outputs=event.outputs,
                titles=event.titles,
                footing=event.footing,
            )
            return replace(report, documents={**report.documents, header.id: added})
        case DocumentFailed():
            return replace(report, failed_files=(*report.failed_files, event))
        case StepDone():
            return _fold_step(report, event)
        case SynthesisMade():
            return replace(report, synthesis=event.synthesis)
        case RunFinished():
            run = report.run and replace(report.run, status=event.status, finished_at=event.finished_at)
            return replace(report, run=run, ended=event)
        case (
            ItemRouted()
            | DocumentRedacted()
            | ItemHandled()
            | DocumentChecked()
            | DocumentRead()
            | DocumentFinished()
            | InteractionsFound()
        ):
            return _fold_into(report, event.document, event)
        case StepFailed():
            return _fold_failure(report, event)
        case _:
            assert_never(event)


def _fold_step(report: Report, event: StepDone) -> Report:
    usage, pair = report.usage + event.usage, (event.rater, event.answered_by)
    if not event.answered_by or pair in report.substitutes:
        return replace(report, usage=usage)
    return replace(report, usage=usage, substitutes=tuple(sorted((*report.substitutes, pair))))


_OfDocument: TypeAlias = (
    ItemRouted
    | DocumentRedacted
    | StepFailed
    | ItemHandled
    | DocumentChecked
    | DocumentRead
    | DocumentFinished
    | InteractionsFound
)


def _fold_failure(report: Report, event: StepFailed) -> Report:
    report = replace(report, usage=report.usage + event.usage)
    if event.document is None:
        return replace(report, failures=(*report.failures, event))
    return _fold_into(report, event.document, event)


def _fold_into(report: Report, document: DocumentId, event: _OfDocument) -> Report:
    changed = _fold_document(report.documents[document], event)
    return replace(report, documents={**report.documents, document: changed})


def _fold_document(document: DocumentReport, event: _OfDocument) -> DocumentReport:
    match event:
        case ItemRouted():
            return replace(document, routes=(*document.routes, event.routed))
        case DocumentRedacted():
            return replace(document, redacted=event)
        case DocumentChecked():
            return replace(document, checks=document.checks + event.checks)
        case DocumentRead():
            read = document.particulars + event.particulars, document.obligations + event.obligations
            return replace(document, particulars=read[0], obligations=read[1])
        case StepFailed():
            return replace(document, failures=(*document.failures, event))
        case ItemHandled():
            return replace(
                document,
                labels=document.labels + event.labels,
                findings=document.findings + event.findings,
                summaries=document.summaries + event.summaries,
                translations=document.translations + event.translations,
                answers=document.answers + event.answers,
                handled=(*document.handled, (event.section, event.handler)),
                saved=document.saved + event.saved,
            )
        case InteractionsFound():
            return replace(document, interactions=document.interactions + event.interactions)
        case DocumentFinished():
            return replace(document, findings=document.findings + event.findings, is_finished=True)
        case _:
            assert_never(event)


def sorted_for_reading(report: DocumentReport) -> DocumentReport:
    """The same results in the order of reading, whatever order they came in.

    A finding that was made twice of the same words stands once. Suspicious passages come first, then the worst
    findings, then as the document reads; of one severity, what stands nowhere comes last. All else comes as the
    document reads, what is about the whole of it first. Where two handlers were asked the same, their words decide.
    """
    place: dict[SectionId | None, int] = {section.id: index for index, section in enumerate(report.sections)}
    last = len(place)
    return replace(
        report,
        routes=tuple(sorted(report.routes, key=lambda each: place.get(each.section, -1))),
        labels=tuple(
            sorted(report.labels, key=lambda each: (place[each.section], each.label, -each.confidence, each.reason))
        ),
        findings=without_duplicates(
            sorted(
                report.findings,
                key=lambda each: (each.rank, place.get(each.section, last), each.position, each.id, each.rationale),
            )
        ),
        summaries=tuple(
            sorted(
                report.summaries,
                key=lambda each: (
                    place.get(each.section, -1),
                    each.facet,
                    each.rater,
                    [one.text for one in each.sentences],
                ),
            )
        ),
        translations=tuple(
            sorted(
                report.translations,
                key=lambda each: (place.get(each.section, -1), each.rater, [one.target for one in each.segments]),
            )
        ),
        answers=tuple(
            sorted(report.answers, key=lambda each: (place.get(each.section, -1), each.handler, each.number))
        ),
        failures=tuple(
            sorted(
                report.failures,
                key=lambda each: (place.get(each.section, -1), each.handler, each.rater, each.code, each.message),
            )
        ),
        handled=tuple(sorted(report.handled, key=lambda each: (place.get(each[0], -1), each[1]))),
    )
