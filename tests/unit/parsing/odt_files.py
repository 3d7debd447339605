"""OpenDocument texts made for tests out of the XML that matters."""

from tests.unit.parsing.word_files import zip_file

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {"office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing", "meta": "meta"}
_NAMESPACES = " ".join(f'xmlns:{prefix}="{_OASIS}{name}:1.0"' for prefix, name in _PREFIXES.items()) + (
    f' xmlns:fo="{_OASIS}xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
)
MIMETYPE = "application/vnd.oasis.opendocument.text"


def odt_file(body: str, styles: str = "", masters: str = "", automatic: str = "", **parts: str) -> bytes:
    """An ODT with this body, common styles, master pages and automatic styles; further parts by name with ``.xml``."""
    files = {
        "mimetype": MIMETYPE,
        "content.xml": (
            f"<office:document-content {_NAMESPACES}><office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
        ),
        "styles.xml": (
            f"<office:document-styles {_NAMESPACES}><office:styles>{styles}</office:styles>"
            f"<office:master-styles>{masters}</office:master-styles></office:document-styles>"
        ),
    }
    if "meta" in parts:
        inner = parts.pop("meta")
        files["meta.xml"] = (
            f"<office:document-meta {_NAMESPACES}><office:meta>{inner}</office:meta></office:document-meta>"
        )
    return zip_file(files | {f"META-INF/{name}.xml": text for name, text in parts.items()})


def p(text: str, style: str = "") -> str:
    """A paragraph."""
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def item(*inner: str, attributes: str = "") -> str:
    """A list item."""
    return f"<text:list-item {attributes}>{''.join(inner)}</text:list-item>"


def listed(*items: str, style: str = "L", attributes: str = "") -> str:
    """A list; without a style for one inside another."""
    named = f'text:style-name="{style}"' if style else ""
    return f"<text:list {named} {attributes}>{''.join(items)}</text:list>"


def level(number: int, number_format: str, attributes: str = "") -> str:
    """A numbered level of a list style."""
    return (
        f'<text:list-level-style-number text:level="{number}" style:num-format="{number_format}" '
        f'style:num-suffix="." {attributes}/>'
    )


def list_style(*levels: str, name: str = "L") -> str:
    """A list style."""
    return f'<text:list-style style:name="{name}">{"".join(levels)}</text:list-style>'
