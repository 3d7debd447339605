"""PDF files: text in order, roles, and places that lie on the ink."""

import io
from collections.abc import Callable
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from fpdf import FPDF
from fpdf.enums import EncryptionMethod

from reviewer.domain.anchor import Anchor, TextSpan
from reviewer.domain.document import BlockKind, Document, Source, Visibility
from reviewer.domain.errors import InputError
from reviewer.domain.ids import DocumentId
from reviewer.domain.projection import project
from reviewer.parsing.pdf import read_pdf
from reviewer.parsing.reading import Aids, Reading

_LOREM = (
    "The supplier shall deliver the goods to the buyer at the place agreed and shall bear the risk until delivery is "
    "complete in every respect that this agreement names, and the buyer shall examine them without undue delay. "
)


def _read(data: bytes) -> Reading:
    return read_pdf(data, Aids(lambda _page, _pages: None))


def _document(data: bytes) -> Document:
    reading = _read(data)
    source = Source("a.pdf", "application/pdf", "", len(data))
    return Document(DocumentId("doc"), source, reading.text, reading.blocks, reading.pages)


def _pdf(draw: Callable[[FPDF], None]) -> bytes:
    pdf = FPDF(unit="pt")
    pdf.set_auto_page_break(False)
    pdf.set_font("Helvetica", size=10)
    pdf.add_page()
    draw(pdf)
    return bytes(pdf.output())


def _texts(data: bytes) -> list[str]:
    reading = _read(data)
    return [block.span.of(reading.text) for block in reading.blocks]


def _find(document: Document, words: str) -> Anchor:
    start = document.text.index(words)
    return document.anchor(TextSpan(start, start + len(words)))


def _ink(data: bytes, anchor: Anchor) -> tuple[float, float]:
    """Shares of dark pixels inside the anchor's boxes, and in a frame of 3 points above and below them."""
    assert anchor.page is not None
    page = pypdfium2.PdfDocument(data)[anchor.page - 1]
    scale = 4
    picture = page.render(scale=scale).to_pil().convert("L")
    inside = outside = inside_area = outside_area = 0
    for box in anchor.boxes:
        x0, x1 = round(box.x0 * scale), round(box.x1 * scale)
        y0, y1 = round(box.y0 * scale), round(box.y1 * scale)
        for top, bottom, is_inside in ((y0, y1, True), (y0 - 12, y0, False), (y1, y1 + 12, False)):
            dark = picture.crop((x0, top, x1, bottom)).point(lambda level: level < 128 and 255).histogram()[255]
            area = (x1 - x0) * (bottom - top)
            if is_inside:
                inside, inside_area = inside + dark, inside_area + area
            else:
                outside, outside_area = outside + dark, outside_area + area
    return inside / inside_area, outside / outside_area


def _rotated(data: bytes, degrees: int, crop: tuple[float, float, float, float] | None = None) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    for page in writer.pages:
        page.rotate(degrees)
        if crop is not None:
            page.cropbox = pypdf.generic.RectangleObject(crop)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _letter(pdf: FPDF) -> None:
    pdf.set_xy(72, 100)
    pdf.multi_cell(400, 12, "The first line stands here and the word MARKED is somewhere in it.", align="L")


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_pdf_boxes_lie_on_the_ink(degrees: int) -> None:
    data = _rotated(_pdf(_letter), degrees)
    document = _document(data)
    anchor = _find(document, "MARKED")
    assert len(anchor.boxes) == 1
    box = anchor.boxes[0]
    if degrees in {0, 180}:
        assert 30 < box.x1 - box.x0 < 55
        assert 5 < box.y1 - box.y0 < 16
        inside, outside = _ink(data, anchor)
        assert inside > 0.1
        assert outside < 0.01
    page = document.pages[0]
    assert (page.width < page.height) is (degrees in {0, 180})
    assert box.x0 >= 0
    assert box.x1 <= page.width
    assert box.y1 <= page.height


@pytest.mark.parametrize("degrees", [90, 270])
def test_pdf_boxes_lie_on_the_ink_of_a_page_that_is_shown_upright_by_its_rotation(degrees: int) -> None:
    def draw(pdf: FPDF) -> None:
        with pdf.rotation(degrees, 300, 300):
            pdf.text(220, 300, "Words before MARKED and after")

    data = _rotated(_pdf(draw), degrees)
    anchor = _find(_document(data), "MARKED")
    box = anchor.boxes[0]
    assert 30 < box.x1 - box.x0 < 55
    inside, outside = _ink(data, anchor)
    assert inside > 0.1
    assert outside < 0.01


def test_pdf_boxes_lie_on_the_ink_of_a_cropped_page() -> None:
    data = _rotated(_pdf(_letter), 0, crop=(50, 400, 560, 780))
    document = _document(data)
    inside, outside = _ink(data, _find(document, "MARKED"))
    assert inside > 0.1
    assert outside < 0.01
    assert (document.pages[0].width, document.pages[0].height) == (510, 380)


def test_pdf_anchor_over_two_lines_has_a_box_for_each() -> None:
    data = _pdf(lambda pdf: pdf.multi_cell(300, 12, _LOREM, align="L"))
    document = _document(data)
    first, second = document.pages[0].lines[:2]
    anchor = document.anchor(TextSpan(first.span.end - 5, second.span.start + 5))
    assert len(anchor.boxes) == 2
    assert anchor.boxes[0].y0 < anchor.boxes[1].y0


def test_pdf_text_is_lines_and_separators_and_nothing_else() -> None:
    document = _document(_pdf(lambda pdf: pdf.multi_cell(300, 12, _LOREM + "\n\n" + _LOREM, align="L")))
    covered = "".join(line.span.of(document.text) for page in document.pages for line in page.lines)
    assert "".join(covered.split()) == "".join(document.text.split())
    for line in document.pages[0].lines:
        assert len(line.edges) == len(line.span) + 1
        assert list(line.edges) == sorted(line.edges)


def test_pdf_lines_become_paragraphs_by_distance_and_indent() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.set_xy(72, 100)
        pdf.multi_cell(300, 12, _LOREM.strip(), align="L")
        pdf.set_xy(72, pdf.get_y() + 10)
        pdf.multi_cell(300, 12, "(a) " + _LOREM.strip() + "\n(b) Another item of the list.", align="L")

    texts = [text.replace("\n", " ") for text in _texts(_pdf(draw))]
    assert texts == [_LOREM.strip(), "(a) " + _LOREM.strip(), "(b) Another item of the list."]


def test_pdf_reads_two_columns_one_after_the_other() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.set_font("Helvetica", "B", 16)
        pdf.set_xy(72, 60)
        pdf.cell(450, 20, "A Title over Both Columns of the Page", align="C")
        pdf.set_font("Helvetica", size=10)
        for left, word in ((60, "LEFT "), (310, "RIGHT ")):
            for row in range(30):
                pdf.set_xy(left, 100 + 12 * row)
                pdf.multi_cell(225, 12, f"{word}{_LOREM[:44]}", align="J")

    reading = _read(_pdf(draw))
    assert reading.blocks[0].kind is BlockKind.HEADING
    assert "RIGHT" not in reading.text[: reading.text.rindex("LEFT")]
    assert reading.text.count("LEFT") == reading.text.count("RIGHT") == 30


def test_pdf_keeps_rows_of_a_table_together() -> None:
    def draw(pdf: FPDF) -> None:
        for row in range(12):
            for left, text in ((72, f"Item {row}"), (300, f"{row}.00 EUR")):
                pdf.text(left, 100 + 14 * row, text)

    assert "Item 3\n3.00 EUR\nItem 4\n4.00 EUR" in _read(_pdf(draw)).text


def test_pdf_ranks_headings_by_size_and_weight() -> None:
    def draw(pdf: FPDF) -> None:
        for size, style, text in (
            (20, "", "Services Agreement"),
            (10, "", _LOREM),
            (14, "B", "1. Definitions"),
            (10, "", _LOREM),
            (10, "B", "1.1 Services"),
            (10, "", _LOREM),
            (10, "", "RECITALS"),
            (10, "", _LOREM),
        ):
            pdf.set_font("Helvetica", style, size)
            pdf.set_x(72)
            pdf.multi_cell(420, size * 1.2, text, align="L")
            pdf.ln(8)

    reading = _read(_pdf(draw))
    found = [(b.span.of(reading.text), b.level) for b in reading.blocks if b.kind is BlockKind.HEADING]
    assert found == [("Services Agreement", 1), ("1. Definitions", 2), ("1.1 Services", 3), ("RECITALS", 4)]
    assert reading.blocks[4].style.bold


def test_pdf_puts_running_heads_and_page_numbers_aside_and_joins_the_sentence_around_them() -> None:
    def draw(pdf: FPDF) -> None:
        words = (_LOREM * 6).split()
        for number in range(4):
            if number:
                pdf.add_page()
            pdf.text(72, 40, "Services Agreement - confidential")
            pdf.text(300, 800, f"Page {number + 1} of 4")
            pdf.set_xy(72, 80)
            pdf.multi_cell(450, 12, " ".join(words[number * 40 + 1 : number * 40 + 41]).lower(), align="L")

    data = _pdf(draw)
    reading = _read(data)
    by_visibility = {
        visibility: [b.span.of(reading.text) for b in reading.blocks if b.visibility is visibility]
        for visibility in Visibility
    }
    assert by_visibility[Visibility.HEADER] == ["Services Agreement - confidential"] * 4
    assert by_visibility[Visibility.FOOTER] == [f"Page {number} of 4" for number in range(1, 5)]
    assert "Page" not in project(_document(data)).text
    continuations = [block for block in reading.blocks if block.kind is BlockKind.CONTINUATION]
    assert continuations
    assert "\n\n" not in project(_document(data)).text.rstrip()


def test_pdf_puts_serial_stamps_at_page_corners_aside() -> None:
    def draw(pdf: FPDF) -> None:
        words = (_LOREM * 6).split()
        for number in range(3):
            if number:
                pdf.add_page()
            pdf.text(480, 820, f"ABC{number + 123:06}")
            pdf.text(300, 805, f"{number + 1}")
            pdf.set_xy(72, 80)
            pdf.multi_cell(450, 12, " ".join(words[number * 40 : number * 40 + 40]), align="L")

    data = _pdf(draw)
    reading = _read(data)
    feet = [b.span.of(reading.text) for b in reading.blocks if b.visibility is Visibility.FOOTER]
    assert [each for each in feet if each.startswith("ABC")] == ["ABC000123", "ABC000124", "ABC000125"]
    assert "ABC" not in project(_document(data)).text


@pytest.mark.parametrize(("begin", "step"), [(1, 1), (101, 1), (5, 5)])
def test_pdf_puts_line_numbers_in_the_margin_aside(begin: int, step: int) -> None:
    words = _LOREM.split()

    def draw(pdf: FPDF) -> None:
        for number in range(3):
            if number:
                pdf.add_page()
            pdf.text(300, 810, f"- {number + 7} -")
            for line in range(28 if number < 2 else 5):  # the last page is short
                pdf.text(50, 80 + 24 * line, str(begin + line * step))
                pdf.text(90, 80 + 24 * line, " ".join(words[(line + 9 * number) % 27 :][:7]))

    data = _pdf(draw)
    reading = _read(data)
    heads = [b.span.of(reading.text) for b in reading.blocks if b.visibility is Visibility.HEADER]
    assert [head.split() for head in heads] == [
        [str(begin + line * step) for line in range(lines)] for lines in (28, 28, 5)
    ]
    assert not any(character.isdigit() for character in project(_document(data)).text)
    assert [page.label for page in reading.pages] == ["7", "8", "9"]


def test_pdf_keeps_the_numbers_of_rows_of_a_table() -> None:
    def draw(pdf: FPDF) -> None:
        for number in range(2):
            if number:
                pdf.add_page()
            pdf.set_xy(72, 60)
            pdf.multi_cell(450, 12, _LOREM, align="L")
            for line in range(12):
                pdf.text(72, 200 + 18 * line, str(1 + line))
                pdf.text(150, 200 + 18 * line, "Widget of the second kind")

    text = project(_document(_pdf(draw))).text
    assert all(str(number) in text for number in range(1, 13))


def test_pdf_keeps_hyphens_at_line_ends() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.text(72, 100, "a long word broken in the mid-")
        pdf.text(72, 112, "dle of itself")

    assert _texts(_pdf(draw)) == ["a long word broken in the mid-\ndle of itself"]


def test_pdf_tells_title_and_page_labels() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.set_title("The title")
        pdf.set_page_label(label_style="r")
        pdf.text(72, 100, "Words.")

    reading = _read(_pdf(draw))
    assert reading.metadata["title"] == "The title"
    assert reading.pages[0].label == "i"


def test_pdf_with_a_password_is_refused() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.set_encryption("owner", "user", EncryptionMethod.AES_128)
        pdf.text(72, 100, "Words.")

    with pytest.raises(InputError, match="encrypted"):
        _read(_pdf(draw))
    with pytest.raises(InputError, match="wrong_password"):
        read_pdf(_pdf(draw), Aids(lambda _page, _pages: None, "guess"))
    assert read_pdf(_pdf(draw), Aids(lambda _page, _pages: None, "user")).text == "Words."


def test_pdf_without_text_is_refused() -> None:
    with pytest.raises(InputError, match="empty_text"):
        _read(_pdf(lambda pdf: pdf.rect(10, 10, 50, 50)))


def test_pdf_warns_of_pages_without_text() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.text(72, 100, "Words.")
        for is_blank in (False, False, True, False):
            pdf.add_page()
            if not is_blank:
                pdf.rect(10, 10, 50, 50)

    warnings = _read(_pdf(draw)).warnings
    assert [warning.code for warning in warnings] == ["page_without_text"] * 2
    assert [warning.page for warning in warnings] == [2, 5]
    assert "Pages 2 to 3 hold" in warnings[0].message
    assert "Page 5 holds" in warnings[1].message


@pytest.mark.parametrize("data", [b"%PDF-1.7\nnothing else", b"%PDF-1.4\n" + bytes(2000)])
def test_pdf_that_is_broken_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="corrupt"):
        _read(data)


def test_pdf_reports_every_page() -> None:
    pages: list[int] = []

    def draw(pdf: FPDF) -> None:
        pdf.text(72, 100, "One.")
        pdf.add_page()
        pdf.text(72, 100, "Two.")

    read_pdf(_pdf(draw), Aids(lambda page, _pages: pages.append(page)))
    assert sorted(set(pages)) == [1, 2]


@pytest.mark.data
def test_pdf_reads_a_two_column_paper_in_order(shared_data: Path) -> None:
    reading = _read((shared_data / "papers" / "N18-3011.pdf").read_bytes())
    headings = [b.span.of(reading.text) for b in reading.blocks if b.kind is BlockKind.HEADING]
    wanted = ["Abstract", "1 Introduction", "2 Structure of The Literature Graph", "2.1 Node Types", "2.2 Edge Types"]
    assert [heading for heading in headings if heading in wanted] == wanted
    assert "tracting structured data from scientific documents" in reading.text


@pytest.mark.data
def test_pdf_reads_the_words_of_a_contract_in_order(shared_data: Path) -> None:
    folder = shared_data / "contracts"
    words = _read((folder / "cuad-017.pdf").read_bytes()).text.split()
    expected = (folder / "cuad-017.txt").read_text(encoding="utf-8").split()
    same = sum(a == b for a, b in zip(words, expected, strict=False))
    assert same / max(len(words), len(expected)) > 0.5
    assert " ".join(words[:6]) == "Exhibit 10.26 AGENCY AGREEMENT THIS AGENCY"


def test_outline_says_which_paragraphs_are_headings_and_of_what_level() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.text(60, 60, _LOREM[:80])
        pdf.text(60, 100, "Scope of the Services")
        pdf.text(60, 140, _LOREM[:80])

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(_pdf(draw)))
    chapter = writer.add_outline_item(title="Part One, on another page", page_number=0)
    writer.add_outline_item(title="Scope of the services", page_number=0, parent=chapter)
    target = io.BytesIO()
    writer.write(target)

    reading = _read(target.getvalue())

    levels = {block.span.of(reading.text): block.level for block in reading.blocks if block.kind is BlockKind.HEADING}
    assert levels == {"Scope of the Services": 2}


def test_page_is_cited_by_its_printed_number_and_its_place_in_the_file() -> None:
    pdf = FPDF(unit="pt")
    pdf.set_auto_page_break(False)
    pdf.set_font("Helvetica", size=10)
    for number in range(1127, 1132):
        pdf.add_page()
        pdf.text(60, 200, f"Clause {number}: " + _LOREM[:60])
        pdf.text(300, 820, str(number))

    document = _document(bytes(pdf.output()))

    assert _find(document, "Clause 1131").page_name == "1131 (PDF 5)"
    assert _find(document, "Clause 1127").label == "1127"


def _bare_font(words: bytes) -> bytes:
    """A page in a font that does not say what its signs are."""
    content = b"BT /F 12 Tf 20 100 Td (" + words + b") Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 300 200]>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"".join(b"%d 0 obj%s endobj\n" % (number, each) for number, each in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 6>>"


def test_numbers_of_signs_are_no_control_characters() -> None:
    assert _texts(_bare_font(rb"\223Fee\224 \226 see \215 and \216")) == ["“Fee” – see \ufffd and \ufffd"]


def test_letters_set_wide_make_up_words() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.set_font("Helvetica", "B", size=13)
        x = 60.0
        for letter in "REVIEW ARTICLE":
            pdf.text(x, 100, letter)
            x += pdf.get_string_width(letter) + 2

    data = _pdf(draw)
    assert "R EVIEW" in pypdfium2.PdfDocument(data)[0].get_textpage().get_text_bounded()
    assert _texts(data) == ["REVIEW ARTICLE"]


def test_single_letters_that_stand_apart_stay_apart() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.text(60, 100, "A B C")
        for index, letter in enumerate("XYZ"):
            pdf.text(60 + 12 * index, 130, letter)

    assert _texts(_pdf(draw)) == ["A B C", "X Y Z"]


def test_a_title_is_not_cut_where_columns_stand_below_it() -> None:
    left, right = (
        "words of the left column that fill all of its width",
        "words of the right column that fill all of it too",
    )

    def draw(pdf: FPDF) -> None:
        pdf.text(60, 80, "REVIEW")
        pdf.text(480, 80, "Open Access")
        middle = (56 + pdf.get_string_width(left) + 300) / 2
        for index in range(20):
            pdf.text(56, 180 + 12 * index, left)
            pdf.text(300, 186 + 12 * index, right)
        pdf.set_font("Helvetica", size=24)
        pdf.text(middle - pdf.get_string_width("Complications of ") + 3, 130, "Complications of thrombosis")

    assert "Complications of thrombosis" in _texts(_pdf(draw))


@pytest.mark.parametrize(
    ("head", "visibility"),
    [
        ("Article {page}", Visibility.VISIBLE),
        ("Anlage {page}", Visibility.VISIBLE),
        ("Exhibit 10.1", Visibility.HEADER),
        ("Chapter 3: Delivery, page {page}", Visibility.HEADER),
    ],
)
def test_what_heads_each_page_is_furniture_unless_it_counts_parts(head: str, visibility: Visibility) -> None:
    bodies = ["The fee is due.", "Goods are examined.", "Notices are written.", "Law governs.", "Signed by both."]
    pdf = FPDF(unit="pt")
    pdf.set_font("Helvetica", size=10)
    for number, body in enumerate(bodies, start=1):
        pdf.add_page()
        pdf.text(72, 60, head.format(page=number))
        pdf.text(72, 300, body)
    reading = _read(bytes(pdf.output()))
    found = {block.span.of(reading.text): block.visibility for block in reading.blocks}
    assert {found[head.format(page=number)] for number in range(1, 6)} == {visibility}
