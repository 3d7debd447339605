"""``reviewer correct``."""

from pathlib import Path

import pytest

from tests.fakes.command_line import CommandLine
from tests.fakes.documents import CLAUSES
from tests.fakes.services import write_all


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    (path,) = write_all(tmp_path, contract="".join(CLAUSES))
    return path


def outline(reviewer: CommandLine) -> list[str]:
    return [line.partition("  [")[0] for line in reviewer.out.splitlines()]


def test_sections_are_shown_as_they_are_corrected(reviewer: CommandLine, contract: Path) -> None:
    assert reviewer("correct", contract) == 0
    assert outline(reviewer) == ["1 Fees", "2 Liability", "3 Term"]
    assert reviewer("correct", contract, "rename", "2", "Cap") == 0
    assert reviewer("correct", contract, "merge", "Term") == 0
    assert outline(reviewer) == ["1 Fees", "2 Cap"]
    assert reviewer("correct", contract, "split", "The Customer shall pay") == 0
    assert outline(reviewer) == ["1 Fees", "-", "2 Cap"]
    assert reviewer("correct", contract, "undo") == 0
    assert outline(reviewer) == ["1 Fees", "2 Cap"]


def test_section_is_named_by_the_beginning_of_its_id(reviewer: CommandLine, contract: Path) -> None:
    assert reviewer("correct", contract, "renumber", "1", "1a", "--json") == 0
    first = reviewer.json["sections"][0]
    assert first["number"] == "1a"
    assert reviewer("correct", contract, "level", reviewer.json["sections"][1]["id"][:12], "2") == 0
    assert outline(reviewer) == ["1a Fees", "  2 Liability", "3 Term"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("merge",), "bad_correction: merge needs a section."),
        (("split",), "bad_correction: split needs the words that begin the new section."),
        (("rename", "2"), "bad_correction: rename needs a section and its new value."),
        (("merge", "77"), "no_such_section: There is no section called '77'."),
        (("merge", "s"), "no_such_section: There are 3 sections called 's'."),
        (("merge", "1"), "bad_correction: Cannot merge that: there is no section before it."),
        (("split", "2 Liability"), "bad_correction: Cannot split that: a section begins there already."),
        (("split", "no such words"), "no_such_words: The words 'no such words' are not in the document."),
        (("relabel", "1", "poem"), "bad_correction: Cannot relabel that: 'poem' is not one of title, "),
        (("level", "1", "x"), "bad_correction: Cannot level that: 'x' is not a level from 1 to 9."),
        (("undo",), "nothing_to_undo: Nothing was corrected about this document."),
    ],
)
def test_what_cannot_be_corrected_is_told(
    reviewer: CommandLine, contract: Path, words: tuple[str, ...], said: str
) -> None:
    assert reviewer("correct", contract, *words) == 7
    assert reviewer.err.startswith(f"reviewer: {said}")
