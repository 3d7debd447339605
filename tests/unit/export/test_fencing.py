"""Nothing that is not in the document leaves as if it were: every readable and every machine format says so."""

import json
import re
from dataclasses import replace

import pytest

from reviewer.cli.report_text import report_text
from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.edition import Edition
from reviewer.domain.finding import Segment, SourceCitation, Statement, Synthesis
from reviewer.domain.report import Report
from reviewer.export.json_report import JsonExporter
from reviewer.export.markdown import MarkdownExporter
from tests.fakes.reports import DOCUMENT, FEES, cited, make_report

INVENTED = "words that nobody ever wrote"
LOST = Citation(INVENTED, QuoteStatus.UNVERIFIED)
NEAR = replace(cited("liable without limit"), quote="liable without any limit", status=QuoteStatus.NEAR)
_FENCES = (
    "Not evidence",
    "without words of the document behind it",
    "not in the document",
    "quotes words that are not",
)


def with_citation(citation: Citation) -> Report:
    """A report in which every quote, everywhere, is the one given."""
    report = make_report()
    only = report.documents[DOCUMENT.id]
    findings = tuple(
        replace(
            each,
            citations=(citation,),
            votes=tuple(replace(vote, citation=citation, counted=False) for vote in each.votes),
            rationale=f"It says “{citation.quote}”.",
            misquoted=(citation.quote,),
        )
        for each in only.findings
    )
    summaries = tuple(
        replace(each, sentences=tuple(replace(sentence, citations=(citation,)) for sentence in each.sentences))
        for each in only.summaries
    )
    translations = tuple(
        replace(each, segments=tuple(Segment(citation.quote, "a translation", ("source",)) for _ in each.segments))
        for each in only.translations
    )
    changed = replace(only, findings=findings, summaries=summaries, translations=translations)
    statement = Statement("All pay late.", "agreement", (SourceCitation(DOCUMENT.id, FEES, citation),))
    return replace(report, documents={DOCUMENT.id: changed}, synthesis=Synthesis("openai/a", (statement,)))


def paragraphs(text: str) -> list[str]:
    """Wrapped lines put together again: a line that begins a thought begins a paragraph."""
    return re.split(r"\n(?=\s*(?:\n|- |> |#|\||“|vote |Not evidence|Its reason|No words|It says|Note|As wanted))", text)


def unfenced(text: str, words: str) -> list[str]:
    """The paragraphs that hold the words and do not say that the document does not; a model's own reason apart.

    The reason is the model's sentence; the finding says beneath it what it misquotes.
    """
    flat = [" ".join(each.replace("\\", "").split()) for each in paragraphs(text)]
    return [
        each
        for each in flat
        if words in each and not any(fence in each for fence in _FENCES) and not each.startswith("It says")
    ]


@pytest.mark.parametrize("citation", [LOST, NEAR], ids=["invented", "near"])
def test_readable_reports_show_no_words_as_evidence_that_are_not_in_the_document(citation: Citation) -> None:
    edition = Edition(with_citation(citation))
    markdown = MarkdownExporter().export(edition).decode()

    for text in (markdown, report_text(edition)):
        assert citation.quote in " ".join(text.split())
        assert unfenced(text, citation.quote) == []
        assert "None of the 4 quotes that models gave is in the documents" in " ".join(text.split())
        assert "No words of the document stand behind this finding" in " ".join(text.split())
    assert not [line for line in markdown.splitlines() if line.startswith("> ") and citation.quote in line]


def test_readable_reports_show_a_near_quote_as_a_difference() -> None:
    edition = Edition(with_citation(NEAR))

    for text in (MarkdownExporter().export(edition).decode(), report_text(edition)):
        assert "“liable without any limit” (Quote: differs" in " ".join(text.split())
        assert "The document says: “liable without limit”" in " ".join(text.split())


def test_json_says_of_every_quote_what_it_is() -> None:
    for citation in (LOST, NEAR):
        report = json.loads(JsonExporter().export(Edition(with_citation(citation))))
        (document,) = report["documents"]
        cited_there = [each for finding in document["findings"] for each in finding["citations"]]
        cited_there += [each for summary in document["summaries"] for each in summary["citations"]]
        cited_there += [each for statement in report["synthesis"]["statements"] for each in statement["citations"]]
        assert {each["status"] for each in cited_there} == {citation.status.value}
        assert {each["quote"] for each in cited_there} == {citation.quote}
        votes = [vote for finding in document["findings"] for vote in finding["votes"]]
        assert {(vote["quote_status"], vote["counted"]) for vote in votes} == {(citation.status.value, False)}
        assert {tuple(finding["misquoted"]) for finding in document["findings"]} == {(citation.quote,)}
        assert [each["backed"] for summary in document["summaries"] for each in summary["sentences"]] == [False] * 3
        segments = [segment for each in document["translations"] for segment in each["segments"]]
        assert [segment["checks"] for segment in segments] == [["source"]]
        assert report["quotes"]["note"].startswith("None of the 4 quotes")
        assert report["quotes"][citation.status.value] == 4


def test_json_gives_the_document_s_words_where_a_quote_differs() -> None:
    (document,) = json.loads(JsonExporter().export(Edition(with_citation(NEAR))))["documents"]
    citation = document["findings"][0]["citations"][0]

    assert citation["document_quote"] == "liable without limit"


def test_reports_whose_quotes_are_all_there_have_no_fence() -> None:
    report = make_report()
    only = report.documents[DOCUMENT.id]
    exact = tuple(
        replace(each, votes=tuple(replace(vote, citation=None) for vote in each.votes)) for each in only.findings
    )
    edition = Edition(replace(report, documents={DOCUMENT.id: replace(only, findings=exact)}))

    for text in (MarkdownExporter().export(edition).decode(), report_text(edition)):
        assert not any(fence in text for fence in ("Not evidence", "behind it", "No words", "None of the"))
