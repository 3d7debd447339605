import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from reviewer import __version__
from reviewer.cli import documents, review
from reviewer.cli.main import main
from reviewer.domain.document import SourceFile
from tests.fakes.command_line import CommandLine
from tests.fakes.services import write_all

ROOT = Path(__file__).parents[3]
HEAVY = ("PySide6", "httpx", "aiohttp", "pypdfium2", "pypdf", "lxml", "docx", "py3langid", "numpy", "keyring")


def test_version_is_text_or_json(reviewer: CommandLine) -> None:
    assert reviewer("version") == 0
    assert reviewer.out == f"reviewer {__version__}\n"
    assert reviewer("version", "--json") == 0
    assert reviewer.json == {"schema": "reviewer.version/1", "version": __version__}


def test_no_command_shows_the_help(reviewer: CommandLine) -> None:
    assert reviewer() == 0
    assert "usage: reviewer" in reviewer.out


@pytest.mark.parametrize("flag", ["--help", "--version"])
def test_help_and_version_end_well(flag: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([flag])
    assert ended.value.code == 0
    assert "reviewer" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["review"], "PATH"),
        (["fly"], "fly"),
        (["review", "a.pdf", "--votes", "0"], "whole number of 1 or more, not '0'"),
        (["review", "a.pdf", "--votes", "many"], "not 'many'"),
        (["review", "a.pdf", "--timeout", "-1"], "above 0"),
        (["review", "a.pdf", "--timeout", "inf"], "above 0"),
        (["review", "a.pdf", "--timeout", "soon"], "not 'soon'"),
        (["review", "a.pdf", "--fail-on", "bad"], "bad"),
        (["review", "a.pdf", "--moon"], "--moon"),
        (["review", "a.pdf", "--work", "x"], "--work"),
        (["quote", "a.pdf"], "--quote"),
        (["quote", "a.pdf", "--quote", "x", "--lines", "-"], "not allowed"),
        (["runs"], "ACTION"),
        (["runs", "fly"], "fly"),
        (["export", "run-1", "--format", "doc"], "doc"),
        (["models", "key"], "ACTION"),
    ],
)
def test_wrong_arguments_are_one_line(reviewer: CommandLine, words: list[str], part: str) -> None:
    assert reviewer(*words) == 2
    assert reviewer.out == ""
    (line,) = reviewer.err.splitlines()
    assert line.startswith("reviewer: usage: ")
    assert part in line


def test_wrong_arguments_are_json_too_when_that_is_wanted(reviewer: CommandLine) -> None:
    assert reviewer("review", "--json") == 2
    assert reviewer.json["schema"] == "reviewer.error/1"
    assert reviewer.json["code"] == "usage"


def test_error_is_one_line_and_json_when_that_is_wanted(reviewer: CommandLine, tmp_path: Path) -> None:
    assert reviewer("parse", tmp_path / "gone.pdf", "--json") == 7
    assert reviewer.err.splitlines() == [
        f"reviewer: no_such_file: There is no file {tmp_path / 'gone.pdf'}. Check the name and the folder."
    ]
    assert set(reviewer.json) == {"schema", "code", "message", "hint"}
    assert reviewer("parse", tmp_path / "gone.pdf") == 7
    assert reviewer.out == ""


def break_parser(reviewer: CommandLine, error: BaseException) -> None:
    def parse(source: SourceFile) -> None:
        raise error

    reviewer.desk.parser.parse = parse  # type: ignore[assignment,method-assign]  # fails always


def test_unexpected_error_is_one_line_without_the_documents_text(reviewer: CommandLine, tmp_path: Path) -> None:
    (path,) = write_all(tmp_path, a="secret words")
    break_parser(reviewer, ValueError("secret words"))
    assert reviewer("parse", path, "--json") == 1
    (line,) = reviewer.err.splitlines()
    assert line.startswith("reviewer: unexpected: The program failed with ValueError.")
    assert reviewer.json["code"] == "unexpected"
    assert "secret" not in reviewer.out + reviewer.err
    assert "Traceback" not in reviewer.err


def test_unexpected_error_says_where_when_asked_to_log(reviewer: CommandLine, tmp_path: Path) -> None:
    (path,) = write_all(tmp_path, a="secret words")
    break_parser(reviewer, ValueError("secret words"))
    assert reviewer("parse", path, "-vv") == 1
    assert not logging.getLogger("httpx").isEnabledFor(logging.INFO)
    assert "library.py" in reviewer.err
    assert "secret" not in reviewer.err
    assert str(tmp_path) not in reviewer.err
    logging.getLogger("reviewer").setLevel(logging.WARNING)


def test_interruption_ends_with_130_and_one_line(reviewer: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setitem(documents.COMMANDS, "parse", interrupted)
    assert reviewer("parse", "a.txt", "--json") == 130
    assert reviewer.err.splitlines() == ["reviewer: interrupted: It was stopped; what was finished before is stored."]
    assert reviewer.json["code"] == "interrupted"


def test_demo_reviews_the_samples(reviewer: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    samples = tmp_path / "samples"
    samples.mkdir()
    for name in ("services-agreement.docx", "services-agreement.pdf", "mutual-nda.docx", "paper-en.pdf"):
        (samples / name).write_text(f"1 Fees\n{name}\n", "utf-8")
    monkeypatch.setattr(review.assets, "resources_dir", lambda: tmp_path)
    assert reviewer("demo", "--json") == 3
    assert len(reviewer.json["documents"]) == 4
    assert reviewer.json["failed"][0]["name"] == "paper-de.pdf"


def start(*words: str, **more: object) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"}
    return subprocess.run([sys.executable, *words], capture_output=True, env=environment, check=False, **more)  # type: ignore[call-overload,no-any-return]  # passed on


@pytest.mark.parametrize("word", ["version", "--help", "--version"])
def test_small_commands_import_nothing_heavy(word: str) -> None:
    code = (
        "import sys\nfrom reviewer.cli.main import main\n"
        f"try:\n    main([{word!r}])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    assert start("-c", code).stderr.strip() == b"[]"


def test_output_is_utf8_wherever_it_goes(tmp_path: Path) -> None:
    (path,) = write_all(tmp_path, a='"“Ω”"')
    ended = start("-m", "reviewer", "route", "--workflow", "research-assistant", "--lines", str(path))
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout.decode("utf-8"))["text"] == "“Ω”"


def test_reader_that_goes_away_is_no_crash() -> None:
    code = "import os, sys; from reviewer.cli.main import main; os.close(0); sys.exit(main(['--help' and 'version']))"
    reading, writing = os.pipe()
    os.close(reading)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, "-c", code], stdout=writing, stderr=subprocess.PIPE, env=environment, check=False
    )
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (1, b"")
