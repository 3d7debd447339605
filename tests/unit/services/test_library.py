import os
from pathlib import Path

import pytest

from reviewer.domain.document import Document, SourceFile
from reviewer.domain.errors import InputError, StorageError
from reviewer.domain.events import DocumentFailed
from reviewer.domain.secret import Secret
from reviewer.domain.section import SplitAs
from reviewer.services.library import Library, OpenedFile, RefusedFile, Shelf, open_all, open_file
from tests.fakes.clock import run
from tests.fakes.services import Desk, FakeLanguages, FakeParser, FakeSplitter, write_all


def names(opened: list[SourceFile | DocumentFailed]) -> list[str]:
    return [each.name for each in opened]


def read_all(desk: Desk, *sources: SourceFile | DocumentFailed) -> Shelf:
    return run(desk.library.read_all(sources))


def source(name: str, text: str) -> SourceFile:
    return SourceFile(name, text.encode())


def test_read_gives_a_document_with_its_language_and_keeps_it() -> None:
    desk = Desk()
    document = run(desk.library.read(source("a.txt", "Recht und Pflicht")))
    assert document.language == "de"
    assert list(desk.workspace.documents.kept.values()) == [document]


def test_read_takes_what_is_kept_of_the_same_bytes_under_the_name_given() -> None:
    desk = Desk()
    first = run(desk.library.read(source("a.txt", "text")))
    second = run(desk.library.read(source("b.txt", "text")))
    assert desk.parser.parsed == ["a.txt"]
    assert (second.id, second.source.name) == (first.id, "b.txt")


def test_read_reads_anew_when_the_parser_changed() -> None:
    desk = Desk()
    run(desk.library.read(source("a.txt", "text")))
    desk.parser.version = "2"
    run(desk.library.read(source("a.txt", "text")))
    assert desk.parser.parsed == ["a.txt", "a.txt"]


def test_read_needs_no_store() -> None:
    library = Library(FakeParser(), FakeSplitter(), FakeLanguages(), None)
    assert run(library.read(source("a.txt", "text"))).text == "text"


def test_read_all_keeps_the_order_of_the_files() -> None:
    shelf = read_all(Desk(), source("b.txt", "two"), source("a.txt", "one"))
    assert [document.source.name for document in shelf.documents] == ["b.txt", "a.txt"]


def test_read_all_goes_on_when_a_file_is_bad() -> None:
    missing = DocumentFailed("gone.txt", "no_such_file", "There is no such file.", "")
    shelf = read_all(Desk(), missing, source("bad.txt", "BAD"), source("a.txt", "one"))
    assert [document.source.name for document in shelf.documents] == ["a.txt"]
    assert [(failed.name, failed.code) for failed in shelf.failed] == [
        ("gone.txt", "no_such_file"),
        ("bad.txt", "broken"),
    ]


def test_read_all_reads_the_same_content_once_and_says_so() -> None:
    desk = Desk()
    shelf = read_all(desk, source("a.txt", "one"), source("b.txt", "one"))
    (document,) = shelf.documents
    assert desk.parser.parsed == ["a.txt"]
    assert document.source.name == "a.txt"
    assert [(each.code, "b.txt" in each.message) for each in document.warnings] == [("duplicate", True)]


def test_read_all_names_each_of_two_bad_files_of_the_same_content() -> None:
    shelf = read_all(Desk(), source("a.txt", "BAD"), source("b.txt", "BAD"))
    assert [failed.name for failed in shelf.failed] == ["a.txt", "b.txt"]


def test_read_all_fails_as_itself_when_the_workspace_does() -> None:
    desk = Desk()
    desk.workspace.documents.is_broken = True
    with pytest.raises(StorageError):
        read_all(desk, source("a.txt", "one"))


def test_split_and_detect_are_the_splitters() -> None:
    desk = Desk()
    document = run(desk.library.read(source("a.txt", "1 A\nour method\n2 B\nx\n")))
    assert desk.library.detect(document) is SplitAs.PAPER
    assert len(desk.library.split(document, SplitAs.PAPER)) == 2


def test_open_file_gives_name_and_bytes(tmp_path: Path) -> None:
    (path,) = write_all(tmp_path, a="text")
    assert open_file(path) == SourceFile("a.txt", b"text")


def test_open_file_fails_when_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        open_file(tmp_path / "gone.pdf")
    assert raised.value.code == "no_such_file"


def test_open_file_fails_on_a_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        open_file(tmp_path)
    assert raised.value.code == "is_a_folder"


def test_open_file_fails_when_its_name_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        open_file(tmp_path / ("x" * 300))
    assert raised.value.code == "unreadable"


def test_open_all_takes_the_documents_of_a_folder_by_name(tmp_path: Path) -> None:
    for name in ("b.PDF", "a.docx", "c.txt", "image.png", "~$a.docx", ".hidden.txt"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "sub").mkdir()
    assert names(open_all([tmp_path])[0]) == ["a.docx", "b.PDF", "c.txt"]


def test_open_all_takes_a_file_that_was_named_whatever_its_suffix(tmp_path: Path) -> None:
    path = tmp_path / "contract.odd"
    path.write_bytes(b"x")
    assert open_all([path])[0] == [SourceFile("contract.odd", b"x")]


def test_open_all_goes_on_when_a_file_is_missing(tmp_path: Path) -> None:
    (path,) = write_all(tmp_path, a="text")
    opened, _ = open_all([tmp_path / "gone.txt", path])
    assert isinstance(opened[0], DocumentFailed)
    assert names(opened) == ["gone.txt", "a.txt"]


def test_open_all_goes_on_when_a_folder_is_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path,) = write_all(tmp_path, a="text")
    (tmp_path / "locked").mkdir()
    scan = os.scandir

    def look(folder: object) -> object:
        if Path(str(folder)).name == "locked":
            raise PermissionError(13, "Permission denied", str(folder))
        return scan(str(folder))

    monkeypatch.setattr(os, "scandir", look)
    failed, opened = open_all([tmp_path / "locked", path])[0]
    assert isinstance(failed, DocumentFailed)
    assert (failed.code, failed.name, opened.name) == ("unreadable", "locked", "a.txt")
    assert names(open_all([tmp_path])[0]) == ["a.txt", "locked"]


def test_open_all_takes_the_documents_of_the_folders_in_a_folder(tmp_path: Path) -> None:
    """As a collection of Zotero keeps each paper in a folder; not hidden ones, nor those of earlier reports."""
    for name in ("b/two.pdf", "a/one.pdf", ".git/three.txt", "results/report.json", "results/report.md", "zero.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert names(open_all([tmp_path])[0]) == ["zero.txt", "one.pdf", "two.pdf"]


class LockedParser(FakeParser):
    """Its files open with one password."""

    def parse(self, source: SourceFile) -> Document:
        if source.password.reveal() != "secret":
            code = "wrong_password" if source.password else "encrypted"
            raise InputError(code, "It is protected.", "Enter the password.")
        return super().parse(source)


def locked_library(*answers: str) -> tuple[Library, list[tuple[str, bool]]]:
    """A library whose person gives these answers, and what that person was asked."""
    asked: list[tuple[str, bool]] = []
    given = iter(answers)

    def ask(name: str, again: bool) -> Secret:
        asked.append((name, again))
        return Secret(next(given))

    return Library(LockedParser(), FakeSplitter(), FakeLanguages(), None, ask_password=ask), asked


def test_password_is_asked_for_until_it_is_right_and_then_not_again() -> None:
    library, asked = locked_library("guess", "secret")
    assert run(library.read(source("a.pdf", "text"))).text == "text"
    assert run(library.read(source("b.pdf", "text"))).text == "text"
    assert asked == [("a.pdf", False), ("a.pdf", True)]


@pytest.mark.parametrize(("name", "asked_for"), [("a.pdf", 1), ("a.docx", 0)])
def test_protected_file_is_refused_when_no_password_is_given_or_none_can_be_used(name: str, asked_for: int) -> None:
    library, asked = locked_library("")
    with pytest.raises(InputError, match="encrypted"):
        run(library.read(source(name, "text")))
    assert len(asked) == asked_for


def test_unlock_reads_a_file_with_a_password_and_keeps_it_for_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_text("text", encoding="utf-8")
    library = Library(LockedParser(), FakeSplitter(), FakeLanguages(), None)
    told: list[OpenedFile | RefusedFile] = []
    run(library.open_each([path], told.append))
    run(library.unlock(path, Secret("guess"), told.append))
    run(library.open_each([path], told.append))
    run(library.unlock(path, Secret("secret"), told.append))
    run(library.open_each([path], told.append))
    codes = [each.failure.code if isinstance(each, RefusedFile) else "" for each in told]
    assert codes == ["encrypted", "wrong_password", "encrypted", "", ""]


def test_password_is_not_shown_by_what_holds_it() -> None:
    assert "secret" not in repr(SourceFile("a.pdf", b"", Secret("secret")))
