from pathlib import Path

import pytest

from tests.fakes.clock import run
from tests.fakes.command_line import CommandLine, command_line
from tests.fakes.documents import CLAUSES
from tests.fakes.services import write_all


@pytest.fixture
def line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> CommandLine:
    return command_line(capsys, monkeypatch, tmp_path)


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    (path,) = write_all(tmp_path, contract="".join(CLAUSES))
    return path


def test_matter_is_made_worked_in_shown_and_changed(line: CommandLine, contract: Path) -> None:
    assert line("matters", "list") == 0
    assert "no matters yet" in line.err
    assert line("matters", "new", "Acme", "--egress", "here") == 0
    assert "does not encrypt" in line.err
    assert line("review", contract, "--matter", "Acme", "-q") in (0, 3)
    assert line("matters", "show", "acme") == 0
    assert "may not leave this computer" in line.out
    assert "contract.txt  version 1" in line.out
    assert "run-" in line.out
    changes = ("--name", "Acme 2", "--note", "urgent", "--egress", "named", "--workflow", "flow", "--playbook", "b")
    assert line("matters", "change", "Acme", *changes) == 0
    assert line("matters", "show", "Acme 2") == 0
    assert "urgent" in line.out
    assert "Workflow: flow" in line.out
    assert "Playbook: b" in line.out
    assert line("matters", "list") == 0
    assert "Acme 2  1 documents, 1 versions" in line.out


def test_matters_as_json(line: CommandLine, contract: Path) -> None:
    line("matters", "new", "Acme", "--json")
    assert line.json["schema"] == "reviewer.matter/1"
    line("review", contract, "--matter", "Acme", "-q")
    line("matters", "show", "Acme", "--json")
    assert [each["version"] for each in line.json["documents"]] == [1]
    assert len(line.json["runs"]) == 1
    line("matters", "list", "--json")
    assert [each["name"] for each in line.json["matters"]] == ["Acme"]


def test_new_version_says_what_it_took_over(line: CommandLine, contract: Path, tmp_path: Path) -> None:
    line("review", contract, "-q")
    (later,) = write_all(tmp_path, later="".join([*CLAUSES, "4 New\nMore.\n"]))
    assert line("review", later, "--version-of", contract) in (0, 3)
    assert "New version of contract.txt" in line.err
    document = next(iter(line.desk.workspace.documents.kept.values())).id
    (third,) = write_all(tmp_path, third="".join([*CLAUSES, "5 New\nMore.\n"]))
    assert line("review", third, "--version-of", document) in (0, 3)
    assert "New version of" in line.err


def test_matter_is_packed_taken_in_and_deleted(
    line: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line("matters", "new", "Acme / Beta")
    monkeypatch.chdir(tmp_path)
    assert line("matters", "pack", "Acme / Beta") == 0
    assert (tmp_path / "Acme _ Beta.reviewer").exists()
    assert line("matters", "take-in", tmp_path / "Acme _ Beta.reviewer") == 0
    assert "0 new runs, 0 new decisions" in line.out
    assert line("matters", "take-in", tmp_path / "Acme _ Beta.reviewer", "--json") == 0
    assert line.json["conflicts"] == []
    assert line("matters", "delete", "Acme / Beta") == 2
    assert "--yes" in line.err
    assert line("matters", "delete", "Acme / Beta", "--yes") == 0
    assert line("matters", "show", "Acme / Beta") == 7


def test_pack_that_cannot_be_written_says_so(line: CommandLine, tmp_path: Path) -> None:
    line("matters", "new", "Acme")
    assert line("matters", "pack", "Acme", "-o", tmp_path / "no" / "such" / "file") == 1
    assert "cannot be written" in line.err


def test_password_comes_from_standard_input(line: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line("matters", "new", "Acme")
    monkeypatch.setattr("sys.stdin.readline", lambda: "sesame\n", raising=False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert line("matters", "pack", "Acme", "-o", tmp_path / "a.reviewer", "--password") == 0
    assert b"sesame" in (tmp_path / "a.reviewer").read_bytes()  # the fake writes it down
    monkeypatch.setattr("sys.stdin.readline", lambda: "\n", raising=False)
    assert line("matters", "pack", "Acme", "-o", tmp_path / "a.reviewer", "--password") == 7
    assert "No password was given" in line.err


def test_runs_are_retried_compared_and_deleted(line: CommandLine, contract: Path) -> None:
    line("review", contract, "-q")
    (first,) = line.desk.workspace.runs.kept
    assert line("runs", "retry", first) in (0, 3)
    assert line("runs", "diff", first, first) == 0
    assert "0 differ" in line.out
    assert line("runs", "diff", first, first, "--json") == 0
    assert line.json["changes"] == []
    assert line("runs", "delete", first) == 2
    assert line("runs", "delete", first, "--yes", "--json") == 0
    assert line.json["run"] == first
    assert line("runs", "show", first) == 7


def test_differences_of_runs_are_listed(line: CommandLine, tmp_path: Path) -> None:
    (path,) = write_all(tmp_path, contract="".join(CLAUSES))
    line("review", path, "-q")
    path.write_text("".join(CLAUSES[:1]), "utf-8")
    line("review", path, "-q")
    first, second = line.desk.workspace.runs.kept
    assert line("runs", "diff", first, second) == 0
    assert "contract.txt" in line.out
    assert line("runs", "diff", first, second, "--json") == 0
    assert {each["kind"] for each in line.json["changes"]} & {"added", "removed"}


def test_history_of_a_run_is_told(line: CommandLine, contract: Path) -> None:
    line("review", contract, "-q")
    (first,) = line.desk.workspace.runs.kept
    assert line("runs", "history", first) == 0
    assert "Nobody has decided" in line.err
    (report,) = run(line.desk.runs.show(first)).report.documents.values()
    run(line.desk.reviews.note(report.findings[0].id, "ask the client"))
    assert line("runs", "history", first) == 0
    assert "ada  note  contract.txt" in line.out
    assert "ask the client" in line.out
    assert line("runs", "history", first, "--json") == 0
    assert [each["action"] for each in line.json["entries"]] == ["note"]
