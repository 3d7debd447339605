import asyncio
from pathlib import Path

import pytest

from reviewer.domain.decision import DismissReason
from reviewer.domain.recording import decode_recording
from reviewer.domain.vote import Judgement
from tests.fakes.command_line import CommandLine
from tests.fakes.documents import CLAUSES
from tests.fakes.handlers import StubRule, assessed, reply_of
from tests.fakes.models import ScriptedModel
from tests.fakes.running import make_team
from tests.fakes.services import Desk, write_all


@pytest.fixture
def run_id(reviewer: CommandLine, tmp_path: Path) -> str:
    """A run that is stored."""
    (path,) = write_all(tmp_path, contract="".join(CLAUSES))
    reviewer.desk = Desk(team=make_team(StubRule(lambda task: (Judgement("liability", "deviates"),))))
    assert reviewer("review", path, "-q") == 0
    (run,) = reviewer.desk.workspace.runs.kept.values()
    return run.id


def test_list_shows_the_runs(reviewer: CommandLine, run_id: str) -> None:
    assert reviewer("runs", "list") == 0
    assert run_id in reviewer.out
    assert "built-in checks" in reviewer.out
    assert reviewer("runs", "list", "--json") == 0
    assert [run["id"] for run in reviewer.json["runs"]] == [run_id]


def test_list_of_nothing_says_how_to_begin(reviewer: CommandLine) -> None:
    assert reviewer("runs", "list", "--json") == 0
    assert reviewer.json == {"schema": "reviewer.runs/1", "runs": []}
    assert "reviewer review" in reviewer.err


def test_show_gives_the_report_again(reviewer: CommandLine, run_id: str) -> None:
    assert reviewer("runs", "show", run_id[:10], "--json") == 0
    assert reviewer.json["run"]["id"] == run_id
    assert reviewer("runs", "show", run_id) == 0
    assert "Liability: deviates" in reviewer.out


def test_show_of_an_unknown_run_ends_with_7(reviewer: CommandLine) -> None:
    assert reviewer("runs", "show", "run-unknown", "--json") == 7
    assert reviewer.json["code"] == "no_such_run"


def test_resume_goes_on(reviewer: CommandLine, run_id: str) -> None:
    assert reviewer("runs", "resume", run_id, "--json") == 0
    assert reviewer.json["usage"]["cached"] == 3


@pytest.mark.parametrize(("format_id", "begins"), [("json", b"{"), ("md", b"# Review report")])
def test_export_writes_to_a_file(
    reviewer: CommandLine, run_id: str, tmp_path: Path, format_id: str, begins: bytes
) -> None:
    target = tmp_path / "out.file"
    assert reviewer("export", run_id, "--format", format_id, "-o", target) == 0
    assert target.read_bytes().startswith(begins)
    assert f"Wrote {target}" in reviewer.err


def test_export_writes_to_standard_output(reviewer: CommandLine, run_id: str) -> None:
    assert reviewer("export", run_id, "--format", "json") == 0
    assert reviewer.json["schema"] == "reviewer.report/1"


def test_export_that_cannot_write_says_so(reviewer: CommandLine, run_id: str, tmp_path: Path) -> None:
    assert reviewer("export", run_id, "--format", "md", "-o", tmp_path / "no" / "folder.md") == 1
    assert reviewer.err.startswith("reviewer: unwritable: ")


def test_export_leaves_out_what_was_dismissed_and_says_so(reviewer: CommandLine, run_id: str) -> None:
    assert reviewer("runs", "show", run_id, "--json") == 0
    dismissed, agreed, *rest = [each["id"] for each in reviewer.json["documents"][0]["findings"]]
    reviews = reviewer.desk.services().reviews
    asyncio.run(reviews.dismiss(dismissed, DismissReason.TRIVIAL))
    asyncio.run(reviews.agree(agreed))

    assert reviewer("export", run_id, "--format", "json") == 0
    found = reviewer.json["documents"][0]["findings"]
    assert [each["id"] for each in found] == [agreed, *rest]
    assert found[0]["decision"] == {"status": "agreed", "reason": None, "note": None, "why_open": None}
    assert reviewer.json["left_out"] == {"dismissed": 1, "undecided": 0}
    assert "Left out: 1 finding dismissed." in reviewer.err

    assert reviewer("export", run_id, "--format", "json", "--only", "agreed") == 0
    assert [each["id"] for each in reviewer.json["documents"][0]["findings"]] == [agreed]
    assert f"{len(rest)} finding" in reviewer.err

    assert reviewer("runs", "show", run_id) == 0
    assert "Decision: dismissed: trivial" in reviewer.out


def test_record_writes_what_a_model_said(reviewer: CommandLine, tmp_path: Path) -> None:
    (path,) = write_all(tmp_path, contract="".join(CLAUSES))
    reviewer.desk = Desk(ScriptedModel(reply_of(assessed("deviates", "Liability"))))
    assert reviewer("review", path, "--model", "openai/scripted", "--base-url", "http://127.0.0.1:1", "-q") == 0
    (run,) = reviewer.desk.workspace.runs.kept.values()
    target = tmp_path / "demo.jsonl"

    assert reviewer("runs", "record", run.id, "-o", target, "--json") == 0
    recording = decode_recording(target.read_bytes(), target.name)
    assert reviewer.json == {
        "schema": "reviewer.recorded/1", "model": "openai/scripted", "calls": len(recording.calls)
    }  # fmt: skip
    assert len(recording.calls) == len(reviewer.desk.models[0].requests)
    assert reviewer("runs", "record", run.id, "-o", target) == 0
    assert f"Wrote {len(recording.calls)} answers of openai/scripted" in reviewer.out


def test_record_of_a_run_without_a_model_says_so(reviewer: CommandLine, run_id: str, tmp_path: Path) -> None:
    assert reviewer("runs", "record", run_id, "-o", tmp_path / "demo.jsonl", "--json") == 7
    assert reviewer.json["code"] == "no_model"


def test_run_keeps_whether_models_read_hidden_text(reviewer: CommandLine, tmp_path: Path) -> None:
    (path,) = write_all(tmp_path, contract="".join(CLAUSES))
    reviewer.desk = Desk(ScriptedModel("[]"))

    def wanted(*words: str | Path) -> str:
        assert reviewer(*words, "-q") in (0, 3)
        return list(reviewer.desk.workspace.runs.kept.values())[-1].options["hidden_text"]

    model = ("--model", "openai/scripted")
    assert not wanted("review", path, *model)
    assert wanted("review", path, *model, "--include-hidden")
    run = list(reviewer.desk.workspace.runs.kept)[-1]
    assert wanted("runs", "retry", run)
    assert not wanted("runs", "retry", run, "--no-include-hidden")
    assert reviewer("config", "set", "documents.hidden_text", "true") == 0
    assert wanted("review", path, *model)
    assert not wanted("review", path, *model, "--no-include-hidden")


def test_diff_says_why_and_counts_what_came_out_otherwise(reviewer: CommandLine, tmp_path: Path) -> None:
    said = iter([reply_of(assessed("preferred", "Liability"))] * 3 + [reply_of(assessed("deviates", "Liability"))] * 3)
    reviewer.desk = Desk(ScriptedModel(lambda request: next(said)))
    (path,) = write_all(tmp_path, contract="".join(CLAUSES))
    for seed in ("1", "2"):
        assert reviewer("review", path, "-q", "--model", "openai/scripted", "--votes", "1", "--seed", seed) == 0
    first, second = reviewer.desk.workspace.runs.kept
    assert reviewer("runs", "diff", first, second) == 0
    assert "why: chance: the model answered otherwise" in reviewer.out
    assert "came out otherwise though the same was asked" in reviewer.out
    assert reviewer("runs", "diff", first, second, "--json") == 0
    assert reviewer.json["by_chance"] == sum(each["flips"] for each in reviewer.json["changes"]) > 0
    assert reviewer.json["changes"][0]["causes"] == ["chance"]
