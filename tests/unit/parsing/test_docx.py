"""Word documents: order, visibility, structure."""

import io
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from reviewer.domain.document import Block, BlockKind, Document, Source, Visibility
from reviewer.domain.errors import InputError
from reviewer.domain.ids import DocumentId
from reviewer.domain.projection import View, project
from reviewer.parsing.docx import read_docx
from reviewer.parsing.reading import Reading
from tests.unit.parsing.word_files import p, r, word_file, zip_file


def _read(data: bytes) -> Reading:
    return read_docx(data, lambda _page, _pages: None)


def _blocks(data: bytes) -> list[tuple[Visibility, str]]:
    reading = _read(data)
    return [(block.visibility, block.span.of(reading.text)) for block in reading.blocks]


def _shown(data: bytes, view: View = View.VISIBLE) -> str:
    reading = _read(data)
    document = Document(DocumentId("doc"), Source("a.docx", "", "", 0), reading.text, reading.blocks)
    return project(document, view).text


def _saved(document: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_docx_reads_a_document_made_by_another_program() -> None:
    document = docx.Document()
    document.core_properties.title = "A title"
    document.add_heading("Terms", 1)
    paragraph = document.add_paragraph("Bold and centred")
    paragraph.runs[0].bold = True
    paragraph.runs[0].font.size = Pt(14)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("An item", style="List Number")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Left", "Right"
    document.add_paragraph("After")
    reading = _read(_saved(document))
    assert reading.text == "Terms\n\nBold and centred\n\nAn item\n\nLeft\nRight\n\nAfter"
    heading, bold, item, left, right, _ = reading.blocks
    assert (heading.kind, heading.level, heading.style.name) == (BlockKind.HEADING, 1, "heading 1")
    assert (bold.style.bold, bold.style.size, bold.style.centered) == (True, 14.0, True)
    assert (item.kind, item.number, item.level) == (BlockKind.LIST_ITEM, "1.", 1)
    assert (left.kind, right.kind) == (BlockKind.TABLE_CELL, BlockKind.TABLE_CELL)
    assert reading.metadata["title"] == "A title"
    assert [block.locator for block in reading.blocks[:3]] == [
        "document.xml#p0:0+5",
        "document.xml#p1:0+16",
        "document.xml#p2:0+7",
    ]


def test_docx_reads_tracked_changes_as_pieces_of_one_paragraph() -> None:
    deleted = "<w:del><w:r><w:delText>thirty</w:delText></w:r></w:del>"
    data = word_file(p("Pay within ", "", f"{deleted}<w:ins>{r('ten')}</w:ins>{r(' days.')}") + p("Next."))
    assert _blocks(data) == [
        (Visibility.VISIBLE, "Pay within "),
        (Visibility.DELETED, "thirty"),
        (Visibility.INSERTED, "ten"),
        (Visibility.VISIBLE, " days."),
        (Visibility.VISIBLE, "Next."),
    ]
    assert _shown(data) == "Pay within ten days.\n\nNext."
    assert _shown(data, View.ORIGINAL) == "Pay within thirty days.\n\nNext."
    kinds = [block.kind for block in _read(data).blocks]
    assert kinds == [BlockKind.PARAGRAPH, *[BlockKind.CONTINUATION] * 3, BlockKind.PARAGRAPH]
    assert [warning.code for warning in _read(data).warnings] == ["tracked_changes"]


def test_docx_keeps_paragraphs_apart_when_the_first_ends_in_deleted_words() -> None:
    data = word_file(p("Kept", "", "<w:del><w:r><w:delText> gone</w:delText></w:r></w:del>") + p("Next"))
    assert _shown(data) == "Kept\n\nNext"


def test_docx_joins_paragraphs_when_the_mark_between_them_is_deleted() -> None:
    data = word_file(p("One ", "<w:rPr><w:del/></w:rPr>") + p("sentence."))
    assert _shown(data) == "One sentence."
    assert _shown(data, View.ORIGINAL) == "One \n\nsentence."


def test_docx_gives_the_number_to_the_first_words_that_are_shown() -> None:
    deleted = "<w:del><w:r><w:delText>Old</w:delText></w:r></w:del>"
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:start w:val="1"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = p("", '<w:numPr><w:numId w:val="1"/></w:numPr>', deleted + r("New"))
    blocks = _read(word_file(body, numbering=numbering)).blocks
    assert [(block.visibility, block.kind, block.number) for block in blocks] == [
        (Visibility.DELETED, BlockKind.LIST_ITEM, None),
        (Visibility.VISIBLE, BlockKind.LIST_ITEM, "1."),
    ]


def test_docx_reads_moved_words_as_deleted_and_inserted() -> None:
    body = p("", "", f"<w:moveFrom>{r('here')}</w:moveFrom>{r(' and ')}<w:moveTo>{r('there')}</w:moveTo>{r('.')}")
    assert [visibility for visibility, _ in _blocks(word_file(body))] == [
        Visibility.DELETED,
        Visibility.VISIBLE,
        Visibility.INSERTED,
        Visibility.VISIBLE,
    ]


def test_docx_marks_hidden_words_also_when_a_style_hides_them() -> None:
    styles = '<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = p("Seen", "", r(" hidden", "<w:vanish/>") + r(" too", '<w:rStyle w:val="Secret"/>') + r(" seen"))
    data = word_file(body, styles=styles)
    assert _blocks(data) == [
        (Visibility.VISIBLE, "Seen"),
        (Visibility.HIDDEN, " hidden too"),
        (Visibility.VISIBLE, " seen"),
    ]
    assert _shown(data) == "Seen seen"


def test_docx_shows_the_result_of_a_field_and_not_its_instruction() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF secret</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("3.1")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    simple = f'<w:fldSimple w:instr="PAGE">{r("7")}</w:fldSimple>'
    assert _shown(word_file(p("See ", "", field + r(" on ") + simple))) == "See 3.1 on 7"


def test_docx_shows_the_result_of_a_field_in_a_field() -> None:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    inner = f"{begin}<w:r><w:instrText>PAGE</w:instrText></w:r>{separate}{r('in the instruction')}{end}"
    outer = f"{begin}<w:r><w:instrText>IF</w:instrText></w:r>{inner}{separate}"
    shown = f"{begin}<w:r><w:instrText>REF</w:instrText></w:r>{separate}{r('result')}{end}"
    assert _shown(word_file(p("The ", "", outer + shown + end + r(" stays")))) == "The result stays"


def test_docx_reads_the_alternative_that_word_understands() -> None:
    def alternative(prefix: str) -> str:
        named = f'xmlns:x="{prefix}"' if prefix else ""
        return (
            f'<w:r><mc:AlternateContent><mc:Choice {named} Requires="x"><w:t>new</w:t></mc:Choice>'
            "<mc:Fallback><w:t>old</w:t></mc:Fallback></mc:AlternateContent></w:r>"
        )

    assert _shown(word_file(p("", "", alternative("http://schemas.microsoft.com/office/word/2010/wordml")))) == "new"
    assert _shown(word_file(p("", "", alternative("urn:nobody-knows-this")))) == "old"
    assert _shown(word_file(p("", "", alternative("")))) == "old"


def test_docx_reads_merged_cells_once() -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>{p("wide")}</w:tc>'
    tall = f'<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{p("tall")}</w:tc>'
    below = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{p()}</w:tc>"
    side = f"<w:tc>{p('side')}</w:tc>"
    table = f"<w:tbl><w:tr>{wide}</w:tr><w:tr>{tall}{side}</w:tr><w:tr>{below}{side}</w:tr></w:tbl>"
    assert _shown(word_file(table + p("After"))) == "wide\ntall\nside\nside\n\nAfter"


def test_docx_is_not_swallowed_by_a_field_that_never_ends() -> None:
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF</w:instrText></w:r>'
    assert _shown(word_file(p("First", "", begun) + p("Second"))) == "First\n\nSecond"


def test_docx_reads_content_controls_links_tabs_and_breaks() -> None:
    inline = f"<w:sdt><w:sdtContent>{r('control')}</w:sdtContent></w:sdt>"
    link = f"<w:hyperlink>{r(' link')}</w:hyperlink>"
    signs = "<w:r><w:tab/><w:br/><w:noBreakHyphen/></w:r>"
    block = f"<w:sdt><w:sdtContent>{p('Block control')}</w:sdtContent></w:sdt>"
    assert _shown(word_file(p("", "", inline + link + signs) + block)) == "control link\t\n\u2011\n\nBlock control"


def test_docx_reads_a_text_box_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('In the box')}</w:txbxContent>"
    drawing = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert _shown(word_file(p("Around", "", drawing + r(" it")) + p("After"))) == "Around it\n\nIn the box\n\nAfter"


def test_docx_reads_nested_tables_in_order() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{p('inner')}</w:tc></w:tr></w:tbl>"
    table = f"<w:tbl><w:tr><w:tc>{p('a')}{inner}{p('b')}</w:tc><w:tc>{p('c')}</w:tc></w:tr></w:tbl>"
    assert _shown(word_file(p("Before") + table + p("After"))) == "Before\n\na\ninner\nb\nc\n\nAfter"


def test_docx_reads_a_deleted_row_as_deleted() -> None:
    row = f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{p('gone')}</w:tc></w:tr></w:tbl>"
    assert _blocks(word_file(row + p("Kept"))) == [(Visibility.DELETED, "gone"), (Visibility.VISIBLE, "Kept")]


def test_docx_puts_notes_after_their_paragraph_and_endnotes_last() -> None:
    marks = '<w:r><w:footnoteReference w:id="2"/><w:endnoteReference w:id="3"/></w:r>'
    notes = f'<w:footnote w:id="-1" w:type="separator">{p()}</w:footnote><w:footnote w:id="2">{p("Foot")}</w:footnote>'
    ends = f'<w:endnote w:id="3">{p("End")}</w:endnote>'
    reading = _read(word_file(p("Text", "", marks) + p("More"), footnotes=notes, endnotes=ends))
    found = [(block.kind, block.visibility, block.number) for block in reading.blocks]
    assert reading.text == "Text\n\nFoot\n\nMore\n\nEnd"
    assert found[1] == (BlockKind.NOTE, Visibility.NOTE, "1")
    assert found[3] == (BlockKind.NOTE, Visibility.NOTE, "i")


def test_docx_keeps_comments_headers_and_footers_out_of_what_is_shown() -> None:
    section = '<w:sectPr><w:headerReference r:id="rheader1"/><w:footerReference r:id="rfooter1"/></w:sectPr>'
    data = word_file(
        p("Text", "", '<w:r><w:commentReference w:id="0"/></w:r>') + p("More") + section,
        comments=f'<w:comment w:id="0">{p("A remark")}</w:comment>',
        header1=p("Running head"),
        footer1=p("Page"),
    )
    assert _shown(data).rstrip() == "Text\n\nMore"
    assert _blocks(data)[1:2] + _blocks(data)[3:] == [
        (Visibility.COMMENT, "A remark"),
        (Visibility.HEADER, "Running head"),
        (Visibility.FOOTER, "Page"),
    ]


def test_docx_finds_headings_through_styles_they_are_based_on() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="House style"/><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="L1"><w:basedOn w:val="L2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="L2"><w:basedOn w:val="L1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
    )
    body = "".join(p("Text", f'<w:pStyle w:val="{style}"/>') for style in ("C", "L1", "T"))
    body += p("Text", '<w:outlineLvl w:val="0"/>')
    found = [(block.kind, block.level) for block in _read(word_file(body, styles=styles)).blocks]
    assert found == [
        (BlockKind.HEADING, 2),
        (BlockKind.PARAGRAPH, None),
        (BlockKind.HEADING, None),
        (BlockKind.HEADING, 1),
    ]


def test_docx_reads_the_strict_variant_of_the_format() -> None:
    body = "<w:body><w:p><w:r><w:t>Strict</w:t></w:r></w:p></w:body>"
    document = f'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main">{body}</w:document>'
    assert _read(zip_file({"word/document.xml": document})).text == "Strict"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 cut off", "corrupt"),
        (zip_file({"mimetype": "application/vnd.oasis.opendocument.text"}), "not_a_docx"),
        (zip_file({"word/document.xml": "<workbook/>"}), "not_a_docx"),
        (zip_file({"word/document.xml": "<w:document"}), "corrupt"),
        (zip_file({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "dtd_refused"),
        (zip_file({"word/document.xml": "<a/>", "bomb": "0" * 30_000_000}), "zip_bomb"),
        (zip_file({f"part{index}": "" for index in range(5001)}), "zip_bomb"),
        (word_file(p("")), "empty_text"),
    ],
    ids=["cut", "odt", "xlsx", "broken xml", "doctype", "ratio", "parts", "blank"],
)
def test_docx_refuses_what_is_no_sound_word_document(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        _read(data)
    assert caught.value.code == code


def test_docx_reports_progress_on_long_documents() -> None:
    reports: list[tuple[int, int]] = []
    read_docx(word_file(p("Text") * 3000), lambda page, pages: reports.append((page, pages)))
    assert reports == [(1, 1), (2, 2), (3, 3)]


def _is_separator(reading: Reading, before: Block, after: Block) -> bool:
    return reading.text[before.span.end : after.span.start] in {"", "\n", "\n\n"}


@pytest.mark.data
def test_docx_blocks_of_real_documents_are_in_order_with_separators_between(shared_data: Path) -> None:
    for path in sorted((shared_data / "contracts").glob("*.docx")):
        reading = _read(path.read_bytes())
        assert len(reading.blocks) > 3
        for before, after in zip(reading.blocks, reading.blocks[1:], strict=False):
            assert _is_separator(reading, before, after), (path.name, before.locator)


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "visibility"),
    [
        ("d_vanish", Visibility.HIDDEN),
        ("d_del_tracked", Visibility.DELETED),
        ("d_ins_tracked", Visibility.INSERTED),
        ("d_textbox", Visibility.VISIBLE),
        ("d_nested_tbl", Visibility.VISIBLE),
        ("d_sdt", Visibility.VISIBLE),
        ("d_inline_sdt", Visibility.VISIBLE),
        ("d_hyperlink", Visibility.VISIBLE),
    ],
)
def test_docx_tells_who_sees_words_hidden_in_a_known_way(shared_data: Path, name: str, visibility: Visibility) -> None:
    found = {seen for seen, _ in _blocks((shared_data / "hidden" / f"{name}.docx").read_bytes())}
    assert visibility in found


@pytest.mark.data
@pytest.mark.parametrize("name", ["d_fldinstr", "d_alt_text"])
def test_docx_leaves_out_what_is_no_text_of_the_document(shared_data: Path, name: str) -> None:
    assert len(_blocks((shared_data / "hidden" / f"{name}.docx").read_bytes())) == 1


def test_docx_cells_know_what_stands_over_and_beside_them() -> None:
    document = docx.Document()
    table = document.add_table(3, 2)
    for row, texts in enumerate((("Severity", "Response time"), ("Severity 1", "4 hours"), ("Severity 2", "8 hours"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    reading = _read(_saved(document))
    cell = reading.blocks[-1].cell
    assert cell is not None
    assert (cell.table, cell.row, cell.column) == (1, 3, 2)
    assert [span.of(reading.text) for span in cell.row_headings] == ["Severity 2"]
    assert [span.of(reading.text) for span in cell.column_headings] == ["Response time"]
