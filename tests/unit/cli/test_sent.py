from datetime import UTC, datetime
from pathlib import Path

import pytest

from reviewer.domain.destination import Destination
from reviewer.domain.sent import SentRequest
from reviewer.services.sent import SentService
from tests.fakes.clock import run
from tests.fakes.command_line import CommandLine
from tests.fakes.documents import CLAUSES
from tests.fakes.services import write_all

PLACE = Destination("https", "api.example.test", 443)


@pytest.fixture
def line(reviewer: CommandLine, tmp_path: Path) -> CommandLine:
    """A run that sent two requests, of which it remembers the text."""
    (contract,) = write_all(tmp_path, contract="".join(CLAUSES))
    reviewer("review", contract, "-q")
    sent = SentRequest(run_id(reviewer), datetime(2026, 1, 2, tzinfo=UTC), PLACE, "", "openai/m", "doc-1", "sec-1", 12)
    run(reviewer.desk.workspace.sent.enter(sent, '{"a": "§ 1"}'.encode()))
    run(reviewer.desk.workspace.sent.enter(sent, b"\xff"))
    return reviewer


def run_id(line: CommandLine) -> str:
    (only,) = line.desk.workspace.runs.kept
    return only


def test_what_was_sent_is_listed_and_shown(line: CommandLine) -> None:
    assert line("runs", "sent", run_id(line)[:12]) == 0
    assert "https://api.example.test  12 bytes  openai/m  doc-1 sec-1" in line.out
    assert "§" not in line.out
    assert "2 requests, 24 bytes" in line.err
    assert line.out.count("never answered") == 2
    assert "2 never answered: broken off" in line.err
    run(line.desk.workspace.sent.end(1, "answered"))
    run(line.desk.workspace.sent.end(2, "timeout"))
    assert line("runs", "sent", run_id(line)) == 0
    assert "sec-1  answered\n" in line.out
    assert "sec-1  failed (timeout)\n" in line.out
    assert "never answered" not in line.err
    assert line("runs", "sent", run_id(line), "--number", "1") == 0
    assert '{"a": "§ 1"}' in line.out
    assert line("runs", "sent", run_id(line), "--text") == 0
    assert "\\xff" in line.out


def test_what_was_sent_as_json(line: CommandLine) -> None:
    assert line("runs", "sent", run_id(line), "--json") == 0
    first, _ = line.json["requests"]
    assert (first["status"], first["code"]) == ("unanswered", None)
    run(line.desk.workspace.sent.end(1, "timeout"))
    assert line("runs", "sent", run_id(line), "--json") == 0
    first, _ = line.json["requests"]
    assert (first["status"], first["code"]) == ("failed", "timeout")
    assert (first["scheme"], first["host"], first["port"], first["bytes"]) == ("https", "api.example.test", 443, 12)
    assert (first["text"], first["at"], first["section"]) == ('{"a": "§ 1"}', "2026-01-02T00:00:00+00:00", "sec-1")


def test_run_or_request_that_is_not_there_is_said(line: CommandLine) -> None:
    assert line("runs", "sent", "run-none") == 7
    assert line("runs", "sent", run_id(line), "--number", "9") == 7
    assert "no_such_request" in line.err
    line.desk.workspace.sent.kept.clear()
    assert line("runs", "sent", run_id(line)) == 0
    assert "Nothing of this run left" in line.err


def test_request_that_was_deleted_meanwhile_is_said(line: CommandLine) -> None:
    service = SentService(line.desk.workspace)
    (first, _) = run(service.of_run(run_id(line)))
    line.desk.workspace.sent.kept.clear()
    with pytest.raises(Exception, match="no_such_request"):
        run(service.text(first))
