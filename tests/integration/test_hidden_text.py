"""What nobody sees is never read as if it were seen; every way of hiding that the shared data knows."""

from pathlib import Path

import pytest

from reviewer.domain.citation import QuoteStatus
from reviewer.domain.citer import Citer
from reviewer.domain.document import Document, SourceFile
from reviewer.domain.projection import project
from reviewer.parsing.parser import IsolatedDocumentParser

PAYLOAD = "ZQXHIDDENPAYLOAD"
HIDDEN = [
    "01_white_on_white.pdf", "02_near_white.pdf", "03_tiny_1pt.pdf", "04_tiny_0.1pt_scaled.pdf", "05_render_mode3.pdf",
    "06_offpage.pdf", "07_under_white_box.pdf", "08_clip.pdf", "09_alpha0.pdf", "10_ocg_off.pdf",
    "11_black_on_black.pdf", "14_actualtext.pdf", "15_pattern_cs_white_rgb.pdf", "16_cropbox_outside.pdf",
    "d_vanish.docx", "d_white.docx", "d_near_white.docx", "d_size1.docx",
]  # fmt: skip
ASIDE = ["13_annot_contents.pdf", "d_del_tracked.docx"]
NOT_IN_THE_TEXT = ["12_metadata.pdf", "d_alt_text.docx", "d_altcontent.docx", "d_fldinstr.docx"]
SEEN = [
    "00_visible_control.pdf", "17_spaced_letters.pdf", "d_hyperlink.docx", "d_inline_sdt.docx", "d_ins_tracked.docx",
    "d_nested_tbl.docx", "d_sdt.docx", "d_textbox.docx",
]  # fmt: skip
DISGUISED = {
    "d_zero_width.docx": "invisible_characters", "d_tag_chars.docx": "invisible_characters",
    "d_bidi.docx": "invisible_characters", "d_homoglyph.docx": "mixed_scripts",
}  # fmt: skip


@pytest.fixture(scope="module")
def parser():  # type: ignore[no-untyped-def]  # a generator of the one parser
    made = IsolatedDocumentParser(max_workers=1)
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
    assert {each.code for each in document.warnings} <= {"tracked_changes"}


@pytest.mark.parametrize("name", ASIDE)
def test_comments_and_deleted_words_are_kept_aside(
    parser: IsolatedDocumentParser, shared_data: Path, name: str
) -> None:
    document = read(parser, shared_data, name)

    assert PAYLOAD in document.text
    assert PAYLOAD not in project(document).text


@pytest.mark.parametrize(("name", "code"), DISGUISED.items())
def test_disguised_characters_are_told(parser: IsolatedDocumentParser, shared_data: Path, name: str, code: str) -> None:
    assert code in [each.code for each in read(parser, shared_data, name).warnings]


def test_what_is_drawn_counts_where_other_words_are_given_out(
    parser: IsolatedDocumentParser, shared_data: Path
) -> None:
    assert "harmless" in project(read(parser, shared_data, "14_actualtext.pdf")).text


@pytest.mark.parametrize("name", [*HIDDEN, *ASIDE, *NOT_IN_THE_TEXT])
def test_hidden_words_verify_no_quote(parser: IsolatedDocumentParser, shared_data: Path, name: str) -> None:
    document = read(parser, shared_data, name)
    citer = Citer(document, project(document))

    assert citer.cite(PAYLOAD).status is QuoteStatus.UNVERIFIED
    shown = citer.cite("Visible clause")
    assert shown.status is QuoteStatus.VERIFIED
    assert shown.anchor is not None
    assert PAYLOAD not in f"{shown.anchor.quote.prefix}{shown.anchor.quote.exact}{shown.anchor.quote.suffix}"


@pytest.mark.parametrize("name", ["00_visible_control.pdf", "d_hyperlink.docx", "d_ins_tracked.docx", "d_textbox.docx"])
def test_seen_words_verify_a_quote(parser: IsolatedDocumentParser, shared_data: Path, name: str) -> None:
    document = read(parser, shared_data, name)

    assert Citer(document, project(document)).cite(PAYLOAD).status is QuoteStatus.VERIFIED
