r"""Word documents: every paragraph once, in order, with its list number and its readers.

The text of a paragraph is the characters of its runs; tabs and line breaks are ``\t`` and ``\n``. Paragraphs are
separated by an empty line, those of a table by a line end. List numbers are computed and stand in ``Block.number``, not
in the text. Order: body, with footnotes, text boxes and comments after the paragraph they hang on; then endnotes,
headers and footers.

A paragraph that not everybody sees whole becomes several blocks. Those before its first shown character keep the
paragraph's kind; the first shown one carries its number; the rest are continuations. Where the paragraph's end has
other readers than its last characters (Word tracks paragraph marks too), an empty continuation carries the end. Where
that end is deleted, the next paragraph is a continuation too. Locators are those of `docx_locator`.
"""

from collections.abc import Iterable, Mapping

from reviewer.domain.document import DocumentWarning, Visibility
from reviewer.parsing.docx_changes import change_warnings
from reviewer.parsing.docx_colours import Palette
from reviewer.parsing.docx_layout import Place
from reviewer.parsing.docx_links import link_warnings
from reviewer.parsing.docx_numbering import Numbering
from reviewer.parsing.docx_numerals import write_number
from reviewer.parsing.docx_package import W14, W15, Package, R, W
from reviewer.parsing.docx_story import Shared, StoryReader
from reviewer.parsing.docx_styles import Styles
from reviewer.parsing.outcomes import OutcomeCode, failure
from reviewer.parsing.reading import Progress, Reading, Ticker
from reviewer.parsing.sniff import FileKind
from reviewer.parsing.table_headings import with_headings
from reviewer.parsing.zip_parts import Element

_CORE = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "author": "{http://purl.org/dc/elements/1.1/}creator",
    "created": "{http://purl.org/dc/terms/}created",
    "modified": "{http://purl.org/dc/terms/}modified",
}
_KINDS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template": FileKind.DOTX,
    "application/vnd.ms-word.document.macroenabled": FileKind.DOCM,
    "application/vnd.ms-word.template.macroenabledtemplate": FileKind.DOTM,
}
_MAX_METADATA = 500
_FOREIGN = (W + "altChunk", W + "subDoc")
_MARGINS = {W + "headerReference": Visibility.HEADER, W + "footerReference": Visibility.FOOTER}
_SEPARATORS = {"separator", "continuationSeparator", "continuationNotice"}


def read_docx(data: bytes, progress: Progress) -> Reading:
    """Reads a Word document. Linear in its size.

    Raises:
        InputError: it is damaged, encrypted, no Word document, a bomb, or holds no text.
    """
    package = Package(data)
    main = package.main_part
    root = package.xml(main)
    if root is None or root.tag != W + "document":
        raise failure(OutcomeCode.NOT_A_DOCX)
    shared = _shared(package, main, root, progress)
    margins = _margins(package, main, root)
    _read_stories(package, main, root, margins, shared)
    text = shared.writer.text
    if not text.strip():
        raise failure(OutcomeCode.EMPTY_TEXT)
    warnings = (
        *_warnings(package, main, root, margins),
        *shared.writer.warnings(),
    )
    kind = _kind(package.content_type)
    blocks = with_headings(text, shared.writer.blocks, shared.tables.heads)
    return Reading(text, tuple(blocks), (), _metadata(package), warnings, kind)


def _shared(package: Package, main: str, root: Element, progress: Progress) -> Shared:
    settings = package.xml(package.related(main, "settings"))
    palette = Palette(package.xml(package.related(main, "theme")), settings)
    styles = Styles(package.xml(package.related(main, "styles")), palette)
    has_page_colour = settings is not None and settings.find(W + "displayBackgroundShape") is not None
    return Shared(
        styles,
        Numbering(package.xml(package.related(main, "numbering")), styles.lists()),
        tick=Ticker(progress).tick,
        page=palette.page(root.find(W + "background") if has_page_colour else None),
        footnotes=_notes(package, main, "footnotes"),
        comments=_notes(package, main, "comments"),
        replies=_replies(package, main),
    )


def _replies(package: Package, main: str) -> dict[str, list[str]]:
    """Ids of the comments that answer one, by its id. Word names a thread by the comments' last paragraphs."""
    threads = package.xml(package.related(main, "commentsExtended"))
    if threads is None:
        return {}
    names: dict[str, str] = {}
    for name, comment in _notes(package, main, "comments").items():
        for paragraph in comment.iter(W + "p"):
            names[paragraph.get(W14 + "paraId", "")] = name
    replies: dict[str, list[str]] = {}
    for thread in threads.iter(W15 + "commentEx"):
        reply, parent = (names.get(thread.get(W15 + key, "")) for key in ("paraId", "paraIdParent"))
        if reply is not None and parent is not None:
            replies.setdefault(parent, []).append(reply)
    return replies


def _notes(package: Package, main: str, kind: str) -> dict[str, Element]:
    root = package.xml(package.related(main, kind))
    if root is None:
        return {}
    return {note.get(W + "id", ""): note for note in root if note.get(W + "type") not in _SEPARATORS}


def _margins(package: Package, main: str, root: Element) -> dict[str, Visibility]:
    """The parts with headers and footers, in the order in which they are used."""
    margins: dict[str, Visibility] = {}
    for reference in root.iter(*_MARGINS):
        part = package.target(main, reference.get(R + "id", ""))
        if part is not None:
            margins.setdefault(part, _MARGINS[reference.tag])
    return margins


def _read_stories(
    package: Package, main: str, root: Element, margins: Mapping[str, Visibility], shared: Shared
) -> None:
    body = StoryReader(shared, "document.xml", root)
    for container in root.iterchildren(W + "body"):
        body.read(container, Place(ground=shared.page))
    for comment in shared.comments:  # those that no words are marked for
        body.comment(comment)
    endnotes = _notes(package, main, "endnotes") if shared.endnotes else {}
    for index, note in enumerate(shared.endnotes):
        if note in endnotes:
            content = endnotes[note]
            reader = StoryReader(shared, "endnotes.xml", content.getroottree().getroot(), Visibility.NOTE)
            reader.read(content, Place(note=write_number(index + 1, "lowerRoman"), ground=shared.page))
    for part, story in margins.items():
        margin = package.xml(part)
        if margin is not None:
            StoryReader(shared, part.rpartition("/")[2], margin, story).read(margin, Place(ground=shared.page))


def _metadata(package: Package) -> dict[str, str]:
    root = package.xml(package.related("", "core-properties"))
    found = {name: root.findtext(tag) for name, tag in _CORE.items()} if root is not None else {}
    return {name: value.strip()[:_MAX_METADATA] for name, value in found.items() if value and value.strip()}


def _kind(content_type: str) -> FileKind:
    """A template and a document with macros have main parts that are called otherwise, and are built alike."""
    return _KINDS.get(content_type.lower().removesuffix(".main+xml"), FileKind.DOCX)


def _warnings(package: Package, main: str, root: Element, margins: Iterable[str]) -> list[DocumentWarning]:
    notes = [package.xml(package.related(main, kind)) for kind in ("footnotes", "endnotes")]
    parts = [root, *notes, *(package.xml(part) for part in margins)]
    warnings = [*change_warnings(part for part in parts if part is not None)]
    if package.has_macros:
        sentence = "The document holds macros, which are programs; they are neither read nor run."
        warnings.append(DocumentWarning("macros", sentence))
    if next(root.iter(*_FOREIGN), None) is not None:
        sentence = "The document takes in another document by reference; that part is not read."
        warnings.append(DocumentWarning("foreign_content", sentence))
    return [*warnings, *link_warnings(package.external_links())]
