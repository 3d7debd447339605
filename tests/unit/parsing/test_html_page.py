"""Web pages: what is seen, what is hidden, what is left out."""

import time
from pathlib import Path

import pytest

from reviewer.domain.document import BlockKind, Visibility
from reviewer.domain.errors import InputError
from reviewer.parsing.html_page import read_html, read_xhtml
from reviewer.parsing.reading import Reading

_XHTML = '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="fr">'


def _read(page: str | bytes) -> Reading:
    return read_html(page.encode() if isinstance(page, str) else page, lambda _page, _pages: None)


def _read_x(page: str | bytes) -> Reading:
    return read_xhtml(page.encode() if isinstance(page, str) else page, lambda _page, _pages: None)


def _seen(page: str) -> list[tuple[Visibility, str]]:
    reading = _read(page)
    return [(block.visibility, block.span.of(reading.text)) for block in reading.blocks]


def _numbers(page: str) -> list[tuple[str | None, int | None]]:
    return [(block.number, block.level) for block in _read(page).blocks]


def test_html_reads_headings_paragraphs_and_cells() -> None:
    page = (
        '<!doctype html><html lang="de"><head><title>A\n title</title><meta name=author content="Ann"></head>'
        "<h2>Terms</h2><p>One   <b>two</b>\n three<br> four<div>five<p>six</div>"
        "<table><caption>Rates</caption><tr><th>Left<td>Right</table><p align=center><b>After</b>"
    )
    reading = _read(page)
    assert reading.text == "Terms\n\nOne two three\nfour\n\nfive\n\nsix\n\nRates\n\nLeft\nRight\n\nAfter"
    kinds = [block.kind for block in reading.blocks]
    assert kinds[:1] + kinds[4:] == [
        BlockKind.HEADING,
        BlockKind.CAPTION,
        BlockKind.TABLE_CELL,
        BlockKind.TABLE_CELL,
        BlockKind.PARAGRAPH,
    ]
    assert reading.blocks[0].level == 2
    assert (reading.blocks[-1].style.bold, reading.blocks[-1].style.centered) == (True, True)
    assert reading.metadata == {"language": "de", "title": "A title", "author": "Ann"}


def test_html_numbers_lists_as_browsers_print_them() -> None:
    page = (
        '<ol type=a start=26><li>a<ol style="list-style-type: upper-roman"><li>b<p>c</ol><li value=3>d</ol>'
        "<ul><li>e</ul><ol reversed><li>f<li>g</ol><ol style='list-style:none'><li>h</ol><li>i"
    )
    assert _numbers(page) == [
        ("z.", 1),
        ("I.", 2),
        (None, None),
        ("c.", 1),
        ("•", 1),
        ("2.", 1),
        ("1.", 1),
        (None, 1),
        ("•", 1),
    ]


@pytest.mark.parametrize(
    "attribute",
    [
        "hidden",
        'style="display:none"',
        'style="DISPLAY : none !important; color:red"',
        'style="visibility:hidden"',
        'style="font-size:0"',
        'style="font-size: 1px"',
        'style="opacity:0"',
        'style="color:#fff"',
        'style="color: white"',
        'style="color:rgb(255, 255, 255)"',
        'style="color:#fefefe"',
        'style="color:rgba(0,0,0,0)"',
        'style="background:#000;color:black"',
        'style="position:absolute;left:-9999px"',
        'style="max-height:0;overflow:hidden"',
    ],
)
def test_html_marks_what_nobody_sees(attribute: str) -> None:
    assert _seen(f"<p>Seen<p {attribute}>not <i>this</i><p>Last") == [
        (Visibility.VISIBLE, "Seen"),
        (Visibility.HIDDEN, "not this"),
        (Visibility.VISIBLE, "Last"),
    ]


@pytest.mark.parametrize(
    "page",
    [
        "<p aria-hidden=true>x",
        '<p style="color:#fff;background:#000">x',
        '<body bgcolor=black><font color="#ffffff">x',
        '<div style="background:url(a.png)"><p style="color:#fff">x',
        '<div style="font-size:0"><p style="font-size:14px">x',
        '<div style="visibility:hidden"><p style="visibility:visible">x',
        '<p style="font-size:0.9em">x',
        '<p style="color:#777">x',
        "<font color=red>x",
    ],
)
def test_html_does_not_take_for_hidden_what_is_seen(page: str) -> None:
    assert _seen(page) == [(Visibility.VISIBLE, "x")]


def test_html_marks_hidden_words_within_a_paragraph() -> None:
    assert _seen('<p>Pay <span style="display:none">nothing </span>now') == [
        (Visibility.VISIBLE, "Pay "),
        (Visibility.HIDDEN, "nothing "),
        (Visibility.VISIBLE, "now"),
    ]


def test_html_drops_scripts_and_keeps_margins_apart() -> None:
    page = (
        "<nav>Menu</nav><script>a()</script><style>p{}</style><noscript>b</noscript><template><p>c</template>"
        "<p>Te<script>d</script>xt<footer>Imprint</footer>"
    )
    assert _seen(page) == [
        (Visibility.HEADER, "Menu"),
        (Visibility.VISIBLE, "Text"),
        (Visibility.FOOTER, "Imprint"),
    ]


def test_html_reads_marked_changes() -> None:
    page = "<p>Pay <del>ten</del><ins>five</ins> now"
    assert [visibility.value for visibility, _ in _seen(page)] == ["visible", "deleted", "inserted", "visible"]
    assert [warning.code for warning in _read(page).warnings] == ["tracked_changes"]


def test_html_keeps_white_space_that_is_meant() -> None:
    assert _read("<pre>a  b\n  c</pre>").text == "a  b\n  c"


@pytest.mark.parametrize(
    ("data", "text", "warnings"),
    [
        ("\ufeffWört".encode("utf-16-le"), "Wört", 0),
        (b"\xef\xbb\xbfW\xc3\xb6rt", "Wört", 0),
        (b"<meta charset=iso-8859-1>W\xf6rt \x80", "Wört €", 0),
        (b'<meta http-equiv=a content="text/html; charset=koi8-r">\xd7', "в", 0),
        (b"<meta charset=utf-16>W\xc3\xb6rt", "Wört", 0),
        (b"<meta charset=zip>W\xc3\xb6rt", "Wört", 0),
        (b"W\xc3\xb6rt", "Wört", 0),
        (b"<meta charset=utf-8>W\xf6rt \x93x\x94", "Wört “x”", 1),
        (b"<meta charset=nonsense>W\xf6rt", "Wört", 1),
        (b"&#xD800;a&#0;&#x110000;", "\ufffda\ufffd\ufffd", 0),
    ],
)
def test_html_finds_the_encoding(data: bytes, text: str, warnings: int) -> None:
    reading = _read(data)
    assert (reading.text, len(reading.warnings)) == (text, warnings)


def test_xhtml_is_read_as_xml() -> None:
    page = f"{_XHTML}<head><title/><script src='x'/></head><body><p>a&nbsp;&eacute;<br/>&amp;</p></body></html>"
    declared = '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://x.example/a.dtd">'
    reading = _read_x(declared + page)
    assert (reading.text, reading.metadata) == ("a\xa0é\n&", {"language": "fr"})


def test_xhtml_that_is_not_well_formed_is_read_like_a_page() -> None:
    assert _read_x(f"{_XHTML}<p>one<p>two").text == "one\n\ntwo"


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("  ", "empty_text"),
        ("<!-- nothing -->", "empty_text"),
        ("<html><script>a()</script></html>", "empty_text"),
        ("<title>only a title</title>", "empty_text"),
        ("<div>" * 100_000 + "deep", "corrupt"),
        ("<p style='" + "a:b;" * 4_000_000 + "'>x", "too_big"),
        ("<p>" + "word " * 3_000_000, "too_big"),
    ],
    ids=["blank", "comment", "script", "title", "deep", "huge attribute", "huge text"],
)
def test_html_refuses_what_holds_no_text_it_can_read(page: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        _read(page)
    assert caught.value.code == code


def test_xhtml_refuses_entities() -> None:
    with pytest.raises(InputError, match="dtd_refused"):
        _read_x(f'<!DOCTYPE html [<!ENTITY a "b">]>{_XHTML}&a;</html>')


def test_html_reads_tags_that_are_never_closed_in_linear_time() -> None:
    begin = time.process_time()
    assert len(_read("<p>a" * 40_000).blocks) == 40_000
    assert time.process_time() - begin < 20


@pytest.mark.data
@pytest.mark.parametrize("language", ["de", "fr", "ja", "ko"])
def test_html_reads_real_licences_alike_in_several_languages(shared_data: Path, language: str) -> None:
    reading = _read((shared_data / "contracts" / f"cc_by_4.0_{language}.html").read_bytes())
    numbers = [block.number for block in reading.blocks if block.kind is BlockKind.LIST_ITEM and block.level == 3]
    assert len(reading.blocks) == 159
    assert numbers[:4] == ["A.", "B.", "A.", "B."]
    assert reading.metadata["title"]
