"""Who changed a Word document, who remarked what, and what it wants from outside."""

import pytest

from reviewer.domain.document import BlockKind, Document, DocumentWarning, Source, Visibility
from reviewer.domain.errors import InputError
from reviewer.domain.ids import DocumentId
from reviewer.domain.projection import View, project
from reviewer.parsing.docx import read_docx
from reviewer.parsing.reading import Reading
from tests.unit.parsing.word_files import abstract_list, level, num, p, r, word_file, zip_file

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BY_A = 'w:author="A. Lawyer"'
_BY_B = 'w:author="B. Client"'


def _read(data: bytes) -> Reading:
    return read_docx(data, lambda _page, _pages: None)


def _warnings(data: bytes) -> tuple[DocumentWarning, ...]:
    return _read(data).warnings


def _deleted(text: str, by: str = _BY_A) -> str:
    return f"<w:del {by}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def _inserted(text: str, by: str = _BY_A) -> str:
    return f"<w:ins {by}>{r(text)}</w:ins>"


def test_changes_are_counted_for_each_author() -> None:
    body = p("", "", r("Pay ") + _deleted("thirty") + _inserted("ten") + _inserted(" or so") + r(" days"))
    body += p("", "", _inserted("More.", _BY_B))
    (warning,) = _warnings(word_file(body))
    assert warning == DocumentWarning(
        "tracked_changes",
        "Tracked changes by A. Lawyer: 1 deletion (6 characters), 1 insertion (9 characters); "
        "by B. Client: 1 insertion (5 characters); read as if all were accepted.",
    )


def test_changes_of_moves_ends_rows_and_formats_are_told() -> None:
    moved = f"<w:moveFrom {_BY_A}>{r('here')}</w:moveFrom>{r('x')}<w:moveTo {_BY_A}>{r('here')}</w:moveTo>"
    body = p("", f"<w:rPr><w:ins {_BY_A}/></w:rPr>", moved) + p("", "", r("a", f"<w:b/><w:rPrChange {_BY_A}/>"))
    body += f"<w:tbl><w:tr><w:trPr><w:ins {_BY_A}/></w:trPr><w:tc>{p('cell')}</w:tc></w:tr></w:tbl>"
    (warning,) = _warnings(word_file(body))
    for words in ("1 changed paragraph end", "1 move (4 characters)", "1 formatting change", "1 changed table row"):
        assert words in warning.message
    assert "away" not in warning.message


def test_changes_in_notes_and_margins_count_and_those_without_a_name_too() -> None:
    section = '<w:sectPr><w:headerReference r:id="rheader1"/></w:sectPr>'
    (warning,) = _warnings(word_file(p("Text") + section, header1=p("", "", _inserted("new", ""))))
    assert "by somebody: 1 insertion (3 characters)" in warning.message


def test_changed_words_name_their_author() -> None:
    body = p("Text ", "", _inserted("one") + _inserted("two", _BY_B) + _deleted("three", _BY_B))
    assert [(block.visibility, block.author) for block in _read(word_file(body)).blocks][:4] == [
        (Visibility.VISIBLE, ""),
        (Visibility.INSERTED, "A. Lawyer"),
        (Visibility.INSERTED, "B. Client"),
        (Visibility.DELETED, "B. Client"),
    ]


def test_paragraphs_joined_by_a_deleted_end_are_one_item_of_a_list() -> None:
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = p("One ", f"{listed}<w:rPr><w:del {_BY_A}/></w:rPr>") + p("sentence.", listed) + p("Next.", listed)
    reading = _read(word_file(body, numbering=abstract_list(level("decimal", "%1.")) + num(1)))
    found = [(each.span.of(reading.text), each.kind, each.number) for each in reading.blocks]
    assert found == [
        ("One ", BlockKind.LIST_ITEM, "1."),
        ("", BlockKind.CONTINUATION, None),
        ("sentence.", BlockKind.CONTINUATION, None),
        ("Next.", BlockKind.LIST_ITEM, "2."),
    ]
    document = Document(DocumentId("doc"), Source("a.docx", "", "", 0), reading.text, reading.blocks)
    assert project(document, View.FINAL).text == "One sentence.\n\nNext."


def test_a_deleted_end_before_a_table_joins_nothing() -> None:
    table = f"<w:tbl><w:tr><w:tc>{p('cell')}</w:tc></w:tr></w:tbl>"
    kinds = [block.kind for block in _read(word_file(p("One", "<w:rPr><w:del/></w:rPr>") + table + p("End"))).blocks]
    assert kinds == [BlockKind.PARAGRAPH, BlockKind.CONTINUATION, BlockKind.TABLE_CELL, BlockKind.PARAGRAPH]


def _comment(name: int, author: str, text: str) -> str:
    paragraph = f'<w:p w14:paraId="0000000{name}">{r(text)}</w:p>'
    return f'<w:comment w:id="{name}" w:author="{author}">{paragraph}</w:comment>'


def test_comments_follow_their_paragraph_with_author_and_replies() -> None:
    comments = _comment(0, "Ann", "Why?") + _comment(1, "Bob", "Because.") + _comment(2, "Cid", "Stray")
    thread = '<w15:commentEx w15:paraId="00000001" w15:paraIdParent="00000000"/>'
    data = word_file(
        p("Text", "", '<w:r><w:commentReference w:id="0"/></w:r>') + p("More"),
        comments=comments,
        commentsExtended=thread,
    )
    reading = _read(data)
    assert [(each.visibility, each.author, each.span.of(reading.text)) for each in reading.blocks] == [
        (Visibility.VISIBLE, "", "Text"),
        (Visibility.COMMENT, "Ann", "Why?"),
        (Visibility.COMMENT, "Bob", "Because."),
        (Visibility.VISIBLE, "", "More"),
        (Visibility.COMMENT, "Cid", "Stray"),
    ]


def test_comments_that_answer_each_other_in_a_circle_are_read_once() -> None:
    thread = (
        '<w15:commentEx w15:paraId="00000001" w15:paraIdParent="00000000"/>'
        '<w15:commentEx w15:paraId="00000000" w15:paraIdParent="00000001"/>'
    )
    marks = '<w:r><w:commentReference w:id="0"/></w:r><w:r><w:commentReference w:id="1"/></w:r>'
    comments = _comment(0, "Ann", "One") + _comment(1, "Bob", "Two")
    reading = _read(word_file(p("Text", "", marks), comments=comments, commentsExtended=thread))
    assert reading.text == "Text\n\nOne\n\nTwo"


def _linked(*relations: tuple[str, str]) -> bytes:
    inner = "".join(
        f'<Relationship Id="r{index}" Type="{_OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
        for index, (kind, target) in enumerate(relations)
    )
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return zip_file(
        {
            "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{p("Text")}</w:body></w:document>',
            "word/_rels/settings.xml.rels": f'<Relationships xmlns="{_OFFICE.replace("officeDocument", "package")}">'
            f"{inner}</Relationships>",
        }
    )


def test_links_to_the_outside_are_listed() -> None:
    data = _linked(
        ("attachedTemplate", "https://evil.example/a.dotm"),
        ("image", "http://pictures.example:8080/x.png"),
        ("image", r"\\server.example\share\y.png"),
        ("oleObject", "file:///C:/z.xlsx"),
        ("hyperlink", "https://harmless.example/"),
    )
    (warning,) = _warnings(data)
    assert warning.code == "external_links"
    assert "1 template, 2 pictures, 1 embedded object" in warning.message
    assert "(evil.example, pictures.example, server.example, a file)" in warning.message


def test_links_that_wait_to_be_clicked_do_not_count() -> None:
    assert _warnings(_linked(("hyperlink", "https://harmless.example/"))) == ()


def test_links_in_a_broken_part_are_passed_over_but_declarations_are_refused() -> None:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    main = f'<w:document xmlns:w="{word}"><w:body>{p("Text")}</w:body></w:document>'
    assert _warnings(zip_file({"word/document.xml": main, "word/_rels/x.xml.rels": "<broken"})) == ()
    with pytest.raises(InputError, match="declarations"):
        _read(zip_file({"word/document.xml": main, "word/_rels/x.xml.rels": "<!DOCTYPE a><a/>"}))
