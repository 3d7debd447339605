"""Tesseract: what it is asked, and what of its answers is taken."""

import stat
import sys
from pathlib import Path

import pytest

from reviewer.parsing import tesseract
from reviewer.parsing.program import ProgramError
from reviewer.parsing.scan import Picture, Word
from reviewer.parsing.tesseract import Tesseract, describe_tesseract, find_tesseract, install_hint

_PICTURE = Picture(100, 50, 150, b"\xff" * 5000)
_HEADER = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
_POSIX_ONLY = pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in for Tesseract")


def _stand_in(folder: Path, answer: str, code: int = 0) -> Tesseract:
    (folder / "answer").write_text(answer, encoding="utf-8")
    path = folder / "tesseract"
    script = f"echo \"$@\" > '{folder}/asked'; cat > '{folder}/given'; cat '{folder}/answer'; exit {code}"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return Tesseract(path)


def _row(line: int, box: tuple[int, int, int, int], confidence: str, text: str, level: int = 5) -> str:
    return "\t".join(map(str, (level, 1, 1, 1, line, 1, *box, confidence, text)))


@_POSIX_ONLY
def test_words_come_with_lines_boxes_and_confidence(tmp_path: Path) -> None:
    rows = [
        _HEADER,
        _row(1, (0, 0, 100, 20), "-1", "", level=4),
        _row(1, (5, 5, 30, 10), "96.5", "First"),
        _row(1, (40, 5, 40, 10), "50", "w\u200bord"),
        _row(2, (5, 25, 30, 10), "101", "next"),
    ]
    found = _stand_in(tmp_path, "\n".join(rows) + "\n").words(_PICTURE, "deu")
    assert found == (
        Word("First", 0, 5, 5, 35, 15, 0.965),
        Word("word", 0, 40, 5, 80, 15, 0.5),
        Word("next", 1, 5, 25, 35, 35, 1.0),
    )
    assert (tmp_path / "asked").read_text(encoding="utf-8") == "- - -l deu --dpi 150 --psm 3 tsv\n"
    assert (tmp_path / "given").read_bytes() == b"P5 100 50 255\n" + _PICTURE.pixels


@_POSIX_ONLY
@pytest.mark.parametrize(
    "row",
    [
        _row(1, (5, 5, 300, 10), "90", "outside"),
        _row(1, (5, 5, 0, 10), "90", "narrow"),
        _row(1, (-5, 5, 10, 10), "90", "before"),
        _row(1, (5, 5, 10, 10), "nan", "unsure"),
        _row(1, (5, 5, 10, 10), "high", "worded"),
        _row(1, (5, 5, 10, 10), "90", " \u200b "),
        "5\t1\t1",
    ],
)
def test_answers_that_make_no_sense_are_left_out(tmp_path: Path, row: str) -> None:
    assert _stand_in(tmp_path, f"{_HEADER}\n{row}\n").words(_PICTURE, "eng") == ()


@_POSIX_ONLY
def test_orientation_is_told_in_quarter_turns(tmp_path: Path) -> None:
    said = "Page number: 0\nOrientation in degrees: 90\nRotate: 270\nScript: Han\n"
    assert _stand_in(tmp_path, said).orientation(_PICTURE) == (3, "Han")
    assert _stand_in(tmp_path, "Too few characters.", 1).orientation(_PICTURE) == (0, "")


@_POSIX_ONLY
def test_languages_are_those_that_are_known_here(tmp_path: Path) -> None:
    program = _stand_in(tmp_path, "List of available languages (4):\nafr\nchi_sim\neng\nosd\n")
    assert program.languages() == ("eng", "chi_sim")
    assert describe_tesseract(program).endswith("reads scans in eng, chi_sim. Not installed: deu, fra, spa.")


@_POSIX_ONLY
def test_program_that_does_not_work_knows_no_language(tmp_path: Path) -> None:
    program = _stand_in(tmp_path, "", 1)
    assert program.languages() == ()
    assert "does not work" in describe_tesseract(program)
    assert Tesseract(tmp_path / "gone").languages() == ()
    with pytest.raises(ProgramError):
        Tesseract(tmp_path / "gone").words(_PICTURE, "eng")


def test_missing_program_is_described_with_the_command_that_installs_it() -> None:
    assert describe_tesseract(None) == f"Scans cannot be read. {install_hint()}"
    assert " install " in install_hint()


def test_program_is_found_by_name_and_in_the_usual_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(tesseract, "_USUAL_PLACES", ())
    for name in tesseract._WINDOWS_FOLDERS:
        monkeypatch.delenv(name, raising=False)
    assert find_tesseract() is None
    installed = tmp_path / "Programs" / "Tesseract-OCR" / "tesseract.exe"
    installed.parent.mkdir(parents=True)
    installed.touch()
    monkeypatch.setenv("ProgramFiles", str(tmp_path / "Programs"))
    found = find_tesseract()
    assert found is not None
    assert found.path == installed
