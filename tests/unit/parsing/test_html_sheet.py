"""Style sheets inside of web pages."""

import pytest

from reviewer.domain.document import Visibility
from reviewer.parsing.html_page import read_html
from reviewer.parsing.html_sheet import Sheet

HIDE = "display: none"


def hidden(sheet: str, body: str) -> list[str]:
    """The words of a page that nobody sees."""
    page = f"<html><head><style>{sheet}</style></head><body><p>Seen.</p>{body}</body></html>"
    reading = read_html(page.encode(), lambda _page, _pages: None)
    return [block.span.of(reading.text) for block in reading.blocks if block.visibility is Visibility.HIDDEN]


@pytest.mark.parametrize(
    "sheet",
    [
        f".x {{{HIDE}}}",
        f"p.x {{{HIDE}}}",
        f"#y {{{HIDE}}}",
        f"h1, .x, h2 {{{HIDE}}}",
        ".x { color: #fefefe }",
        ".x { font-size: 0 }",
        "/* .z { } */ @import url(other.css); .x { visibility: hidden }",
        f"p {{ display: block }} .x {{{HIDE}}} p {{ display: block }}",
        f".x {{{HIDE} !important}} #y {{ display: block }}",
        f"@media print {{ p {{ display: block }} }} .x.w {{{HIDE}}}",
    ],
)
def test_rules_hide_text(sheet: str) -> None:
    assert hidden(sheet, '<p class="x w" id="y">Secret.</p>') == ["Secret."]


@pytest.mark.parametrize(
    "sheet",
    [
        "",
        f".other {{{HIDE}}}",
        f"@media print {{ .x {{{HIDE}}} }}",
        f".x:hover {{{HIDE}}}",
        f"div .x {{{HIDE}}}",
        f".x {{{HIDE}}} #y {{ display: block }}",
        f".x {{{HIDE}",
        f"<!-- @media screen {{ .x {{{HIDE}}}",
        ".x { color: white; background: black }",
    ],
)
def test_rules_for_others_and_for_other_states_hide_nothing(sheet: str) -> None:
    assert hidden(sheet, '<p class="x w" id="y">Here.</p>') == []


def test_what_the_element_says_weighs_more() -> None:
    assert hidden(f".x {{{HIDE}}}", '<p class="x" style="display: block">Here.</p>') == []


def test_sheets_for_print_alone_do_not_count() -> None:
    page = "<html><head><style media='print'>p {display:none}</style></head><body><p>Here.</p></body></html>"
    assert read_html(page.encode(), lambda _page, _pages: None).text == "Here."


def test_many_rules_and_many_elements_stay_bounded() -> None:
    sheet = Sheet.of([f".c{index} {{ color: red }} p.c {{ color: blue }}" for index in range(20_000)])
    found = [sheet.declarations("p", {"class": f"c c{index}"}) for index in range(12_000)]
    assert found[0] == {"color": "blue"}
    assert found[7] == {"color": "blue"}
