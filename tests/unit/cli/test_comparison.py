from pathlib import Path

import pytest

from tests.fakes.command_line import CommandLine
from tests.fakes.services import write_all
from tests.unit.parsing.word_files import p, r, word_file

OLD = (
    "1. Fees. The Customer shall pay within thirty days of the invoice.\n\n"
    "2. Secrets. Each party keeps the secrets of the other party.\n\n"
    "3. Law. The laws of Norway govern this agreement, see clause 2.\n\n"
)
NEW = (
    "1. Fees. The Customer shall pay within sixty days of the invoice promptly.\n\n"
    "2. Law. The laws of Norway govern this agreement, see clause 2.\n\n"
    "3. Costs. Each side bears its own costs of making this contract.\n\n"
)


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    first, second = write_all(tmp_path, old=OLD, new=NEW)
    return first, second


def test_compare_gives_changes_and_what_became_of_sections(reviewer: CommandLine, two: tuple[Path, Path]) -> None:
    assert reviewer("compare", *two, "--as", "contract", "--json") == 0
    found = reviewer.json
    assert (found["schema"], found["is_same"], found["untracked"]) == ("reviewer.comparison/1", False, None)
    assert (found["old"]["name"], found["new"]["name"]) == tuple(path.name for path in two)
    first = found["changes"][0]
    assert (first["old"]["text"], first["new"]["text"], first["weights"]) == ("thirty", "sixty", ["number"])
    assert OLD[first["old"]["start"] : first["old"]["end"]] == "thirty"
    assert NEW[first["new"]["start"] : first["new"]["end"]] == "sixty"
    status = {(each["old"] or each["new"])["heading"]: each["status"] for each in found["sections"]}
    assert status == {"Fees": ["changed"], "Secrets": ["deleted"], "Law": ["renumbered"], "Costs": ["inserted"]}


def test_compare_shows_what_is_weighty_first(reviewer: CommandLine, two: tuple[Path, Path]) -> None:
    assert reviewer("compare", *two, "--as", "contract") == 0
    lines = [line.strip() for line in reviewer.out.splitlines()]
    assert lines[:4] == ["Look at these first:", "1 Fees  (a number)", "- thirty", "+ sixty"]
    assert lines[4:7] == ["Other words:", "1 Fees", "+ promptly"]
    assert "2 Secrets: is gone" in lines
    assert "3 Law: is now 2" in lines
    assert "3 Costs: is new" in lines
    assert lines[-1] == "0 of 4 sections are word for word the same."


def test_compare_says_when_nothing_differs(reviewer: CommandLine, tmp_path: Path) -> None:
    first, second = write_all(tmp_path, old=OLD, new=OLD + " ")
    assert reviewer("compare", first, second) == 0
    assert reviewer.out == "The two versions are word for word the same.\n"


def test_compare_tells_a_moved_section_and_a_reference_that_follows(reviewer: CommandLine, tmp_path: Path) -> None:
    old = OLD + "4. Term. It runs for two long and happy years, as the parties have agreed.\n\n"
    new = (
        "1. Secrets. Each party keeps the secrets of the other party.\n\n"
        "2. Law. The laws of Norway govern this agreement, see clause 1.\n\n"
        "3. Term. It runs for two long and happy years, as the parties have agreed.\n\n"
        "4. Fees. The Customer shall pay within thirty days of the invoice.\n\n"
    )
    first, second = write_all(tmp_path, old=old, new=new)
    assert reviewer("compare", first, second, "--as", "contract") == 0
    assert "1 Fees: was moved, is now 4" in reviewer.out
    assert "(follows the new numbers)" in reviewer.out


def test_compare_shortens_long_words(reviewer: CommandLine, tmp_path: Path) -> None:
    long = " ".join(f"word{number}" for number in range(80))
    first, second = write_all(tmp_path, old=f"One two three. {long}\n", new="One two three.\n")
    assert reviewer("compare", first, second) == 0
    assert any(line.endswith("…") and len(line) < 170 for line in reviewer.out.splitlines())


def word_files(folder: Path, law: str) -> tuple[Path, Path]:
    """A Word file as it was sent, and as it came back: *thirty* became *forty*, tracked; the law is what is given."""
    by = 'w:id="1" w:author="Ada" w:date="2026-01-01T00:00:00Z"'
    change = (
        f'<w:del {by}><w:r><w:delText xml:space="preserve">thirty</w:delText></w:r></w:del>'
        f"<w:ins {by}>{r('forty')}</w:ins>{r(' days of the invoice.')}"
    )
    fees, end = "1 Fees. The Customer shall pay within ", " govern this agreement."
    old = p(f"{fees}thirty days of the invoice.") + p(f"2 Law. The laws of Norway{end}") + p("3 Term. One year.")
    new = p(fees, inner=change) + p(f"2 Law. The laws of {law}{end}") + p("3 Term. One year.")
    paths = folder / "sent.docx", folder / "got.docx"
    for path, body in zip(paths, (old, new), strict=True):
        path.write_bytes(word_file(body))
    return paths


def test_compare_finds_what_nobody_tracked(reviewer: CommandLine, tmp_path: Path) -> None:
    assert reviewer("compare", *word_files(tmp_path, "Sweden"), "--as", "contract") == 0
    first, _, rest = reviewer.out.partition("All changes, the tracked ones accepted:")
    assert first.startswith("UNTRACKED CHANGES")
    assert "- Norway" in first
    assert "+ Sweden" in first
    assert "forty" not in first
    assert "+ forty" in rest


def test_compare_says_when_every_change_is_tracked(reviewer: CommandLine, tmp_path: Path) -> None:
    paths = word_files(tmp_path, "Norway")
    assert reviewer("compare", *paths, "--as", "contract", "--json") == 0
    assert reviewer.json["untracked"]["is_same"] is True
    assert [change["new"]["text"] for change in reviewer.json["changes"]] == ["forty"]
    assert reviewer("compare", *paths, "--as", "contract") == 0
    assert reviewer.out.startswith("Every change of the new version is a tracked one.")
