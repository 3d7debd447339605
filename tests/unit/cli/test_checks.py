from pathlib import Path

import pytest

from reviewer.handlers.checks.linter import RULES
from tests.fakes.command_line import CommandLine
from tests.fakes.services import write_all

TEXT = (
    "SERVICES AGREEMENT\n\nThis Agreement is made between the Supplier and the Customer.\n\n"
    "1. Fees. The Customer pays TBD within sixty (90) days.\n\n2. Term. It runs.\n\n3. Law. None.\n"
)


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    (path,) = write_all(tmp_path, contract=TEXT)
    return path


def test_check_gives_each_defect_with_its_words(reviewer: CommandLine, contract: Path) -> None:
    assert reviewer("check", contract, "--as", "contract", "--json") == 0
    assert reviewer.json["schema"] == "reviewer.checks/1"
    assert reviewer.json["document"]["name"] == contract.name
    first, second = reviewer.json["checks"]
    assert (first["rule"], first["severity"]) == ("amount-words", "high")
    assert first["message"] == "Words and figures differ: sixty (90)"
    (citation,) = first["citations"]
    assert (citation["quote"], citation["status"]) == ("sixty (90)", "verified")
    assert TEXT[citation["start"] : citation["end"]] == "sixty (90)"
    assert second["rule"] == "placeholder"


def test_check_shows_a_line_and_the_words(reviewer: CommandLine, contract: Path) -> None:
    assert reviewer("check", contract, "--as", "contract") == 0
    lines = reviewer.out.splitlines()
    assert lines[0] == "HIGH     Words and figures differ: sixty (90)  [amount-words]"
    assert lines[1].strip() == "sixty (90)"


def test_check_says_when_there_is_nothing(reviewer: CommandLine, tmp_path: Path) -> None:
    (path,) = write_all(tmp_path, a="1. Fees. None.\n\n2. Term. None.\n")
    assert reviewer("check", path) == 0
    assert reviewer.out == "The rules found nothing to report.\n"


def test_check_counts_places_beyond_the_third(reviewer: CommandLine, tmp_path: Path) -> None:
    (path,) = write_all(tmp_path, a="1. Fees. TBD, TBC, XXX and [●] and {{more}}.\n\n2. Term. None.\n")
    assert reviewer("check", path, "--as", "contract") == 0
    assert "and 2 more places" in reviewer.out


def test_check_leaves_rules_out(reviewer: CommandLine, contract: Path) -> None:
    assert reviewer("check", contract, "--as", "contract", "--without", "placeholder", "--json") == 0
    assert [each["rule"] for each in reviewer.json["checks"]] == ["amount-words"]


def test_check_refuses_a_rule_it_does_not_know(reviewer: CommandLine, contract: Path) -> None:
    assert reviewer("check", contract, "--without", "nonsense") == 2
    assert reviewer.err == "reviewer: no_such_rule: There is no rule 'nonsense'. See: reviewer check --rules\n"


def test_check_lists_its_rules(reviewer: CommandLine) -> None:
    assert reviewer("check", "--rules") == 0
    assert all(rule.id in reviewer.out and rule.explanation in reviewer.out for rule in RULES)
    assert reviewer("check", "--rules", "--json") == 0
    assert [each["id"] for each in reviewer.json["rules"]] == [rule.id for rule in RULES]


def test_check_without_a_file_says_so(reviewer: CommandLine) -> None:
    assert reviewer("check") == 7
    assert "Name a file." in reviewer.err
