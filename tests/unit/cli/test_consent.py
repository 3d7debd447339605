from pathlib import Path

import pytest

from reviewer.cli.console import Console
from tests.fakes.command_line import CommandLine
from tests.fakes.documents import CLAUSES
from tests.fakes.handlers import assessed, reply_of
from tests.fakes.models import ScriptedModel
from tests.fakes.services import Desk, write_all

GOOD = reply_of(assessed("preferred", "Liability"))
MODEL = ("--model", "openai/scripted")
PLACE = "http://openai.scripted.test"


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    (path,) = write_all(tmp_path, contract="".join(CLAUSES))
    return path


@pytest.fixture
def line(reviewer: CommandLine) -> CommandLine:
    reviewer.desk = Desk(ScriptedModel(GOOD))
    return reviewer


def is_sent(line: CommandLine) -> bool:
    return bool(line.desk.models[0].requests)


def test_new_matter_keeps_its_text_here(line: CommandLine, contract: Path) -> None:
    line("matters", "new", "Acme")
    assert "may not leave this computer" in line.out
    assert line("review", contract, *MODEL, "--matter", "Acme", "-y") == 2
    assert "reviewer: stays_here: " in line.err
    assert "change what the matter allows" in line.err
    assert not is_sent(line)


def test_matter_that_asks_says_how_to_say_yes_where_there_is_no_terminal(line: CommandLine, contract: Path) -> None:
    line("matters", "new", "Acme", "--egress", "ask")
    assert line("review", contract, *MODEL, "--matter", "Acme") == 2
    assert "reviewer: not_confirmed: " in line.err
    assert f"To {PLACE}: {len(CLAUSES)} sections of 1 document" in line.err
    assert "add -y" in line.err
    assert not is_sent(line)
    assert line("review", contract, *MODEL, "--matter", "Acme", "-y", "-q") == 0
    assert is_sent(line)


@pytest.mark.parametrize(("answer", "code"), [(True, 0), (False, 2)])
def test_matter_that_asks_asks_on_a_terminal(
    line: CommandLine, contract: Path, monkeypatch: pytest.MonkeyPatch, answer: bool, code: int
) -> None:
    monkeypatch.setattr(Console, "confirms", lambda _self, _question: answer)
    line("matters", "new", "Acme", "--egress", "ask")
    assert line("review", contract, *MODEL, "--matter", "Acme", "-q") == code
    assert is_sent(line) is answer
    assert ("Nothing was sent." in line.err) is not answer


def test_listed_endpoints_are_sent_to_and_others_are_not(line: CommandLine, contract: Path) -> None:
    assert line("matters", "new", "Acme", "--endpoint", "https://openai.scripted.test") == 0
    assert line("review", contract, *MODEL, "--matter", "Acme", "-y") == 2
    assert "reviewer: not_listed: " in line.err
    assert line("matters", "change", "Acme", "--endpoint", f"{PLACE}/v1", "--json") == 0
    assert (line.json["egress"], line.json["endpoints"]) == ("listed", [PLACE])
    assert line("review", contract, *MODEL, "--matter", "Acme", "-q") == 0
    assert is_sent(line)
    assert line("matters", "show", "Acme") == 0
    assert f"may go to {PLACE} and nowhere else" in line.out


def test_what_is_no_endpoint_or_no_policy_is_refused(line: CommandLine) -> None:
    assert line("matters", "new", "Acme", "--endpoint", "ftp://host") == 2
    assert "bad_destination" in line.err
    assert line("matters", "new", "Acme", "--egress", "listed") == 2
    assert "no_endpoints" in line.err
    assert line("matters", "new", "Acme", "--egress", "everywhere") == 2
    assert "here, listed or ask" in line.err


def test_run_that_goes_on_asks_again(line: CommandLine, contract: Path) -> None:
    line("matters", "new", "Acme", "--egress", "ask")
    line("review", contract, *MODEL, "--matter", "Acme", "-y", "-q")
    (run,) = line.desk.workspace.runs.kept
    asked = len(line.desk.models[0].requests)
    assert line("runs", "retry", run, "--add-votes", "1") == 2
    assert "not_confirmed" in line.err
    assert len(line.desk.models[0].requests) == asked
    assert line("runs", "retry", run, "--add-votes", "1", "-y") == 0
    assert len(line.desk.models[0].requests) > asked
