"""OpenDocument texts: order, visibility, structure."""

import pytest

from reviewer.domain.document import BlockKind, Document, Source, Visibility
from reviewer.domain.errors import InputError
from reviewer.domain.ids import DocumentId
from reviewer.domain.projection import View, project
from reviewer.parsing.odt import read_odt
from reviewer.parsing.readers import read_file
from reviewer.parsing.reading import Aids, Reading
from reviewer.parsing.sniff import FileKind
from tests.unit.parsing.odt_files import item, level, list_style, listed, odt_file, p
from tests.unit.parsing.word_files import p as word_p
from tests.unit.parsing.word_files import word_file, zip_file


def _read(data: bytes) -> Reading:
    return read_odt(data, lambda _page, _pages: None)


def _blocks(data: bytes) -> list[tuple[Visibility, str]]:
    reading = _read(data)
    return [(block.visibility, block.span.of(reading.text)) for block in reading.blocks]


def _numbers(body: str, *styles: str) -> list[str | None]:
    return [block.number for block in _read(odt_file(body, "".join(styles))).blocks]


def _shown(data: bytes, view: View = View.VISIBLE) -> str:
    reading = _read(data)
    return project(Document(DocumentId("doc"), Source("a.odt", "", "", 0), reading.text, reading.blocks), view).text


def test_odt_reads_headings_paragraphs_and_cells_with_their_style() -> None:
    styles = (
        '<style:style style:name="Text_20_body" style:display-name="Text body" style:family="paragraph">'
        '<style:paragraph-properties fo:text-align="center" fo:margin-left="1in"/>'
        '<style:text-properties fo:font-weight="bold" fo:font-size="12pt"/></style:style>'
    )
    automatic = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Text_20_body"/>'
    rows = "".join(f"<table:table-cell>{p(word)}</table:table-cell>" for word in ("Left", "Right"))
    body = (
        '<text:h text:outline-level="2">Terms</text:h>'
        + p("Set  like <text:s text:c='2'/>this", "P1")
        + f"<table:table><table:table-row>{rows}</table:table-row></table:table>"
        + p("After")
    )
    meta = "<dc:title>A title</dc:title><meta:initial-creator>Ann</meta:initial-creator>"
    reading = _read(odt_file(body, styles, automatic=automatic, meta=meta))
    heading, styled, left, right, _ = reading.blocks
    assert reading.text == "Terms\n\nSet like   this\n\nLeft\nRight\n\nAfter"
    assert (heading.kind, heading.level) == (BlockKind.HEADING, 2)
    assert (styled.style.name, styled.style.bold, styled.style.size) == ("Text body", True, 12.0)
    assert (styled.style.centered, styled.style.indent) == (True, 72.0)
    assert (left.kind, right.kind) == (BlockKind.TABLE_CELL, BlockKind.TABLE_CELL)
    assert reading.metadata == {"title": "A title", "author": "Ann"}
    assert heading.locator == "content.xml#p0"


def test_odt_numbers_lists_by_their_styles() -> None:
    style = list_style(level(1, "1"), level(2, "a", 'text:display-levels="2" style:num-prefix="("'))
    inner = listed(item(p("b")), item(p("c")), style="")
    assert _numbers(listed(item(p("a"), inner), item(p("d"), p("more"))), style) == ["1.", "(1.a.", "(1.b.", "2.", None]


def test_odt_numbers_by_a_pattern_a_start_and_doubled_letters() -> None:
    pattern = list_style(level(1, "I", 'loext:num-list-format="Article %1%:" text:start-value="4"'))
    assert _numbers(listed(item(p("a")), item(p("b"), attributes='text:start-value="9"')), pattern) == [
        "Article IV:",
        "Article IX:",
    ]
    for sync, expected in (("false", "ab."), ("true", "bb.")):
        letters = list_style(level(1, "a", f'text:start-value="28" style:num-letter-sync="{sync}"'))
        assert _numbers(listed(item(p("a"))), letters) == [expected]


def test_odt_begins_a_list_anew_unless_it_says_that_it_goes_on() -> None:
    style = list_style(level(1, "1"))
    continued = listed(item(p("d")), attributes='text:continue-list="first"')
    body = (
        listed(item(p("a")), attributes='xml:id="first"')
        + listed(item(p("b")))
        + listed(item(p("c")), attributes='text:continue-numbering="true"')
        + continued
    )
    assert _numbers(body, style) == ["1.", "1.", "2.", "2."]


def test_odt_counts_on_inside_a_list_that_only_wraps_another() -> None:
    style = list_style(level(1, "1"), level(2, "1", 'text:display-levels="2"'))
    inner = listed(item(p("b")), style="")
    wrapped = listed(item(listed(item(p("c")), style="")), attributes='text:continue-numbering="true"')
    assert _numbers(listed(item(p("a"), inner)) + wrapped, style) == ["1.", "1.1.", "1.2."]


def test_odt_leaves_a_number_out_where_no_style_gives_one() -> None:
    body = (
        listed(item(p("a")), style="Unknown")
        + "<text:list><text:list-header>"
        + p("b")
        + "</text:list-header></text:list>"
    )
    assert _numbers(body) == [None, None]


def test_odt_numbers_headings_by_the_outline() -> None:
    outline = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1"/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
    )
    plain = '<style:style style:name="Plain" style:family="paragraph" style:list-style-name=""/>'
    headings = "".join(f'<text:h text:outline-level="{depth}">H</text:h>' for depth in (1, 2, 2, 1))
    body = headings + '<text:h text:outline-level="1" text:style-name="Plain">H</text:h>'
    assert _numbers(body, outline, plain) == ["1", "1.1", "1.2", "2", None]


def test_odt_reads_tracked_changes_where_they_are_marked() -> None:
    changes = (
        '<text:tracked-changes><text:changed-region text:id="d"><text:deletion>'
        f"<office:change-info><dc:creator>Ann</dc:creator></office:change-info>{p('thirty')}</text:deletion>"
        '</text:changed-region><text:changed-region text:id="i"><text:insertion/></text:changed-region>'
        f'<text:changed-region text:id="two"><text:deletion>{p("end")}{p("begin")}</text:deletion>'
        "</text:changed-region></text:tracked-changes>"
    )
    paragraph = p(
        'Within <text:change text:change-id="d"/><text:change-start text:change-id="i"/>ten'
        '<text:change-end text:change-id="i"/> days.'
    )
    data = odt_file(changes + paragraph + p('A <text:change text:change-id="two"/> b'))
    assert _blocks(data) == [
        (Visibility.VISIBLE, "Within "),
        (Visibility.DELETED, "thirty"),
        (Visibility.INSERTED, "ten"),
        (Visibility.VISIBLE, " days."),
        (Visibility.VISIBLE, "A "),
        (Visibility.DELETED, "end\n\nbegin"),
        (Visibility.VISIBLE, " b"),
    ]
    assert _shown(data) == "Within ten days.\n\nA  b"
    assert _shown(data, View.ORIGINAL) == "Within thirty days.\n\nA end\n\nbegin b"
    assert [warning.code for warning in _read(data).warnings] == ["tracked_changes"]


def test_odt_tells_inserted_and_deleted_paragraphs() -> None:
    changes = (
        f'<text:tracked-changes><text:changed-region text:id="d"><text:deletion>{p("Gone")}</text:deletion>'
        '</text:changed-region><text:changed-region text:id="i"><text:insertion/></text:changed-region>'
        "</text:tracked-changes>"
    )
    marked = '<text:change-start text:change-id="i"/>' + p("New") + '<text:change-end text:change-id="i"/>'
    data = odt_file(changes + p("Old") + '<text:change text:change-id="d"/>' + marked + p("Last"))
    assert [visibility for visibility, _ in _blocks(data)] == [
        Visibility.VISIBLE,
        Visibility.DELETED,
        Visibility.INSERTED,
        Visibility.VISIBLE,
    ]
    assert _shown(data) == "Old\n\nNew\n\nLast"
    assert _shown(data, View.ORIGINAL) == "Old\n\nGone\n\nLast"


def test_odt_marks_what_is_not_displayed_as_hidden() -> None:
    styles = "".join(
        f'<style:style style:name="{name}" style:family="{family}"><style:text-properties text:display="none"/>'
        "</style:style>"
        for name, family in (("Secret", "text"), ("Gone", "paragraph"))
    )
    body = (
        p('Seen<text:span text:style-name="Secret"> hidden</text:span>')
        + p("Paragraph", "Gone")
        + f'<text:section text:display="none">{p("Section")}</text:section>'
        + p('<text:hidden-paragraph text:is-hidden="true"/>Field')
        + p('A<text:hidden-text text:string-value="b"/>')
        + p("Last")
    )
    hidden = [text for visibility, text in _blocks(odt_file(body, styles)) if visibility is Visibility.HIDDEN]
    assert hidden == [" hidden", "Paragraph", "Section", "Field", "b"]
    assert _shown(odt_file(body, styles)) == "Seen\n\nA\n\nLast"


def test_odt_marks_what_is_tiny_or_white_as_hidden() -> None:
    looks = {
        "White": 'fo:color="#FFFFFF"',
        "OnBlack": 'fo:color="#ffffff" fo:background-color="#000000"',
        "OnPaper": 'fo:color="#fafafa" fo:background-color="transparent"',
        "Black": 'fo:color="#000000" fo:font-size="11pt"',
        "Tiny": 'fo:font-size="1pt"',
    }
    styles = "".join(
        f'<style:style style:name="{name}{family}" style:family="{family}">'
        f"<style:text-properties {look}/></style:style>"
        for name, look in looks.items()
        for family in ("text", "paragraph")
    )
    spans = "".join(f'<text:span text:style-name="{name}text"> {name}</text:span>' for name in looks)
    black = p('white <text:span text:style-name="Blacktext">black</text:span>', "Whiteparagraph")
    cell = f"<table:table><table:table-row><table:table-cell>{p('cell', 'Whiteparagraph')}</table:table-cell>"
    data = odt_file(p("Seen" + spans) + black + cell + "</table:table-row></table:table>", styles)
    hidden = [text.strip() for visibility, text in _blocks(data) if visibility is Visibility.HIDDEN]
    assert hidden == ["White", "OnPaper", "Tiny", "white"]
    assert "OnBlack" in _shown(data)
    assert "black" in _shown(data)
    assert "cell" in _shown(data)


def test_odt_puts_notes_and_comments_after_their_paragraph_and_endnotes_margins_last() -> None:
    def note(kind: str, number: str) -> str:
        return (
            f'<text:note text:note-class="{kind}"><text:note-citation>{number}</text:note-citation>'
            f"<text:note-body>{p(kind)}</text:note-body></text:note>"
        )

    remark = f"<office:annotation><dc:creator>Ann</dc:creator>{p('A remark')}</office:annotation>"
    box = f"<draw:frame><draw:text-box>{p('In the box')}</draw:text-box></draw:frame>"
    margins = f"<style:header>{p('Head')}</style:header><style:footer>{p('Foot')}</style:footer>"
    masters = f"<style:master-page>{margins}</style:master-page>" * 2
    data = odt_file(
        p("Text" + note("endnote", "i") + note("footnote", "1") + remark + box) + p("More"), masters=masters
    )
    found = [(block.kind, block.visibility, block.number) for block in _read(data).blocks]
    assert _read(data).text == "Text\n\nIn the box\n\nA remark\n\nfootnote\n\nMore\n\nendnote\n\nHead\n\nFoot"
    assert found[2][1] is Visibility.COMMENT
    assert found[3] == (BlockKind.NOTE, Visibility.NOTE, "1")
    assert found[5] == (BlockKind.NOTE, Visibility.NOTE, "i")
    assert [visibility for _, visibility, _ in found[6:]] == [Visibility.HEADER, Visibility.FOOTER]


def test_odt_keeps_what_no_message_can_carry_out_of_the_text() -> None:
    assert _read(odt_file(p("a&#x9;b\nc"))).text == "a b c"


_DEEP = "<text:span>" * 5000 + "x" + "</text:span>" * 5000
_DEEP_LIST = "<text:list><text:list-item>" * 100 + p("x") + "</text:list-item></text:list>" * 100
_BOMB = zip_file({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>", "b": "0" * 30_000_000})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 cut off", "corrupt"),
        (zip_file({"mimetype": "application/vnd.oasis.opendocument.text"}), "not_supported"),
        (zip_file({"content.xml": "<spreadsheet/>"}), "not_supported"),
        (zip_file({"content.xml": "<office:document"}), "corrupt"),
        (zip_file({"content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "dtd_refused"),
        (zip_file({"content.xml": "<a/>", "styles.xml": "<!DOCTYPE a><a/>"}), "not_supported"),
        (_BOMB, "zip_bomb"),
        (odt_file(p("x"), manifest="<m><encryption-data/></m>"), "encrypted"),
        (odt_file(p(_DEEP)), "corrupt"),
        (odt_file(p(" ")), "empty_text"),
    ],
    ids=["cut", "no content", "sheet", "broken", "doctype", "no text", "bomb", "encrypted", "deep", "blank"],
)
def test_odt_refuses_what_is_no_sound_text_document(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        _read(data)
    assert caught.value.code == code


def test_odt_reads_lists_as_deep_as_its_xml_may_be() -> None:
    assert _numbers(_DEEP_LIST, list_style(level(1, "1"))) == [None]


def test_odt_survives_styles_that_are_their_own_parents() -> None:
    styles = "".join(
        f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="{parent}"/>'
        for name, parent in (("A", "B"), ("B", "A"))
    )
    assert _read(odt_file(p("Text", "A"), styles)).text == "Text"


def test_odt_survives_numbers_that_are_none() -> None:
    odd = list_style(
        level(1, "1", 'text:start-value="9999999999999999999999"'), level(2, "a", 'text:display-levels="x"')
    )
    spaces = p('a<text:s text:c="999999999"/>b')
    reading = _read(odt_file(listed(item(p("a"), listed(item(p("b")), style=""))) + spaces, odd))
    assert [block.number for block in reading.blocks] == ["1.", "a.", None]
    assert len(reading.text) < 2000


def test_a_package_is_read_as_what_it_is_and_not_as_what_it_is_called() -> None:
    reading = read_file(FileKind.DOCX, odt_file(p("Open")), Aids(lambda _page, _pages: None))
    assert (reading.kind, reading.text) == (FileKind.ODT, "Open")
    assert read_file(FileKind.ODT, word_file(word_p("Word")), Aids(lambda _page, _pages: None)).text == "Word"
