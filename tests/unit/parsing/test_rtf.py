"""Rich text: characters, paragraphs, who sees them, and what hostile files do."""

import time

import pytest

from reviewer.domain.document import BlockKind, Visibility
from reviewer.domain.errors import InputError
from reviewer.parsing.reading import Reading
from reviewer.parsing.rtf import read_rtf


def _read(body: str | bytes, begin: str = r"{\rtf1\ansi ") -> Reading:
    data = begin.encode() + (body.encode("latin-1") if isinstance(body, str) else body) + b"}"
    return read_rtf(data, lambda _page, _pages: None)


def _seen(body: str) -> list[tuple[Visibility, str]]:
    reading = _read(body)
    return [(block.visibility, block.span.of(reading.text)) for block in reading.blocks]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"One\par two\tab three\line four", "One\n\ntwo\tthree\nfour"),
        ("split\r\n over\n lines", "split over lines"),
        (r"\{a\}\~\\\_b\-c", "{a}\xa0\\\u2011bc"),
        (r"\ldblquote a\rdblquote\emdash b\bullet", "“a”—b•"),
        (r"W\'f6rt \'80", "Wört €"),
        (r"\u8364?uro \u-4064?", "€uro \uf020"),
        (r"\uc2\u228\'61\'65b", "äb"),
        (r"\uc0\u228 b", "äb"),
        (r"{\uc0 \u228 }\u246?b", "äöb"),
        (r"\u-10179?\u-8704?", "\U0001f600"),
        (r"\uc0\u55357\uc1\u56832?x", "\U0001f600x"),
        (r"\u-10179?a", "\ufffda"),
        (r"a\u-8704?", "a\ufffd"),
        (r"\u8364\par b", "€\n\nb"),
        (r"{\upr{ascii}{\*\ud{\u8364?}}}", "€"),
        (r"a{\*\unknown b}{\*\generator c;}{\pict ffd8}{\info{\operator d}}e", "ae"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt shown}}", "shown"),
        (r"a\bin5 {}{}{b", "ab"),
        ("a\\\nb", "a\n\nb"),
        ("tab\there", "tab\there"),
    ],
)
def test_rtf_reads_characters(body: str, text: str) -> None:
    assert _read(body).text == text


@pytest.mark.parametrize(
    ("begin", "body", "text"),
    [
        (r"{\rtf1\ansi\ansicpg1251 ", r"\'cf\'f0", "Пр"),
        (r"{\rtf1\mac ", r"\'8a", "ä"),
        (r"{\rtf1\ansi{\fonttbl{\f0 Arial;}{\f1\fcharset204 Times;}}", r"\f1\'cf\f0\'e9", "Пé"),
        (r"{\rtf1\ansi{\fonttbl{\f7\fcharset128 Mincho;}}", r"\f7\'93\'fa\'96{\f0 }\'7b", "日�{"),
        (r"{\rtf1\ansi\ansicpg932 ", r"\'93\'fa\'96\'7b", "日本"),
        (r"{\rtf1\ansi\ansicpg99999 ", r"\'e9", "é"),
    ],
)
def test_rtf_reads_the_characters_of_code_pages(begin: str, body: str, text: str) -> None:
    assert _read(body, begin).text == text


def test_rtf_tells_who_sees_characters() -> None:
    assert _seen(r"Pay {\v nothing }{\deleted ten}{\revised five} now\par{\v all hidden\par}Last") == [
        (Visibility.VISIBLE, "Pay "),
        (Visibility.HIDDEN, "nothing "),
        (Visibility.DELETED, "ten"),
        (Visibility.INSERTED, "five"),
        (Visibility.VISIBLE, " now"),
        (Visibility.HIDDEN, "all hidden"),
        (Visibility.VISIBLE, "Last"),
    ]
    assert [warning.code for warning in _read(r"{\deleted x}y").warnings] == ["tracked_changes"]
    assert _seen(r"\v hidden\v0  seen\v more\plain  end") == [
        (Visibility.HIDDEN, "hidden"),
        (Visibility.VISIBLE, " seen"),
        (Visibility.HIDDEN, "more"),
        (Visibility.VISIBLE, " end"),
    ]


def test_rtf_marks_what_is_tiny_as_hidden() -> None:
    assert _seen(r"Seen {\fs2 tiny }{\fs4 small}") == [
        (Visibility.VISIBLE, "Seen "),
        (Visibility.HIDDEN, "tiny "),
        (Visibility.VISIBLE, "small"),
    ]


def test_rtf_marks_what_has_the_colour_of_its_ground_as_hidden() -> None:
    colours = r"{\colortbl;\red255\green255\blue255;\red0\green0\blue128;}"
    assert _seen(colours + r"Seen {\cf1 white }{\cf2 blue }{\cf2\highlight2 ink} end") == [
        (Visibility.VISIBLE, "Seen "),
        (Visibility.HIDDEN, "white "),
        (Visibility.VISIBLE, "blue "),
        (Visibility.HIDDEN, "ink"),
        (Visibility.VISIBLE, " end"),
    ]


@pytest.mark.parametrize("before", [r"\cbpat2 ", r"\intbl ", r"\highlight2 ", r"\chcbpat2 "])
def test_rtf_white_on_another_colour_or_in_a_cell_is_seen(before: str) -> None:
    colours = r"{\colortbl;\red255\green255\blue255;\red0\green0\blue128;}"
    assert _seen(colours + before + r"\cf1 white") == [(Visibility.VISIBLE, "white")]


def test_rtf_reads_headings_lists_and_cells() -> None:
    body = (
        r"{\stylesheet{\s0 Normal;}{\s3\outlinelevel1 House;}{\s4 heading 3;}}"
        r"\pard\s3 One\par\pard\s4 Two\par\pard\outlinelevel0 Three\par"
        r"\pard\ilvl1{\listtext\tab (a)\tab}Item\par{\listtext \'b7\tab}Point\par"
        r"\pard\intbl Left\cell Right\cell\row\pard\qc\b\fs28 After\par"
    )
    reading = _read(body)
    found = [(block.kind, block.number, block.level) for block in reading.blocks]
    assert found == [
        (BlockKind.HEADING, None, 2),
        (BlockKind.HEADING, None, 3),
        (BlockKind.HEADING, None, 1),
        (BlockKind.LIST_ITEM, "(a)", 2),
        (BlockKind.LIST_ITEM, "•", 2),
        (BlockKind.TABLE_CELL, None, None),
        (BlockKind.TABLE_CELL, None, None),
        (BlockKind.PARAGRAPH, None, None),
    ]
    assert reading.text.endswith("Left\nRight\n\nAfter")
    last = reading.blocks[-1].style
    assert (last.bold, last.size, last.centered) == (True, 14.0, True)
    assert reading.blocks[0].style.name == "House"


def test_rtf_puts_notes_after_their_paragraph_and_margins_last() -> None:
    body = (
        r"{\header Head\par}{\footer Foot}Text{\footnote \chftn  Foot note}{\*\footnote\ftnalt End note}"
        r"{\*\annotation Remark}{\shp{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt In the box\par}}} more\par Next"
    )
    reading = _read(body)
    assert reading.text == "Text more\n\n Foot note\n\nEnd note\n\nRemark\n\nIn the box\n\nNext\n\nHead\n\nFoot"
    found = [(block.kind, block.visibility, block.number) for block in reading.blocks]
    assert found[1:4] == [
        (BlockKind.NOTE, Visibility.NOTE, "1"),
        (BlockKind.NOTE, Visibility.NOTE, "i"),
        (BlockKind.PARAGRAPH, Visibility.COMMENT, None),
    ]
    assert [visibility for _, visibility, _ in found[-2:]] == [Visibility.HEADER, Visibility.FOOTER]


def test_rtf_reads_title_and_author() -> None:
    assert _read(r"{\info{\title A \u8364? title}{\author Ann}{\operator Bob}}x").metadata == {
        "title": "A € title",
        "author": "Ann",
    }


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"no rich text", "corrupt"),
        (b"{\\rtf1}", "empty_text"),
        (b"{\\rtf1{\\pict 00ff}}", "empty_text"),
        (b"{\\rtf1" + b"{" * 1_000_000, "corrupt"),
        (b"{\\rtf1" + b"{\\footnote " * 1_000_000, "corrupt"),
        (b"{\\rtf1\\bin99999999999 x}", "empty_text"),
    ],
    ids=["other", "empty", "picture", "deep", "deep notes", "binary"],
)
def test_rtf_refuses_what_it_cannot_read(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_rtf(data, lambda _page, _pages: None)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"{\\rtf1 never closed {\\b bold", "never closed bold"),
        (b"{\\rtf1 a}}}} b", "a"),
        (b"{\\rtf1 a\\", "a"),
        (b"{\\rtf1 a\\'zz\\'9", "azz9"),
        (b"{\\rtf1 \\u99999999999 b", " b"),
        (b"\xef\xbb\xbf{\\rtf1 a\x00b}", "ab"),
        (b"{\\rtf1\\fs-99999999\\li9999999999\\ilvl-5\\uc-1 a}", "a"),
        (b"{\\rtf1 {\\fonttbl{\\f-1\\fcharset99999;}}\\f-1 a}", "a"),
    ],
)
def test_rtf_makes_the_best_of_broken_files(data: bytes, text: str) -> None:
    assert read_rtf(data, lambda _page, _pages: None).text.endswith(text)


@pytest.mark.parametrize("piece", ["a\\par ", "{\\b x}", "\\u8364?", "\\'e4", "{\\v x}y", "\\u-10179?"])
def test_rtf_takes_linear_time(piece: str) -> None:
    begin = time.process_time()
    _read(piece * 50_000)
    assert time.process_time() - begin < 15
