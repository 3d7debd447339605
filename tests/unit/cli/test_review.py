import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest

from reviewer.cli import review
from reviewer.domain.chat import ChatRequest
from reviewer.domain.run import RunStatus
from reviewer.domain.vote import Judgement
from tests.fakes.command_line import CommandLine
from tests.fakes.documents import CLAUSES, make_playbook, make_position
from tests.fakes.handlers import StubRule, assessed, reply_of
from tests.fakes.models import ScriptedModel, broken, rejected
from tests.fakes.running import make_team
from tests.fakes.services import Desk, write_all

GOOD = reply_of(assessed("preferred", "Liability"))
MODEL = ("--model", "openai/scripted")


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    (path,) = write_all(tmp_path, contract="".join(CLAUSES))
    return path


def quick(said: object) -> ScriptedModel:
    """The command line runs on real time: no delay."""
    script = said if callable(said) else lambda request: said
    return ScriptedModel(script, delay=lambda request: 0.0)


def by_rule(outcome: str = "deviates") -> Desk:
    return Desk(team=make_team(StubRule(lambda task: (Judgement("liability", outcome),))))


def test_review_prints_a_report(reviewer: CommandLine, contract: Path) -> None:
    reviewer.desk = by_rule()
    assert reviewer("review", contract) == 0
    assert "Built-in checks (no AI model)" in reviewer.out
    assert "HIGH     Liability: deviates" in reviewer.out
    assert "Done: contract.txt" in reviewer.err


def test_review_prints_json_only(reviewer: CommandLine, contract: Path) -> None:
    reviewer.desk = Desk(quick(GOOD))
    assert reviewer("review", contract, *MODEL, "--json") == 0
    assert reviewer.json["schema"] == "reviewer.report/1"
    assert reviewer.json["run"]["status"] == "done"
    assert len(reviewer.json["documents"][0]["findings"][0]["votes"]) == 3


def test_review_is_quiet_when_asked(reviewer: CommandLine, contract: Path) -> None:
    reviewer.desk = by_rule()
    assert reviewer("review", contract, "-q", "--json") == 0
    assert reviewer.err == ""


def test_review_takes_the_settings_given(reviewer: CommandLine, contract: Path, tmp_path: Path) -> None:
    reviewer.desk = Desk(quick(GOOD))
    words = ("--votes", "1", "--seed", "7", "--max-connections", "3", "--timeout", "9", "--workflow", "flow")
    assert reviewer("review", contract, *MODEL, *words, "--offline", "--workspace", tmp_path, "--json") == 0
    (run,) = reviewer.desk.workspace.runs.kept.values()
    assert (run.votes, run.options["seed"], run.options["max_connections"]) == (1, "7", "3")
    assert (run.options["timeout_s"], run.options["offline"], run.workflow) == ("9.0", "yes", "flow")
    assert reviewer.workspaces == [tmp_path]


def test_review_names_a_workflow_file_from_the_root(
    reviewer: CommandLine, contract: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert reviewer("review", contract, "--workflow", "mine.toml") == 2
    assert reviewer.desk.catalog.read == [str(tmp_path / "mine.toml")]


def test_review_writes_its_reports_to_a_folder(reviewer: CommandLine, contract: Path, tmp_path: Path) -> None:
    reviewer.desk = by_rule()
    folder = tmp_path / "new" / "folder"
    assert reviewer("review", contract, "-o", folder, "--json") == 0
    assert sorted(each.name for each in folder.iterdir()) == ["report.json", "report.md"]
    assert json.loads((folder / "report.json").read_text("utf-8")) == reviewer.json


def test_review_that_cannot_write_says_so(reviewer: CommandLine, contract: Path) -> None:
    reviewer.desk = by_rule()
    assert reviewer("review", contract, "-o", contract / "below") == 1
    assert reviewer.err.splitlines()[-1].startswith("reviewer: unwritable: ")


def test_review_with_a_bad_file_ends_with_3(reviewer: CommandLine, contract: Path, tmp_path: Path) -> None:
    (bad,) = write_all(tmp_path, bad="BAD")
    reviewer.desk = by_rule()
    assert reviewer("review", bad, contract, "-q") == 3
    assert reviewer.err == "reviewer: broken: bad.txt: The file is damaged. Save it again.\n"
    assert "Not read: bad.txt" in reviewer.out


def test_review_with_a_failed_step_ends_with_3(reviewer: CommandLine, contract: Path) -> None:
    reviewer.desk = Desk(quick(lambda request: broken() if "Fees" in request.user else GOOD))
    assert reviewer("review", contract, *MODEL) == 3
    assert "3 steps failed" in reviewer.out


def test_review_of_bad_files_only_ends_with_7(reviewer: CommandLine, tmp_path: Path) -> None:
    (bad,) = write_all(tmp_path, bad="BAD")
    assert reviewer("review", bad, "--json") == 7
    assert reviewer.json["code"] == "broken"


@pytest.mark.parametrize(
    ("outcome", "limit", "code"),
    [
        ("deviates", "high", 4),
        ("deviates", "critical", 0),
        ("walk_away", "critical", 4),
        ("preferred", "info", 0),
        ("not_applicable", "info", 0),
    ],
)
def test_review_ends_with_4_at_findings_that_bad(
    reviewer: CommandLine, contract: Path, outcome: str, limit: str, code: int
) -> None:
    reviewer.desk = by_rule(outcome)
    assert reviewer("review", contract, "--fail-on", limit, "--json") == code


def test_review_with_a_rejected_key_ends_with_5_and_says_how_to_go_on(reviewer: CommandLine, contract: Path) -> None:
    reviewer.desk = Desk(quick(lambda request: rejected()))
    assert reviewer("review", contract, *MODEL, "-q", "--json", "--workspace", "my matters") == 5
    (run,) = reviewer.desk.workspace.runs.kept.values()
    assert run.status is RunStatus.FAILED
    assert f"reviewer runs resume {run.id} --workspace 'my matters'" in reviewer.err
    assert reviewer.err.splitlines()[-1] == "reviewer: key_rejected: The key was refused. Set another key."
    assert reviewer.json["code"] == "key_rejected"


def test_review_that_is_interrupted_ends_with_130_and_says_how_to_go_on(
    reviewer: CommandLine, contract: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    asked = asyncio.Event()

    def delay(request: ChatRequest) -> float:
        asked.set()
        return 60.0

    def interrupted(work: object) -> None:
        """As the loop does at Ctrl-C: the work is cancelled, then the interruption comes out."""

        async def cancel() -> None:
            running = asyncio.ensure_future(work)  # type: ignore[arg-type]  # a coroutine
            await asked.wait()
            running.cancel()
            await asyncio.wait([running])

        with asyncio.Runner() as runner:
            runner.run(cancel())
        raise KeyboardInterrupt

    reviewer.desk = Desk(ScriptedModel(GOOD, delay=delay))
    monkeypatch.setattr(review.asyncio, "run", interrupted)
    assert reviewer("review", contract, *MODEL) == 130
    (run,) = reviewer.desk.workspace.runs.kept.values()
    assert run.status is RunStatus.INTERRUPTED
    assert f"reviewer runs resume {run.id}" in reviewer.err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--engine", "llm"), "no_model"),
        (("--base-url", "http://a.test"), "no_model"),
        ((*MODEL, "--base-url", "http://a.test", "--base-url", "http://b.test"), "base_urls"),
    ],
)
def test_review_with_models_that_make_no_sense_ends_with_2(
    reviewer: CommandLine, contract: Path, words: tuple[str, ...], code: str
) -> None:
    assert reviewer("review", contract, *words) == 2
    assert f"reviewer: {code}: " in reviewer.err


def endpoints(reviewer: CommandLine) -> list[tuple[str, str]]:
    (run,) = reviewer.desk.workspace.runs.kept.values()
    return list(zip(run.options["models"].split("\n"), run.options["base_urls"].split("\n"), strict=True))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), ["http://own.test", "http://host.test"]),
        (("--base-url", "http://one.test"), ["http://one.test", "http://one.test"]),
        (("--base-url", "http://one.test", "--base-url", "http://two.test"), ["http://one.test", "http://two.test"]),
    ],
)
def test_review_asks_models_at_the_addresses_given(
    reviewer: CommandLine,
    contract: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    expected: list[str],
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://own.test")
    monkeypatch.setenv("OLLAMA_HOST", "http://host.test")
    reviewer.desk = Desk(quick(GOOD))
    assert reviewer("review", contract, "--model", "openai/a", "--model", "ollama/b", *words, "--json") == 0
    assert endpoints(reviewer) == list(zip(("openai/a", "ollama/b"), expected, strict=True))


def test_an_address_in_the_environment_is_no_model(
    reviewer: CommandLine, contract: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://own.test")
    reviewer.desk = by_rule()
    assert reviewer("review", contract, "--json") == 0
    assert reviewer.json["run"]["engine"] == "builtin"


def test_engine_builtin_asks_no_model(reviewer: CommandLine, contract: Path) -> None:
    reviewer.desk = by_rule()
    assert reviewer("review", contract, *MODEL, "--engine", "builtin", "--json") == 0
    assert reviewer.json["run"]["models"] == []


def test_terminal_shows_what_is_missing_and_votes(reviewer: CommandLine, contract: Path) -> None:
    replies = iter(
        [reply_of(assessed("walk_away", "without limit")), "[]", reply_of(assessed("walk_away", "no words of it"))]
    )
    book = make_playbook(make_position(), make_position("audit"))
    book = replace(book, detect=book.positions[0].signals)
    reviewer.desk = Desk(quick(lambda request: next(replies) if "Liability" in request.user else "[]"), playbook=book)
    assert reviewer("review", contract, *MODEL) == 0
    assert "Audit: missing" in reviewer.out
    assert "Looked in: 3 parts" in reviewer.out
    assert "not counted" in reviewer.out


def test_write_file_leaves_nothing_behind_when_it_fails(tmp_path: Path) -> None:
    target = tmp_path / "taken"
    target.mkdir()
    with pytest.raises((IsADirectoryError, PermissionError)):
        review.write_file(target, b"data")
    assert list(tmp_path.iterdir()) == [target]


def test_review_holds_contracts_against_the_playbook_that_is_named(reviewer: CommandLine, contract: Path) -> None:
    reviewer.desk = by_rule()
    assert reviewer("review", contract, "--playbook", "book", "--json") == 0
    (document,) = reviewer.json["documents"]
    assert document["playbook"] == "book"
    assert reviewer("review", contract, "--playbook", "moon") == 2
    assert "There is no playbook 'moon'" in reviewer.err
