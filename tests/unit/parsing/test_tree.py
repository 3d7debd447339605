from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Document, Source
from reviewer.domain.ids import DocumentId
from reviewer.domain.projection import project
from reviewer.domain.section import SectionKind
from reviewer.parsing.tree import Mark, build_tree


def document(text: str) -> Document:
    return Document(DocumentId("doc-1"), Source("a.txt", "text/plain", "0", len(text)), text, ())


def test_parent_covers_its_children_and_owns_what_comes_before_them() -> None:
    text = "1. Term\n1.1 Start\n2. Fees"
    source = document(text)
    marks = [
        Mark(0, SectionKind.CLAUSE, 1, "1"),
        Mark(8, SectionKind.CLAUSE, 2, "1.1"),
        Mark(18, SectionKind.CLAUSE, 1, "2"),
    ]
    first, child, second = build_tree(source, project(source), marks)
    assert (first.span, first.own) == (TextSpan(0, 18), TextSpan(0, 8))
    assert (child.parent, child.span, child.level) == (first.id, TextSpan(8, 18), 2)
    assert (second.parent, second.span) == (None, TextSpan(18, len(text)))


def test_first_section_begins_at_the_beginning() -> None:
    source = document("  \n\n1. Term")
    (section,) = build_tree(source, project(source), [Mark(4, SectionKind.CLAUSE, 1, "1")])
    assert section.span == TextSpan(0, 11)


def test_text_without_marks_is_one_section() -> None:
    source = document("words")
    (section,) = build_tree(source, project(source), [])
    assert section.kind is SectionKind.OTHER


def test_nothing_visible_has_no_sections() -> None:
    source = document("")
    assert build_tree(source, project(source), [Mark(0, SectionKind.CLAUSE, 1)]) == ()


def test_levels_close_gaps() -> None:
    source = document("abcdef")
    marks = [Mark(0, SectionKind.CLAUSE, 2), Mark(2, SectionKind.CLAUSE, 5), Mark(4, SectionKind.CLAUSE, 3)]
    assert [section.level for section in build_tree(source, project(source), marks)] == [1, 2, 2]


_MARKS = st.lists(st.builds(Mark, st.integers(0, 60), st.just(SectionKind.CLAUSE), st.integers(1, 6)), max_size=15)


@given(st.text(min_size=1, max_size=50), _MARKS)
def test_own_parts_tile_any_text_under_any_marks(text: str, marks: list[Mark]) -> None:
    source = document(text)
    sections = build_tree(source, project(source), marks)
    assert "".join(section.own.of(text) for section in sections) == text
    assert len({section.id for section in sections}) == len(sections)
