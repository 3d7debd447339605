from pathlib import Path

import pytest

from reviewer.domain.decision import DismissReason
from reviewer.domain.vote import Judgement
from tests.fakes.clock import run
from tests.fakes.command_line import CommandLine
from tests.fakes.documents import CLAUSES
from tests.fakes.handlers import StubRule
from tests.fakes.running import make_team
from tests.fakes.services import Desk, write_all


@pytest.fixture
def run_id(reviewer: CommandLine, tmp_path: Path) -> str:
    """A run that is stored."""
    (path,) = write_all(tmp_path, contract="".join(CLAUSES))
    reviewer.desk = Desk(team=make_team(StubRule(lambda task: (Judgement("liability", "deviates"),))))
    assert reviewer("review", path, "-q") == 0
    (stored,) = reviewer.desk.workspace.runs.kept.values()
    return stored.id


@pytest.fixture
def record(reviewer: CommandLine, run_id: str, tmp_path: Path) -> Path:
    """Its record."""
    target = tmp_path / "record.json"
    assert reviewer("runs", "seal", run_id[:10], "-o", target) == 0
    assert f"Sealed {run_id}" in reviewer.out
    return target


def test_seal_and_verify_tell_the_same_hash(reviewer: CommandLine, run_id: str, record: Path) -> None:
    assert reviewer("runs", "seal", run_id, "-o", record, "--json") == 0
    digest = reviewer.json["sha256"]
    assert reviewer("runs", "verify", record, "--json") == 0
    assert (reviewer.json["run"], reviewer.json["sha256"]) == (run_id, digest)
    assert reviewer.json["versions"]["reviewer"]
    assert reviewer("runs", "verify", record) == 0
    assert "no proof of who made" in reviewer.out


def test_verify_of_a_changed_record_ends_with_7(reviewer: CommandLine, record: Path) -> None:
    record.write_bytes(record.read_bytes().replace(b"deviates", b"prefers!"))
    assert reviewer("runs", "verify", record) == 7
    assert reviewer.err.startswith("reviewer: record_damaged: ")
    assert reviewer("runs", "replay", record) == 7


def test_verify_of_a_missing_file_ends_with_7(reviewer: CommandLine, tmp_path: Path) -> None:
    assert reviewer("runs", "verify", tmp_path / "none.json") == 7
    assert reviewer.err.startswith("reviewer: unreadable: ")


@pytest.mark.parametrize("format_id", ["json", "md"])
def test_replay_of_record_and_of_run_is_the_export_byte_for_byte(
    reviewer: CommandLine, run_id: str, record: Path, tmp_path: Path, format_id: str
) -> None:
    assert reviewer("export", run_id, "--format", format_id, "-o", tmp_path / "export") == 0
    for what in (run_id, record):
        assert reviewer("runs", "replay", what, "--format", format_id, "-o", tmp_path / "replay") == 0
        assert (tmp_path / "replay").read_bytes() == (tmp_path / "export").read_bytes()


def test_replay_needs_no_workspace_for_a_record(reviewer: CommandLine, run_id: str, record: Path) -> None:
    assert reviewer("runs", "show", run_id) == 0
    shown = reviewer.out
    reviewer.workspaces.clear()
    assert reviewer("runs", "replay", record) == 0
    assert reviewer.out == shown
    assert reviewer.workspaces == []
    assert reviewer("runs", "replay", record, "--format", "json") == 0
    assert reviewer.json["run"]["id"] == run_id


def test_record_without_a_kept_document_says_so(reviewer: CommandLine, run_id: str, tmp_path: Path) -> None:
    reviewer.desk.workspace.documents.kept.clear()
    assert reviewer("runs", "seal", run_id, "-o", tmp_path / "a.json") == 0
    assert "Without the text of 1 document no longer kept (contract.txt)" in reviewer.err


def test_help_says_what_a_seal_does_not_prove(reviewer: CommandLine, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        reviewer("runs", "seal", "--help")
    assert "no proof of authorship" in " ".join(capsys.readouterr().out.split())


def test_hit_rates_give_no_figure_before_twenty_decisions(reviewer: CommandLine, run_id: str) -> None:
    assert reviewer("runs", "hit-rates") == 0
    assert "0 decisions (agreed, or dismissed as wrong): too few for a figure; 20 are needed." in reviewer.out
    assert reviewer("runs", "hit-rates", "--json") == 0
    assert reviewer.json == {"schema": "reviewer.hit-rates/1", "decisions": 0, "tried": None, "kinds": []}


def test_hit_rates_count_what_was_agreed_with_and_what_was_wrong(reviewer: CommandLine, tmp_path: Path) -> None:
    clauses = "".join(f"{number}. Liability\nThe supplier is liable without limit.\n" for number in range(1, 31))
    (path,) = write_all(tmp_path, long=clauses)
    reviewer.desk = Desk(team=make_team(StubRule(lambda task: (Judgement("liability", "deviates"),))))
    assert reviewer("review", path, "--json") == 0
    found = [each["id"] for each in reviewer.json["documents"][0]["findings"] if each["outcome"] == "deviates"]
    reviews = reviewer.desk.reviews
    for finding in found[:20]:
        run(reviews.agree(finding))
    for finding, reason in zip(found[20:28], [*[DismissReason.WRONG] * 5, *DismissReason], strict=True):
        run(reviews.dismiss(finding, reason))
    assert reviewer("runs", "hit-rates", "--json") == 0
    (kind,) = reviewer.json["kinds"]
    assert (reviewer.json["decisions"], kind["decisions"], kind["agreed"], kind["by_rule"]) == (26, 26, 20, True)
    assert 0 < reviewer.json["tried"]["brier"] < 0.3
    assert reviewer("runs", "hit-rates") == 0
    assert "Of 26 findings by a rule, not every quote in the document, you agreed with 20." in reviewer.out
    assert "Brier score" in reviewer.out
