r"""Rich text: every paragraph once, in order, and who sees it.

The text of a paragraph is its characters; tabs and line breaks are ``\t`` and ``\n``. Order, separators and blocks are
as those of Word documents (see `reviewer.parsing.docx`); list numbers are those that the file brings along as text.
Groups are kept on a stack of their own, so that no nesting can exhaust this program's.
"""

from dataclasses import replace

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, BlockKind, DocumentWarning, Style, Visibility
from reviewer.parsing.block_writer import BlockWriter
from reviewer.parsing.outcomes import OutcomeCode, failure
from reviewer.parsing.reading import Progress, Reading, Ticker
from reviewer.parsing.rtf_groups import Destination, RtfGroups
from reviewer.parsing.rtf_story import RtfParagraph

_BEGIN = b"{\\rtf"
_LOOK_WITHIN = 64
_MAX_METADATA = 500


def read_rtf(data: bytes, progress: Progress) -> Reading:
    """Reads rich text. Linear in its size.

    Raises:
        InputError: it is no rich text, is nested too deep, or holds no text.
    """
    begin = data[:_LOOK_WITHIN].find(_BEGIN)
    if begin < 0:
        raise failure(OutcomeCode.CORRUPT)
    writer = BlockWriter()

    def write(paragraph: RtfParagraph) -> None:
        block = replace(_block(paragraph), locator=f"rtf#p{len(writer.blocks)}")
        writer.add(paragraph.pieces, block, paragraph.end, in_table=paragraph.in_table)

    groups = RtfGroups(write, Ticker(progress).tick)
    groups.read(data[begin:])
    if not writer.text.strip():
        raise failure(OutcomeCode.EMPTY_TEXT)
    return Reading(writer.text, tuple(writer.blocks), (), _metadata(groups), _warnings(writer))


def _block(paragraph: RtfParagraph) -> Block:
    kind, level = BlockKind.PARAGRAPH, None
    if paragraph.is_note:
        kind = BlockKind.NOTE
    elif paragraph.in_table:
        kind = BlockKind.TABLE_CELL
    elif paragraph.outline is not None:
        kind, level = BlockKind.HEADING, paragraph.outline
    elif paragraph.number is not None:
        kind, level = BlockKind.LIST_ITEM, paragraph.level
    looks = paragraph.looks
    style = Style(
        size=max(((look.size, weight) for look, weight in looks), key=lambda pair: pair[1], default=(0.0, 0))[0],
        bold=bool(looks) and all(look.bold for look, _ in looks),
        italic=bool(looks) and all(look.italic for look, _ in looks),
        underline=bool(looks) and all(look.underline for look, _ in looks),
        name=paragraph.style,
        indent=paragraph.indent,
        centered=paragraph.centered,
    )
    return Block(TextSpan(0, 0), kind, number=paragraph.number, level=level, style=style)


def _metadata(groups: RtfGroups) -> dict[str, str]:
    named = {"title": Destination.TITLE, "author": Destination.AUTHOR}
    found = {name: groups.noted(destination).strip()[:_MAX_METADATA] for name, destination in named.items()}
    return {name: value for name, value in found.items() if value}


def _warnings(writer: BlockWriter) -> tuple[DocumentWarning, ...]:
    if not any(block.visibility in {Visibility.DELETED, Visibility.INSERTED} for block in writer.blocks):
        return ()
    sentence = "The document holds tracked changes; it is read as if all changes were accepted."
    return (DocumentWarning("tracked_changes", sentence),)
