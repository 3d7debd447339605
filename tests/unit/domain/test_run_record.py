import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from reviewer.domain.anchor import TextSpan
from reviewer.domain.chat import ChatReply
from reviewer.domain.decision import DismissReason, Standing, Status
from reviewer.domain.document import Document, Source
from reviewer.domain.errors import InputError
from reviewer.domain.events import DocumentAdded, DocumentHeader, RunFinished, RunStarted, StepDone
from reviewer.domain.footing import Footing
from reviewer.domain.ids import DocumentId, FindingId, RunId, SectionId, StepKey, sha256_hex
from reviewer.domain.record_seal import sealed, unsealed
from reviewer.domain.report import Report, fold_all
from reviewer.domain.run import Run, RunStatus
from reviewer.domain.run_record import TakenStep, read_record, record_of, split_digest, without_places
from reviewer.domain.section import Section, SectionKind
from reviewer.domain.usage import Usage
from reviewer.domain.workflow import EngineId

NOW = datetime(2026, 1, 2, tzinfo=UTC)
OPTIONS = {"seed": "7", "proxy": "http://proxy.test:8080", "ca_file": "ca.pem"}
RUN = Run(RunId("r"), "flow", EngineId.LLM, ("openai/m",), 2, "f", ("a.txt",), OPTIONS, NOW)
SECTION = Section(SectionId("s"), SectionKind.CLAUSE, "1", "Term", 1, None, TextSpan(0, 4), TextSpan(0, 4))
KEPT, GONE = DocumentId("d1"), DocumentId("d2")
DOCUMENT = Document(KEPT, Source("d1.txt", "text/plain", "ab" * 32, 4), "Term", ())
FOOTING = Footing("cd" * 32, 3, "w", 4, "p", (("assess", "x"),))
STEP = StepDone(KEPT, SectionId("s"), "assess", StepKey("k"), Usage(calls=1, tokens_in=5, tokens_out=2), "openai/m")
FINDING = FindingId("f1")
STANDING = Standing(Status.DISMISSED, DismissReason.WRONG, "No.", "clause_changed")


def added(document: DocumentId, footing: Footing) -> DocumentAdded:
    header = DocumentHeader(document, f"{document}.txt", "text/plain", None, "en", "")
    return DocumentAdded(header, "flow", "msa", (SECTION,), 1, footing=footing)


def report() -> Report:
    ended = RunFinished(RunStatus.DONE, NOW)
    started = RunStarted(RUN, versions=(("reviewer", "1"),))
    return fold_all([started, added(KEPT, Footing()), added(GONE, FOOTING), STEP, ended])


def record() -> dict[str, Any]:
    steps = [TakenStep(STEP, ChatReply("Yes.", "m-2026", tokens_in=5, tokens_out=2)), TakenStep(STEP, None)]
    made = record_of(
        report(), [{"kind": "x"}], steps, {KEPT: DOCUMENT}, {FINDING: STANDING, FindingId("f2"): Standing()}
    )
    return json.loads(json.dumps(made))  # type: ignore[no-any-return]  # as it is read again


def test_record_says_what_was_run_and_with_what() -> None:
    made = record()
    run = made["run"]
    assert made["versions"] == {"reviewer": "1"}
    assert (run["id"], run["status"], run["models"], run["tokens_in"]) == ("r", "done", ["openai/m"], 5)
    assert run["started_at"] == run["finished_at"] == NOW.isoformat()
    assert run["parameters"] == {"seed": "7", "votes": 2}


def test_record_says_what_each_document_was_held_against() -> None:
    first, second = record()["documents"]
    assert (first["text"], first["sha256"]) == ("Term", "ab" * 32)
    assert (second["text"], second["sha256"]) == (None, "cd" * 32)
    assert second["workflow"] == {"id": "flow", "version": 3, "sha256": "w"}
    assert second["playbook"] == {"id": "msa", "version": 4, "sha256": "p"}
    assert second["prompts"] == {"assess": "x"}
    assert first["split_sha256"] == second["split_sha256"] == split_digest([SECTION])


def test_record_says_of_each_vote_who_answered_and_what_it_used() -> None:
    asked, ruled = record()["votes"]
    assert (asked["rater"], asked["model"], asked["tokens_in"]) == ("openai/m", "m-2026", 5)
    assert asked["reply_sha256"] == sha256_hex("Yes.")
    assert (ruled["key"], ruled["model"], ruled["reply_sha256"]) == ("k", None, None)


def test_record_of_a_run_that_did_not_begin_or_end() -> None:
    begun = record_of(fold_all([RunStarted(RUN), added(GONE, Footing())]), [], [], {}, {})
    assert begun["run"]["finished_at"] is None  # type: ignore[index, call-overload]
    assert begun["documents"][0]["sha256"] is None  # type: ignore[index, call-overload]
    assert record_of(Report(), [], [], {}, {})["run"] is None


def test_split_digest_changes_with_each_part_of_a_cut() -> None:
    changes: list[dict[str, Any]] = [{"heading": "Fees"}, {"number": "2"}, {"level": 2}, {"span": TextSpan(0, 3)}]
    digests = {split_digest([SECTION]), *(split_digest([replace(SECTION, **each)]) for each in changes)}
    assert len(digests) == 5


def test_events_are_kept_without_paths_of_the_computer() -> None:
    kept = without_places(RunStarted(RUN))
    assert isinstance(kept, RunStarted)
    assert (kept.run.paths, kept.run.options) == ((), {"seed": "7"})
    assert without_places(STEP) == STEP


def test_record_is_read_as_it_was_made() -> None:
    found = read_record(unsealed(sealed(record()), "a"), "a")
    assert found.events == ({"kind": "x"},)
    assert found.documents[KEPT].text == "Term"
    assert found.unkept == ("d2.txt",)
    assert found.standings == {FINDING: STANDING, FindingId("f2"): Standing()}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("events", 1),
        ("standings", []),
        ("documents", [3]),
        ("documents", [{"text": 1, "id": 1}]),
        ("standings", {"a": {}}),
    ],
)
def test_what_was_sealed_and_is_no_record_is_said_to_be_unreadable(key: str, value: object) -> None:
    with pytest.raises(InputError) as caught:
        read_record(unsealed(sealed({**record(), key: value}), "a"), "a.json")
    assert caught.value.code == "record_unreadable"
