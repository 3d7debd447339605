import io
import json
from pathlib import Path

import pytest

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, BlockKind, Visibility
from tests.fakes.command_line import CommandLine
from tests.fakes.documents import CLAUSES, make_document
from tests.fakes.services import write_all


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    (path,) = write_all(tmp_path, contract="".join(CLAUSES))
    return path


def lines_file(folder: Path, *texts: str, name: str = "lines.jsonl") -> Path:
    path = folder / name
    path.write_text("".join(json.dumps(text) + "\n" for text in texts), "utf-8")
    return path


def test_parse_gives_the_document(reviewer: CommandLine, contract: Path) -> None:
    assert reviewer("parse", contract, "--json") == 0
    assert reviewer.json["schema"] == "reviewer.document/1"
    assert reviewer.json["text"] == "".join(CLAUSES)
    assert set(reviewer.json) == {"schema", "document", "text", "blocks", "warnings"}


def test_parse_shows_the_blocks(reviewer: CommandLine, contract: Path) -> None:
    assert reviewer("parse", contract) == 0
    assert reviewer.out.splitlines()[0] == "[paragraph visible] 1 Fees"


def test_parse_lets_no_text_steer_the_terminal(reviewer: CommandLine, tmp_path: Path) -> None:
    (path,) = write_all(tmp_path, a="red \x1b[31m and \x9b31m and \x07\n")
    assert reviewer("parse", path) == 0
    assert not set("\x1b\x9b\x07") & set(reviewer.out)
    assert reviewer("parse", path, "--json") == 0
    assert not set("\x1b\x9b\x07") & set(reviewer.out)
    assert reviewer.json["text"] == "red \x1b[31m and \x9b31m and \x07\n"


def test_parse_of_a_bad_file_ends_with_7(reviewer: CommandLine, tmp_path: Path) -> None:
    (path,) = write_all(tmp_path, bad="BAD")
    assert reviewer("parse", path) == 7
    assert reviewer.err == "reviewer: broken: The file is damaged. Save it again.\n"


@pytest.fixture
def changed(reviewer: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that reads as *Pay 30 days* with *10* deleted before *30*, by Ada, and a hidden block behind it."""
    kinds = (
        ("Pay ", Visibility.VISIBLE, ""),
        ("10 ", Visibility.DELETED, "Ada"),
        ("30 ", Visibility.INSERTED, "Ada"),
        ("days", Visibility.VISIBLE, ""),
        ("!", Visibility.HIDDEN, ""),
    )
    text, blocks = "", []
    for words, visibility, author in kinds:
        kind = BlockKind.CONTINUATION if text else BlockKind.PARAGRAPH
        span = TextSpan(len(text), len(text) + len(words))
        blocks.append(Block(span, kind, visibility=visibility, author=author, locator=f"p0:{len(text)}"))
        text += words
    document = make_document(text, blocks=tuple(blocks))
    monkeypatch.setattr(reviewer.desk.parser, "parse", lambda source: document)
    (path,) = write_all(tmp_path, changed="x")
    return path


@pytest.mark.parametrize(
    ("view", "shown"),
    [
        (None, ["Pay ", "10 ", "30 ", "days", "!"]),
        ("visible", ["Pay ", "30 ", "days"]),
        ("final", ["Pay ", "30 ", "days"]),
        ("original", ["Pay ", "10 ", "days"]),
        ("marked", ["Pay ", "10 ", "30 ", "days"]),
        ("changes", ["10 ", "30 "]),
    ],
)
def test_parse_shows_the_blocks_of_a_view(
    reviewer: CommandLine, changed: Path, view: str | None, shown: list[str]
) -> None:
    flags = ("--view", view) if view else ()
    assert reviewer("parse", changed, *flags, "--json") == 0
    read = reviewer.json
    assert [read["text"][each["start"] : each["end"]] for each in read["blocks"]] == shown
    assert read.get("view") == view
    assert reviewer("parse", changed, *flags) == 0
    assert [line.split("] ")[1] for line in reviewer.out.splitlines()] == shown


def test_parse_tells_who_changed_what_and_where(reviewer: CommandLine, changed: Path) -> None:
    assert reviewer("parse", changed, "--view", "changes") == 0
    assert reviewer.out.splitlines() == [
        "[paragraph 1: deleted by Ada] 10 ",
        "[paragraph 1: inserted by Ada] 30 ",
    ]
    assert reviewer("parse", changed, "--view", "changes", "--json") == 0
    assert [(each["author"], each["locator"]) for each in reviewer.json["blocks"]] == [("Ada", "p0:4"), ("Ada", "p0:7")]


def test_parse_says_that_there_are_no_changes(reviewer: CommandLine, contract: Path) -> None:
    assert reviewer("parse", contract, "--view", "changes") == 0
    assert reviewer.out == "The document holds no tracked changes.\n"
    assert reviewer("parse", contract, "--view", "changes", "--json") == 0
    assert reviewer.json["blocks"] == []


def test_parse_knows_no_other_views(reviewer: CommandLine, contract: Path) -> None:
    assert reviewer("parse", contract, "--view", "upside-down") == 2


def test_split_gives_the_sections(reviewer: CommandLine, contract: Path) -> None:
    assert reviewer("split", contract, "--as", "contract", "--json") == 0
    assert [each["number"] for each in reviewer.json["sections"]] == ["1", "2", "3"]
    assert reviewer.json["sections"][1]["text"] == CLAUSES[1]
    assert reviewer("split", contract) == 0
    assert reviewer.out.splitlines()[0] == "1 Fees  [clause, 46 characters]"


def test_quote_says_whether_words_stand_in_the_document(reviewer: CommandLine, contract: Path) -> None:
    assert reviewer("quote", contract, "--quote", "pay within 30 days", "--json") == 0
    (found,) = reviewer.json["quotes"]
    start = CLAUSES[0].index("pay within")
    assert found == {
        "quote": "pay within 30 days", "status": "verified", "start": start, "end": start + 18, "page": None,
    }  # fmt: skip
    assert reviewer("quote", contract, "--quote", "pay within 30 days") == 0
    assert reviewer.out == f"Quote: exact (characters {start} to {start + 18})\n"
    assert reviewer("quote", contract, "--quote", "pay within 60 days") == 0
    assert reviewer.out == "Quote: not in the document\n"


def test_quote_lines_answers_line_by_line_in_order(reviewer: CommandLine, contract: Path, tmp_path: Path) -> None:
    asked = ("within 30 days", "the moon is far away", "liable\nwithout limit", "a\u2028line separator")
    assert reviewer("quote", contract, "--lines", lines_file(tmp_path, *asked), "--json") == 0
    assert [each["quote"] for each in reviewer.lines] == list(asked)
    assert [each["status"] for each in reviewer.lines] == ["verified", "unverified", "verified", "unverified"]


def test_quote_lines_reads_standard_input(
    reviewer: CommandLine, contract: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('"within 30 days"\n\n"Customer"\n'))
    assert reviewer("quote", contract, "--lines", "-") == 0
    assert len(reviewer.lines) == 2


def test_lines_may_begin_with_a_byte_order_mark(reviewer: CommandLine, contract: Path, tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_bytes(b'\xef\xbb\xbf"Customer"\r\n"Supplier"\r\n')
    assert reviewer("quote", contract, "--lines", path) == 0
    assert [each["quote"] for each in reviewer.lines] == ["Customer", "Supplier"]


@pytest.mark.parametrize("line", ["no JSON", "[1]", "3"])
def test_lines_that_are_no_strings_are_an_error(
    reviewer: CommandLine, contract: Path, tmp_path: Path, line: str
) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text(f'"fine"\n{line}\n', "utf-8")
    assert reviewer("quote", contract, "--lines", path) == 7
    assert "Line 2 of" in reviewer.err


def test_route_of_a_text(reviewer: CommandLine) -> None:
    assert reviewer("route", "--workflow", "flow", "--text", "Translate this.", "--json") == 0
    assert reviewer.json["schema"] == "reviewer.routes/1"
    (item,) = reviewer.json["items"]
    assert set(item) >= {"item", "text", "language", "route", "confidence", "method", "reason"}
    assert (item["item"], item["route"], item["method"]) == ("text", "main", "rules")
    assert reviewer("route", "--workflow", "flow", "--text", "Translate this.") == 0
    assert reviewer.out.startswith("main         0.95 rules Translate this.")


def test_route_lines_answers_line_by_line_in_order(reviewer: CommandLine, tmp_path: Path) -> None:
    path = lines_file(tmp_path, "first", "second und last", "third")
    assert reviewer("route", "--workflow", "flow", "--lines", path, "--json") == 0
    assert [each["text"] for each in reviewer.lines] == ["first", "second und last", "third"]
    assert [each["language"] for each in reviewer.lines] == ["en", "de", "en"]


def test_route_of_files_goes_on_when_one_is_bad(reviewer: CommandLine, contract: Path, tmp_path: Path) -> None:
    (bad,) = write_all(tmp_path, bad="BAD")
    assert reviewer("route", "--workflow", "flow", contract, "--json") == 0
    assert len(reviewer.json["items"]) == 3
    assert reviewer("route", "--workflow", "flow", bad, contract, "--json") == 3
    assert len(reviewer.json["items"]) == 3
    assert reviewer.err == "reviewer: broken: bad.txt: The file is damaged. Save it again.\n"
    assert reviewer("route", "--workflow", "flow", bad, "--json") == 7


@pytest.mark.parametrize("more", [[], ["--text", "x", "--lines", "-"]])
def test_route_wants_files_or_a_text_or_lines(reviewer: CommandLine, more: list[str]) -> None:
    assert reviewer("route", "--workflow", "flow", *more) == 7
    assert "no_input" in reviewer.err


def test_route_of_an_unknown_workflow_ends_with_2(reviewer: CommandLine) -> None:
    assert reviewer("route", "--workflow", "moon", "--text", "x") == 2
    assert reviewer.err.startswith("reviewer: no_such_workflow: ")


def test_split_says_what_each_part_is_about_and_why(reviewer: CommandLine, tmp_path: Path) -> None:
    text = "1 Law\nThis Agreement is governed by the laws of Ohio.\n\n2 Cover\nSupplier shall maintain insurance.\n"
    (path,) = write_all(tmp_path, contract=text)
    assert reviewer("split", path, "--as", "contract", "--json") == 0
    sections = [each["id"] for each in reviewer.json["sections"]]
    labels = {(each["title"], each["section"] in sections) for each in reviewer.json["labels"]}
    assert ("Governing law", True) in labels
    (reason,) = [each["reason"] for each in reviewer.json["labels"] if each["label"] == "Governing Law"]
    assert "governed by the laws of" in reason
