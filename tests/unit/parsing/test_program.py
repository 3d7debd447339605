"""Programs of somebody else's: what they say, their time, their end."""

import stat
import sys
import threading
import time
from pathlib import Path

import pytest

from reviewer.parsing.program import ForeignProgram, ProgramError, ProgramTimeoutError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in for the program")


def _program(folder: Path, script: str, environment: dict[str, str] | None = None) -> ForeignProgram:
    path = folder / "program"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return ForeignProgram(path, environment)


def test_program_gets_input_arguments_and_variables_and_gives_its_output(tmp_path: Path) -> None:
    program = _program(tmp_path, 'cat; echo "$1 $WORD"', {"WORD": "said", "PATH": "/usr/bin:/bin"})
    assert program.run(["two words"], 20.0, b"given ") == b"given two words said\n"


def test_program_runs_in_the_folder_that_is_given(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    assert _program_folder(tmp_path) == str((tmp_path / "inner").resolve())


def _program_folder(folder: Path) -> str:
    return _program(folder, "pwd -P").run([], 20.0, folder=folder / "inner").decode().strip()


def test_program_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    with pytest.raises(ProgramTimeoutError):
        _program(tmp_path, "sleep 600").run([], 0.3)


def test_program_that_does_not_read_its_input_is_no_trouble(tmp_path: Path) -> None:
    assert _program(tmp_path, "echo done").run([], 20.0, b"x" * 10_000_000) == b"done\n"


def test_program_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ProgramError):
        ForeignProgram(tmp_path / "gone").run([], 20.0)


def test_closed_program_ends_what_runs_and_starts_nothing(tmp_path: Path) -> None:
    started = tmp_path / "started"
    program = _program(tmp_path, f"touch '{started}'; sleep 600")
    errors: list[Exception] = []

    def run() -> None:
        try:
            program.run([], 600.0)
        except ProgramError as error:
            errors.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    while not started.exists():
        time.sleep(0.01)
    program.close()
    program.close()
    thread.join(20.0)
    assert [type(error) for error in errors] == [ProgramError]
    with pytest.raises(ProgramError):
        program.run([], 1.0)
