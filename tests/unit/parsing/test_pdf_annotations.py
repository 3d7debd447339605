"""Comments on a PDF page and what was filled into its form."""

import io

import pypdf
from fpdf import FPDF
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject, TextStringObject

from reviewer.domain.document import BlockKind, Document, Source, Visibility
from reviewer.domain.ids import DocumentId
from reviewer.domain.projection import project
from reviewer.parsing.pdf import read_pdf
from reviewer.parsing.reading import Aids


def page() -> FPDF:
    pdf = FPDF(unit="pt", format=(600, 800))
    pdf.set_font("Helvetica", size=10)
    pdf.add_page()
    pdf.text(60, 100, "Name of the supplier:")
    return pdf


def read(data: bytes) -> Document:
    reading = read_pdf(data, Aids(lambda _page, _pages: None))
    source = Source("a.pdf", "application/pdf", "", len(data))
    return Document(DocumentId("doc"), source, reading.text, reading.blocks, reading.pages, warnings=reading.warnings)


def with_fields(pdf: FPDF, *fields: DictionaryObject) -> bytes:
    """The first page with widgets of a form."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(bytes(pdf.output())))
    widgets = ArrayObject([writer._add_object(field) for field in fields])
    writer.pages[0][NameObject("/Annots")] = widgets
    form = DictionaryObject({NameObject("/Fields"): widgets})
    writer._root_object[NameObject("/AcroForm")] = form
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def field(value: str, *, flags: int = 4, area: tuple[int, int, int, int] = (170, 695, 300, 709)) -> DictionaryObject:
    """A text field; right of the words of the page."""
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/T"): TextStringObject("supplier"),
            NameObject("/V"): TextStringObject(value),
            NameObject("/F"): NumberObject(flags),
            NameObject("/Rect"): ArrayObject([FloatObject(each) for each in area]),
        }
    )


def test_comment_is_kept_with_its_author_and_not_read_as_text() -> None:
    pdf = page()
    pdf.text_annotation(100, 200, "Ask for\nproof of funds.", title="A. Lawyer")

    document = read(bytes(pdf.output()))

    (comment,) = [block for block in document.blocks if block.visibility is Visibility.COMMENT]
    assert comment.span.of(document.text) == "A. Lawyer: Ask for proof of funds."
    assert comment.page == 1
    assert "proof" not in project(document).text


def test_what_was_filled_in_stands_beside_its_label() -> None:
    document = read(with_fields(page(), field("Harrow Ltd")))

    assert "Name of the supplier: Harrow Ltd" in project(document).text.replace("\t", " ")
    start = document.text.index("Harrow")
    (box,) = document.anchor(type(document.blocks[0].span)(start, start + len("Harrow Ltd"))).boxes
    assert 165 <= box.x0 <= box.x1 <= 305


def test_what_was_filled_into_a_hidden_field_is_hidden() -> None:
    document = read(with_fields(page(), field("Harrow Ltd", flags=2)))

    assert "Harrow" in document.text
    assert "Harrow" not in project(document).text
    assert [each.code for each in document.warnings] == ["hidden_text"]


def test_what_was_filled_into_a_high_field_is_no_heading() -> None:
    pdf = page()
    pdf.text(60, 400, "The supplier named above shall deliver the goods to the place that is agreed.")

    document = read(with_fields(pdf, field("Harrow Ltd", area=(60, 500, 300, 530))))

    (filled,) = [block for block in document.blocks if block.span.of(document.text) == "Harrow Ltd"]
    assert filled.kind is BlockKind.PARAGRAPH
