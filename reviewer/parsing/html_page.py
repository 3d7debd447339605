r"""Web pages: what a reader of the page sees, as paragraphs; what is hidden from him, marked so.

Paragraphs are separated by an empty line, those of a table by a line end; white space flows as in a browser, and line
breaks are ``\n``. List numbers stand in ``Block.number``. Scripts are dropped; of the style sheets in the page the
simple rules count; navigation and footers are kept apart as header and footer. Nothing is fetched.
"""

import html
import re
from collections.abc import Iterator

from lxml import etree

from reviewer.domain.document import DocumentWarning
from reviewer.parsing.html_encoding import decode_page
from reviewer.parsing.html_sheet import Sheet
from reviewer.parsing.html_story import HtmlStory, local_name
from reviewer.parsing.outcomes import OutcomeCode, failure
from reviewer.parsing.reading import Progress, Reading, Ticker
from reviewer.parsing.table_headings import with_headings
from reviewer.parsing.zip_parts import Element

MAX_CHARS = 60_000_000
# The parser takes no run of characters longer than this.
_LARGEST_RUN = 9_000_000
_MAX_METADATA = 500
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_OWN = {"amp", "lt", "gt", "quot", "apos"}
_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]{0,500}\?>")
_BROKEN_OFF = {"ERR_RESOURCE_LIMIT", "ERR_NAME_TOO_LONG", "ERR_INTERNAL_ERROR", "ERR_NO_MEMORY"}


def read_html(data: bytes, progress: Progress) -> Reading:
    """Reads a web page. Linear in its size.

    Raises:
        InputError: it is nested too deep, too big, or holds no text.
    """
    text, warnings = decode_page(data)
    return read_html_text(text, progress, warnings)


def read_xhtml(data: bytes, progress: Progress) -> Reading:
    """Reads a web page that is XML; one that is not well-formed is read as `read_html` does.

    Raises:
        InputError: it declares entities, is nested too deep, too big, or holds no text.
    """
    text, warnings = decode_page(data)
    if "<!ENTITY" in text:
        raise failure(OutcomeCode.DTD_REFUSED)
    try:
        root = etree.fromstring(_prepared(text), _xml_parser())
    except (etree.XMLSyntaxError, ValueError):
        return read_html_text(text, progress, warnings)
    return _reading(root, progress, warnings)


def read_html_text(text: str, progress: Progress, warnings: tuple[DocumentWarning, ...] = ()) -> Reading:
    """Reads a page that is decoded already.

    Raises:
        InputError: as for `read_html`.
    """
    if len(text) > MAX_CHARS:
        raise failure(OutcomeCode.TOO_BIG)
    text = _DECLARATION.sub("", text).replace("\x00", "")
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise failure(OutcomeCode.EMPTY_TEXT if not text.strip() else OutcomeCode.CORRUPT) from error
    if any(entry.type_name in _BROKEN_OFF for entry in parser.error_log):
        raise failure(OutcomeCode.TOO_BIG if len(text) > _LARGEST_RUN else OutcomeCode.CORRUPT)
    if root is None:
        raise failure(OutcomeCode.EMPTY_TEXT)
    return _reading(root, progress, warnings)


def _reading(root: Element, progress: Progress, warnings: tuple[DocumentWarning, ...]) -> Reading:
    story = HtmlStory(Ticker(progress).tick, Sheet.of(_sheets(root)))
    story.read(root)
    text = story.writer.text
    if not text.strip():
        raise failure(OutcomeCode.EMPTY_TEXT)
    if story.has_changes:
        sentence = "The document marks deleted and inserted words; it is read as if all changes were accepted."
        warnings = (*warnings, DocumentWarning("tracked_changes", sentence))
    blocks = with_headings(text, story.writer.blocks, story.tables.heads)
    return Reading(text, tuple(blocks), (), _metadata(root), warnings)


def _sheets(root: Element) -> Iterator[str]:
    """The style sheets in the page; those for print alone left out."""
    for element in root.iter():
        if local_name(element) == "style" and element.get("media", "all").lower() in {"", "all", "screen"}:
            yield "".join(map(str, element.itertext()))


def _metadata(root: Element) -> dict[str, str]:
    found = {"language": root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""}
    for element in root.iter():
        name = local_name(element)
        if name == "body":
            break
        if name == "title":
            found.setdefault("title", "".join(map(str, element.itertext())))
        elif name == "meta" and (element.get("name") or "").lower() == "author":
            found.setdefault("author", element.get("content") or "")
    cleaned = {name: " ".join(value.split())[:_MAX_METADATA] for name, value in found.items()}
    return {name: value for name, value in cleaned.items() if value}


def _prepared(text: str) -> bytes:
    """XML knows five of HTML's named characters only; the others are written out."""

    def written(match: re.Match[str]) -> str:
        name = match.group(1)
        return match.group() if name in _XML_OWN else html.unescape(match.group())

    return _NAMED.sub(written, _DECLARATION.sub("", text)).encode("utf-8", "replace")


def _xml_parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False
    )
