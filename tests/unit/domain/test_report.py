from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reviewer.domain.anchor import TextSpan
from reviewer.domain.answer import Answer
from reviewer.domain.check import Check
from reviewer.domain.document import DocumentWarning
from reviewer.domain.events import (
    DocumentAdded,
    DocumentChecked,
    DocumentFailed,
    DocumentFinished,
    DocumentHeader,
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
from reviewer.domain.finding import Finding, Label, Segment, Summary, SummarySentence, Synthesis, Translation
from reviewer.domain.ids import DocumentId, FindingId, RunId, SectionId, StepKey
from reviewer.domain.interaction import Interaction
from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.report import Report, fold, fold_all, sorted_for_reading
from reviewer.domain.run import Run, RunStatus
from reviewer.domain.section import Section, SectionKind
from reviewer.domain.task import Route
from reviewer.domain.usage import Usage
from reviewer.domain.workflow import EngineId, RouteMethod

NOW = datetime(2026, 1, 2, tzinfo=UTC)
RUN = Run(RunId("r"), "contract", EngineId.BUILTIN, (), None, "f", ("a.txt",), {}, NOW)
FIRST, SECOND, SECTION = DocumentId("d1"), DocumentId("d2"), SectionId("s")
PLACE = TextSpan(0, 4)
WHOLE = Section(SECTION, SectionKind.CLAUSE, "1", "Term", 1, None, PLACE, PLACE)
WARNING = DocumentWarning("hidden_text", "It holds hidden text.")
ROUTED = RoutedItem("s", SECTION, "Term", "en", Route("body", 1.0, RouteMethod.RULES, "A heading."), ("assess",))
LABEL = Label(SECTION, "Term", 0.9, "The heading.")
SUMMARY = Summary(SECTION, "", (SummarySentence("It runs.", ()),), "rule")
TRANSLATION = Translation(SECTION, "de", "en", (Segment("Dauer", "Term"),), "m")
FAILED_STEP = StepFailed(FIRST, SECTION, "assess", "m", "bad_reply", "It is not JSON.")


def finding(name: str) -> Finding:
    return Finding(FindingId(name), SECTION, "p", "P", Outcome.DEVIATES, Severity.HIGH, "Because.", (), ())


def added(document: DocumentId) -> DocumentAdded:
    header = DocumentHeader(document, f"{document}.txt", "text/plain", None, "en", "")
    return DocumentAdded(header, "contract", "msa", (WHOLE,), 1, (WARNING,))


def test_report_starts_empty_and_a_run_begins_it_anew() -> None:
    report = fold_all([RunStarted(RUN), added(FIRST), RunStarted(replace(RUN, id=RunId("r2")))])
    assert report == Report(run=replace(RUN, id=RunId("r2")))


def test_report_holds_added_documents_in_order() -> None:
    report = fold_all([RunStarted(RUN), added(SECOND), added(FIRST)])
    assert list(report.documents) == [SECOND, FIRST]
    document = report.documents[FIRST]
    assert (document.workflow, document.playbook, document.items) == ("contract", "msa", 1)
    assert (document.sections, document.warnings, document.is_finished) == ((WHOLE,), (WARNING,), False)


def test_report_collects_what_handlers_made_of_a_document() -> None:
    report = fold_all(
        [
            RunStarted(RUN),
            added(FIRST),
            added(SECOND),
            ItemRouted(FIRST, ROUTED),
            ItemHandled(FIRST, SECTION, "label", labels=(LABEL,)),
            ItemHandled(FIRST, SECTION, "assess", findings=(finding("f1"),)),
            ItemHandled(FIRST, SECTION, "rest", summaries=(SUMMARY,), translations=(TRANSLATION,)),
            FAILED_STEP,
            DocumentFinished(FIRST, (finding("f2"),)),
        ]
    )
    document = report.documents[FIRST]
    assert document.routes == (ROUTED,)
    assert document.labels == (LABEL,)
    assert [each.id for each in document.findings] == ["f1", "f2"]
    assert (document.summaries, document.translations) == ((SUMMARY,), (TRANSLATION,))
    assert document.failures == (FAILED_STEP,)
    assert document.handled == ((SECTION, "label"), (SECTION, "assess"), (SECTION, "rest"))
    assert document.is_finished
    assert not report.documents[SECOND].is_finished
    assert report.failures == ()


def test_report_keeps_failures_of_no_document_apart() -> None:
    failed_file = DocumentFailed("b.pdf", "encrypted", "It is locked.", "Unlock it.")
    failed_synthesis = replace(FAILED_STEP, document=None, section=None)
    report = fold_all([RunStarted(RUN), added(FIRST), failed_file, failed_synthesis])
    assert report.failed_files == (failed_file,)
    assert report.failures == (failed_synthesis,)
    assert report.documents[FIRST].failures == ()


def test_report_adds_up_usage() -> None:
    steps: list[RunEvent] = [
        StepDone(FIRST, SECTION, "assess", StepKey("k1"), Usage(calls=1, tokens_in=5)),
        StepDone(None, None, "synthesis", StepKey("k2"), Usage(cached=1)),
    ]
    assert fold_all([RunStarted(RUN), added(FIRST), *steps]).usage == Usage(calls=1, cached=1, tokens_in=5)


def test_report_knows_how_the_run_ended() -> None:
    synthesis = Synthesis("rule", ())
    ended = RunFinished(RunStatus.PARTIAL, NOW)
    report = fold_all([RunStarted(RUN), SynthesisMade(synthesis), ended])
    assert report.synthesis == synthesis
    assert report.ended == ended
    assert report.run == replace(RUN, status=RunStatus.PARTIAL, finished_at=NOW)


def test_report_can_end_without_a_beginning() -> None:
    assert fold(Report(), RunFinished(RunStatus.FAILED, NOW, "disk_full")).run is None


def test_report_is_a_new_one_after_every_event() -> None:
    before = fold_all([RunStarted(RUN), added(FIRST)])
    fold(before, ItemRouted(FIRST, ROUTED))
    assert before.documents[FIRST].routes == ()


@pytest.mark.parametrize("event", [ItemRouted(FIRST, ROUTED), FAILED_STEP, DocumentFinished(FIRST)])
def test_report_raises_when_a_document_is_unknown(event: RunEvent) -> None:
    with pytest.raises(KeyError):
        fold(fold_all([RunStarted(RUN)]), event)


def test_report_names_each_model_that_answered_for_another_once() -> None:
    step = StepDone(FIRST, SECTION, "assess", StepKey("k"), Usage(calls=1), "openai/gpt-4o", "gpt-3.5-turbo")
    same = replace(step, answered_by="")
    report = fold_all([RunStarted(RUN), added(FIRST), step, step, same])
    assert report.substitutes == (("openai/gpt-4o", "gpt-3.5-turbo"),)
    assert report.usage.calls == 3


def test_report_collects_answers_votes_saved_and_what_findings_mean_together() -> None:
    answer = Answer(SECTION, "facts", "extract", ())
    together = Interaction("i", "rule", "Both", "They add up.", Severity.HIGH, (FindingId("f1"), FindingId("f2")))
    check = Check("blank", Severity.MEDIUM, "1 blank is not filled in.")
    report = fold_all(
        [
            RunStarted(RUN),
            added(FIRST),
            ItemHandled(FIRST, SECTION, "facts", answers=(answer,), saved=2),
            ItemHandled(FIRST, SECTION, "assess", findings=(finding("f2"), finding("f1")), saved=1),
            DocumentChecked(FIRST, (check,)),
            InteractionsFound(FIRST, (together,)),
        ]
    )
    document = sorted_for_reading(report.documents[FIRST])
    assert (document.answers, document.saved, document.interactions) == ((answer,), 3, (together,))
    assert document.checks == (check,)
    assert len(document.findings) == 2
