"""What the control words of rich text mean, as tables."""

CHARACTERS = {
    "tab": "\t", "line": "\n", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emdash": "—",
    "endash": "–", "bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005", "zwj": "\u200d",
    "zwnj": "\u200c", "ltrmark": "\u200e", "rtlmark": "\u200f", "lbr": "\n", "softline": "",
}  # fmt: skip
SYMBOLS = {"~": "\xa0", "_": "\u2011", "-": "", "|": "", ":": ""}
BULLETS = {"\uf0b7": "•", "·": "•", "\uf0a7": "▪", "§": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "o": "◦"}

SKIPPED = {
    "filetbl", "revtbl", "pict", "nonshppict", "sp", "falt", "panose", "listtable", "listoverridetable",
    "rsidtbl", "themedata", "colorschememapping", "datastore", "latentstyles", "xmlnstbl", "generator", "private",
    "upr", "bkmkstart", "bkmkend", "fldinst", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "xe", "tc",
    "tcn", "rxe", "txe", "atnid", "atnauthor", "atntime", "atnref", "atnicn", "atrfstart", "atrfend", "comment",
    "operator", "creatim", "revtim", "printim", "buptim", "pnseclvl", "pn", "template", "passwordhash", "formfield",
    "datafield", "objdata", "objclass", "objname", "do", "mmathPr", "wgrffmtfilter",
}  # fmt: skip
"""Groups that are no text of the document."""

READ_THOUGH_OPTIONAL = {"shpinst", "ud", "annotation", "footnote", "shptxt", "nesttableprops", "title", "author"}
"""Groups that a reader may skip and this one does not."""

ENDS_PARAGRAPH = {"par", "sect", "cell", "nestcell", "row", "nestrow"}

_BY_CHARSET = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
    254: "cp437", 255: "cp850",
}  # fmt: skip
_BY_NUMBER = {
    437, 720, 737, 775, 850, 852, 855, 857, 858, 860, 861, 862, 863, 864, 865, 866, 869, 874, 932, 949, 950, 1250, 1251,
    1252, 1253, 1254, 1255, 1256, 1257, 1258,
}  # fmt: skip
_BY_OTHER_NUMBER = {
    936: "gbk",
    1361: "johab",
    10000: "mac_roman",
    10007: "mac_cyrillic",
    65001: "utf-8",
    54936: "gb18030",
}


def code_page(number: int) -> str | None:
    """The codec of a code page; None where there is none."""
    return f"cp{number}" if number in _BY_NUMBER else _BY_OTHER_NUMBER.get(number)


def code_page_of_charset(charset: int) -> str | None:
    """The codec of a font's character set; None for that of the document."""
    return _BY_CHARSET.get(charset)
