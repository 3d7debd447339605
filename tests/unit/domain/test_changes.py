from dataclasses import replace

from reviewer.domain.anchor import TextSpan
from reviewer.domain.changes import changes, has_changes
from reviewer.domain.document import Block, BlockKind, Document, Visibility
from tests.fakes.documents import make_document

CONTINUATION = BlockKind.CONTINUATION


def written(*pieces: tuple[str, Block]) -> Document:
    """Texts one after another with what their blocks are like; a text may end with line ends, which part paragraphs."""
    text, blocks = "", []
    for words, like in pieces:
        start = len(text)
        text += words
        blocks.append(replace(like, span=TextSpan(start, start + len(words.rstrip("\n")))))
    return make_document(text, blocks=tuple(blocks))


def a_block(visibility: Visibility = Visibility.VISIBLE, kind: BlockKind = BlockKind.PARAGRAPH, **more: str) -> Block:
    return Block(TextSpan(0, 0), kind, visibility=visibility, **more)  # type: ignore[arg-type]  # number and author


def found(document: Document) -> list[tuple[str, int | None, str, str]]:
    return [
        (each.block.span.of(document.text), each.paragraph, each.number, each.block.author)
        for each in changes(document)
    ]


def test_changes_name_their_paragraph_and_its_number() -> None:
    document = written(
        ("Title\n\n", a_block()),
        ("old ", a_block(Visibility.DELETED, author="Ada")),
        ("Fees ", a_block(number="3.1")),
        ("rise", a_block(Visibility.INSERTED, CONTINUATION, author="Bo")),
    )
    assert found(document) == [("old ", 2, "3.1", "Ada"), ("rise", 2, "3.1", "Bo")]


def test_changes_in_margins_have_no_paragraph_and_comments_are_none() -> None:
    document = written(
        ("Draft\n\n", a_block(Visibility.HEADER, author="Ada")),
        ("What?\n\n", a_block(Visibility.COMMENT, author="Bo")),
        ("new", a_block(Visibility.INSERTED)),
    )
    assert found(document) == [("Draft", None, "", "Ada"), ("new", 1, "", "")]


def test_a_deleted_paragraph_end_is_no_change_of_words() -> None:
    document = written(("One", a_block()), ("", a_block(Visibility.DELETED, CONTINUATION, author="Ada")))
    assert found(document) == []


def test_document_without_blocks_has_none() -> None:
    document = written()
    assert not list(changes(document))
    assert not has_changes(document)
