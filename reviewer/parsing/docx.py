r"""Word documents: every paragraph once, in order, with its list number and its readers.

The text of a paragraph is the characters of its runs; tabs and line breaks are ``\t`` and ``\n``. Paragraphs are
separated by an empty line, those of a table by a line end. List numbers are computed and stand in ``Block.number``, not
in the text. Order: body, with footnotes, text boxes and comments after the paragraph they hang on; then endnotes,
headers and footers.

A paragraph that not everybody sees whole becomes several blocks. Those before its first shown character keep the
paragraph's kind; the first shown one carries its number; the rest are continuations. Where the paragraph's end has
other readers than its last characters (Word tracks paragraph marks too), an empty continuation carries the end.
"""

from reviewer.domain.document import DocumentWarning, Visibility
from reviewer.parsing.docx_numbering import Numbering
from reviewer.parsing.docx_numerals import write_number
from reviewer.parsing.docx_package import Package, R, W
from reviewer.parsing.docx_story import Place, Shared, StoryReader
from reviewer.parsing.docx_styles import Styles
from reviewer.parsing.outcomes import OutcomeCode, failure
from reviewer.parsing.reading import Progress, Reading, Ticker
from reviewer.parsing.sniff import FileKind
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
_CHANGES = tuple(W + name for name in ("ins", "del", "moveFrom", "moveTo"))
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
    shared = Shared(
        *_styles_and_numbering(package, main),
        tick=Ticker(progress).tick,
        footnotes=_notes(package, main, "footnotes"),
        comments=_notes(package, main, "comments"),
    )
    _read_stories(package, main, root, shared)
    text = shared.writer.text
    if not text.strip():
        raise failure(OutcomeCode.EMPTY_TEXT)
    warnings = tuple(_warnings(root, has_macros=package.has_macros))
    return Reading(text, tuple(shared.writer.blocks), (), _metadata(package), warnings, _kind(package.content_type))


def _styles_and_numbering(package: Package, main: str) -> tuple[Styles, Numbering]:
    styles = Styles(package.xml(package.related(main, "styles")))
    return styles, Numbering(package.xml(package.related(main, "numbering")), styles.lists())


def _notes(package: Package, main: str, kind: str) -> dict[str, Element]:
    root = package.xml(package.related(main, kind))
    if root is None:
        return {}
    return {note.get(W + "id", ""): note for note in root if note.get(W + "type") not in _SEPARATORS}


def _read_stories(package: Package, main: str, root: Element, shared: Shared) -> None:
    body = StoryReader(shared, "document.xml", root)
    for container in root.iterchildren(W + "body"):
        body.read(container, Place())
    endnotes = _notes(package, main, "endnotes") if shared.endnotes else {}
    for index, note in enumerate(shared.endnotes):
        if note in endnotes:
            content = endnotes[note]
            reader = StoryReader(shared, "endnotes.xml", content.getroottree().getroot(), Visibility.NOTE)
            reader.read(content, Place(note=write_number(index + 1, "lowerRoman")))
    seen: set[str] = set()
    for reference in root.iter(*_MARGINS):
        part = package.target(main, reference.get(R + "id", ""))
        margin = package.xml(part)
        if part is not None and margin is not None and part not in seen:
            seen.add(part)
            reader = StoryReader(shared, part.rpartition("/")[2], margin, _MARGINS[reference.tag])
            reader.read(margin, Place())


def _metadata(package: Package) -> dict[str, str]:
    root = package.xml(package.related("", "core-properties"))
    found = {name: root.findtext(tag) for name, tag in _CORE.items()} if root is not None else {}
    return {name: value.strip()[:_MAX_METADATA] for name, value in found.items() if value and value.strip()}


def _kind(content_type: str) -> FileKind:
    """A template and a document with macros have main parts that are called otherwise, and are built alike."""
    return _KINDS.get(content_type.lower().removesuffix(".main+xml"), FileKind.DOCX)


def _warnings(root: Element, *, has_macros: bool) -> list[DocumentWarning]:
    warnings = []
    if has_macros:
        sentence = "The document holds macros, which are programs; they are neither read nor run."
        warnings.append(DocumentWarning("macros", sentence))
    if next(root.iter(*_CHANGES), None) is not None:
        sentence = "The document holds tracked changes; it is read as if all changes were accepted."
        warnings.append(DocumentWarning("tracked_changes", sentence))
    if next(root.iter(*_FOREIGN), None) is not None:
        sentence = "The document takes in another document by reference; that part is not read."
        warnings.append(DocumentWarning("foreign_content", sentence))
    return warnings
