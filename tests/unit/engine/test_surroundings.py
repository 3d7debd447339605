"""What a part is told from elsewhere in its document."""

from dataclasses import replace

import pytest

from reviewer.domain.anchor import TextSpan
from reviewer.domain.ids import SectionId
from reviewer.domain.projection import project
from reviewer.domain.section import Section, SectionKind, SplitAs
from reviewer.domain.task import Item
from reviewer.domain.workflow import SplitNode
from reviewer.engine.items import make_items
from reviewer.engine.surroundings import Surroundings
from tests.fakes.documents import make_document

PARTS = (
    (SectionKind.PREAMBLE, "", "", 1, 'Alpha Ltd (the "Supplier") sells to Beta Ltd (the "Customer").\n'),
    (SectionKind.DEFINITION, "", '"Net Fees"', 1, '"Net Fees" means what is due after taxes.\n'),
    (SectionKind.DEFINITION, "", "Term", 1, "Term means one year.\n"),
    (SectionKind.CLAUSE, "2", "Payment", 1, "2 Payment\n"),
    (SectionKind.CLAUSE, "(a)", "", 2, "(a) within thirty days;\n"),
    (SectionKind.CLAUSE, "2.3", "Interest", 2, "2.3 Interest runs at five per cent.\n"),
    (SectionKind.CLAUSE, "Article IV", "Audit", 1, "Article IV Audit\nBooks are open.\n"),
    (SectionKind.CLAUSE, "第三条", "期限", 1, "第三条 期限\n一年。\n"),
    (SectionKind.SCHEDULE, "Schedule 1", "Prices", 1, "Schedule 1 Prices\nTen euros.\n"),
    (SectionKind.CLAUSE, "9", "", 1, ""),
)


def asked(text: str, tokens: int = 400) -> str:
    """What a clause with this text is told, the last of a contract."""
    parts = [*PARTS[:-1], (*PARTS[-1][:4], text)]
    sections: list[Section] = []
    start, top = 0, None
    for index, (kind, number, heading, level, words) in enumerate(parts):
        span = TextSpan(start, start + len(words))
        name = SectionId(f"s{index}")
        sections.append(Section(name, kind, number, heading, level, top if level > 1 else None, span, span))
        top, start = (name if level == 1 else top), span.end
    document = make_document("".join(part[4] for part in parts))
    projection = project(document)
    item = make_items(document, projection, sections, SplitNode(SplitAs.CONTRACT), lambda _: ("", 0.0))[-1]
    return Surroundings(projection, sections, tokens).of(item)


def group(told: str, title: str) -> list[str]:
    for each in told.split("\n\n"):
        first, *lines = each.split("\n")
        if first == title:
            return [line.removeprefix("- ") for line in lines]
    return []


def test_definitions_that_a_part_uses_are_told_once() -> None:
    told = asked("The customer pays the Net Fees. Net Fees are due for the Term.\n")
    assert group(told, "Definitions it uses:") == [
        '(the "Supplier") sells to Beta Ltd (the "Customer")'.replace('(the "Supplier") ', ""),
        '"Net Fees" means what is due after taxes.',
        "Term means one year.",
    ]


def test_a_term_is_told_only_where_all_its_words_stand() -> None:
    told = asked("Net profits are shared, and fees are not.\n")
    assert group(told, "Definitions it uses:") == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("as set out in Section 2.3", ["2.3 Interest runs at five per cent."]),
        ("under clause 2(a)", ["(a) within thirty days;", "2 Payment"]),
        ("see Article IV", ["Article IV Audit Books are open."]),
        ("依照第三条", ["第三条 期限 一年。"]),
        ("the prices of Schedule 1", ["Schedule 1 Prices Ten euros."]),
        ("under Section 9 and Section 77", []),
        ("\u017fection 2.3 and § 2.3", ["2.3 Interest runs at five per cent."]),
        ("Art. 2.3", ["2.3 Interest runs at five per cent."]),
        ("la cláusula 2.3", ["2.3 Interest runs at five per cent."]),
        ("el artículo 2.3", ["2.3 Interest runs at five per cent."]),
    ],
)
def test_parts_that_a_part_refers_to_are_told(words: str, told: list[str]) -> None:
    assert group(asked(f"9 It is paid {words}.\n"), "Parts it refers to:") == told


def test_neighbours_are_told() -> None:
    told = asked("9 Nothing else.\n")
    assert group(told, "Right before it:")[0].endswith("Schedule 1 Prices Ten euros.")
    assert group(told, "Right behind it:") == []


def test_what_is_told_keeps_to_its_budget() -> None:
    assert asked("The Term and Net Fees.\n", tokens=0) == ""
    assert group(asked("The Term and Net Fees.\n", tokens=5), "Definitions it uses:") == ["Term means one year."]


def test_long_pieces_are_cut_behind_a_word() -> None:
    document = make_document("1 Fees\n" + "word " * 300 + "\n2 Term\nIt ends.\n")
    projection = project(document)
    half = document.text.index("2 Term")
    spans = (TextSpan(0, half), TextSpan(half, len(document.text)))
    sections = [
        Section(SectionId(f"s{index}"), SectionKind.CLAUSE, str(index + 1), "", 1, None, span, span)
        for index, span in enumerate(spans)
    ]
    first, second = make_items(document, projection, sections, SplitNode(SplitAs.CONTRACT), lambda _: ("", 0.0))
    around = Surroundings(projection, sections, 400)
    assert group(around.of(first), "Right behind it:") == ["2 Term It ends."]
    (before,) = group(around.of(second), "Right before it:")
    assert before == " ".join(["word"] * 40)
    referring: Item = replace(second, text="Under Section 1 it ends.")
    (told,) = group(around.of(referring), "Parts it refers to:")
    assert told == "1 Fees " + " ".join(["word"] * 78) + " …"


def test_document_without_definitions_or_numbers_tells_neighbours_alone() -> None:
    document = make_document("one two three")
    projection = project(document)
    spans = [TextSpan(0, 4), TextSpan(4, 8), TextSpan(8, 13)]
    sections = [
        Section(SectionId(f"s{index}"), SectionKind.OTHER, "", "", 1, None, span, span)
        for index, span in enumerate(spans)
    ]
    items = make_items(document, projection, sections, SplitNode(SplitAs.CONTRACT), lambda _: ("", 0.0))
    told = Surroundings(projection, sections, 400).of(items[1])
    assert told == "Right before it:\n- one\n\nRight behind it:\n- three"


def test_long_terms_are_no_terms() -> None:
    term = "everything that anybody ever said about the moon"
    text = f'"{term}" means this. They mean it (the "{term}").\nThey said everything that anybody ever said.'
    document = make_document(text)
    projection = project(document)
    half = text.index("\n") + 1
    kinds = ((SectionKind.DEFINITION, TextSpan(0, half)), (SectionKind.CLAUSE, TextSpan(half, len(text))))
    sections = [Section(SectionId(kind.value), kind, "", f'"{term}"', 1, None, span, span) for kind, span in kinds]
    items = make_items(document, projection, sections, SplitNode(SplitAs.CONTRACT), lambda _: ("", 0.0))
    assert group(Surroundings(projection, sections, 400).of(items[1]), "Definitions it uses:") == []
