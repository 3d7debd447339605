"""The words of a heading: on a line of their own, or run in before the text of their clause."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from reviewer.parsing.numbering import read_label
from reviewer.parsing.paragraphs import flat

MAX_HEADING = 120
_MAX_WORDS = 14
_MAX_RUN_IN = 90
_SPACE = " \t\n\u00a0"
SMALL_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a an and any as at but by for from if in into is no not of on or other out per than that the their to "
        "under upon "
        "up via vs with without und oder der die das des dem den zu zur zum von vom für mit bei im in an auf "
        "über nach aus "
        "et de du des la le les à au aux d l en sur pour y o el los las del al con por para e di il lo gli "
        "della dei da do "
        "dos van het een",
    )
)
"""Words that titles do not capitalise, and do not end with; in lower case."""

_BULLETS = ("•", "▪", "◦", "●", "○", "■", "□", "➢", "✓", "·", "※")
# Scripts without capitals. Chinese and Japanese sentences hold stops and commas of their own; headings hold none.
_UNCASED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\u0590-\u06ff\u0900-\u0e7f]")
_UNCASED_STOP = re.compile("[。！？；]|，|、.{12}")
_UNCASED_ENDS = ("다.", "다", "요.", "۔", "؛", "،")
_MAX_UNCASED = 60
_UNCASED_RUN_IN = 24
_FEW_WORDS = 3
_MOSTLY = 0.7
_WORD = re.compile(r"[^\W\d_][\w'’&/\-]*")
# All ends begin with one kind of character, so that the search skips the others.
_RUN_IN_END = re.compile(
    r"[.:。：\u2013\u2014-](?:(?<=[.:])(?=[\s\u00a0*_]|$)|(?<=[。：])|(?<=[\u2013\u2014])(?=\s)|(?<=\s-)\s)"
)
_STOP = re.compile(r"[.:](?<=[^\W\d_]{3}[.:])[\s\u00a0]+")
_ABBREVIATION = re.compile(r"(?:\b(?:No|Nr|Inc|Ltd|Co|Corp|Art|Sec|Mr|Mrs|Dr|St|vs|e\.g|i\.e|z\.B|U\.S|[A-Z]))$")
_QUOTED = re.compile(r"[\"“„«'](?P<term>[^\"“”„«»\n]{1,80})[\"”“»'](?=[\s,(])")
_BRACKETED = re.compile(r"[（(【［\[](?P<term>[^（）()【】［］\[\]\n]{1,30})[)）】］\]]")
_PREDICATE = re.compile("[るすいたうくむぬぶつだ]$|[为為是应應须須]|不得|可以|享有|有权|有權|[다요]$")  # of a sentence
_LINE_START = re.compile(r"\n[ \t\u00a0]*")
_MARKED = re.compile(
    r"(?P<mark>\*\*|__)(?P<term>[^*\n]{1,120}?)(?P=mark)|<span class=\"header[^>]*>(?P<span>[^<]{1,120})<"
)
_CAPITALS = re.compile(
    r"(?:[A-ZÄÖÜÉÈÀÇ0-9&][A-ZÄÖÜÉÈÀÇ0-9'’&/,;()\-]*[ \t\u00a0]+){1,14}(?=[A-Z“\"(]?[a-z]|[A-Z][a-z]|A\s[a-z])"
)
# What begins behind a heading on its line: a decimal that nothing refers to, or the first of a row.
_NEXT_LABEL = re.compile(
    r"\s(?=[\s\daA(])(?=\s*(?:\d{1,2}\.(?:\d{1,2}(?:\.\d{1,2})*\.?)?|[aA]\.|\((?:[aA1]|i)\))\s+[A-Z\"“(])"
    r"(?<!ection\s)(?<!ections\s)(?<!lause\s)(?<!lauses\s)(?<!rticle\s)(?<!aragraph\s)(?<!\bin\s)(?<!\bof\s)(?<!\bto\s)\s*"
)
_LINE_END = re.compile(r"[\n\t \u00a0](?:(?<=[\n\t])|[ \u00a0]{2})")
_MAX_LINE = 100
_ARTICLES = frozenset(re.findall(r"\w+", "the der die das le la les el los las il lo gli het een os"))
_DETERMINERS = frozenset(
    re.findall(r"\w+", "EACH EITHER NEITHER ANY ALL NO SUCH THIS THESE EVERY BOTH JEDE JEDER CHAQUE CADA")
)
_NEAR = 10_000  # characters to both sides, in which a name stands more than once
_VERBS = re.compile(
    r"\b(?:shall|will|may|must|is|are|was|were|has|have|had|does|agrees?|means?|warrants?|represents?|applies|does|can|"
    r"ist|sind|wird|werden|hat|haben|kann|muss|soll|gilt|est|sont|peut|doit|es|son|puede|debe|é|são|deve|pode|è|sono|"
    r"può|zijn|moet|mogen)\b"
)


class Heading(NamedTuple):
    """A heading's words, and the offset behind them (punctuation included). Empty text where there is none."""

    text: str
    end: int


NO_HEADING = Heading("", 0)


def heading_of(text: str, start: int, end: int) -> Heading:
    """The heading that begins at an offset and lies before another, or an empty one. Looks at 250 characters."""
    while start < end and text[start] in _SPACE:
        start += 1
    piece = text[start : min(end, start + 2 * MAX_HEADING + 10)]
    piece = _NEXT_LABEL.split(_before_label(piece) if "\n" in piece else piece, maxsplit=1)[0]
    marked = _MARKED.match(piece)
    if marked is not None:
        return Heading(_trimmed(marked["term"] or marked["span"] or ""), start + marked.end())
    bracketed = _BRACKETED.match(piece)
    if bracketed is not None and _is_uncased(bracketed["term"]):
        return Heading(_trimmed(bracketed["term"]), start + bracketed.end())
    if start + len(piece) == end or len(piece) <= MAX_HEADING:
        whole = flat(piece)
        is_text = whole.endswith(".") and "\n" in piece.strip()
        if "\n" in piece.strip() and _is_uncased(whole):
            whole = ""
        if _is_titular(whole) or (is_heading_like(whole) and not is_text and not _leads_over(whole)):
            return Heading(_trimmed(whole), start + len(piece))
    return _quoted(piece, start) or _run_in(piece, start) or _capitals(text, piece, start) or _first_line(piece, start)


def _before_label(piece: str) -> str:
    """What stands before the first line that begins with a number or a word such as *Part 2*."""
    for line in _LINE_START.finditer(piece):
        label = read_label(piece, line.end())
        if label is not None and not label.is_bare:
            return piece[: line.start()]
    return piece


def _is_titular(line: str) -> bool:
    """Few words that begin with a capital and end without a stop, as *What is not covered*."""
    if not (line[:1].isupper() and line[-1:].isalpha()):
        return False
    return 0 < len(_WORD.findall(line)) <= 7 and not _goes_on(line)  # noqa: PLR2004 - few


def _leads_over(line: str) -> bool:
    """``In this Agreement:`` begins a sentence and is no heading."""
    return line.endswith(":") and line.split(maxsplit=1)[0].lower() in SMALL_WORDS


def is_heading_like(line: str) -> bool:
    """Whether one line could be a heading by its words alone: few, mostly capitalised, no sentence."""
    line = line.strip()
    if not line or len(line) > MAX_HEADING or line.endswith((",", ";", " and", " or")) or _goes_on(line):
        return False
    if line.startswith(_BULLETS) or (not line.isascii() and _UNCASED_STOP.search(line)):
        return False
    if _is_uncased(line):
        return _is_uncased_heading(line)
    words = _WORD.findall(line)
    if not words or len(words) > _MAX_WORDS:
        return False
    if line.isupper():
        return len(words) <= 5 or _VERBS.search(line.lower()) is None  # noqa: PLR2004 - a sentence has a verb
    if not (words[0][0].isupper() or line[0].isdecimal()):
        return not words[0].isascii()
    capitalised = sum(word[0].isupper() for word in words)
    if _are_capitalised(words):
        has_article = words[0].lower() in _ARTICLES and len(words) > _FEW_WORDS
        is_sentence = has_article or (capitalised < len(words) and _VERBS.search(line) is not None)
        return not (line.endswith(".") and is_sentence)
    return len(words) <= 6 and not line.endswith(".") and _VERBS.search(line) is None  # noqa: PLR2004 - a few words


def _is_uncased_heading(line: str) -> bool:
    if line.endswith(".") and len(line.split()) > _FEW_WORDS and "\u0590" <= line[0] <= "\u06ff":
        return False  # a sentence in Arabic or Hebrew
    most = _UNCASED_RUN_IN if line.endswith(".") else _MAX_UNCASED
    return len(line) <= most and not line.endswith(_UNCASED_ENDS)


def _goes_on(line: str) -> bool:
    """Whether a sentence follows the heading on its line: ``Payment. The fee is due.``, not ``Waiver. Notices.``."""
    for part in _STOP.split(line)[1:]:
        words = _WORD.findall(part)
        great = [word for word in words if word.lower() not in SMALL_WORDS]
        if words and (words[0].lower() in SMALL_WORDS or not all(word[0].isupper() for word in great)):
            return True
    return False


def _quoted(piece: str, start: int) -> Heading | None:
    quoted = _QUOTED.match(piece)
    return Heading(_trimmed(quoted[0]), start + quoted.end()) if quoted else None


def _run_in(piece: str, start: int) -> Heading | None:
    """The words before a stop, as in ``Payment. The Customer shall``."""
    for stop in _RUN_IN_END.finditer(piece[: _MAX_RUN_IN + 2]):
        head = flat(piece[: stop.start()])
        if _ABBREVIATION.search(head):
            continue
        after = piece[stop.end() : stop.end() + 20].strip(_SPACE + "*_")
        if stop[0] == "." and (after[:1].islower() or (not after and "\n" in piece[: stop.start()])):
            return None
        if not head or not is_heading_like(head) or _leads_over(head + stop[0]):
            return None
        if not (_may_run_in if _is_uncased(head) else _may_end)(piece, stop):
            return None
        return Heading(_trimmed(head), start + stop.end())
    return None


def _may_end(piece: str, stop: "re.Match[str]") -> bool:
    """A sentence that is all of its paragraph is no heading, few as its words may be."""
    head = piece[: stop.start()]
    if stop[0] != "." or piece[stop.end() :].strip(_SPACE + "*_"):
        return True
    words = _WORD.findall(head)
    if len(words) <= _FEW_WORDS:
        return True
    is_sentence = words[0].lower() in _ARTICLES or _VERBS.search(head) is not None or head[-1:].isdecimal()
    return not is_sentence and _are_capitalised(words)


def _may_run_in(piece: str, stop: "re.Match[str]") -> bool:
    """Without capitals only a few characters on one line, with more behind them, are a heading."""
    head = piece[: stop.start()].strip(_SPACE)
    if stop[0] == "。" and _PREDICATE.search(head):
        return False
    most = _UNCASED_RUN_IN if stop[0] in "。." else _MAX_UNCASED
    return len(head) <= most and "\n" not in head and bool(piece[stop.end() :].strip(_SPACE))


def _is_uncased(line: str) -> bool:
    return not line.isascii() and len(_UNCASED.findall(line)) * 2 > len(line)


def _are_capitalised(words: Sequence[str]) -> bool:
    great = [word for word in words if word.lower() not in SMALL_WORDS]
    return bool(great) and sum(word[0].isupper() for word in great) >= _MOSTLY * len(great)


def _capitals(text: str, piece: str, start: int) -> Heading | None:
    """Capitals before mixed case, as in ``PAYMENT The Customer shall``."""
    found = _CAPITALS.match(piece)
    if found is None:
        return None
    capitals = found[0]
    if piece[found.end()].islower():  # the last word is the subject: "SERVICES MMI will"
        capitals = _before_subject(text, capitals.rstrip(), start)
    words = capitals.split()
    if not words or len(max(words, key=len)) < 3 or _VERBS.search(capitals.lower()):  # noqa: PLR2004 - "A I" is none
        return None
    return Heading(_trimmed(flat(capitals)), start + len(capitals))


def _before_subject(text: str, capitals: str, start: int) -> str:
    """What stands before the subject of a sentence that begins in capitals; all of it may be the subject.

    That is so behind a word such as *the*, and where the same capitals stand elsewhere, as a party's name does.
    """
    words = capitals.split()
    if len(words) < 2 or {words[0].lower(), words[-1].lower()} & SMALL_WORDS or words[0] in _DETERMINERS:  # noqa: PLR2004
        return ""
    near = text[max(0, start - _NEAR) : start] + "\n" + text[start + len(capitals) : start + _NEAR]
    if capitals.endswith(",") or capitals in near:
        return ""
    head = capitals.rpartition(" ")[0].rstrip()
    while head.rpartition(" ")[2].lower() in SMALL_WORDS:  # PAYMENT THE CUSTOMER shall pay
        head = head.rpartition(" ")[0].rstrip()
    return head


def _first_line(piece: str, start: int) -> Heading:
    """A heading that a line break, a tab or a gap parts from the text."""
    found = _LINE_END.search(piece, 1, _MAX_LINE + 3)
    line = flat(piece[: found.start()]) if found is not None else ""
    if found is None or not is_heading_like(line) or _VERBS.search(line):
        return Heading("", start)
    if not line.isupper() and piece[found.start() : found.start() + 40].strip()[:1].islower():
        return Heading("", start)
    return Heading(_trimmed(line), start + found.start())


def _trimmed(heading: str) -> str:
    bare = " ".join(heading.split()).strip(" .:;,–—-*_\u00a0。：")
    return bare[1:-1].strip() if bare[:1] + bare[-1:] in {"()", "（）", "【】", "[]"} else bare
