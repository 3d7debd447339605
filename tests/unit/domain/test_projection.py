from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, Document, Source, Visibility
from reviewer.domain.ids import DocumentId
from reviewer.domain.projection import View, project

VISIBLE = {Visibility.VISIBLE, Visibility.FIELD, Visibility.NOTE}
TAKING_PART = {
    View.VISIBLE: VISIBLE | {Visibility.INSERTED},
    View.ORIGINAL: VISIBLE | {Visibility.DELETED},
    View.FINAL: VISIBLE | {Visibility.INSERTED},
    View.MARKED: VISIBLE | {Visibility.INSERTED, Visibility.DELETED},
    View.CHANGES: {Visibility.INSERTED, Visibility.DELETED},
}


def document(*pieces: tuple[str, Visibility], separator: str = "", lead: str = "") -> Document:
    text, blocks = lead, []
    for words, visibility in pieces:
        blocks.append(Block(TextSpan(len(text), len(text) + len(words)), visibility=visibility))
        text += words + separator
    return Document(DocumentId("d"), Source("a", "text/plain", "0" * 64, 1), text, tuple(blocks))


DOCUMENTS = st.builds(
    lambda pieces, separator, lead: document(*pieces, separator=separator, lead=lead),
    st.lists(st.tuples(st.text("abc ", max_size=6), st.sampled_from(Visibility)), max_size=8),
    st.sampled_from(["", "\n", "\n\n"]),
    st.sampled_from(["", "  "]),
)


@st.composite
def documents_and_spans(draw: st.DrawFn) -> tuple[Document, TextSpan]:
    made = draw(DOCUMENTS)
    ends = sorted((draw(st.integers(0, len(made.text))), draw(st.integers(0, len(made.text)))))
    return made, TextSpan(*ends)


@pytest.mark.parametrize(
    ("view", "text"),
    [
        (View.VISIBLE, "We shall pay."),
        (View.ORIGINAL, "We may pay."),
        (View.FINAL, "We shall pay."),
        (View.MARKED, "We may shall pay."),
        (View.CHANGES, "may shall "),
    ],
)
def test_projection_reads_tracked_changes_as_the_view_says(view: View, text: str) -> None:
    made = document(
        ("We ", Visibility.VISIBLE),
        ("may ", Visibility.DELETED),
        ("shall ", Visibility.INSERTED),
        ("secretly ", Visibility.HIDDEN),
        ("pay.", Visibility.VISIBLE),
    )
    assert project(made, view).text == text


@given(DOCUMENTS, st.sampled_from(View))
def test_projection_holds_the_characters_of_blocks_that_take_part(made: Document, view: View) -> None:
    kept = []
    for index, character in enumerate(made.text):
        block = max((b for b in made.blocks if b.span.start <= index), key=lambda b: b.span.start, default=None)
        owners = [b for b in made.blocks if block and b.span.start == block.span.start]
        owner = owners[-1] if owners else (made.blocks[0] if made.blocks else None)
        is_plain = owner is None and view is not View.CHANGES
        if is_plain or (owner is not None and owner.visibility in TAKING_PART[view]):
            kept.append(character)
    assert project(made, view).text == "".join(kept)


@given(DOCUMENTS, st.sampled_from(View), st.data())
def test_projection_leads_back_to_the_same_characters(made: Document, view: View, data: st.DataObject) -> None:
    projection = project(made, view)
    ends = sorted(data.draw(st.integers(0, len(projection.text))) for _ in range(2))
    span = TextSpan(*ends)
    there = projection.to_document(span)
    assert projection.from_document(there) == span or len(span) == 0
    if len(span):
        assert made.text[there.start] == projection.text[span.start]
        assert made.text[there.end - 1] == projection.text[span.end - 1]


@given(documents_and_spans(), st.sampled_from(View))
def test_projection_of_a_document_span_is_what_takes_part_of_it(pair: tuple[Document, TextSpan], view: View) -> None:
    made, span = pair
    projection = project(made, view)
    kept = [projection.to_document(TextSpan(i, i + 1)).start for i in range(len(projection.text))]
    expected = "".join(made.text[i] for i in kept if span.start <= i < span.end)
    assert projection.from_document(span).of(projection.text) == expected


def test_projection_of_the_original_leaves_out_what_was_inserted_into_a_note() -> None:
    made = document(("before ", Visibility.NOTE), ("added", Visibility.NOTE))
    made = replace(made, blocks=(made.blocks[0], replace(made.blocks[1], author="Ada")))
    assert project(made, View.ORIGINAL).text == "before "
    assert project(made, View.CHANGES).text == "added"
    assert project(made).text == "before added"


def test_projection_of_hidden_words_is_empty() -> None:
    made = document(("seen ", Visibility.VISIBLE), ("unseen ", Visibility.HIDDEN), ("end", Visibility.VISIBLE))
    projection = project(made)
    assert projection.from_document(TextSpan(5, 12)) == TextSpan(5, 5)
    assert projection.to_document(TextSpan(0, 8)) == TextSpan(0, 15)


def test_projection_of_a_document_without_blocks_is_its_text() -> None:
    assert project(document(lead="all of it")).text == "all of it"


def test_projection_of_nothing_visible_is_empty() -> None:
    projection = project(document(("unseen", Visibility.HIDDEN)))
    assert projection.text == ""
    assert projection.to_document(TextSpan(0, 0)) == TextSpan(0, 0)
    assert projection.from_document(TextSpan(2, 4)) == TextSpan(0, 0)


def test_projection_places_an_empty_span_at_its_end() -> None:
    projection = project(document(("seen", Visibility.VISIBLE), ("unseen", Visibility.HIDDEN)))
    assert projection.to_document(TextSpan(4, 4)) == TextSpan(4, 4)


def test_projection_refuses_a_span_beyond_its_text() -> None:
    with pytest.raises(ValueError, match="beyond"):
        project(document(("seen", Visibility.VISIBLE))).to_document(TextSpan(2, 5))
