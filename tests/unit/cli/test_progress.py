import io
from dataclasses import replace

import pytest

from reviewer.cli.console import Console
from reviewer.cli.progress import Progress
from reviewer.cli.report_text import report_text
from reviewer.domain.decision import DismissReason, Standing, Status
from reviewer.domain.document import DocumentWarning
from reviewer.domain.edition import Edition
from reviewer.domain.events import DocumentFailed, RunEvent, StepFailed
from reviewer.domain.finding import RaterVote
from reviewer.domain.outcome import Outcome
from reviewer.domain.report import Report
from tests.fakes.documents import make_plan, make_playbook
from tests.fakes.models import ScriptedModel, broken
from tests.fakes.reports import DOCUMENT, make_report
from tests.fakes.running import model_team, run_plans


class Terminal(io.StringIO):
    """Standard error of a person at a terminal."""

    def isatty(self) -> bool:
        return True


def some_events() -> list[RunEvent]:
    plan = make_plan(model_team(), playbook=make_playbook())
    return run_plans([plan], ScriptedModel(lambda request: broken() if "Fees" in request.user else "[]")).events


def test_progress_is_one_changing_line_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    progress = Progress(Console(as_json=False, quiet=False))
    for event in some_events():
        progress.take(event)
    progress.end()
    shown = terminal.getvalue()
    assert "3 of 3 parts, 6 steps, 3 failed" in shown
    assert shown.count("\n") == 1
    assert shown.endswith("\r\033[K")


def test_progress_is_a_line_a_document_elsewhere(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress(Console(as_json=False, quiet=False))
    for event in some_events():
        progress.take(event)
    progress.end()
    assert capsys.readouterr().err == "Done: contract.txt\n"


def test_progress_tells_of_a_bad_file_even_to_those_who_want_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress(Console(as_json=True, quiet=True))
    progress.take(DocumentFailed("bad.pdf", "broken", "It is damaged.", ""))
    assert capsys.readouterr().err == "reviewer: broken: bad.pdf: It is damaged.\n"


def test_report_text_shows_everything_once() -> None:
    text = report_text(Edition(make_report()))
    for part in (
        "AI models: openai/a, openai/b",
        "CRITICAL Liability: walk away  [2 Liability; 2 of 3 votes]",
        "Wanted: better.",
        "Audit: missing  [Whole document; rule]",
        "As wanted:",
        "1 part in another language (de): Name a model. (--model)",
        "30 Tage  =>  60 days",
        "Failed: 3 Term, assess: Too late.",
        "All pay late. [contract.txt]",
        "2 steps failed",
    ):
        assert text.count(part) == 1, part


def test_report_text_shows_a_synthesis_that_failed() -> None:
    failure = StepFailed(None, None, "synthesize", "openai/a", "timeout", "Too late.")
    report = replace(make_report(), failures=(failure,), synthesis=None)
    assert "Failed: bringing the documents together: Too late." in report_text(Edition(report))
    assert "3 steps failed" in report_text(Edition(report))


def test_report_text_of_nothing_says_so() -> None:
    assert report_text(Edition(Report())).strip() == "0 documents, 0 findings."


def test_report_text_quotes_the_document() -> None:
    assert "  | “liable without limit” (Quote: exact, p. 1)" in report_text(Edition(make_report())).splitlines()


def test_report_text_shows_warnings_and_groups_statements() -> None:
    report = make_report()
    (only,) = report.documents.values()
    assert report.synthesis is not None
    (said,) = report.synthesis.statements
    twice = replace(report.synthesis, statements=(said, replace(said, text="All pay.")))
    warned = replace(only, warnings=(DocumentWarning("scan", "A page is a picture."),))
    text = report_text(Edition(replace(report, synthesis=twice, documents={only.document.id: warned})))
    assert "Note: A page is a picture." in text
    assert text.count("Agreement:") == 1


def test_report_text_is_as_wide_as_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert max(len(line) for line in report_text(Edition(make_report())).splitlines()) <= 70


def test_report_text_shows_decisions() -> None:
    report = make_report()
    findings = next(iter(report.documents.values())).findings
    finding = next(each for each in findings if each.outcome is not Outcome.PREFERRED)
    standing = Standing(Status.DISMISSED, DismissReason.WRONG, "See the annex.")
    lines = report_text(Edition(report, standings={finding.id: standing})).splitlines()
    assert "  Decision: dismissed: wrong" in lines
    assert "  Note: See the annex." in lines


def test_report_text_names_who_answered_and_who_abstained() -> None:
    report = make_report()
    only = report.documents[DOCUMENT.id]
    voted = next(each for each in only.findings if each.support is not None)
    declined = RaterVote("openai/c", 0, "abstained", "", None, counted=False)
    told = replace(voted, votes=(*voted.votes, declined))
    documents = {DOCUMENT.id: replace(only, findings=(told,))}
    text = report_text(Edition(replace(report, documents=documents, substitutes=(("openai/a", "tiny-1b"),))))

    assert "Note: openai/a was asked, and tiny-1b answered." in text
    assert "1 abstained" in text
    assert "openai/c: abstained: the model declined to answer." in text
