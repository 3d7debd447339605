"""List numbers as Word prints them."""

import json
from pathlib import Path

import pytest

from reviewer.parsing.docx import read_docx
from tests.unit.parsing.word_files import abstract_list, level, listed, num, p, r, word_file

_LEGAL = (level("decimal", "%1."), level("decimal", "%1.%2"), level("lowerLetter", "(%3)"), level("lowerRoman", "(%4)"))


def _numbers(body: str, numbering: str, styles: str = "") -> list[str | None]:
    data = word_file(body, numbering=numbering, styles=styles)
    return [block.number for block in read_docx(data, lambda _page, _pages: None).blocks]


def test_numbers_count_and_restart_under_each_new_parent() -> None:
    levels = [0, 1, 1, 2, 2, 3, 1, 2, 0, 1]
    body = "".join(listed("Text", at) for at in levels)
    expected = ["1.", "1.1", "1.2", "(a)", "(b)", "(i)", "1.3", "(a)", "2.", "2.1"]
    assert _numbers(body, abstract_list(*_LEGAL) + num(1)) == expected


def test_numbers_go_on_over_instances_of_one_list() -> None:
    body = listed("a", 0, 1) + listed("b", 0, 2) + listed("c", 0, 1)
    assert _numbers(body, abstract_list(*_LEGAL) + num(1) + num(2)) == ["1.", "2.", "3."]


def test_numbers_start_anew_when_an_instance_says_so_once() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    body = listed("a") + listed("b", 0, 2) + listed("c", 0, 2) + listed("d", 1, 2)
    assert _numbers(body, abstract_list(*_LEGAL) + num(1) + num(2, overrides=override)) == ["1.", "5.", "6.", "6.1"]


def test_numbers_follow_a_level_that_an_instance_replaces() -> None:
    override = (
        f'<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0">{level("upperRoman", "Article %1")}</w:lvl></w:lvlOverride>'
    )
    assert _numbers(listed("a", 0, 2), abstract_list(*_LEGAL) + num(2, overrides=override)) == ["Article I"]


def test_numbers_of_legal_style_are_decimal_throughout_and_keep_their_zeros() -> None:
    levels = (level("upperRoman", "Article %1."), level("decimalZero", "%1.%2", extra="<w:isLgl/>"))
    assert _numbers(listed("a") + listed("b", 1), abstract_list(*levels) + num(1)) == ["Article I.", "1.01"]


def test_numbers_that_never_restart_go_on() -> None:
    levels = (level("decimal", "%1."), level("lowerLetter", "(%2)", extra='<w:lvlRestart w:val="0"/>'))
    body = listed("a") + listed("b", 1) + listed("c") + listed("d", 1)
    assert _numbers(body, abstract_list(*levels) + num(1)) == ["1.", "(a)", "2.", "(b)"]


def test_numbers_restart_below_the_level_that_is_named_only() -> None:
    named = level("lowerRoman", "%3)", extra='<w:lvlRestart w:val="1"/>')
    levels = (level("decimal", "%1."), level("lowerLetter", "%2)"), named)
    body = "".join(listed("Text", at) for at in (0, 1, 2, 1, 2, 0, 2))
    assert _numbers(body, abstract_list(*levels) + num(1)) == ["1.", "a)", "i)", "b)", "ii)", "2.", "i)"]


def test_numbers_restart_where_the_instance_says_each_time() -> None:
    override = '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="7"/></w:lvlOverride>'
    body = "".join(listed("Text", at) for at in (0, 1, 1, 0, 1))
    expected = ["1.", "1.7", "1.8", "2.", "2.7"]
    assert _numbers(body, abstract_list(*_LEGAL) + num(1, overrides=override)) == expected


@pytest.mark.parametrize("suffix", ["tab", "space", "nothing"])
def test_numbers_do_not_hold_what_follows_them(suffix: str) -> None:
    levels = level("decimal", "Clause %1 ", extra=f'<w:suff w:val="{suffix}"/>')
    assert _numbers(listed("a"), abstract_list(levels) + num(1)) == ["Clause 1"]


def test_numbers_are_no_signs_where_a_level_prints_nothing() -> None:
    levels = (level("none", ""), level("none", "%2"), level("decimal", ""))
    assert _numbers(listed("a") + listed("b", 1) + listed("c", 2), abstract_list(*levels) + num(1)) == [None] * 3


def test_numbers_pass_over_hidden_paragraphs() -> None:
    hidden = p("", '<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:vanish/></w:rPr>', r("b", "<w:vanish/>"))
    assert _numbers(listed("a") + hidden + listed("c"), abstract_list(*_LEGAL) + num(1)) == ["1.", None, "2."]


def test_numbers_show_the_start_of_a_level_that_was_skipped() -> None:
    assert _numbers(listed("a", 1) + listed("b", 0), abstract_list(*_LEGAL) + num(1)) == ["1.1", "1."]


def test_numbers_come_from_a_style_and_the_level_linked_to_it() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Plain"><w:basedOn w:val="H1"/>'
        '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
    )
    linked = (
        level("decimal", "%1.", extra='<w:pStyle w:val="H1"/>'),
        level("decimal", "%1.%2", extra='<w:pStyle w:val="H2"/>'),
    )
    body = "".join(p("Text", f'<w:pStyle w:val="{style}"/>') for style in ("H1", "H2", "H2", "Plain", "H1"))
    assert _numbers(body, abstract_list(*linked) + num(1), styles) == ["1.", "1.1", "1.2", None, "2."]


def test_numbers_come_from_a_list_defined_through_a_numbering_style() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="Outline">'
        '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    numbering = (
        abstract_list(list_id=0, extra='<w:numStyleLink w:val="Outline"/>')
        + abstract_list(level("upperLetter", "%1)"), list_id=1, extra='<w:styleLink w:val="Outline"/>')
        + num(1, 0)
        + num(2, 1)
    )
    assert _numbers(listed("a") + listed("b"), numbering, styles) == ["A)", "B)"]


def test_numbers_count_paragraphs_without_text_and_skip_deleted_ones() -> None:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    gone = p("", f"{numbered}<w:rPr><w:del/></w:rPr>", "<w:del><w:r><w:delText>b</w:delText></w:r></w:del>")
    body = listed("a") + p("", numbered) + gone + listed("d")
    assert _numbers(body, abstract_list(*_LEGAL) + num(1)) == ["1.", None, "3."]


def test_numbers_skip_a_paragraph_that_only_ends_a_section_of_pages() -> None:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = p("", f"{numbered}<w:sectPr/>") + listed("a") + p("b", f"{numbered}<w:sectPr/>") + listed("c")
    assert _numbers(body, abstract_list(*_LEGAL) + num(1)) == ["1.", "2.", "3."]


@pytest.mark.parametrize(("sign", "shown"), [("\uf0b7", "•"), ("o", "◦"), ("–", "–")])
def test_numbers_of_bullets_are_the_sign_that_is_seen(sign: str, shown: str) -> None:
    assert _numbers(listed("a"), abstract_list(level("bullet", sign)) + num(1)) == [shown]


def test_numbers_in_a_padded_pattern_have_all_their_digits() -> None:
    custom = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003"/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    )
    levels = f'<w:start w:val="9"/>{custom}<w:lvlText w:val="%1"/>'
    assert _numbers(listed("a") + listed("b"), abstract_list(levels) + num(1)) == ["009", "010"]


@pytest.mark.parametrize("list_id", [7, 0])
def test_numbers_are_absent_when_the_list_is(list_id: int) -> None:
    assert _numbers(listed("a", 0, list_id), abstract_list(*_LEGAL) + num(1)) == [None]


@pytest.mark.data
@pytest.mark.parametrize(
    "name",
    [
        "openagreements-founder-stock-repurchase-agreement",
        "openagreements-employment-offer-letter-california",
        "common-paper-design-partner-agreement",
        "Contract",
    ],
)
def test_numbers_are_those_another_program_prints(shared_data: Path, name: str) -> None:
    gold = json.loads((shared_data / "gold" / "clauses.json").read_text(encoding="utf-8"))
    clauses = next(entry["clauses"] for entry in gold["documents"] if entry["file"] == f"contracts/{name}.docx")
    reading = read_docx((shared_data / "contracts" / f"{name}.docx").read_bytes(), lambda _page, _pages: None)
    blocks = iter([(block.number, " ".join(block.span.of(reading.text).split())) for block in reading.blocks])
    for clause in clauses:
        begin = " ".join(clause["start_text"].split())
        assert any(number == clause["number"] and text.startswith(begin) for number, text in blocks), clause
