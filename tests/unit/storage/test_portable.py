import asyncio
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reviewer.domain.chat import ChatReply
from reviewer.domain.decision import Decision, DecisionAction, SubjectKind, SubjectRef
from reviewer.domain.errors import InputError, StorageError
from reviewer.domain.events import DocumentAdded, DocumentFinished, DocumentHeader, RunStarted, StepDone
from reviewer.domain.ids import RunId, StepKey, sha256_hex
from reviewer.domain.matter import NO_MATTER, Matter, MatterId, Turn
from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.run import Run
from reviewer.domain.secret import Secret
from reviewer.domain.usage import Usage
from reviewer.domain.workflow import EngineId
from reviewer.storage.backups import BackupReason, list_backups, make_backup
from reviewer.storage.opening import open_workspace
from reviewer.storage.portable import MANIFEST
from reviewer.storage.workspace import SqliteWorkspace
from tests.fakes.documents import make_document
from tests.fakes.reports import make_finding

AT = datetime(2026, 11, 23, tzinfo=UTC)
MATTER = Matter(MatterId("matter-0123456789abcdef"), "Acme", AT)
DATA = b"the reviewed bytes"
DOCUMENT = make_document("1 Fees\nPay.\n")
DOCUMENT = replace(DOCUMENT, source=replace(DOCUMENT.source, sha256=sha256_hex(DATA)))
FINDING = make_finding("fees", Outcome.DEVIATES, Severity.HIGH, None)
SUBJECT = SubjectRef(SubjectKind.FINDING, FINDING.id)
KEY = StepKey(sha256_hex("step"))
OTHER_KEY = StepKey(sha256_hex("other step"))
HEADER = DocumentHeader(DOCUMENT.id, "a.txt", "text/plain", None, "en", "")


def run_of(name: str, matter: str = MATTER.id) -> Run:
    return Run(
        RunId(f"run-{name}"), "w", EngineId.LLM, ("m",), 1, name, ("/somewhere/secret/a.txt",), {}, AT, matter=matter
    )


def agreed(by: str, action: DecisionAction = DecisionAction.AGREE, minutes: int = 0) -> Decision:
    return Decision(SUBJECT, action, AT + timedelta(minutes=minutes), by=by)


async def fill(workspace: SqliteWorkspace, name: str, matter: str, key: StepKey) -> None:
    run = run_of(name, matter)
    await workspace.steps.put_reply(key, ChatReply("reply", "m"))
    await workspace.documents.put(DOCUMENT, "1")
    await workspace.runs.begin(run)
    added = DocumentAdded(HEADER, "w", "", (), 1)
    done = StepDone(DOCUMENT.id, None, "h", key, Usage(calls=1))
    await workspace.runs.append(run.id, [RunStarted(run), added, done, DocumentFinished(DOCUMENT.id, (FINDING,))])


@pytest.fixture
def ada(tmp_path: Path) -> Iterator[SqliteWorkspace]:
    """A workspace with a matter and a run beside it that shares the document."""

    async def work(workspace: SqliteWorkspace) -> None:
        await workspace.matters.put(MATTER)
        turn = Turn(
            MATTER.id, DOCUMENT.id, DOCUMENT.id, 1, "a.txt", sha256_hex(DATA), "/somewhere/secret/a.txt", AT, "ada"
        )
        await workspace.matters.add_turn(turn)
        await fill(workspace, "mine", MATTER.id, KEY)
        await workspace.decisions.add(agreed("ada"))
        workspace.originals.put(sha256_hex(DATA), DATA)

    with closing(open_workspace(tmp_path / "ada")) as workspace:
        asyncio.run(work(workspace))
        yield workspace


@pytest.fixture
def bob(tmp_path: Path) -> Iterator[SqliteWorkspace]:
    with closing(open_workspace(tmp_path / "bob")) as workspace:
        yield workspace


def pack(workspace: SqliteWorkspace, password: str = "", *, with_originals: bool = True) -> bytes:
    return asyncio.run(workspace.pack(MATTER, with_originals=with_originals, password=Secret(password)))


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return target.getvalue()


@pytest.mark.parametrize("password", ["", "sésame"])
def test_matter_arrives_whole(ada: SqliteWorkspace, bob: SqliteWorkspace, password: str) -> None:
    done = asyncio.run(bob.unpack(pack(ada, password), Secret(password)))
    assert (done.matter, done.runs, done.decisions, done.originals) == (MATTER.id, 1, 1, 1)
    assert asyncio.run(bob.matters.list_matters()) == (MATTER,)
    run = asyncio.run(bob.runs.get(RunId("run-mine")))
    assert run is not None
    assert asyncio.run(bob.runs.events(run.id))[1:] == asyncio.run(ada.runs.events(run.id))[1:]
    assert asyncio.run(bob.decisions.about([SUBJECT])) == (agreed("ada"),)
    assert asyncio.run(bob.documents.get(DOCUMENT.id)) == DOCUMENT
    assert asyncio.run(bob.steps.get(KEY)) == asyncio.run(ada.steps.get(KEY))
    assert bob.originals.get(sha256_hex(DATA)) == DATA


def test_folders_of_the_sender_do_not_travel(ada: SqliteWorkspace, bob: SqliteWorkspace) -> None:
    content = pack(ada)
    asyncio.run(bob.unpack(content))
    run = asyncio.run(bob.runs.get(RunId("run-mine")))
    assert run is not None
    assert run.paths == ("a.txt",)
    (turn,) = asyncio.run(bob.matters.turns(MATTER.id))
    assert turn.path == "a.txt"


def test_decisions_of_both_stand_side_by_side_and_the_last_word_counts(
    ada: SqliteWorkspace, bob: SqliteWorkspace
) -> None:
    asyncio.run(bob.unpack(pack(ada)))
    asyncio.run(bob.decisions.add(agreed("bob", DecisionAction.DISMISS, minutes=30)))
    asyncio.run(ada.decisions.add(agreed("ada", DecisionAction.REOPEN, minutes=10)))
    done = asyncio.run(bob.unpack(pack(ada)))
    assert (done.runs, done.decisions) == (0, 1)
    told = asyncio.run(bob.decisions.about([SUBJECT]))
    assert [(each.by, each.action) for each in told] == [
        ("ada", DecisionAction.AGREE),
        ("ada", DecisionAction.REOPEN),
        ("bob", DecisionAction.DISMISS),
    ]
    assert asyncio.run(bob.unpack(pack(ada))).decisions == 0


def test_originals_travel_on_request_only(ada: SqliteWorkspace) -> None:
    assert not any(name.startswith("originals/") for name in members(pack(ada, with_originals=False)))


def refused(workspace: SqliteWorkspace, content: bytes, password: str = "") -> str:
    with pytest.raises(InputError) as caught:
        asyncio.run(workspace.unpack(content, Secret(password)))
    assert asyncio.run(workspace.matters.list_matters()) == ()
    assert asyncio.run(workspace.runs.list_runs()) == ()
    return caught.value.code


def test_protected_file_needs_its_password(ada: SqliteWorkspace, bob: SqliteWorkspace) -> None:
    content = pack(ada, "sesame")
    assert b"Acme" not in content
    assert refused(bob, content) == "encrypted"
    assert refused(bob, content, "wrong") == "wrong_password"
    manifest = json.loads(members(content)[MANIFEST])
    broken = zipped({**members(content), MANIFEST: json.dumps({**manifest, "salt": "zz"}).encode()})
    assert refused(bob, broken, "sesame") == "matter_damaged"


@pytest.mark.parametrize("name", ["../../evil.txt", "/etc/evil", "tables/..\\..\\evil", "C:evil"])
def test_names_that_climb_out_are_refused(
    ada: SqliteWorkspace, bob: SqliteWorkspace, name: str, tmp_path: Path
) -> None:
    before = sorted(tmp_path.rglob("*"))
    assert refused(bob, zipped({**members(pack(ada)), name: b"x"})) == "unsafe_names"
    assert [each for each in sorted(tmp_path.rglob("*")) if each not in before and "evil" in each.name] == []


def damaged(ada: SqliteWorkspace, name: str, change: bytes | None) -> bytes:
    """A pack with one member changed, and the manifest made to agree."""
    parts = members(pack(ada))
    if change is None:
        del parts[name]
    else:
        parts[name] = change
    manifest = json.loads(parts[MANIFEST])
    manifest["members"] = {each: sha256_hex(data) for each, data in parts.items() if each != MANIFEST}
    return zipped({**parts, MANIFEST: json.dumps(manifest).encode()})


def test_rows_that_somebody_changed_are_refused(ada: SqliteWorkspace, bob: SqliteWorkspace) -> None:
    rows = members(pack(ada))["tables/decisions.jsonl"]
    for change in (
        rows.replace(b"finding", b"sections", 1),
        b"[1, 2]\n",
        b"not json\n",
        b'[{"bytes": "!"}, 1, 2, 3]\n',
    ):
        assert refused(bob, damaged(ada, "tables/decisions.jsonl", change)) == "matter_damaged"
    assert refused(bob, damaged(ada, "tables/matters.jsonl", b"")) == "matter_damaged"
    assert refused(bob, damaged(ada, f"originals/{sha256_hex(DATA)}", b"other bytes")) == "matter_damaged"


def test_members_that_do_not_match_the_manifest_are_refused(ada: SqliteWorkspace, bob: SqliteWorkspace) -> None:
    parts = members(pack(ada))
    assert refused(bob, zipped({**parts, "tables/steps.jsonl": b""})) == "matter_damaged"
    assert refused(bob, zipped({**parts, "more": b""})) == "matter_damaged"


def test_tables_of_a_newer_version_are_passed_over(ada: SqliteWorkspace, bob: SqliteWorkspace) -> None:
    assert asyncio.run(bob.unpack(damaged(ada, "tables/dreams.jsonl", b'["x"]\n'))).runs == 1


def test_other_files_are_told_from_damaged_ones(ada: SqliteWorkspace, bob: SqliteWorkspace) -> None:
    content = pack(ada)
    assert refused(bob, b"%PDF-1.7") == "not_a_matter"
    assert refused(bob, zipped({"word/document.xml": b"<x/>"})) == "not_a_matter"
    assert refused(bob, zipped({MANIFEST: b"[]"})) == "not_a_matter"
    assert refused(bob, content[: len(content) // 2]) == "matter_damaged"
    newer = zipped({MANIFEST: json.dumps({"schema": "reviewer.matter/9"}).encode()})
    assert refused(bob, newer) == "matter_newer"


def test_deleted_matter_is_gone_from_rows_files_and_backups(ada: SqliteWorkspace, tmp_path: Path) -> None:
    make_backup(tmp_path / "ada", BackupReason.MANUAL, AT)
    (tmp_path / "ada" / "damaged" / "old").mkdir(parents=True)
    asyncio.run(ada.delete([RunId("run-mine")], MATTER.id))
    assert asyncio.run(ada.matters.list_matters()) == ()
    assert asyncio.run(ada.runs.list_runs()) == ()
    assert asyncio.run(ada.steps.get(KEY)) is None
    assert asyncio.run(ada.documents.get(DOCUMENT.id)) is None
    assert asyncio.run(ada.decisions.about([SUBJECT])) == ()
    assert ada.originals.get(sha256_hex(DATA)) is None
    assert not (tmp_path / "ada" / "damaged").exists()
    (backup,) = list_backups(tmp_path / "ada")
    assert b"/somewhere/secret" not in backup.path.read_bytes()


def test_what_others_refer_to_outlives_a_deleted_matter(ada: SqliteWorkspace) -> None:
    asyncio.run(fill(ada, "beside", "", OTHER_KEY))
    asyncio.run(ada.delete([RunId("run-mine")], MATTER.id))
    assert asyncio.run(ada.steps.get(KEY)) is None
    assert asyncio.run(ada.steps.get(OTHER_KEY)) is not None
    assert asyncio.run(ada.documents.get(DOCUMENT.id)) == DOCUMENT
    assert asyncio.run(ada.decisions.about([SUBJECT])) == (agreed("ada"),)
    assert ada.originals.get(sha256_hex(DATA)) == DATA
    assert asyncio.run(ada.matters.turns(NO_MATTER)) == ()
    assert [each.id for each in asyncio.run(ada.runs.runs_of(DOCUMENT.id))] == ["run-beside"]


def test_matters_of_a_document_are_known(ada: SqliteWorkspace) -> None:
    assert asyncio.run(ada.matters.matters_of(DOCUMENT.id)) == (MATTER.id,)


def test_original_that_was_changed_on_the_disk_is_none(ada: SqliteWorkspace, tmp_path: Path) -> None:
    name = sha256_hex(DATA)
    ada.originals.put(name, DATA)
    (tmp_path / "ada" / "originals" / name).write_bytes(b"other")
    assert ada.originals.get(name) is None
    ada.originals.put(name, DATA)
    assert ada.originals.get(name) == DATA
    with pytest.raises(StorageError):
        ada.originals.get("../reviewer.db")
