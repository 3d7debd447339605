"""The eighteen constructs of a Word document that readers get wrong, a test each: what is read, and as what."""

from typing import NamedTuple

import pytest

from reviewer.domain.document import Block, BlockKind, Document, Source, Visibility
from reviewer.domain.ids import DocumentId
from reviewer.domain.projection import View, project
from reviewer.parsing.readers import read_file
from reviewer.parsing.reading import Aids
from reviewer.parsing.sniff import FileKind
from tests.unit.parsing.word_files import p, r, word_file

_BY = 'w:id="1" w:author="A. Lawyer" w:date="2026-11-02T09:30:00Z"'


class _Read(NamedTuple):
    """What is read of a file."""

    document: Document

    def shown(self, view: View = View.VISIBLE) -> str:
        return project(self.document, view).text

    def as_(self, visibility: Visibility) -> list[str]:
        """The words of each block that is seen so."""
        return [self.words(block) for block in self.document.blocks if block.visibility is visibility]

    def words(self, block: Block) -> str:
        return block.span.of(self.document.text)

    def block(self, words: str) -> Block:
        (found,) = (block for block in self.document.blocks if self.words(block) == words)
        return found


def _read(body: str, **parts: str) -> _Read:
    reading = read_file(FileKind.DOCX, word_file(body, **parts), Aids(lambda _page, _pages: None))
    return _Read(Document(DocumentId("doc"), Source("a.docx", "", "", 0), reading.text, reading.blocks))


def test_01_tracked_insertion() -> None:
    read = _read(p("Pay within ", "", f"<w:ins {_BY}>{r('ten ')}</w:ins>{r('days.')}"))
    assert read.as_(Visibility.INSERTED) == ["ten "]
    assert read.block("ten ").author == "A. Lawyer"
    assert (read.shown(View.ORIGINAL), read.shown(View.FINAL)) == ("Pay within days.", "Pay within ten days.")


def test_02_tracked_deletion() -> None:
    gone = f'<w:del {_BY}><w:r><w:delText xml:space="preserve">not </w:delText></w:r></w:del>'
    read = _read(p("The supplier shall ", "", f"{gone}{r('be liable.')}"))
    assert read.as_(Visibility.DELETED) == ["not "]
    assert read.block("not ").author == "A. Lawyer"
    assert read.shown(View.ORIGINAL) == "The supplier shall not be liable."
    assert read.shown(View.FINAL) == read.shown() == "The supplier shall be liable."


def test_03_tracked_move() -> None:
    left = f'<w:moveFromRangeStart {_BY} w:name="m"/><w:moveFrom {_BY}>{r("Term. ")}</w:moveFrom><w:moveFromRangeEnd/>'
    came = f'<w:moveToRangeStart {_BY} w:name="m"/><w:moveTo {_BY}>{r("Term. ")}</w:moveTo><w:moveToRangeEnd/>'
    read = _read(p("", "", left + r("First. ")) + p("", "", came + r("Last.")))
    assert (read.as_(Visibility.DELETED), read.as_(Visibility.INSERTED)) == (["Term. "], ["Term. "])
    assert (read.shown(View.ORIGINAL), read.shown()) == ("Term. First. \n\nLast.", "First. \n\nTerm. Last.")


def test_04_block_content_control() -> None:
    inner = f"<w:sdt><w:sdtContent>{p('Inner clause.')}</w:sdtContent></w:sdt>"
    control = (
        f'<w:sdt><w:sdtPr><w:alias w:val="Title"/></w:sdtPr><w:sdtContent>{p("Clause.")}{inner}</w:sdtContent></w:sdt>'
    )
    read = _read(p("Before.") + control + p("After."))
    assert read.as_(Visibility.VISIBLE) == ["Before.", "Clause.", "Inner clause.", "After."]
    assert read.block("Clause.").kind is BlockKind.PARAGRAPH


def test_05_inline_content_control() -> None:
    control = f'<w:sdt><w:sdtPr><w:tag w:val="party"/></w:sdtPr><w:sdtContent>{r("Acme Ltd")}</w:sdtContent></w:sdt>'
    read = _read(p("Between ", "", control + r(" and you.")))
    assert read.as_(Visibility.VISIBLE) == ["Between Acme Ltd and you."]


@pytest.mark.parametrize(
    "holder", ["<w:drawing><wps:txbx>{}</wps:txbx></w:drawing>", "<w:pict><v:textbox>{}</v:textbox></w:pict>"]
)
def test_06_text_box(holder: str) -> None:
    box = holder.format(f"<w:txbxContent>{p('In the box.')}</w:txbxContent>")
    read = _read(p("Around ", "", f"<w:r>{box}</w:r>{r('it.')}") + p("After."))
    assert read.as_(Visibility.VISIBLE) == ["Around it.", "In the box.", "After."]


def test_07_nested_table() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{p('x')}</w:tc><w:tc>{p('y')}</w:tc></w:tr></w:tbl>"
    read = _read(f"<w:tbl><w:tr><w:tc>{p('a')}{inner}{p('b')}</w:tc><w:tc>{p('c')}</w:tc></w:tr></w:tbl>{p('After.')}")
    assert read.as_(Visibility.VISIBLE) == ["a", "x", "y", "b", "c", "After."]
    cells = {words: read.block(words).cell for words in "axyc"}
    places = {words: cell and (cell.table, cell.row, cell.column) for words, cell in cells.items()}
    assert places == {"a": (1, 1, 1), "x": (2, 1, 1), "y": (2, 1, 2), "c": (1, 1, 2)}


def test_08_merged_cells() -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("wide")}</w:tc>'
    tall = f'<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{p("tall")}</w:tc>'
    below = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{p()}</w:tc>"
    rows = f"<w:tr>{wide}</w:tr><w:tr>{tall}<w:tc>{p('one')}</w:tc></w:tr><w:tr>{below}<w:tc>{p('two')}</w:tc></w:tr>"
    read = _read(f"<w:tbl>{rows}</w:tbl>{p('After.')}")
    assert read.as_(Visibility.VISIBLE) == ["wide", "tall", "one", "two", "After."]
    places = [(cell.row, cell.column, cell.columns) for block in read.document.blocks if (cell := block.cell)]
    assert places == [(1, 1, 2), (2, 1, 1), (2, 2, 1), (3, 2, 1)]


def test_09_footnote() -> None:
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    line = f'<w:footnote w:id="0" w:type="separator">{p("line")}</w:footnote>'
    notes = f'{line}<w:footnote w:id="2">{p("Foot.")}</w:footnote>'
    read = _read(p("Text", "", mark + r(".")) + p("More."), footnotes=notes)
    assert read.as_(Visibility.NOTE) == ["Foot."]
    assert (read.block("Foot.").kind, read.block("Foot.").number) == (BlockKind.NOTE, "1")
    assert read.document.text == "Text.\n\nFoot.\n\nMore."


def test_10_endnote() -> None:
    mark = '<w:r><w:endnoteReference w:id="3"/></w:r>'
    read = _read(p("Text", "", mark) + p("More."), endnotes=f'<w:endnote w:id="3">{p("End.")}</w:endnote>')
    assert read.as_(Visibility.NOTE) == ["End."]
    assert (read.block("End.").kind, read.block("End.").number) == (BlockKind.NOTE, "i")
    assert read.document.text == "Text\n\nMore.\n\nEnd."


def test_11_header() -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rheader1"/></w:sectPr>'
    read = _read(p("Text.") + section, header1=p("Draft of 2 November"))
    assert read.as_(Visibility.HEADER) == ["Draft of 2 November"]
    assert read.as_(Visibility.VISIBLE) == ["Text."]
    assert "Draft" not in read.shown()


def test_12_footer() -> None:
    section = '<w:sectPr><w:footerReference w:type="first" r:id="rfooter1"/></w:sectPr>'
    read = _read(p("Text.") + section, footer1=p("Confidential"))
    assert read.as_(Visibility.FOOTER) == ["Confidential"]
    assert read.as_(Visibility.VISIBLE) == ["Text."]
    assert "Confidential" not in read.shown()


def test_13_field_result_and_not_its_instruction() -> None:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    field = f"{begin}<w:r><w:instrText> REF _Ref1 \\r \\h </w:instrText></w:r>{separate}{r('3.1')}{end}"
    simple = f'<w:fldSimple w:instr=" DATE ">{r("2 May")}</w:fldSimple>'
    read = _read(p("See ", "", field + r(" of ") + simple))
    assert read.document.text == "See 3.1 of 2 May"
    assert read.as_(Visibility.VISIBLE) == [read.document.text]


def test_14_hyperlink() -> None:
    link = f'<w:hyperlink r:id="rId9" w:history="1">{r("the policy")}</w:hyperlink>'
    read = _read(p("Read ", "", link + r(" first.")))
    assert read.as_(Visibility.VISIBLE) == ["Read the policy first."]


def test_15_comment() -> None:
    begin, end = '<w:commentRangeStart w:id="0"/>', '<w:commentRangeEnd w:id="0"/>'
    marked = f'{begin}{r("ten days")}{end}<w:r><w:commentReference w:id="0"/></w:r>'
    comment = f'<w:comment w:id="0" w:author="B. Client">{p("Too short?")}</w:comment>'
    read = _read(p("Within ", "", marked + r(".")), comments=comment)
    assert read.as_(Visibility.COMMENT) == ["Too short?"]
    assert read.block("Too short?").author == "B. Client"
    assert read.shown().strip() == "Within ten days."


def test_16_vanish() -> None:
    read = _read(p("Seen ", "", r("hidden ", "<w:vanish/>") + r("seen.")))
    assert read.as_(Visibility.HIDDEN) == ["hidden "]
    assert read.shown() == "Seen seen."


@pytest.mark.parametrize("properties", ['<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>'], ids=["white", "1 pt"])
def test_17_white_or_one_point_text(properties: str) -> None:
    read = _read(p("Seen ", "", r("unseen ", properties) + r("seen.")))
    assert read.as_(Visibility.HIDDEN) == ["unseen "]
    assert read.shown() == "Seen seen."


def test_18_alternate_content() -> None:
    shape = f"<w:drawing><wps:txbx><w:txbxContent>{p('Once only.')}</w:txbxContent></wps:txbx></w:drawing>"
    old = f"<w:pict><v:textbox><w:txbxContent>{p('Once only.')}</w:txbxContent></v:textbox></w:pict>"
    both = f'<mc:Choice Requires="wps">{shape}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
    read = _read(p("Around.", "", f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"))
    assert read.as_(Visibility.VISIBLE) == ["Around.", "Once only."]
