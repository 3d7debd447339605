"""Which paragraphs of a page are headings, told from drafts."""

from reviewer.domain.document import BlockKind, Style
from reviewer.parsing.pdf_headings import mark_roles
from reviewer.parsing.pdf_paragraphs import Draft
from reviewer.parsing.pdf_rows import Row

_PLAIN = "The parties keep to themselves what the other party has told them in confidence."


def _draft(text: str, y: float, *, bold: bool) -> Draft:
    row = Row(text, (), 50.0, y, 300.0, y + 10, size=10.0, bold=float(bold), italic=0.0)
    return Draft([row], 1, Style(10.0, bold))


def test_heading_is_told_by_its_weight() -> None:
    drafts = [_draft(_PLAIN, 50, bold=False), _draft("Other duties", 70, bold=True)]
    mark_roles(drafts)
    assert drafts[1].kind is BlockKind.HEADING


def test_rest_of_a_broken_word_is_no_heading_and_goes_on() -> None:
    drafts = [_draft(_PLAIN, 50, bold=False), _draft("It must be appro-", 70, bold=True)]
    drafts.append(_draft("priately used", 90, bold=True))
    mark_roles(drafts)
    assert drafts[2].kind is not BlockKind.HEADING


def test_rest_of_a_broken_word_goes_on_with_its_paragraph_below() -> None:
    drafts = [_draft(_PLAIN + " It must be appro-", 50, bold=False), _draft("priately used.", 70, bold=False)]
    mark_roles(drafts)
    assert drafts[1].continues
