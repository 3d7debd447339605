"""The run record: all that a run read, asked, was told and found, as one JSON value from which its report follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reviewer.domain.chat import ChatReply
from reviewer.domain.decision import DismissReason, Standing, Status
from reviewer.domain.document import Document, Source
from reviewer.domain.errors import InputError
from reviewer.domain.events import RunEvent, RunStarted, StepDone
from reviewer.domain.ids import DocumentId, FindingId, Json, canonical_json, sha256_hex
from reviewer.domain.record_seal import SCHEMA, SealedRecord
from reviewer.domain.report import DocumentReport, Report
from reviewer.domain.run import Run
from reviewer.domain.section import Section

_OF_ONE_COMPUTER = ("proxy", "ca_file")
"""Options of a run that say where something is on the computer it ran on."""


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What a record says.

    Attributes:
        events: of the run, in order, each as JSON.
        documents: with their texts alone; those that were not kept any more are left out.
        unkept: names of these.
        sha256: its seal.
    """

    events: tuple[Json, ...]
    documents: Mapping[DocumentId, Document]
    standings: Mapping[FindingId, Standing]
    unkept: tuple[str, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class TakenStep:
    """A step of a run and the model's reply to it; None where a rule answered, or the reply is not kept."""

    done: StepDone
    reply: ChatReply | None


def without_places(event: RunEvent) -> RunEvent:
    """An event without what says where something is on the computer; the report does not speak of that."""
    if not isinstance(event, RunStarted):
        return event
    options = {key: value for key, value in event.run.options.items() if key not in _OF_ONE_COMPUTER}
    return replace(event, run=replace(event.run, paths=(), options=options))


def record_of(
    report: Report,
    events: Sequence[Json],
    steps: Sequence[TakenStep],
    documents: Mapping[DocumentId, Document],
    standings: Mapping[FindingId, Standing],
) -> dict[str, Json]:
    """The record of a run.

    Args:
        report: the run's.
        events: what it follows from, as JSON.
        steps: all that are done, in the order of the events.
        documents: those that are still kept.
        standings: how findings stand with people.
    """
    return {
        "schema": SCHEMA,
        "versions": dict(report.versions),
        "run": _run(report.run, report) if report.run else None,
        "documents": [_document(each, documents.get(key)) for key, each in report.documents.items()],
        "votes": [_step(each) for each in steps],
        "standings": {key: _standing(each) for key, each in standings.items()},
        "events": list(events),
    }


def _run(run: Run, report: Report) -> dict[str, Json]:
    usage = report.usage
    kept = {key: value for key, value in run.options.items() if key not in _OF_ONE_COMPUTER}
    return {
        "id": run.id,
        "workflow": run.workflow,
        "engine": run.engine.value,
        "status": run.status.value,
        "started_at": run.started_at.isoformat(),
        "finished_at": run.finished_at.isoformat() if run.finished_at else None,
        "fingerprint": run.fingerprint,
        "parameters": {**kept, "votes": run.votes},
        "models": list(run.models),
        "answered_by": [list(pair) for pair in report.substitutes],
        "tokens_in": usage.tokens_in,
        "tokens_out": usage.tokens_out,
        "calls": usage.calls,
        "cost": usage.cost,
    }


def _document(report: DocumentReport, document: Document | None) -> dict[str, Json]:
    header, footing = report.document, report.footing
    return {
        "id": header.id,
        "name": header.name,
        "media_type": header.media_type,
        "sha256": footing.source or (document.source.sha256 if document else None),
        "text": document.text if document else None,
        "split_sha256": split_digest(report.sections),
        "workflow": {"id": report.workflow, "version": footing.workflow_version, "sha256": footing.workflow},
        "playbook": {"id": report.playbook, "version": footing.playbook_version, "sha256": footing.playbook},
        "prompts": dict(footing.prompts),
    }


def split_digest(sections: Sequence[Section]) -> str:
    """A hash of how a document was cut: each part's kind, number, heading, level and places."""
    cut: list[Json] = [
        [each.kind.value, each.number, each.heading, each.level, each.span.start, each.span.end, each.own.end]
        for each in sections
    ]
    return sha256_hex(canonical_json(cut))


def _step(taken: TakenStep) -> dict[str, Json]:
    done, reply = taken.done, taken.reply
    return {
        "key": done.key,
        "document": done.document,
        "section": done.section,
        "handler": done.handler,
        "rater": done.rater,
        "cached": bool(done.usage.cached),
        "model": reply.model if reply else None,
        "finish": reply.finish.value if reply else None,
        "tokens_in": reply.tokens_in if reply else 0,
        "tokens_out": reply.tokens_out if reply else 0,
        "reply_sha256": sha256_hex(reply.text) if reply else None,
    }


def _standing(standing: Standing) -> dict[str, Json]:
    return {
        "status": standing.status.value,
        "reason": standing.reason.value if standing.reason else None,
        "note": standing.note,
        "why_open": standing.why_open,
    }


def read_record(opened: SealedRecord, name: str) -> RunRecord:
    """What a record says that is as it was sealed.

    Raises:
        InputError: ``record_unreadable``: it was sealed, and is no record of a run all the same.
    """
    record = opened.record
    try:
        documents, standings = _list(record["documents"]), _map(record["standings"])
        texts = [_map(each) for each in documents]
        return RunRecord(
            tuple(_list(record["events"])),
            {DocumentId(_text(each["id"])): _kept(each) for each in texts if each["text"] is not None},
            {FindingId(key): _stands(_map(each)) for key, each in standings.items()},
            tuple(_text(each["name"]) for each in texts if each["text"] is None),
            opened.sha256,
        )
    except (KeyError, ValueError, TypeError) as error:
        raise unreadable(name) from error


def unreadable(name: str) -> InputError:
    """A record that was sealed and does not hold what a record must."""
    return InputError(
        "record_unreadable",
        f"{name} is sealed, but does not hold what a run record must hold.",
        "It was not made by Reviewer, or by a version that was never released.",
    )


def _kept(value: Mapping[str, Json]) -> Document:
    text = _text(value["text"])
    source = Source(_text(value["name"]), _text(value["media_type"]), str(value["sha256"] or ""), 0)
    return Document(DocumentId(_text(value["id"])), source, text, ())


def _stands(value: Mapping[str, Json]) -> Standing:
    reason = value["reason"]
    return Standing(
        Status(_text(value["status"])),
        None if reason is None else DismissReason(_text(reason)),
        _text(value["note"]),
        _text(value["why_open"]),
    )


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _map(value: Json) -> Mapping[str, Json]:
    if not isinstance(value, Mapping):
        raise TypeError(value)
    return value


def _list(value: Json) -> Sequence[Json]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value
