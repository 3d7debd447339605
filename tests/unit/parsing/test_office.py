"""Documents of Word 97 to 2003, by way of LibreOffice."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from reviewer.domain.document import SourceFile
from reviewer.domain.errors import InputError
from reviewer.domain.ids import sha256_hex
from reviewer.parsing import office, parser
from reviewer.parsing.office import convert_to_docx, find_office
from reviewer.parsing.parser import IsolatedDocumentParser
from reviewer.parsing.program import ForeignProgram

_OLE_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le")
_POSIX_ONLY = pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in for LibreOffice")


@pytest.fixture
def reader() -> Iterator[IsolatedDocumentParser]:
    made = IsolatedDocumentParser()
    yield made
    made.close()


def _stand_in(folder: Path, script: str) -> ForeignProgram:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return ForeignProgram(program)


def _code(data: bytes, program: ForeignProgram, seconds: float = 20.0) -> str:
    with pytest.raises(InputError) as caught:
        convert_to_docx(data, program, seconds)
    return caught.value.code


def test_parser_reads_a_document_of_word_97(reader: IsolatedDocumentParser, tmp_path: Path) -> None:
    program = find_office()
    if program is None:
        pytest.skip("LibreOffice is not installed")
    source = tmp_path / "a.docx"
    made = docx.Document()
    for words in ("First words.", "Last words."):
        made.add_paragraph(words)
    made.save(str(source))
    profile = (tmp_path / "profile").as_uri()
    command = [str(program.path), f"-env:UserInstallation={profile}", "--headless", "--convert-to", "doc", "--outdir"]
    subprocess.run([*command, str(tmp_path), str(source)], check=True, capture_output=True, timeout=100)
    data = (tmp_path / "a.doc").read_bytes()
    document = reader.parse(SourceFile("a.doc", data))
    assert document.text == "First words.\n\nLast words."
    assert (document.source.name, document.source.media_type) == ("a.doc", "application/msword")
    assert (document.source.sha256, document.source.size_bytes) == (sha256_hex(data), len(data))
    assert [warning.code for warning in document.warnings] == ["converted"]


def test_parser_says_what_to_do_without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser, "find_office", lambda: None)
    reader = IsolatedDocumentParser()
    with pytest.raises(InputError) as caught:
        reader.parse(SourceFile("a.doc", _OLE_WORD))
    assert caught.value.code == "not_supported"
    assert caught.value.hint.endswith("or install LibreOffice.")


@_POSIX_ONLY
def test_office_is_ended_with_its_children_when_its_time_is_over(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    end = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        program = _stand_in(tmp_path, f"(echo child; sleep 600) > '{pipe}' & sleep 600")
        assert _code(_OLE_WORD, program, 3.0) == "timeout"
        os.set_blocking(end, True)
        assert os.read(end, 100) == b"child\n"
        assert os.read(end, 100) == b""  # waits until the child has let go of the pipe
    finally:
        os.close(end)


@_POSIX_ONLY
def test_office_that_makes_nothing_means_a_damaged_document(tmp_path: Path) -> None:
    assert _code(_OLE_WORD, _stand_in(tmp_path, "exit 1")) == "corrupt"


def test_office_that_does_not_start_is_said(tmp_path: Path) -> None:
    assert _code(_OLE_WORD, ForeignProgram(tmp_path / "gone")) == "not_supported"


@_POSIX_ONLY
def test_office_gets_a_profile_and_a_folder_that_are_gone_afterwards(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    script = f"echo \"$@\" > '{seen}'; pwd >> '{seen}'; mkdir made; printf made > made/source.docx"
    assert convert_to_docx(b"x", _stand_in(tmp_path, script)) == b"made"
    arguments, folder = seen.read_text(encoding="utf-8").splitlines()
    assert "--headless" in arguments
    assert "-env:UserInstallation=file://" in arguments
    assert not Path(folder).exists()


def test_office_is_found_by_name_and_in_the_usual_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "_USUAL_PLACES", ())
    for name in office._WINDOWS_FOLDERS:
        monkeypatch.delenv(name, raising=False)
    assert find_office() is None
    installed = tmp_path.joinpath("Programs", *office._WINDOWS_PLACE)
    installed.parent.mkdir(parents=True)
    installed.touch()
    monkeypatch.setenv("ProgramFiles", str(tmp_path / "Programs"))
    found = find_office()
    assert found is not None
    assert found.path == installed
