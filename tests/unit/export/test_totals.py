from dataclasses import replace

from reviewer.domain.edition import Edition
from reviewer.domain.events import StepFailed
from reviewer.domain.report import Report, sorted_for_reading
from reviewer.domain.usage import Usage
from reviewer.export.markdown import MarkdownExporter
from reviewer.export.totals import sentence
from tests.fakes.reports import make_report


def used(**more: object) -> Report:
    report = make_report()
    documents = {name: replace(each, **more) for name, each in report.documents.items()}  # type: ignore[arg-type]  # fields of it
    return replace(report, documents=documents, usage=Usage(calls=12, cached=3, cost=0.5, saved=0.1))


def test_totals_tell_what_was_asked_spared_and_spent() -> None:
    failure = StepFailed(None, None, "synthesize", "openai/a", "timeout", "Too late.")
    report = replace(used(saved=8, failures=()), failures=(failure,))
    said = sentence(report, "; try again")
    assert "12 model calls, 3 steps from the workspace. 8 calls saved: the votes before had decided." in said
    assert said.endswith("saved by the prompt cache. 1 step failed; try again.")


def test_totals_count_a_finding_that_was_made_twice_once() -> None:
    (document,) = used().documents.values()
    twice = used(findings=(*document.findings, *document.findings))
    shown = len(sorted_for_reading(next(iter(twice.documents.values()))).findings)
    assert shown < 2 * len(document.findings)
    assert sentence(twice).startswith(f"1 document, {shown} finding")


def test_markdown_ends_with_the_totals() -> None:
    report = used(saved=8)
    last = MarkdownExporter().export(Edition(report)).decode().strip().splitlines()[-1]
    assert last == sentence(report)
