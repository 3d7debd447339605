"""Templates, documents with macros, and the strict variant of the format."""

import zipfile

import pytest

from reviewer.parsing.docx import read_docx
from reviewer.parsing.lengths import length, twips
from reviewer.parsing.reading import Reading
from reviewer.parsing.sniff import FileKind
from tests.unit.parsing.word_files import typed_word_file

_OPEN_XML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MACROS = {"word/vbaProject.bin": "a program"}


def _read(data: bytes) -> Reading:
    return read_docx(data, lambda _page, _pages: None)


@pytest.mark.parametrize(
    ("content_type", "kind"),
    [
        (f"{_OPEN_XML}.document.main+xml", FileKind.DOCX),
        (f"{_OPEN_XML}.template.main+xml", FileKind.DOTX),
        ("application/vnd.ms-word.document.macroEnabled.main+xml", FileKind.DOCM),
        ("application/vnd.ms-word.template.macroEnabledTemplate.main+xml", FileKind.DOTM),
        ("something/else", FileKind.DOCX),
    ],
)
def test_docx_says_what_kind_of_word_file_it_is(content_type: str, kind: FileKind) -> None:
    reading = _read(typed_word_file(content_type))
    assert (reading.text, reading.kind, reading.warnings) == ("Words", kind, ())


def test_docx_warns_of_macros_and_does_not_touch_them(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    original = zipfile.ZipFile.open

    def watch(self: zipfile.ZipFile, name: zipfile.ZipInfo, *rest: object, **options: object) -> object:
        opened.append(name.filename)
        return original(self, name, *rest, **options)  # type: ignore[arg-type]

    data = typed_word_file("application/vnd.ms-word.document.macroEnabled.main+xml", _MACROS)
    monkeypatch.setattr(zipfile.ZipFile, "open", watch)
    assert [warning.code for warning in _read(data).warnings] == ["macros"]
    assert "word/main.xml" in opened
    assert "word/vbaProject.bin" not in opened


def test_docx_reads_strict_files_like_transitional_ones() -> None:
    content_type = f"{_OPEN_XML}.document.main+xml"
    strict, transitional = (_read(typed_word_file(content_type, strict=strict)) for strict in (True, False))
    assert strict == transitional
    assert strict.blocks[0].level == 1
    assert strict.blocks[0].style.indent == 36.0


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("720", 36.0),
        ("-20", -1.0),
        ("36pt", 36.0),
        ("0.5in", 36.0),
        ("x", None),
        ("", None),
        (None, None),
        ("..pt", None),
    ],
)
def test_twips_are_read_with_and_without_a_unit(text: str | None, points: float | None) -> None:
    assert twips(text) == points


def test_lengths_are_points() -> None:
    assert length("2.54cm") == pytest.approx(72.0)
    assert length("25.4mm") == pytest.approx(72.0)
    assert length("12") is None
