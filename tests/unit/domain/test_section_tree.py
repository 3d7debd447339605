"""From marks to sections: spans, own parts, parents and levels."""

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, Document, Source, Visibility
from reviewer.domain.ids import DocumentId
from reviewer.domain.projection import project
from reviewer.domain.section import SectionKind
from reviewer.domain.section_tree import Mark, build_tree


def make_document(text: str, blocks: tuple[Block, ...] = ()) -> Document:
    return Document(DocumentId("doc-1"), Source("a.txt", "text/plain", "0", len(text)), text, blocks)


def build(text: str, *marks: Mark):
    document = make_document(text)
    return build_tree(document, project(document), marks)


def test_build_tree_nests_by_level():
    sections = build(
        "0123456789",
        Mark(0, SectionKind.TITLE, 1),
        Mark(2, SectionKind.CLAUSE, 1, "1", "One"),
        Mark(4, SectionKind.CLAUSE, 2, "1.1"),
        Mark(6, SectionKind.CLAUSE, 2, "1.2"),
        Mark(8, SectionKind.CLAUSE, 1, "2"),
    )
    title, one, first, second, two = sections
    assert [section.parent for section in sections] == [None, None, one.id, one.id, None]
    assert (one.span, one.own) == (TextSpan(2, 8), TextSpan(2, 4))
    assert (two.span, two.own) == (TextSpan(8, 10), TextSpan(8, 10))
    assert tuple(each for each in sections if each.parent == one.id) == (first, second)
    assert title.heading == ""
    assert one.heading == "One"


def test_build_tree_closes_gaps_between_levels():
    sections = build("0123456789", Mark(0, SectionKind.CLAUSE, 3), Mark(4, SectionKind.CLAUSE, 7))
    assert [section.level for section in sections] == [1, 2]


def test_build_tree_begins_at_the_beginning_and_keeps_one_mark_a_place():
    marks = (
        Mark(3, SectionKind.CLAUSE, 1, "1"),
        Mark(3, SectionKind.CLAUSE, 1, "2"),
        Mark(99, SectionKind.CLAUSE, 1, "3"),
    )
    sections = build("0123456789", *marks)
    assert [(section.number, section.span) for section in sections] == [("1", TextSpan(0, 10))]


def test_build_tree_is_one_section_when_there_are_no_marks():
    sections = build("0123456789")
    assert [(section.kind, section.own) for section in sections] == [(SectionKind.OTHER, TextSpan(0, 10))]


def test_build_tree_is_empty_when_nothing_is_visible():
    document = make_document("hidden", (Block(TextSpan(0, 6), visibility=Visibility.HIDDEN),))
    assert build_tree(document, project(document), [Mark(0, SectionKind.CLAUSE, 1)]) == ()


def test_build_tree_gives_places_of_the_document_when_text_is_hidden_between():
    blocks = (
        Block(TextSpan(0, 4)),
        Block(TextSpan(4, 8), visibility=Visibility.HIDDEN),
        Block(TextSpan(8, 12)),
    )
    document = make_document("aaaahhhhbbbb", blocks)
    one, two = build_tree(document, project(document), [Mark(0, SectionKind.CLAUSE, 1), Mark(4, SectionKind.CLAUSE, 1)])
    assert (one.own, two.own) == (TextSpan(0, 4), TextSpan(8, 12))


def test_build_tree_names_equal_clauses_differently():
    sections = build("0123456789", Mark(0, SectionKind.CLAUSE, 1, "1"), Mark(5, SectionKind.CLAUSE, 1, "1"))
    assert len({section.id for section in sections}) == 2
