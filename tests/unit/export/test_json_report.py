import json
from dataclasses import replace
from typing import Any

import pytest

from reviewer.domain.anchor import Anchor, Box, TextQuote, TextSpan
from reviewer.domain.check import Check
from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.decision import DismissReason, Standing, Status
from reviewer.domain.document import Block, Cell, Visibility
from reviewer.domain.edition import Edition
from reviewer.domain.events import DocumentFailed, StepFailed
from reviewer.domain.finding import WordEdit
from reviewer.domain.ids import SectionId
from reviewer.domain.outcome import Friction, Severity
from reviewer.domain.report import Report
from reviewer.domain.section import Section, SectionKind
from reviewer.export.json_documents import cell_json, citation_json, document_json, quote_json, section_list_json
from reviewer.export.json_report import JsonExporter, report_json, run_json
from tests.fakes.documents import make_document, make_sections
from tests.fakes.reports import DOCUMENT, make_report

# The names of the interface, as its page gives them.
RUN = {"id", "workflow", "engine", "models", "votes", "started_at", "finished_at", "status"}
DOCUMENT_KEYS = {
    "document", "sections", "routes", "labels", "findings", "obligations", "coverage", "not_read", "summaries",
    "translations", "extractions", "checks", "failures",
}  # fmt: skip
HEADER = {"id", "name", "media_type", "page_count", "language", "title"}
SECTION = {"id", "kind", "number", "heading", "level", "parent", "start", "end", "text", "own_start", "own_end"}
ROUTE = {"item", "text", "language", "route", "confidence", "method", "reason"}
FINDING = {
    "id", "section", "position", "outcome", "fallback_rank", "severity", "title", "rationale", "citations", "support",
    "agreement", "status", "votes", "suggestion", "gap", "searched", "approver", "decision",
}  # fmt: skip
CITATION = {"start", "end", "quote", "page", "boxes", "status"}
VOTE = {"rater", "outcome", "rationale", "quote", "quote_status"}
USAGE = {"calls", "cached", "retries", "tokens_in", "tokens_out", "cost"}


@pytest.fixture
def shown() -> dict[str, Any]:
    exported = JsonExporter().export(Edition(make_report(), {DOCUMENT.id: DOCUMENT}))
    value: dict[str, Any] = json.loads(exported)
    return value


def test_report_has_every_key_of_the_interface(shown: dict[str, Any]) -> None:
    assert shown["schema"] == "reviewer.report/1"
    assert set(shown) >= {"run", "documents", "synthesis", "usage"}
    assert set(shown["run"]) >= RUN
    assert set(shown["usage"]) >= USAGE
    (document,) = shown["documents"]
    assert set(document) >= DOCUMENT_KEYS
    assert set(document["document"]) >= HEADER


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("sections", SECTION),
        ("routes", ROUTE),
        ("labels", {"section", "label", "title", "confidence", "reason"}),
        ("findings", FINDING),
        ("summaries", {"section", "text", "citations"}),
        ("translations", {"section", "source_language", "target_language", "segments"}),
        ("failures", {"section", "step", "code", "message"}),
    ],
)
def test_report_parts_have_every_key_of_the_interface(shown: dict[str, Any], name: str, keys: set[str]) -> None:
    parts = shown["documents"][0][name]
    assert parts
    assert all(set(part) >= keys for part in parts)


def test_report_citations_votes_and_segments_have_every_key(shown: dict[str, Any]) -> None:
    document = shown["documents"][0]
    findings = document["findings"]
    assert all(set(each) >= CITATION for finding in findings for each in finding["citations"])
    assert all(set(each) >= VOTE for finding in findings for each in finding["votes"])
    segments = [each for part in document["translations"] for each in part["segments"]]
    assert segments
    assert all(set(each) >= {"source", "target", "checks"} for each in segments)
    assert document["not_read"] == [{"section": "s3", "reason": "A signature."}]
    assert document["coverage"] == {"items": 3, "routed": 3, "analysed": 2}


def test_report_is_in_reading_order_whatever_came_first(shown: dict[str, Any]) -> None:
    document = shown["documents"][0]
    assert [each["severity"] for each in document["findings"]] == ["critical", "high", "high", "info"]
    assert [each["section"] for each in document["findings"]] == ["s2", "s1", None, "s1"]
    assert [each["item"] for each in document["routes"]] == ["s1", "s2", "s3"]
    assert [each["section"] for each in document["summaries"]] == [None, "s1", "s2"]
    report = make_report()
    only = report.documents[DOCUMENT.id]
    turned = replace(
        only,
        **{name: tuple(reversed(getattr(only, name))) for name in ("routes", "labels", "summaries", "failures")},
    )
    assert report_json(
        Edition(replace(report, documents={DOCUMENT.id: turned}), {DOCUMENT.id: DOCUMENT})
    ) == report_json(Edition(report, {DOCUMENT.id: DOCUMENT}))


def test_rule_findings_have_no_support_and_say_rule(shown: dict[str, Any]) -> None:
    by = {each["position"]: (each["by"], each["support"]) for each in shown["documents"][0]["findings"]}
    assert by["audit"] == ("rule", None)
    assert by["liability"][0] == "votes"


def test_finding_carries_what_was_decided_about_it() -> None:
    report = make_report()
    first, second, *_ = report.documents[DOCUMENT.id].findings
    standings = {
        first.id: Standing(Status.DISMISSED, DismissReason.NOT_OUR_POSITION, "Ask sales."),
        second.id: Standing(note="Later."),
    }
    (document,) = report_json(Edition(report, standings=standings))["documents"]
    decisions = {each["id"]: each["decision"] for each in document["findings"]}
    dismissed = {"status": "dismissed", "reason": "not_our_position", "note": "Ask sales.", "why_open": None}
    assert decisions.pop(first.id) == dismissed
    assert decisions.pop(second.id) == {"status": "open", "reason": None, "note": "Later.", "why_open": None}
    assert set(decisions.values()) == {None}


def test_report_holds_what_the_rules_found() -> None:
    report = make_report()
    check = Check("blank", Severity.MEDIUM, "1 blank is not filled in.", (citation(QuoteStatus.VERIFIED),))
    documents = {key: replace(each, checks=(check,)) for key, each in report.documents.items()}
    exported = report_json(Edition(replace(report, documents=documents), {DOCUMENT.id: DOCUMENT}))
    (found,) = exported["documents"][0]["checks"]
    assert (found["rule"], found["severity"], found["message"]) == ("blank", "medium", "1 blank is not filled in.")
    assert found["citations"][0]["status"] == "verified"


def test_report_says_what_parts_are_never_made(shown: dict[str, Any]) -> None:
    assert shown["not_produced"] == []


def test_report_lists_files_and_steps_that_failed() -> None:
    report = replace(
        make_report(),
        failed_files=(DocumentFailed("bad.pdf", "broken", "It is damaged.", "Save it again."),),
        failures=(StepFailed(None, None, "synthesize", "rule", "internal_error", "It failed."),),
    )
    value = report_json(Edition(report, {DOCUMENT.id: DOCUMENT}))
    assert value["failed"] == [
        {"name": "bad.pdf", "code": "broken", "message": "It is damaged.", "hint": "Save it again."}
    ]
    assert value["failures"][0]["step"] == "synthesize"


def test_synthesis_names_the_document_of_each_citation(shown: dict[str, Any]) -> None:
    (statement,) = shown["synthesis"]["statements"]
    assert statement["citations"][0]["document"] == DOCUMENT.id
    assert set(statement["citations"][0]) >= CITATION | {"section"}


def test_synthesis_is_empty_without_one() -> None:
    assert report_json(Edition(Report())) | {"usage": None} == {
        "schema": "reviewer.report/1",
        "run": None,
        "documents": [],
        "failed": [],
        "failures": [],
        "quotes": {"verified": 0, "moved": 0, "near": 0, "unverified": 0, "note": None},
        "synthesis": {"by": None, "statements": []},
        "shelf": {
            "documents": 0,
            "unread_files": 0,
            "findings": {},
            "undecided": 0,
            "interactions": 0,
            "coverage": {"parts": 0, "analysed": 0},
            "not_read": [],
            "common": [],
        },
        "panel": None,
        "not_produced": [],
        "left_out": {"dismissed": 0, "undecided": 0},
        "usage": None,
    }


def test_report_can_be_written_though_a_document_is_gone() -> None:
    (document,) = report_json(Edition(make_report()))["documents"]
    assert {each["text"] for each in document["sections"]} == {None}
    assert document["findings"]


def test_export_is_utf8_even_with_half_a_character_pair() -> None:
    report = make_report()
    only = report.documents[DOCUMENT.id]
    header = replace(only.document, title="broken \ud800 title")
    changed = replace(report, documents={DOCUMENT.id: replace(only, document=header)})
    data = JsonExporter().export(Edition(changed, {DOCUMENT.id: DOCUMENT}))
    assert json.loads(data.decode("utf-8"))["documents"][0]["document"]["title"] == "broken \ud800 title"


def test_run_gives_times_with_their_zone() -> None:
    run = make_report().run
    assert run is not None
    value = run_json(run)
    assert value["started_at"] == "2026-01-02T03:04:05+00:00"
    assert value["engine_name"] == "AI models"


def citation(status: QuoteStatus) -> Citation:
    anchor = Anchor(TextSpan(2, 6), TextQuote("fees"), 1, (Box(1.0, 2.0, 3.14159, 4.0),))
    return Citation("Fees", status, None if status is QuoteStatus.UNVERIFIED else anchor)


def test_citation_quotes_the_document_itself() -> None:
    value = citation_json(citation(QuoteStatus.VERIFIED))
    assert (value["quote"], value["start"], value["end"], value["page"]) == ("fees", 2, 6, 1)
    assert value["boxes"] == [[1.0, 2.0, 3.14, 4.0]]


def test_near_citation_quotes_what_was_said() -> None:
    assert citation_json(citation(QuoteStatus.NEAR))["quote"] == "Fees"


def test_unverified_citation_has_no_place() -> None:
    value = citation_json(citation(QuoteStatus.UNVERIFIED))
    assert (value["start"], value["page"], value["boxes"], value["status"]) == (None, None, [], "unverified")


def test_quote_says_where_it_stands() -> None:
    assert quote_json("Fees", citation(QuoteStatus.MOVED)) == {
        "quote": "Fees",
        "status": "moved",
        "start": 2,
        "end": 6,
        "page": 1,
    }


def test_document_has_its_blocks_and_text() -> None:
    from reviewer.engine.plan import header

    document = make_document("one\ntwo\n")
    value = document_json(document, header(document))
    assert value["text"] == "one\ntwo\n"
    assert [value["text"][each["start"] : each["end"]] for each in value["blocks"]] == ["one", "two"]
    names = {"start", "end", "kind", "page", "box", "number", "level", "visibility", "author", "locator", "cell"}
    assert set(value["blocks"][0]) == names
    assert value["blocks"][0]["cell"] is None
    assert value["document"]["title"] is None


def test_a_cell_is_told_with_the_words_of_its_headings() -> None:
    cell = Cell(1, 2, 2, row_headings=(TextSpan(5, 9),), column_headings=(TextSpan(0, 4),))
    assert cell_json(cell, "time\nS 1\n\n") == {
        "table": 1,
        "row": 2,
        "column": 2,
        "columns": 1,
        "row_headings": ["S 1"],
        "column_headings": ["time"],
    }


def test_section_text_is_that_of_its_span() -> None:
    document = make_document()
    sections = make_sections([document.text])
    assert section_list_json(sections, document)[0]["text"] == document.text


def test_references_say_what_they_name() -> None:
    pieces = [
        ("Smith, J. (2020). A title. https://doi.org/10.1000/", Visibility.VISIBLE),
        ("Roe, R. (2024). The article itself. https://doi.org/10.1000/foot. 7", Visibility.FOOTER),
        ("2013.11", Visibility.VISIBLE),
    ]
    text, blocks = "", []
    for words, visibility in pieces:
        blocks.append(Block(TextSpan(len(text), len(text) + len(words)), visibility=visibility))
        text += words + "\n\n"
    document = replace(make_document(), text=text, blocks=tuple(blocks))
    span = TextSpan(0, len(text))
    section = Section(SectionId("r"), SectionKind.REFERENCE, "", "", 2, None, span, span)
    named = {"doi": "10.1000/2013.11", "year": 2020, "authors": ["Smith, J."]}
    assert section_list_json([section], document)[0]["reference"] == named
    assert "reference" not in section_list_json([section], None)[0]
    assert "reference" not in section_list_json([replace(section, kind=SectionKind.SECTION)], document)[0]


def test_report_names_models_that_answered_for_others_only_where_one_did() -> None:
    report = make_report()
    assert "answered_by" not in report_json(Edition(report))
    told = report_json(Edition(replace(report, substitutes=(("openai/gpt-4o", "gpt-3.5-turbo"),))))
    assert told["answered_by"] == [{"asked": "openai/gpt-4o", "answered": "gpt-3.5-turbo"}]


def test_vote_names_who_answered_only_where_it_is_another_model() -> None:
    report = make_report()
    only = report.documents[DOCUMENT.id]
    voted = next(each for each in only.findings if each.support is not None)
    other = replace(voted, votes=(replace(voted.votes[0], answered_by="gpt-3.5-turbo"), *voted.votes[1:]))
    changed = replace(report, documents={DOCUMENT.id: replace(only, findings=(other,))})
    votes = report_json(Edition(changed))["documents"][0]["findings"][0]["votes"]
    assert [each.get("answered_by") for each in votes] == ["gpt-3.5-turbo", None, None]
    assert "answered_by" not in votes[1]


def test_finding_names_the_least_change_with_its_place() -> None:
    report = make_report()
    only = report.documents[DOCUMENT.id]
    at = only.findings[0].citations[0]
    changed = replace(only.findings[0], edit=WordEdit(at, "30 days"), if_refused="45 days.", friction=Friction.SLOWS)
    report = replace(report, documents={DOCUMENT.id: replace(only, findings=(changed,))})
    finding = json.loads(JsonExporter().export(Edition(report, {DOCUMENT.id: DOCUMENT})))["documents"][0]["findings"][0]
    assert (finding["if_refused"], finding["friction"]) == ("45 days.", "slows")
    assert (finding["edit"]["quote"], finding["edit"]["instead"]) == (at.quote, "30 days")
    assert finding["edit"]["start"] == finding["citations"][0]["start"]
