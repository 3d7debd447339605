from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, Visibility
from reviewer.domain.ids import SectionId
from reviewer.domain.projection import project
from reviewer.domain.section import Section, SectionKind, SplitAs
from reviewer.domain.task import Item
from reviewer.domain.workflow import SplitNode, SplitUnit
from reviewer.engine.items import make_items
from tests.fakes.documents import CLAUSES, make_document, make_sections


def items_of(
    text: str = "".join(CLAUSES),
    sections: tuple[Section, ...] = make_sections(CLAUSES),
    identified: tuple[str, float] = ("", 0.0),
    **split: object,
) -> tuple[Item, ...]:
    document = make_document(text)
    node = SplitNode(SplitAs.CONTRACT, **split)
    return make_items(document, project(document), sections, node, lambda asked: identified)


def nested() -> tuple[Section, ...]:
    """One clause with two sub-clauses: [0,10) own, [10,20) and [20,30)."""
    top = Section(SectionId("top"), SectionKind.CLAUSE, "9", "Liability", 1, None, TextSpan(0, 30), TextSpan(0, 10))
    cap, limit = (
        Section(SectionId(name), SectionKind.CLAUSE, number, "", 2, top.id, span, span)
        for name, number, span in (("cap", "9.1", TextSpan(10, 20)), ("limit", "9.2", TextSpan(20, 30)))
    )
    return top, cap, limit


def test_items_are_the_sections_with_their_text_and_headings() -> None:
    items = items_of()
    assert [item.text for item in items] == list(CLAUSES)
    assert [item.path for item in items] == ["1 Fees", "2 Liability", "3 Term"]
    assert [item.section for item in items] == ["s1", "s2", "s3"]
    assert items[0].kind is SectionKind.CLAUSE
    assert items[1].span == TextSpan(len(CLAUSES[0]), len(CLAUSES[0] + CLAUSES[1]))


def test_items_keep_a_section_whole_when_it_fits() -> None:
    (item,) = items_of("x" * 30, nested(), max_chars=30)
    assert item.section == "top"
    assert len(item.text) == 30


def test_items_are_cut_at_the_children_when_a_section_is_too_long() -> None:
    items = items_of("x" * 30, nested(), max_chars=29)
    assert [(item.section, item.span) for item in items] == [
        ("top", TextSpan(0, 10)),
        ("cap", TextSpan(10, 20)),
        ("limit", TextSpan(20, 30)),
    ]
    assert items[1].path == "9 Liability > 9.1"


def test_items_keep_a_long_section_without_children_whole() -> None:
    items = items_of("x" * 30, nested(), max_chars=5)
    assert [len(item.text) for item in items] == [10, 10, 10]


def test_items_without_a_visible_character_are_left_out() -> None:
    parts = ("1 Fees\n", " \n", "3 Term\n")
    assert [item.section for item in items_of("".join(parts), make_sections(parts))] == ["s1", "s3"]


def test_items_without_number_and_heading_are_named_by_their_kind() -> None:
    section = replace(make_sections(("text\n",))[0], number="", heading="")
    assert items_of("text\n", (section,))[0].path == "clause"


def test_items_hold_the_visible_text_only() -> None:
    text = "1 Fees\nhidden\n2 Term\n"
    document = make_document(text)
    hidden = replace(document.blocks[1], visibility=Visibility.HIDDEN)
    document = replace(document, blocks=(document.blocks[0], hidden, document.blocks[2]))
    sections = make_sections(("1 Fees\nhidden\n", "2 Term\n"))
    items = make_items(document, project(document), sections, SplitNode(SplitAs.CONTRACT), lambda asked: ("", 0.0))
    assert [item.text for item in items] == ["1 Fees\n", "2 Term\n"]


def test_items_are_one_item_when_the_unit_is_the_document() -> None:
    (item,) = items_of(unit=SplitUnit.DOCUMENT)
    assert item.section is None
    assert item.name == item.document
    assert item.text == "".join(CLAUSES)


def test_item_language_is_its_own_when_long_and_clear() -> None:
    parts = ("x" * 100,)
    assert items_of(parts[0], make_sections(parts), ("de", 0.9))[0].language == "de"


def test_item_language_is_the_documents_when_unclear() -> None:
    parts = ("x" * 100,)
    assert items_of(parts[0], make_sections(parts), ("de", 0.89))[0].language == "en"


def test_item_language_is_the_documents_when_short() -> None:
    parts = ("x" * 99,)
    assert items_of(parts[0], make_sections(parts), ("de", 1.0))[0].language == "en"


@st.composite
def trees(draw: st.DrawFn) -> tuple[str, tuple[Section, ...]]:
    """A text and a random tree of sections whose own parts tile it."""
    parts = draw(st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=12), min_size=1, max_size=12))
    levels = [1]
    for _ in parts[1:]:
        levels.append(draw(st.integers(1, levels[-1] + 1)))
    starts = [0]
    for part in parts:
        starts.append(starts[-1] + len(part))
    sections: list[Section] = []
    for index, level in enumerate(levels):
        end = next((later for later in range(index + 1, len(levels)) if levels[later] <= level), len(levels))
        parent = next((each for each in reversed(sections) if each.level < level), None)
        span, own = TextSpan(starts[index], starts[end]), TextSpan(starts[index], starts[index + 1])
        name = SectionId(f"s{index}")
        kind = SectionKind.CLAUSE
        sections.append(Section(name, kind, str(index), "", level, parent.id if parent else None, span, own))
    return "".join(parts), tuple(sections)


@given(trees(), st.integers(1, 60), st.data())
def test_items_cover_the_visible_text_once(
    tree: tuple[str, tuple[Section, ...]], max_chars: int, data: st.DataObject
) -> None:
    text, sections = tree
    visibilities = st.sampled_from([Visibility.VISIBLE, Visibility.HIDDEN, Visibility.INSERTED])
    blocks = tuple(Block(section.own, visibility=data.draw(visibilities)) for section in sections)
    document = replace(make_document(text), blocks=blocks)
    projection = project(document)
    node = SplitNode(SplitAs.CONTRACT, max_chars=max_chars)
    items = make_items(document, projection, sections, node, lambda asked: ("", 0.0))
    covered = "".join(item.text for item in items)
    left_out = [
        position
        for position in range(len(projection.text))
        if not any(item.span.start <= position < item.span.end for item in items)
    ]
    assert len(covered) + len(left_out) == len(projection.text)
    assert all(projection.text[position].isspace() for position in left_out)
    assert all(left.span.end <= right.span.start for left, right in pairwise(items))


def test_items_hold_the_clauses_of_their_sections() -> None:
    (whole,) = items_of("x" * 30, nested(), max_chars=30)
    assert [each.section for each in whole.clauses] == ["top", "cap", "limit"]
    assert whole.clauses[1].above == ("Liability",)
    assert [[each.section for each in item.clauses] for item in items_of("x" * 30, nested(), max_chars=29)] == [
        ["top"],
        ["cap"],
        ["limit"],
    ]
    (document,) = items_of("x" * 30, nested(), unit=SplitUnit.DOCUMENT)
    assert len(document.clauses) == 3
