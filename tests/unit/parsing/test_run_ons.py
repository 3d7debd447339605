"""Parts of contracts that begin in the middle of a paragraph."""

import pytest

from reviewer.domain.document import BlockKind, Style
from reviewer.parsing.paragraphs import Paragraph
from reviewer.parsing.run_ons import cut_run_ons

PROSE = "the parties have worked together for many years and mean to go on doing so on the terms that are set out here"


def pieces(text: str, number: str | None = None) -> list[str]:
    paragraph = Paragraph(0, text, 0, BlockKind.PARAGRAPH, number, None, Style(), None)
    return [each.text for each in cut_run_ons(text, [paragraph])]


@pytest.mark.parametrize(
    "parts",
    [
        ["SUPPLY AGREEMENT ", f"This Supply Agreement is made between Alpha Ltd and Beta Ltd, for {PROSE}, {PROSE}."],
        [f"{PROSE}.     ", f"WHEREAS, {PROSE};     ", f"WHEREAS, {PROSE}."],
        [f"{PROSE}, {PROSE}.     ", "1. DEFINITIONS     1.1 In this Agreement the words below have these meanings."],
        [f"{PROSE}. The parties agree as follows: ", "1. Delivery. Alpha delivers. 2. Payment. Beta pays."],
        ["Notices are in writing. ", "IN WITNESS WHEREOF the parties have signed."],
    ],
)
def test_paragraph_is_cut_where_another_part_begins(parts: list[str]) -> None:
    assert pieces("".join(parts)) == parts


@pytest.mark.parametrize(
    "text",
    [
        f"Alpha and Beta agree that {PROSE}. This Agreement ends in May, and {PROSE}, whatever else is said.",
        f"9.7 NOTWITHSTANDING ANYTHING IN THIS AGREEMENT, {PROSE}, {PROSE}, {PROSE}.",
        f"1. LIMITS UNDER THIS AGREEMENT are as follows, and {PROSE}, {PROSE}, {PROSE}.",
    ],
)
def test_paragraph_of_one_part_stays_whole(text: str) -> None:
    assert pieces(text) == [text]


def test_item_of_a_list_stays_whole() -> None:
    text = f"{PROSE}.     WHEREAS, {PROSE}, {PROSE}."
    assert pieces(text, number="1.") == [text]
