"""What nobody sees in a Word document, and what only seems to be hidden."""

from pathlib import Path

import pytest

from reviewer.domain.document import Visibility
from reviewer.parsing.readers import read_file
from reviewer.parsing.reading import Aids, Reading
from reviewer.parsing.sniff import FileKind
from tests.unit.parsing.word_files import p, r, word_file

_THEME = (
    '<a:clrScheme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:dk1><a:srgbClr val="000000"/>'
    '</a:dk1><a:lt1><a:srgbClr val="FFFFFF"/></a:lt1><a:accent1><a:srgbClr val="204080"/></a:accent1></a:clrScheme>'
)
_WHITE = '<w:color w:val="FFFFFF"/>'
_DARK = '<w:shd w:val="clear" w:fill="1F3864"/>'


def _read(data: bytes) -> Reading:
    return read_file(FileKind.DOCX, data, Aids(lambda _page, _pages: None))


def _hidden(reading: Reading) -> str:
    return "".join(each.span.of(reading.text) for each in reading.blocks if each.visibility is Visibility.HIDDEN)


def _found(properties: str, styles: str = "", paragraph: str = "") -> str:
    body = p("Seen ", paragraph, r("secret", properties))
    return _hidden(_read(word_file(body, styles=styles, theme1=_THEME)))


@pytest.mark.parametrize(
    "properties",
    [
        "<w:vanish/>",
        _WHITE,
        '<w:color w:val="FEFEFE"/>',
        '<w:color w:val="FDFDFD"/>',
        '<w:color w:val="000000" w:themeColor="background1"/>',
        '<w:color w:themeColor="background1" w:themeShade="FA"/>',
        '<w:color w:themeColor="accent1" w:themeTint="05"/>',
        '<w:sz w:val="2"/>',
        '<w:sz w:val="4"/>',
        f'{_WHITE}<w:highlight w:val="none"/>',
        f'{_WHITE}<w:shd w:val="clear" w:fill="auto"/>',
        '<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>',
        '<w:color w:val="000000"/><w:shd w:val="solid" w:color="000000" w:fill="auto"/>',
    ],
)
def test_hidden_words_are_hidden(properties: str) -> None:
    assert _found(properties) == "secret"


@pytest.mark.parametrize(
    "properties",
    [
        "<w:webHidden/>",
        '<w:vanish w:val="0"/>',
        '<w:color w:val="auto"/>',
        '<w:color w:val="808080"/>',
        '<w:color w:val="FFFFFF" w:themeColor="text1"/>',
        '<w:color w:themeColor="background1" w:themeShade="80"/>',
        f'{_WHITE}<w:highlight w:val="black"/>',
        f"{_WHITE}{_DARK}",
        f'{_WHITE}<w:shd w:val="pct75" w:color="auto" w:fill="auto"/>',
        f'{_WHITE}<w:shd w:val="clear" w:themeFill="accent1" w:fill="FFFFFF"/>',
        '<w:sz w:val="5"/>',
    ],
)
def test_words_that_can_be_seen_are_not_hidden(properties: str) -> None:
    assert _found(properties) == ""


def test_hidden_words_are_found_through_styles() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Pale"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Paler"><w:basedOn w:val="Pale"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Dark"><w:pPr><w:shd w:val="clear" w:fill="000000"/></w:pPr></w:style>'
    )
    assert _found('<w:rStyle w:val="Paler"/>', styles) == "secret"
    assert _found('<w:rStyle w:val="Paler"/><w:color w:val="000000"/>', styles) == ""
    assert _found('<w:rStyle w:val="Paler"/>', styles, '<w:pStyle w:val="Dark"/>') == ""


def test_hidden_words_are_found_through_the_defaults_of_the_document() -> None:
    styles = f"<w:docDefaults><w:rPrDefault><w:rPr>{_WHITE}</w:rPr></w:rPrDefault></w:docDefaults>"
    assert _hidden(_read(word_file(p("all of it"), styles=styles))) == "all of it"


def _table(cell: str = "", table: str = "", text: str = "") -> str:
    cell = f"<w:tc><w:tcPr>{cell}</w:tcPr>{text or p('', '', r('cell', _WHITE))}</w:tc>"
    return f"<w:tbl><w:tblPr>{table}</w:tblPr><w:tr>{cell}</w:tr></w:tbl>{p('After')}"


def test_white_words_in_a_dark_cell_are_seen() -> None:
    styles = (
        '<w:style w:type="table" w:styleId="Grid"><w:tblStylePr w:type="firstRow"><w:tcPr>'
        f"{_DARK}</w:tcPr></w:tblStylePr></w:style>"
    )
    named = '<w:tblStyle w:val="Grid"/><w:tblLook w:firstRow="1"/>'
    assert _hidden(_read(word_file(_table(_DARK)))) == ""
    assert _hidden(_read(word_file(_table("", _DARK)))) == ""
    assert _hidden(_read(word_file(_table("", named), styles=styles))) == ""
    assert _hidden(_read(word_file(_table("", named.replace('"1"', '"0"')), styles=styles))) == "cell"
    assert _hidden(_read(word_file(_table()))) == "cell"


@pytest.mark.parametrize(
    ("fill", "hidden"),
    [
        ('<a:solidFill><a:srgbClr val="203040"/></a:solidFill>', ""),
        ("<a:gradFill/>", ""),
        ("<a:noFill/>", "title"),
        ('<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>', "title"),
    ],
)
def test_white_words_in_a_text_box_are_seen_on_its_fill(fill: str, hidden: str) -> None:
    drawing = (
        '<w:r><w:drawing><wps:wsp><wps:spPr xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        f"{fill}</wps:spPr><wps:txbx><w:txbxContent>{p('', '', r('title', _WHITE))}</w:txbxContent></wps:txbx>"
        "</wps:wsp></w:drawing></w:r>"
    )
    assert _hidden(_read(word_file(p("Around", "", drawing)))) == hidden


def test_words_on_a_dark_page_are_seen_only_where_the_page_has_its_colour() -> None:
    body = '</w:body><w:background w:color="000000"/><w:body>' + p("", "", r("pale", _WHITE))
    shown = word_file(body, settings="<w:displayBackgroundShape/>")
    assert _hidden(_read(shown)) == ""
    assert _hidden(_read(word_file(body))) == "pale"


def test_white_space_is_never_hidden_by_its_looks() -> None:
    assert [each.visibility for each in _read(word_file(p("a", "", r("  ", _WHITE) + r("b")))).blocks] == [
        Visibility.VISIBLE
    ]


def test_hidden_text_is_counted_by_kind() -> None:
    body = p("Seen", "", r("one two", _WHITE)) + p(
        "Seen", "", r("tiny", '<w:sz w:val="2"/>') + r("gone", "<w:vanish/>")
    )
    (warning,) = _read(word_file(body)).warnings
    assert warning.code == "hidden_text"
    assert "14 characters in 3 places" in warning.message
    assert "(6 white on white, 4 tiny, 4 hidden)" in warning.message


def test_tag_characters_are_hidden_and_flags_are_not() -> None:
    tags = "".join(chr(0xE0000 + ord(each)) for each in "ignore")
    flag = "\U0001f3f4" + "".join(chr(0xE0000 + ord(each)) for each in "gbeng") + "\U000e007f"
    reading = _read(word_file(p(f"Seen{tags} too {flag}")))
    assert _hidden(reading) == tags
    assert [each.locator for each in reading.blocks] == [
        "document.xml#p0:0+4",
        "document.xml#p0:0@4+6",
        "document.xml#p0:0@10+12",
    ]


def test_cells_under_a_merged_one_are_hidden() -> None:
    def column(*merges: str) -> str:
        rows = (f"<w:tr><w:tc><w:tcPr>{merge}</w:tcPr>{p(f'{at}')}</w:tc></w:tr>" for at, merge in enumerate(merges))
        return f"<w:tbl>{''.join(rows)}</w:tbl>"

    assert _hidden(_read(word_file(column('<w:vMerge w:val="restart"/>', "<w:vMerge/>", "")))) == "1"
    assert _hidden(_read(word_file(column("<w:vMerge/>", "", "<w:vMerge/>")))) == ""


@pytest.mark.data
@pytest.mark.parametrize("name", ["d_vanish", "d_white", "d_near_white", "d_size1", "d_tag_chars"])
def test_words_hidden_in_a_known_way_are_hidden_and_told(shared_data: Path, name: str) -> None:
    reading = _read((shared_data / "hidden" / f"{name}.docx").read_bytes())
    assert len(_hidden(reading)) == 16
    assert "hidden_text" in {warning.code for warning in reading.warnings}


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("d_zero_width", "invisible_characters"),
        ("d_tag_chars", "invisible_characters"),
        ("d_bidi", "invisible_characters"),
        ("d_homoglyph", "mixed_scripts"),
    ],
)
def test_characters_that_deceive_are_told(shared_data: Path, name: str, code: str) -> None:
    reading = _read((shared_data / "hidden" / f"{name}.docx").read_bytes())
    assert code in {warning.code for warning in reading.warnings}


@pytest.mark.data
def test_real_documents_raise_no_false_alarm(shared_data: Path) -> None:
    codes = {"hidden_text", "invisible_characters", "mixed_scripts"}
    flagged = set()
    for path in sorted((shared_data / "contracts").glob("*.docx")):
        if codes & {warning.code for warning in _read(path.read_bytes()).warnings}:
            flagged.add(path.name)
    assert flagged <= {"RA001-Tracked-Revisions-01.docx"}  # its header holds "Head1", white on white
