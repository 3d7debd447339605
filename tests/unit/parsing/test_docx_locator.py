"""Addresses that lead back to the XML."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from reviewer.parsing.docx import read_docx
from reviewer.parsing.docx_locator import Locator, Stretch, run_characters
from reviewer.parsing.docx_package import MATH, W
from tests.unit.parsing.word_files import p, r, word_file

_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>skipped</w:t></w:r>'
    f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("3.1")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_BOX = f"<w:r><w:pict><v:textbox><w:txbxContent>{p('In the box')}</w:txbxContent></v:textbox></w:pict></w:r>"
_TWICE = "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:t>new</w:t></mc:Choice></mc:AlternateContent></w:r>"


def _words(root: etree._Element, locator: Locator) -> str:
    paragraph, runs = locator.resolve(root)
    assert paragraph.tag == W + "p"
    assert all(run.tag in {W + "r", MATH + "r"} and paragraph in run.iterancestors() for run, _, _ in runs)
    return "".join("".join(text for _, text in run_characters(run))[start:end] for run, start, end in runs)


def _check(data: bytes) -> int:
    """Resolves every block of a file and gives their number."""
    package = zipfile.ZipFile(BytesIO(data))
    parts = {
        name.rpartition("/")[2]: etree.fromstring(package.read(name))
        for name in package.namelist()
        if name.startswith("word/") and name.endswith(".xml")
    }
    reading = read_docx(data, lambda _page, _pages: None)
    for block in reading.blocks:
        locator = Locator.parse(block.locator)
        assert str(locator) == block.locator
        assert _words(parts[locator.part], locator) == block.span.of(reading.text)
    return len(reading.blocks)


def test_locators_lead_to_the_words_of_each_block() -> None:
    signs = "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:sym w:char='F0B7'/></w:r>"
    math = "<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>"
    changed = f"<w:ins>{r('new')}</w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
    above = "<w:rt><w:r><w:t>up</w:t></w:r></w:rt>"
    ruby = f"<w:r><w:ruby>{above}<w:rubyBase><w:r><w:t>base</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    body = p("First", "", _FIELD + _BOX + signs + math + changed + ruby + _TWICE)
    body += f"<w:tbl><w:tr><w:tc>{p('cell', '', r(' more', '<w:vanish/>'))}</w:tc></w:tr></w:tbl>"
    note = "<w:r><w:footnoteReference w:id='1'/></w:r>"
    data = word_file(body + p("Last", "", note), footnotes=f'<w:footnote w:id="1">{p("Foot")}</w:footnote>')
    assert _check(data) == 10


def test_locators_of_some_words_cut_through_runs() -> None:
    data = word_file(p("Pay within ", "", r("ten") + r(" days.")))
    (block,) = read_docx(data, lambda _page, _pages: None).blocks
    whole = Locator.parse(block.locator)
    assert whole == Locator("document.xml", 0, (Stretch(0, 0, 11), Stretch(1, 0, 3), Stretch(2, 0, 6)))
    some = whole.within(4, 16)
    assert str(some) == "document.xml#p0:0@4+7,1+3,2+2"
    root = etree.fromstring(zipfile.ZipFile(BytesIO(data)).read("word/document.xml"))
    assert _words(root, some) == "within ten d"


@pytest.mark.parametrize("text", ["", "document.xml", "document.xml#p", "document.xml#p1:", "a#p1:x", "a#p1:1+2,,3+4"])
def test_locators_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a locator"):
        Locator.parse(text)


def test_locators_that_lead_nowhere_say_so() -> None:
    root = etree.fromstring(zipfile.ZipFile(BytesIO(word_file(p("Text")))).read("word/document.xml"))
    with pytest.raises(LookupError):
        Locator.parse("document.xml#p7").resolve(root)
    with pytest.raises(LookupError):
        Locator.parse("document.xml#p0:5+1").resolve(root)


@pytest.mark.data
def test_locators_lead_to_the_words_of_real_documents(shared_data: Path) -> None:
    for path in sorted((shared_data / "contracts").glob("*.docx")):
        assert _check(path.read_bytes()) > 3
