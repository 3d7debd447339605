"""OpenDocument texts: every paragraph once, in order, with its list number and its readers.

Text, order and blocks are as those of Word documents (see `reviewer.parsing.docx`): numbers stand in ``Block.number``;
footnotes, text boxes and comments come after the paragraph they hang on; then endnotes, headers and footers.
"""

from reviewer.domain.document import DocumentWarning, Visibility
from reviewer.parsing.odt_lists import ListStyles
from reviewer.parsing.odt_names import DC, META, OFFICE, STYLE, TEXT
from reviewer.parsing.odt_story import OdtStory, Part, Place, Shared
from reviewer.parsing.odt_styles import OdtStyles
from reviewer.parsing.outcomes import OutcomeCode, failure
from reviewer.parsing.reading import Progress, Reading, Ticker
from reviewer.parsing.table_headings import with_headings
from reviewer.parsing.zip_parts import Element, ZipParts, parse_xml

MIMETYPE = b"application/vnd.oasis.opendocument.text"
_METADATA = {
    "title": (DC + "title",),
    "author": (META + "initial-creator", DC + "creator"),
    "created": (META + "creation-date",),
    "modified": (DC + "date",),
}
_MAX_METADATA = 500
_ENCRYPTED = (b"encryption-data", b"encrypted-package")
_MARGINS = {
    STYLE + name: Visibility.HEADER if "header" in name else Visibility.FOOTER
    for name in ("header", "header-first", "header-left", "footer", "footer-first", "footer-left")
}


def read_odt(data: bytes, progress: Progress) -> Reading:
    """Reads an OpenDocument text. Linear in its size.

    Raises:
        InputError: it is damaged, encrypted, no text document, a bomb, or holds no text.
    """
    parts = ZipParts(data)
    if any(sign in parts.read("META-INF/manifest.xml") for sign in _ENCRYPTED) or "encrypted-package" in parts:
        raise failure(OutcomeCode.ENCRYPTED)
    content = _xml(parts, "content.xml")
    body = content.find(f"{OFFICE}body/{OFFICE}text") if content is not None else None
    if content is None or body is None:
        raise failure(OutcomeCode.NOT_SUPPORTED)
    shared = _read(content, body, _xml(parts, "styles.xml"), progress)
    text = shared.writer.text
    if not text.strip():
        raise failure(OutcomeCode.EMPTY_TEXT)
    blocks = with_headings(text, shared.writer.blocks, shared.tables.heads)
    return Reading(text, tuple(blocks), (), _metadata(_xml(parts, "meta.xml")), tuple(_warnings(content)))


def _read(content: Element, body: Element, looks: Element | None, progress: Progress) -> Shared:
    common = looks.find(OFFICE + "styles") if looks is not None else None
    automatic = content.find(OFFICE + "automatic-styles")
    shared = Shared(ListStyles(common, automatic), Ticker(progress).tick)
    styles, part = OdtStyles(common, automatic), Part("content.xml", content)
    OdtStory(shared, styles, part).read(body, Place())
    for note in shared.endnotes:
        OdtStory(shared, styles, part, Visibility.NOTE).read(note.body, Place(note=note.number, deleted=note.deleted))
    if looks is not None:
        _read_margins(shared, looks, common)
    return shared


def _read_margins(shared: Shared, looks: Element, common: Element | None) -> None:
    """Headers and footers, once where several kinds of page have the same."""
    styles, part = OdtStyles(common, looks.find(OFFICE + "automatic-styles")), Part("styles.xml", looks)
    seen: set[str] = set()
    for page in looks.iterfind(f"{OFFICE}master-styles/{STYLE}master-page"):
        for margin in page.iterchildren(*_MARGINS):
            words = "".join(map(str, margin.itertext()))
            if margin.get(STYLE + "display") != "false" and words not in seen:
                seen.add(words)
                OdtStory(shared, styles, part, _MARGINS[margin.tag]).read(margin, Place())


def _xml(parts: ZipParts, name: str) -> Element | None:
    return parse_xml(parts.read(name)) if name in parts else None


def _metadata(root: Element | None) -> dict[str, str]:
    if root is None:
        return {}
    found = {name: next(filter(None, (_words(root, tag) for tag in tags)), "") for name, tags in _METADATA.items()}
    return {name: value[:_MAX_METADATA] for name, value in found.items() if value}


def _words(root: Element, tag: str) -> str:
    return (root.findtext(f"{OFFICE}meta/{tag}") or "").strip()


def _warnings(content: Element) -> list[DocumentWarning]:
    if next(content.iter(TEXT + "deletion", TEXT + "insertion"), None) is None:
        return []
    sentence = "The document holds tracked changes; it is read as if all changes were accepted."
    return [DocumentWarning("tracked_changes", sentence)]
