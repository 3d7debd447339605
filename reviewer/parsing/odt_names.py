"""Names of OpenDocument's elements and attributes, as lxml spells them."""

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"

OFFICE = _OASIS + "office:1.0}"
TEXT = _OASIS + "text:1.0}"
TABLE = _OASIS + "table:1.0}"
STYLE = _OASIS + "style:1.0}"
DRAW = _OASIS + "drawing:1.0}"
META = _OASIS + "meta:1.0}"
FO = _OASIS + "xsl-fo-compatible:1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
