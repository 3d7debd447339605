"""The report as ``reviewer.report/1``."""

import json
from datetime import datetime
from typing import Any

from reviewer.domain.decision import OPEN, Standing
from reviewer.domain.document import Document
from reviewer.domain.edition import Edition
from reviewer.domain.events import StepFailed
from reviewer.domain.finding import Finding, RaterVote, Summary, Synthesis, Translation
from reviewer.domain.independence import independence_of, questions_of
from reviewer.domain.inert import inert_json
from reviewer.domain.interaction import Interaction
from reviewer.domain.quote_tally import tally
from reviewer.domain.report import DocumentReport, Report, sorted_for_reading, step_words
from reviewer.domain.run import Run
from reviewer.domain.shelf_report import shelf_report
from reviewer.domain.vote import RULE
from reviewer.domain.workflow import EngineId
from reviewer.export import panel_words, words
from reviewer.export.json_answers import answer_json, extractions_json
from reviewer.export.json_documents import (
    check_json,
    citation_json,
    document_header,
    label_json,
    route_json,
    section_list_json,
)
from reviewer.export.particular_words import obligation_json, particular_json

ENGINE_NAMES = {EngineId.BUILTIN: "Built-in checks (no AI model)", EngineId.LLM: "AI models"}
NOT_PRODUCED: tuple[str, ...] = ()
"""Parts of the schema that this version does not make; their lists are empty for that reason alone."""


class JsonExporter:
    """The whole report as JSON."""

    format = "json"
    suffix = ".json"

    def export(self, edition: Edition) -> bytes:
        """UTF-8, indented, with a final line break."""
        text = inert_json(json.dumps(report_json(edition), ensure_ascii=False, indent=1)) + "\n"
        return text.encode("utf-8", "backslashreplace")  # half a character pair becomes its JSON escape


def report_json(edition: Edition) -> dict[str, Any]:
    """The report as plain values, in reading order. A section's text is None where its document is no longer kept."""
    report = edition.report
    usage = report.usage
    return {
        "schema": "reviewer.report/1",
        "run": run_json(report.run) if report.run else None,
        "documents": [
            _document(sorted_for_reading(each), edition.documents.get(key), edition)
            for key, each in report.documents.items()
        ],
        "failed": [
            {"name": each.name, "code": each.code, "message": each.message, "hint": each.hint}
            for each in report.failed_files
        ],
        "failures": [_failure(each, step_words(each.handler)) for each in report.failures],
        **_substitutes(report),
        "quotes": _quotes(report),
        "synthesis": _synthesis(report.synthesis),
        "shelf": _shelf(report),
        "panel": _panel(report),
        "not_produced": list(NOT_PRODUCED),
        "left_out": {"dismissed": edition.dismissed, "undecided": edition.undecided},
        "usage": {
            "calls": usage.calls,
            "cached": usage.cached,
            "retries": usage.retries,
            "tokens_in": usage.tokens_in,
            "tokens_out": usage.tokens_out,
            "tokens_cached": usage.tokens_cached,
            "cost": usage.cost,
            "saved": usage.saved,
            "votes_saved": sum(each.saved for each in report.documents.values()),
        },
    }


def _quotes(report: Report) -> dict[str, Any]:
    """Quotes by what the quote gate found; ``note`` says so in a sentence where some are no evidence."""
    counted = tally(report)
    return {
        "verified": counted.verified,
        "moved": counted.moved,
        "near": counted.near,
        "unverified": counted.unverified,
        "note": words.quotes_notice(report) or None,
    }


def _shelf(report: Report) -> dict[str, Any]:
    """What all documents come to together."""
    found = shelf_report(report)
    return {
        "documents": found.documents,
        "unread_files": found.unread,
        "findings": {severity.value: count for severity, count in found.findings.items()},
        "undecided": found.undecided,
        "interactions": found.interactions,
        "coverage": {"parts": found.parts, "analysed": found.analysed},
        "not_read": [{"reason": reason, "count": count} for reason, count in found.not_read.items()],
        "common": [{"title": title, "documents": count} for title, count in found.common.items()],
    }


def _panel(report: Report) -> dict[str, Any] | None:
    """How the votes agree, and how many independent ones they are worth; None where nothing was voted on."""
    found = independence_of(questions_of(report))
    if found is None:
        return None
    return {
        "models": list(found.raters),
        "votes": found.votes,
        "agreement_within": found.within,
        "agreement_between": found.between,
        "effective_votes": found.effective,
        "message": panel_words.independence(report),
    }


def _substitutes(report: Report) -> dict[str, Any]:
    """Which models answered for others; absent where none did."""
    found = [{"asked": asked, "answered": answered} for asked, answered in report.substitutes]
    return {"answered_by": found} if found else {}


def _redacted(report: DocumentReport) -> dict[str, Any]:
    """How much models got placeholders for; absent where they got the document as it is."""
    said = report.redacted
    if said is None:
        return {}
    return {"redacted": {"models": list(said.raters), "places": {kind.lower(): count for kind, count in said.places}}}


def run_json(run: Run) -> dict[str, Any]:
    """A run as lists and reports show it."""
    return {
        "id": run.id,
        "workflow": run.workflow,
        "engine": run.engine.value,
        "engine_name": ENGINE_NAMES[run.engine],
        "models": list(run.models),
        "votes": run.votes,
        "started_at": _time(run.started_at),
        "finished_at": _time(run.finished_at),
        "status": run.status.value,
    }


def _time(value: datetime | None) -> str | None:
    return value.isoformat(timespec="seconds") if value else None


def _document(report: DocumentReport, document: Document | None, edition: Edition) -> dict[str, Any]:
    handled = [routed for routed in report.routes if routed.handlers]
    left = [routed for routed in report.routes if not routed.handlers]
    return {
        "document": document_header(report.document),
        "workflow": report.workflow,
        "playbook": report.playbook or None,
        "warnings": [{"code": each.code, "message": each.message, "page": each.page} for each in report.warnings],
        **_redacted(report),
        "sections": section_list_json(report.sections, document),
        "routes": [route_json(routed) for routed in report.routes],
        "labels": [label_json(each) for each in report.labels],
        "findings": [_finding(each, edition.standing(each)) for each in report.findings],
        "interactions": [_interaction(each) for each in report.interactions],
        "obligations": [obligation_json(each) for each in report.obligations],
        "coverage": {"items": report.items, "routed": len(report.routes), "analysed": len(handled)},
        "not_read": [{"section": each.section, "reason": each.route.reason} for each in left],
        "summaries": [_summary(each) for each in report.summaries],
        "translations": [_translation(each) for each in report.translations],
        "answers": [answer_json(report, each) for each in report.answers],
        "extractions": [
            *(one for each in report.answers for one in extractions_json(each)),
            *(particular_json(each) for each in report.particulars),
        ],
        "checks": [check_json(each) for each in report.checks],
        "failures": [_failure(each, report.called(each.handler)) for each in report.failures],
    }


def _finding(finding: Finding, standing: Standing) -> dict[str, Any]:
    return {
        "id": finding.id,
        "section": finding.section,
        "position": finding.position,
        "outcome": finding.outcome.value,
        "fallback_rank": finding.fallback_rank or None,
        "severity": finding.severity.value,
        "title": finding.title,
        "rationale": finding.rationale,
        "citations": [citation_json(each) for each in finding.citations],
        "support": finding.support,
        "agreement": finding.agreement,
        "status": finding.status.value,
        "by": RULE if finding.support is None else "votes",
        "votes": [_vote(each) for each in finding.votes],
        "suggestion": finding.suggestion or None,
        "gap": finding.gap or None,
        "searched": list(finding.searched),
        "approver": finding.approver or None,
        "friction": finding.friction.value if finding.friction else None,
        "edit": {**citation_json(finding.edit.at), "instead": finding.edit.instead} if finding.edit else None,
        "if_refused": finding.if_refused or None,
        "misquoted": list(finding.misquoted),
        "decision": _decision(standing),
    }


def _interaction(interaction: Interaction) -> dict[str, Any]:
    return {
        "id": interaction.id,
        "rule": interaction.rule or None,
        "title": interaction.title,
        "text": interaction.text,
        "severity": interaction.severity.value,
        "findings": list(interaction.findings),
        "by": interaction.by,
    }


def _decision(standing: Standing) -> dict[str, Any] | None:
    """What a person said; None where nobody did."""
    if standing == OPEN:
        return None
    return {
        "status": standing.status.value,
        "reason": standing.reason.value if standing.reason else None,
        "note": standing.note or None,
        "why_open": standing.why_open or None,
    }


def _vote(vote: RaterVote) -> dict[str, Any]:
    return {
        "rater": vote.rater,
        "outcome": vote.outcome,
        "rationale": vote.rationale,
        "quote": vote.citation.quote if vote.citation else None,
        "quote_status": vote.citation.status.value if vote.citation else None,
        "counted": vote.counted,
        **({"answered_by": vote.answered_by} if vote.answered_by else {}),
    }


def _summary(summary: Summary) -> dict[str, Any]:
    return {
        "section": summary.section,
        "facet": summary.facet or None,
        "by": summary.rater,
        "text": " ".join(sentence.text for sentence in summary.sentences),
        "citations": [citation_json(each) for sentence in summary.sentences for each in sentence.citations],
        "sentences": [
            {
                "text": each.text,
                "backed": each.is_backed,
                "citations": [citation_json(cited) for cited in each.citations],
            }
            for each in summary.sentences
        ],
    }


def _translation(translation: Translation) -> dict[str, Any]:
    return {
        "section": translation.section,
        "source_language": translation.source_language or None,
        "target_language": translation.target_language,
        "by": translation.rater,
        "state": translation.state.value,
        "message": translation.message or None,
        "segments": [
            {"source": each.source, "target": each.target, "checks": list(each.checks)} for each in translation.segments
        ],
    }


def _synthesis(synthesis: Synthesis | None) -> dict[str, Any]:
    if synthesis is None:
        return {"by": None, "statements": []}
    return {
        "by": synthesis.rater,
        "statements": [
            {
                "text": statement.text,
                "facet": statement.facet or None,
                "citations": [
                    {"document": each.document, "section": each.section, **citation_json(each.citation)}
                    for each in statement.citations
                ],
            }
            for statement in synthesis.statements
        ],
    }


def _failure(failure: StepFailed, title: str) -> dict[str, Any]:
    return {
        "section": failure.section,
        "step": failure.handler,
        "title": title,
        "rater": failure.rater,
        "code": failure.code,
        "message": failure.message,
    }
