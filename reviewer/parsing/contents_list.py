"""Where the table of contents of a contract is: its entries end with pages, which grow, or come back as headings."""

import re
from collections.abc import Sequence

from reviewer.parsing.numbering import read_label
from reviewer.parsing.paragraphs import Paragraph

_TITLE = re.compile(
    r"\W*(?:table of contents|contents|index|inhaltsverzeichnis|inhalt|table des mati[èe]res|sommaire|[íi]ndice|"
    r"indice|inhoudsopgave|inhoud|sumário|目录|目次|المحتويات)\b\W*",
    re.IGNORECASE,
)
_TITLE_WITHIN = re.compile(r"(?:^|[ \u00a0]{3,})TABLE[ \u00a0]OF[ \u00a0]CONTENTS\b")
_LEADERS = re.compile(r"(?:\.{3,}|(?:\. ){3,}|…|\t|[ \u00a0]{2,})[ \t\u00a0.]*(?:\d{1,3}|[ivxl]{1,6})[\s\u00a0]*$")
_PAGE_AT_END = re.compile(r"[^\d,$€£(/–-][\s\u00a0.]*(?P<page>\d{1,3})[\s\u00a0]*$")
_PAGE_WITHIN = re.compile(r"(?<=[\w.)])[ \u00a0]+(?P<page>\d{1,3})(?=[ \u00a0]+[A-Z\d]|\s*$)")
_PAGE_MARK = re.compile(r"\W*(?:page|seite)\b", re.IGNORECASE)
_STYLES = ("toc", "verzeichnis", "table of contents")
_ENTRIES = 3
_MOST = 500
_APART = 3
_ENTRY = 220  # characters
_PER_PAGE_NUMBER = 110  # characters of entries that run on in one paragraph
_MAX_TITLE = 60
_MAX_STEP = 60  # pages


def find_contents(paragraphs: Sequence[Paragraph]) -> tuple[int, int]:
    """The first and behind the last paragraph of the table of contents; ``(0, 0)`` where there is none. Linear."""
    has_title = False
    for index, paragraph in enumerate(paragraphs[: len(paragraphs) // 2 + 1]):
        is_titled = _is_title(paragraph)
        if is_titled or _has_leaders(paragraph):
            end, entries = _follow(paragraphs, index, is_titled=is_titled)
            if is_titled and entries < _ENTRIES and not has_title:  # each takes a look at the whole contract
                has_title = True
                end, entries = _follow_repeated(paragraphs, index)
            if entries >= _ENTRIES:
                return index, end
    return 0, 0


def _is_title(paragraph: Paragraph) -> bool:
    title = _TITLE.match(paragraph.text, paragraph.lead)
    if title is not None and len(paragraph.text.split("\n", 1)[0]) < _MAX_TITLE:
        return True
    return len(paragraph.text) < _ENTRY and _TITLE_WITHIN.search(paragraph.text) is not None


def _has_leaders(paragraph: Paragraph) -> bool:
    is_styled = paragraph.style.name.lower().startswith(_STYLES)
    return is_styled or (len(paragraph.text) < _ENTRY and _leads_to_page(paragraph.text))


def _leads_to_page(line: str) -> bool:
    last = line.rstrip()[-1:]
    return (last.isdecimal() or last in "ivxl") and _LEADERS.search(line) is not None


def _follow(paragraphs: Sequence[Paragraph], first: int, *, is_titled: bool) -> tuple[int, int]:
    """Behind the last entry, and how many there are; up to three paragraphs that are none do not end it."""
    own = _own_pages(paragraphs[first]) if is_titled else []
    index, last, entries, page = first + is_titled, first + 1, len(own), max(own, default=0)
    while index < len(paragraphs) and index <= last + _APART:
        found = _entries(paragraphs[index], page, is_titled=is_titled)
        if found is not None:
            count, page = found
            entries += count
            last = index + 1
        index += 1
    return last, entries


def _own_pages(paragraph: Paragraph) -> list[int]:
    """The pages that lines below a title, in its own paragraph, end with; none where they do not grow."""
    pages = [int(found["page"]) for line in paragraph.text.split("\n")[1:] if (found := _PAGE_AT_END.search(line))]
    return pages if pages == sorted(pages) else []


def _follow_repeated(paragraphs: Sequence[Paragraph], first: int) -> tuple[int, int]:
    """The same for entries without pages: each begins another paragraph further on."""
    own = [_key(line) for line in paragraphs[first].text.split("\n")[1:]]
    keys = [_key(paragraph.words) for paragraph in paragraphs[first + 1 :]]
    entries = sum(_comes_back(key, keys) for key in own)
    if own and entries < len(own) - 1:
        return first + 1, 0
    count = 0
    while count < min(len(keys), _MOST) and len(keys[count]) <= _ENTRY and _comes_back(keys[count], keys[count + 1 :]):
        count += 1
    return first + 1 + count, entries + count


def _comes_back(key: str, keys: Sequence[str]) -> bool:
    return bool(key) and any(each.startswith(key) for each in keys)


def _key(words: str) -> str:
    """The letters of a title, without its number."""
    label = read_label(words)
    return "".join(filter(str.isalnum, words[label.end if label is not None else 0 :])).casefold()


def _entries(paragraph: Paragraph, page: int, *, is_titled: bool) -> tuple[int, int] | None:
    """How many entries a paragraph holds, and the last page they name; None where it holds none."""
    lines = sum(_leads_to_page(line) for line in paragraph.text.split("\n"))
    if _has_leaders(paragraph) or lines >= _ENTRIES:
        return max(1, lines), page
    if not is_titled:
        return None
    pages = [int(found["page"]) for found in _PAGE_WITHIN.finditer(paragraph.text)]
    if len(pages) > 1 and len(paragraph.text) < _PER_PAGE_NUMBER * len(pages) and pages == sorted(pages):
        return len(pages), pages[-1]
    return _single(paragraph, page)


def _single(paragraph: Paragraph, page: int) -> tuple[int, int] | None:
    found = _PAGE_AT_END.search(paragraph.text) or _PAGE_WITHIN.search(paragraph.text)
    if found is None or len(paragraph.text) > _ENTRY or _PAGE_MARK.match(paragraph.text):
        return None
    label = read_label(paragraph.text, paragraph.lead)
    is_label_alone = label is not None and not paragraph.text[label.end :].strip()
    named = int(found["page"])
    return None if is_label_alone or not page <= named <= page + _MAX_STEP else (1, named)
