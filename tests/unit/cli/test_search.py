"""``reviewer search``."""

from pathlib import Path

import pytest

from tests.fakes.command_line import CommandLine
from tests.fakes.documents import CLAUSES
from tests.fakes.services import write_all


@pytest.fixture
def folder(reviewer: CommandLine, tmp_path: Path) -> Path:
    """Two contracts that were reviewed."""
    folder = tmp_path / "contracts"
    folder.mkdir()
    write_all(folder, first="".join(CLAUSES), second="".join(CLAUSES[:2]))
    assert reviewer("review", folder, "-q") in (0, 3)
    return folder


def test_hits_are_shown_with_document_section_and_words(reviewer: CommandLine, folder: Path) -> None:
    assert reviewer("search", "supplier", "in:section", "--workspace", folder) == 0
    assert reviewer.workspaces[-1] == folder
    assert "first.txt  2 Liability\n    2 Liability The Supplier is liable without limit." in reviewer.out
    assert "second.txt  2 Liability" in reviewer.out
    assert reviewer.err == ""


def test_limit_says_that_there_is_more(reviewer: CommandLine, folder: Path) -> None:
    assert reviewer("search", "supplier in:section", "--limit", "1") == 0
    assert reviewer.out.count("Liability The Supplier") == 1
    assert "--limit" in reviewer.err


def test_json_counts_in_the_documents_text(reviewer: CommandLine, folder: Path) -> None:
    assert reviewer("search", "runs in:section", "--json") == 0
    (hit,) = reviewer.json["hits"]
    text = "".join(CLAUSES)
    assert reviewer.json["schema"] == "reviewer.search/1"
    assert (reviewer.json["more"], reviewer.json["in_parts"]) == (False, False)
    assert text[hit["start"] : hit["end"]] == "runs"
    assert [hit["snippet"][start:end] for start, end in hit["ranges"]] == ["runs"]
    assert (hit["kind"], hit["name"], hit["run"]) == ("section", "first.txt", None)


def test_parts_of_words_are_told_as_such(reviewer: CommandLine, folder: Path) -> None:
    assert reviewer("search", "upplie") == 0
    assert "as a part" in reviewer.err


def test_nothing_found_is_said(reviewer: CommandLine, folder: Path) -> None:
    assert reviewer("search", "zanzibar") == 0
    assert (reviewer.out, reviewer.err) == ("", "Nothing was found.\n")


def test_wrong_query_is_an_input_error(reviewer: CommandLine) -> None:
    assert reviewer("search", "NOT", "fees") == 7
    assert reviewer.err.startswith("reviewer: bad_search: A search needs something that must occur.")
