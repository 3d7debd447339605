"""What cannot be read: the window and the command line say the same of it, and what to do."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QListView

from reviewer.cli.codes import ExitCode
from reviewer.cli.main import main
from reviewer.domain.document import Document, SourceFile
from reviewer.parsing.outcomes import OutcomeCode, failure
from reviewer.parsing.parser import IsolatedDocumentParser
from reviewer.ui.viewmodels.documents import DETAIL_ROLE
from tests.ui.stories.conftest import Desk, Open

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
_OLD_WORD = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512)
_BAD_FILES = {
    "empty.pdf": b"",
    "noise.pdf": b"\x00\x01\x02 noise",
    "broken.pdf": b"%PDF-1.7\nnothing more",
    "packed.docx": b"PK\x05\x06" + bytes(18),
    "old.doc": _OLD_WORD,
    "words.txt": b"   \n",
}


def _write(folder: Path, files: dict[str, bytes]) -> list[Path]:
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in files]


def _in_the_window(desk: Desk, paths: list[Path]) -> dict[str, str]:
    desk.act(lambda: desk.application.control.commands.add(paths))
    model = desk.find(QListView, "documentsList").model()
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    return {str(row.data()): str(row.data(DETAIL_ROLE)) for row in rows}


def _on_the_command_line(paths: list[Path], capsys: pytest.CaptureFixture[str]) -> dict[str, tuple[str, str]]:
    """For each file its code and what is said."""
    told = {}
    for path in paths:
        assert main(["parse", str(path)]) == ExitCode.INPUT
        _, code, said = capsys.readouterr().err.strip().split(": ", 2)
        told[path.name] = (code, said)
    return told


@pytest.mark.parametrize("code", list(OutcomeCode))
def test_every_outcome_has_a_sentence_and_an_action(code: OutcomeCode) -> None:
    error = failure(code)
    assert error.code == code
    assert error.user_message.endswith(".")
    assert error.hint.endswith(".")


def test_bad_files_are_told_alike(open_desk: Open, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = _write(tmp_path / "files", _BAD_FILES)
    told = _on_the_command_line(paths, capsys)
    assert _in_the_window(open_desk(), paths) == {name: said for name, (_, said) in told.items()}


def test_every_outcome_is_told_alike(
    open_desk: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_self: IsolatedDocumentParser, source: SourceFile) -> Document:
        raise failure(OutcomeCode(source.name.partition(".")[0]))

    monkeypatch.setattr(IsolatedDocumentParser, "parse", refuse)
    paths = _write(tmp_path / "files", {f"{code}.pdf": code.encode() for code in OutcomeCode})
    told = _on_the_command_line(paths, capsys)
    assert {name: code for name, (code, _) in told.items()} == {f"{code}.pdf": code for code in OutcomeCode}
    assert _in_the_window(open_desk(), paths) == {name: said for name, (_, said) in told.items()}
