"""The characters of a web page: by byte order mark, by what it declares, else UTF-8, else Windows-1252."""

import codecs
import re

from reviewer.domain.document import DocumentWarning

_LOOK_WITHIN = 4096
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"<(?:meta\b[^>]{0,500}?charset|\?xml\b[^>]{0,200}?encoding)\s*=\s*[\"']?\s*([a-zA-Z0-9_.:-]{2,40})", re.IGNORECASE
)
# Of the codecs that can be had by name, those of characters that a page in ASCII letters may be in.
_OF_PAGES = re.compile(r"utf-8|ascii|iso8859-|iso2022_|cp\d|koi8|mac-|gb|big5|euc_|shift_jis|johab|tis-620|hz")
# Browsers read these wider than they are called.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
_WARNING = "The text's encoding is unknown; it was read as Windows-1252, so some characters may be wrong."


def decode_page(data: bytes, declared: str = "") -> tuple[str, tuple[DocumentWarning, ...]]:
    """The text of a page, with a warning where its encoding had to be guessed.

    Args:
        data: the page.
        declared: the encoding that its transport names, such as a mail's header; believed before the page itself.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace").removeprefix("\ufeff"), ()
    found = _DECLARED.search(data[:_LOOK_WITHIN])
    for label in (declared, found.group(1).decode("ascii") if found is not None else "", "utf-8"):
        name = text_encoding(label)
        try:
            return data.decode(name), ()
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", "replace"), (DocumentWarning("encoding_guessed", _WARNING),)


def text_encoding(label: str) -> str:
    """The name of the codec for a label; of one that is none of characters, or that a page cannot have, UTF-8."""
    try:
        codec = codecs.lookup(label.strip())
    except (LookupError, ValueError):
        return "utf-8"
    if _OF_PAGES.match(codec.name) is None:
        return "utf-8"
    return _MEANT.get(codec.name, codec.name)
