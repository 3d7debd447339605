"""What nobody sees is never read as if it were seen; every way of hiding that the shared data knows."""

from pathlib import Path

import pytest

from reviewer.domain.document import Document, SourceFile
from reviewer.domain.projection import project
from reviewer.parsing.parser import IsolatedDocumentParser

PAYLOAD = "ZQXHIDDENPAYLOAD"
HIDDEN = [
    "01_white_on_white.pdf", "02_near_white.pdf", "03_tiny_1pt.pdf", "04_tiny_0.1pt_scaled.pdf", "05_render_mode3.pdf",
    "06_offpage.pdf", "07_under_white_box.pdf", "08_clip.pdf", "09_alpha0.pdf", "10_ocg_off.pdf",
    "11_black_on_black.pdf", "14_actualtext.pdf", "15_pattern_cs_white_rgb.pdf", "16_cropbox_outside.pdf",
]  # fmt: skip
NOT_IN_THE_TEXT = ["12_metadata.pdf"]
SEEN = ["00_visible_control.pdf", "17_spaced_letters.pdf"]


@pytest.fixture(scope="module")
def parser():  # type: ignore[no-untyped-def]  # a generator of the one parser
    made = IsolatedDocumentParser(1)
    yield made
    made.close()


def read(parser: IsolatedDocumentParser, folder: Path, name: str) -> Document:
    path = folder / "hidden" / name
    return parser.parse(SourceFile(name, path.read_bytes()))


def letters(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", HIDDEN)
def test_hidden_words_are_kept_but_not_read(parser: IsolatedDocumentParser, shared_data: Path, name: str) -> None:
    document = read(parser, shared_data, name)

    assert PAYLOAD in document.text
    assert PAYLOAD not in project(document).text
    assert "Visible clause" in project(document).text
    assert [each.code for each in document.warnings] == ["hidden_text"]


@pytest.mark.parametrize("name", NOT_IN_THE_TEXT)
def test_words_beside_the_text_are_no_part_of_it(parser: IsolatedDocumentParser, shared_data: Path, name: str) -> None:
    assert PAYLOAD not in read(parser, shared_data, name).text


@pytest.mark.parametrize("name", SEEN)
def test_seen_words_are_read(parser: IsolatedDocumentParser, shared_data: Path, name: str) -> None:
    document = read(parser, shared_data, name)

    assert PAYLOAD in letters(project(document).text)
    assert document.warnings == ()


def test_what_is_drawn_counts_where_other_words_are_given_out(
    parser: IsolatedDocumentParser, shared_data: Path
) -> None:
    assert "harmless" in project(read(parser, shared_data, "14_actualtext.pdf")).text
