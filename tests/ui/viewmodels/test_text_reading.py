"""Tracked changes, read in all ways: where paragraphs begin, what they show, and what is marked."""

from pathlib import Path

import pytest

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, BlockKind, Document, Visibility
from reviewer.domain.projection import View
from reviewer.ui.viewmodels.text_setting import TextSetting, set_text
from tests.fakes.documents import make_document
from tests.fakes.reading import read_document

SHARED = ("contracts/RA001-Tracked-Revisions-01.docx", "contracts/RP051-Arabic.docx", "contracts/golden.docx")
PLAIN, INSERTED, DELETED = Visibility.VISIBLE, Visibility.INSERTED, Visibility.DELETED
GOES_ON = BlockKind.CONTINUATION


def written(*pieces: tuple[str, Visibility] | tuple[str, Visibility, BlockKind]) -> Document:
    """Blocks as a reader of Word files writes them: a paragraph's pieces touch, its end is one too, number 1. first."""
    text, blocks = "", []
    for words, visibility, *kind in pieces:
        start = len(text)
        text += words
        span = TextSpan(start, start + len(words.rstrip("\n")))
        is_new = not kind and (not blocks or blocks[-1].span.end < start)
        blocks.append(
            Block(span, kind[0] if kind else BlockKind.PARAGRAPH if is_new else GOES_ON, visibility=visibility,
                  locator="p", author="" if visibility is PLAIN else "Ada")
        )  # fmt: skip
    return make_document(text, blocks=tuple(blocks))


def read(document: Document, view: View) -> list[str]:
    return [paragraph.text for paragraph in set_text(document, (), view=view).paragraphs]


def marked(setting: TextSetting) -> list[tuple[str, bool, str]]:
    return [
        (change.span.of(paragraph.text), change.is_deleted, change.author)
        for paragraph in setting.paragraphs
        for change in paragraph.changes
    ]


REPLACED = written(("Intro\n\n", PLAIN), ("New ", INSERTED), ("Old ", DELETED), ("fees\n\n", PLAIN), ("End", PLAIN))


@pytest.mark.parametrize(
    ("view", "paragraphs"),
    [
        (View.FINAL, ["Intro", "New fees", "End"]),
        (View.ORIGINAL, ["Intro", "Old fees", "End"]),
        (View.MARKED, ["Intro", "New Old fees", "End"]),
        (View.CHANGES, ["New Old fees"]),
    ],
)
def test_a_paragraph_that_begins_with_a_change_stays_a_paragraph(view: View, paragraphs: list[str]) -> None:
    assert read(REPLACED, view) == paragraphs


@pytest.mark.parametrize("view", [View.MARKED, View.CHANGES])
def test_changes_are_marked_with_who_made_them(view: View) -> None:
    assert marked(set_text(REPLACED, (), view=view)) == [("New ", False, "Ada"), ("Old ", True, "Ada")]
    assert marked(set_text(REPLACED, ())) == []


def test_changes_are_marked_behind_a_number_of_our_own() -> None:
    document = make_document(
        "😀OldNew",
        blocks=(
            Block(TextSpan(0, 4), visibility=DELETED, locator="p"),
            Block(TextSpan(4, 7), number="3.1", visibility=INSERTED, locator="p"),
        ),
    )
    setting = set_text(document, (), view=View.MARKED)
    assert setting.text == "3.1\t😀OldNew"
    assert [each[0] for each in marked(setting)] == ["😀Old", "New"]
    assert read(document, View.ORIGINAL) == ["3.1\t😀Old"]


def test_a_deleted_paragraph_end_parts_what_was_two_paragraphs() -> None:
    document = written(("One.", PLAIN), ("\n\n", DELETED), ("Two.", PLAIN, GOES_ON))
    assert read(document, View.FINAL) == ["One.Two."]
    assert read(document, View.ORIGINAL) == ["One.", "Two."]
    assert read(document, View.MARKED) == ["One.", "Two."]


def test_an_inserted_paragraph_end_joins_what_was_one_paragraph() -> None:
    document = written(("One.", PLAIN), ("\n\n", INSERTED), ("Two.", PLAIN))
    assert read(document, View.FINAL) == ["One.", "Two."]
    assert read(document, View.ORIGINAL) == ["One.Two."]


def test_an_inserted_paragraph_between_two_joins_nothing() -> None:
    document = written(("One.\n\n", PLAIN), ("More.\n\n", INSERTED), ("Two.", PLAIN))
    assert read(document, View.ORIGINAL) == ["One.", "Two."]
    assert read(document, View.CHANGES) == ["More."]


@pytest.mark.parametrize("view", [View.FINAL, View.ORIGINAL, View.MARKED, View.CHANGES])
@pytest.mark.data
@pytest.mark.parametrize("name", SHARED)
def test_real_documents_are_mapped_in_every_reading(shared_data: Path, name: str, view: View) -> None:
    document = read_document(shared_data / name)
    setting = set_text(document, (), view=view)
    assert setting.paragraphs
    for index, character in enumerate(setting.text):
        offset = setting.map.offset(setting.map.position(index))
        if offset is not None and not character.isspace():
            assert setting.shown_text(TextSpan(offset, offset + 1)) == character
    shown = {(change.is_deleted) for paragraph in setting.paragraphs for change in paragraph.changes}
    assert shown == ({True, False} if view in {View.MARKED, View.CHANGES} else set())
