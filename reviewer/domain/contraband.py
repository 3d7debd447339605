"""What a model's reply carries that it was not given: addresses, links, encoded data, the prompt's own marks.

A document can talk a model into writing such things; whoever reads them on is led away, or gives something away. What
stands in the text that was sent is no contraband: it comes from the document.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import lru_cache


class Contraband(StrEnum):
    """Kinds of it."""

    MARK = "mark"
    LINK = "link"
    MARKUP = "markup"
    ADDRESS = "address"
    ENCODED = "encoded"


_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\U000e0000-\U000e01ef]+"
)
_BRACKETED = re.compile(r"[\[({]\s*(?:\.|dot|@|at)\s*[\])}]", re.IGNORECASE)
_BRACKETED_DOT = re.compile(r"\s*[\[({]\s*(?:\.|dot)\s*[\])}]\s*", re.IGNORECASE)
_BRACKETED_AT = re.compile(r"\s*[\[({]\s*(?:@|at)\s*[\])}]\s*", re.IGNORECASE)
_DEFUSED = re.compile(r"\bh(?:xx|\*\*|tt)p(s?)\s*(?:\[?:\]?)\s*//", re.IGNORECASE)

_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_TOP = (
    "com|net|org|info|biz|edu|gov|mil|int|app|dev|xyz|online|site|top|shop|store|tech|cloud|page|link|click|live|club|"
    "work|space|website|world|agency|email|host|icu|vip|fun|lol|monster|zip|mov|onion|test|example|invalid|localhost"
)
_COUNTRY = (
    "ac|ae|ai|am|ar|at|au|be|bg|br|by|ca|cc|ch|cl|cn|co|cz|de|dk|ee|es|eu|fi|fm|fr|gg|gr|hk|hr|hu|ie|il|im|in|io|ir|"
    "is|it|jp|ke|kr|kz|la|li|lt|lu|lv|ly|me|ml|ms|mx|my|ng|nl|no|nu|nz|pe|ph|pk|pl|pt|pw|ro|rs|ru|sa|se|sg|sh|si|sk|"
    "so|st|su|tk|to|tr|tv|tw|ua|ug|uk|us|uz|vn|ws|za"
)
_SHORT = r"mailto|javascript|vbscript|data|file|tel|sms|smb|cid|blob|about|ms-\w+"
_TAIL = r"[!-;=?-~]*(?:(?<=[/=?&#%+_~-])[\w%+.~-]+[!-;=?-~]*)*"
"""An address goes on in other scripts only where it could not end."""
_ADDRESSES = re.compile(
    rf"(?P<scheme>\b[a-z][a-z0-9+.-]{{1,20}}://{_TAIL})"
    rf"|(?P<short>\b(?:{_SHORT}):(?=[^\s:]){_TAIL})"
    rf"|(?P<share>(?<![\w\\])\\\\[\w.-]+\\{_TAIL}|(?<![\w:/])//[\w-]+(?:\.[\w-]+)+{_TAIL})"
    rf"|(?P<mail>[\w.+'-]{{1,64}}@[\w-]+(?:\.[\w-]+)*)"
    rf"|(?P<host>(?<![\w@.-])(?:{_LABEL}\.){{1,8}}(?:xn--[a-z0-9-]+|{_TOP}|(?-i:{_COUNTRY}))(?![\w-])(?::\d+)?"
    rf"(?:[/?#]{_TAIL})?)"
    rf"|(?P<number>(?<![\w.])(?:\d{{1,3}}\.){{3}}\d{{1,3}}(?:(?::\d+)?/{_TAIL}|:\d+))",
    re.IGNORECASE,
)
_ENDS = ".,;:!?)]}'\"*_>|`…"
_ENCODED = re.compile(
    r"(?:%[0-9A-Fa-f]{2}[\w.~-]{0,3}){4,}|(?:\\x[0-9A-Fa-f]{2}){4,}|(?:\\u[0-9A-Fa-f]{4}){3,}|(?:&#x?[0-9A-Fa-f]+;){3,}"
    r"|\b(?:[0-9A-Fa-f]{2}[ :-]){11,}[0-9A-Fa-f]{2}\b|\b(?:[01]{8}\s?){6,}"
    r"|(?<![\w+/=-])[A-Za-z0-9+/_=-]{28,}(?![\w+/=-])"
)
_LONG_WORD = 60
_ELEMENTS = (
    "a|abbr|area|article|aside|audio|b|base|blink|body|br|button|canvas|code|dd|del|details|div|dl|dt|em|embed|font|"
    "footer|form|frame|frameset|h[1-6]|head|header|hr|html|i|iframe|image|img|input|ins|kbd|label|li|link|main|map|"
    "marquee|math|meta|meter|nav|object|ol|option|p|param|picture|portal|pre|progress|q|s|samp|script|section|select|"
    "small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|title|"
    "tr|track|tt|u|ul|use|var|video|wbr|xml|xmp"
)
_MARKUP = re.compile(
    rf"</?(?:{_ELEMENTS})(?:\s*/?>|[\s/]+[\w:-]+\s*(?:=|>|/))|<!--|<!\[CDATA\[|<!doctype\b|<\?[a-z]"
    r"|!\[[^\]\n]{0,500}\]\s*[(\[]|\[[^\]\n]{0,500}\]\((?=\s*[<\w/.#])|^\s{0,3}\[[^\]\n]{1,200}\]:\s*\S"
    r"|\b(?:hyperlink|webservice|import(?:xml|html|data|feed|range))\s*\(|=\s*(?:image|dde|cmd)\s*[(|]",
    re.IGNORECASE | re.MULTILINE,
)
_MARK_PIECE = 12

_APART = "\n\0\n"
"""Between texts: whatever stands across it is nothing that either of them holds."""
_MARKUP_SIGN = re.compile(r"[<\[(=]")
_DOTTED = re.compile(r"\.(?:[^\W\d]|\d{1,3}\.\d)")
_PREFIXED = re.compile(rf"\b(?:{_SHORT}):[^\s:]", re.IGNORECASE)
_LONG_RUN = 28
_BITS = re.compile(r"[01]{8}")
_PAIRS = re.compile(r"[0-9A-Fa-f]{2}[ :-](?:[0-9A-Fa-f]{2}[ :-]){3}")


def find_contraband(texts: Iterable[str], source: Callable[[], str], marks: Iterable[str] = ()) -> Contraband | None:
    """The first contraband in what a reply says, or None.

    Linear in the texts; the source is looked into only where a text holds something of the kind at all. What stands in
    the source in another spelling is let pass: another case, broken by a line end or a hyphen, without scheme or
    ``www.``, with ``[at]`` or ``[dot]``, full-width, with characters that nobody sees.

    Args:
        texts: all that is read from the reply.
        source: gives the text that was sent; asked for once at most.
        marks: what only the prompt holds and no reply may: its fence, the tag of its line ids. A longer one is found by
            a part of it, too.
    """
    texts = tuple(texts)
    pieces = [piece for mark in marks for piece in _pieces(mark)]
    if not _may_hold_any(_APART.join(texts), pieces):
        return None
    known: _Known | None = None
    for text in texts:
        if _holds_any(text, pieces):
            return Contraband.MARK
        plain = _plain(text)
        for kind, found in _suspects(plain):
            known = known or _Known(source())
            if not known.holds(found):
                return kind
    return None


def _holds_any(text: str, pieces: Iterable[str]) -> bool:
    return any(map(text.__contains__, pieces))  # a generator would take longer than the search


def _may_hold_any(text: str, pieces: Iterable[str]) -> bool:
    """Whether a text has a mark, or any sign of something else; most have none, which is seen for all at once."""
    if _holds_any(text, pieces):
        return True
    plain = _plain(text)
    return bool(_MARKUP_SIGN.search(plain)) or _may_hold_address(plain) or _may_hold_code(plain)


@lru_cache(maxsize=1024)
def _pieces(mark: str) -> tuple[str, ...]:
    if len(mark) <= _MARK_PIECE:
        return (mark,) if mark else ()
    return tuple(mark[start : start + _MARK_PIECE] for start in range(0, len(mark) - _MARK_PIECE + 1, 2))


def _suspects(plain: str) -> Iterable[tuple[Contraband, str]]:
    """What in a plain text must be in the source, with its kind.

    Most texts hold nothing of a kind, which is seen in a hundredth of the time its expression takes.
    """
    if _MARKUP_SIGN.search(plain):
        for match in _MARKUP.finditer(plain):
            yield Contraband.MARKUP, match.group()
    if _may_hold_address(plain):
        for match in _ADDRESSES.finditer(plain):
            kind = Contraband.ADDRESS if match.lastgroup == "mail" else Contraband.LINK
            yield kind, match.group().rstrip(_ENDS)
    if _may_hold_code(plain):
        for match in _ENCODED.finditer(plain):
            if _is_encoded(match.group()):
                yield Contraband.ENCODED, match.group()


def _may_hold_address(plain: str) -> bool:
    """Whether there is a sign without which nothing is an address."""
    if "@" in plain or "\\" in plain or "//" in plain or _DOTTED.search(plain):
        return True
    return ":" in plain and _PREFIXED.search(plain) is not None


def _may_hold_code(plain: str) -> bool:
    """Whether there is a sign of an escape, a run that is long enough, or the beginning of a code with blanks."""
    if "%" in plain or "\\" in plain or "&" in plain or max(map(len, plain.split()), default=0) >= _LONG_RUN:
        return True
    return _BITS.search(plain) is not None or _PAIRS.search(plain) is not None


def _is_encoded(run: str) -> bool:
    """False for a long word, a compound with hyphens, a line of dashes, a path."""
    if re.fullmatch(r"[0-9A-Fa-f]+|.*[^A-Za-z0-9+/_=-].*", run):
        return True
    longest = max(re.split(r"[-_/+=]+", run), key=len)
    if len(longest) < _MARK_PIECE * 2 and not re.search(r"\d[A-Za-z]+\d|[a-z][A-Z]+[a-z]|[a-z]\d[A-Z]", run):
        return False
    has_digits, has_letters = any(map(str.isdigit, run)), any(map(str.isalpha, run))
    is_mixed = has_letters and (has_digits or not (longest.islower() or longest.istitle() or longest.isupper()))
    return is_mixed or len(longest) >= _LONG_WORD or (not has_letters and len(longest) > _MARK_PIECE * 2)


class _Known:
    """What the source holds, in the form in which suspects are looked for."""

    def __init__(self, source: str) -> None:
        plain = _plain(source)
        self._squeezed = _squeezed(plain)
        self._loose = ""

    def holds(self, suspect: str) -> bool:
        wanted = _squeezed(suspect)
        if not wanted or wanted in self._squeezed:
            return True
        self._loose = self._loose or self._squeezed.replace("-", "")
        return wanted.replace("-", "") in self._loose


def _plain(text: str) -> str:
    seen = text if text.isascii() else _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    if "&" in seen:
        seen = html.unescape(seen)
    if _BRACKETED.search(seen):
        seen = _BRACKETED_AT.sub("@", _BRACKETED_DOT.sub(".", seen))
    if "//" in seen:
        seen = _DEFUSED.sub(r"http\1://", seen)
    return seen.replace("。", ".").replace("\u2010", "-").replace("\u2011", "-")


_WEB = re.compile(r"(?:https?|ftp)://(?:www\.)?|mailto:|www\.", re.IGNORECASE)


def _squeezed(plain: str) -> str:
    """Without white space, case and the beginnings of web addresses."""
    return "".join(_WEB.sub("", plain).casefold().split()).rstrip("/")
