"""``reviewer redact``, and the flags about redaction."""

from dataclasses import replace
from pathlib import Path

import pytest

from reviewer.cli.arguments import parser
from reviewer.cli.redact import redaction_again
from reviewer.domain.redaction import RedactionChoice
from reviewer.domain.settings import Settings
from reviewer.services.settings import Effective
from tests.fakes.command_line import CommandLine
from tests.fakes.models import ScriptedModel
from tests.fakes.services import Desk, write_all

TEXT = "1 Fees\nAcme Corp shall pay; write to info@acme.example.\n2 Liability\nACME\nCORP is liable without limit.\n"
MODEL = ("--model", "openai/scripted")


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    (path,) = write_all(tmp_path, contract=TEXT)
    return path


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "names.list"
    path.write_text("# parties\nAcme Corp\n", "utf-8")
    return path


def test_redact_prints_what_would_be_sent_and_the_table(reviewer: CommandLine, contract: Path, listed: Path) -> None:
    assert reviewer("redact", contract, "--list", listed) == 0
    assert "[PARTY_1] shall pay; write to [EMAIL_1]." in reviewer.out
    assert "acme" not in reviewer.out.lower()
    assert "[PARTY_1]  2 places  Acme Corp | ACME CORP" in reviewer.err


def test_redact_as_json_has_text_table_and_places(reviewer: CommandLine, contract: Path, listed: Path) -> None:
    assert reviewer("redact", contract, "--list", listed, "--json") == 0
    said = reviewer.json
    assert said["schema"] == "reviewer.redaction/1"
    assert said["counts"] == {"email": 1, "party": 2}
    assert [said["visible"][each["start"] : each["end"]] for each in said["places"]] == [
        "Acme Corp",
        "info@acme.example",
        "ACME\nCORP",
    ]
    assert said["table"][1] == {
        "placeholder": "[PARTY_1]",
        "kind": "party",
        "words": ["Acme Corp", "ACME CORP"],
        "places": 2,
    }


def test_redact_says_where_nothing_is_replaced(reviewer: CommandLine, tmp_path: Path) -> None:
    (path,) = write_all(tmp_path, plain="Nothing here.\n")
    assert reviewer("redact", path) == 0
    assert "Nothing in this document would be replaced." in reviewer.err


def test_bad_list_is_refused(reviewer: CommandLine, contract: Path, tmp_path: Path) -> None:
    assert reviewer("redact", contract, "--list", tmp_path / "none") == 7
    (empty,) = write_all(tmp_path, empty="\n")
    assert reviewer("review", contract, "--redact-list", empty) == 2


def review(reviewer: CommandLine, *flags: str | Path) -> tuple[str, str]:
    """What the model was asked, in lower case, and the report."""
    model = ScriptedModel("[]")
    reviewer.desk = Desk(model, workspace=reviewer.desk.workspace)
    assert reviewer("review", *flags, *MODEL) in (0, 3)
    return "\n".join(each.user for each in model.requests).lower(), reviewer.out


def test_review_sends_placeholders_and_says_so(reviewer: CommandLine, contract: Path, listed: Path) -> None:
    asked, report = review(reviewer, contract, "--redact-list", listed)
    assert "[party_1] shall pay" in asked
    assert "acme" not in asked
    assert "1 e-mail, 2 listed names (for openai/scripted)" in " ".join(report.split())


def test_review_without_redaction_says_nothing_of_it(reviewer: CommandLine, contract: Path) -> None:
    asked, report = review(reviewer, contract)
    assert "acme corp shall pay" in asked
    assert "replaced" not in report


def test_settings_turn_it_on_and_a_flag_turns_it_off(reviewer: CommandLine, contract: Path) -> None:
    assert reviewer("config", "set", "redaction.terms", "Acme Corp", "Beta, Inc.") == 0
    assert reviewer("config", "set", "redaction.enabled", "true") == 0
    assert reviewer("config", "get", "redaction.terms") == 0
    assert reviewer.out == "Acme Corp, Beta, Inc.\n"
    assert "acme" not in review(reviewer, contract)[0]
    assert "acme" in review(reviewer, contract, "--no-redact")[0]


def test_matter_keeps_a_list_of_its_own(reviewer: CommandLine, contract: Path, listed: Path) -> None:
    assert reviewer("matters", "new", "Acme", "--endpoint", "http://openai.scripted.test") == 0
    assert reviewer("matters", "change", "Acme", "--redact-list", listed) == 0
    assert reviewer("matters", "show", "Acme") == 0
    assert "placeholders for 1 listed name." in reviewer.out
    assert reviewer("matters", "show", "Acme", "--json") == 0
    assert (reviewer.json["redacts"], reviewer.json["redact_terms"]) == (True, ["Acme Corp"])
    assert reviewer("redact", contract, "--matter", "Acme", "--json") == 0
    assert reviewer.json["counts"]["party"] == 2
    assert "acme" not in review(reviewer, contract, "--matter", "Acme")[0]
    assert "acme" not in review(reviewer, contract, "--matter", "Acme", "--no-redact")[0]


def test_report_files_say_so_too(reviewer: CommandLine, contract: Path, listed: Path) -> None:
    model = ScriptedModel("[]")
    reviewer.desk = Desk(model, workspace=reviewer.desk.workspace)
    reviewer("review", contract, *MODEL, "--redact-list", listed, "--json")
    assert reviewer.json["documents"][0]["redacted"] == {
        "models": ["openai/scripted"],
        "places": {"email": 1, "party": 2},
    }
    run = reviewer.json["run"]["id"]
    assert reviewer("export", run, "--format", "md") == 0
    assert "> Before sending, these were replaced by placeholders: 1 e-mail, 2 listed names" in reviewer.out


def test_retry_replaces_as_before_unless_a_flag_says_something(listed: Path) -> None:
    before = RedactionChoice(is_on=True, terms=("Beta GmbH",), local=True)
    found = Effective(Settings(), {})

    def again(*flags: str) -> RedactionChoice:
        settings = replace(found.settings, redaction="--redact" in flags)
        parsed = parser().parse_args(["runs", "retry", "r1", *flags])
        return redaction_again(parsed, replace(found, settings=settings), before)

    assert again() == before
    assert again("--redact-list", str(listed)) == replace(before, terms=("Acme Corp", "Beta GmbH"))
    assert again("--no-redact") == replace(before, is_on=False)
    assert again("--redact-local").is_on
