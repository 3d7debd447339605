"""What a part needs to be understood alone: the definitions it uses, the parts it refers to, what stands around it."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from reviewer.domain.anchor import TextSpan
from reviewer.domain.ids import SectionId
from reviewer.domain.literals import folded, needed
from reviewer.domain.projection import Projection
from reviewer.domain.section import Section, SectionKind
from reviewer.domain.task import Item
from reviewer.engine.units import TOKEN
from reviewer.engine.words import Words

_PIECE_TOKENS = 80
"""Words of one definition, part or neighbour: enough for the sentence that matters."""
_MAX_TERM_WORDS = 6
_WORD = re.compile(r"\w+")
_QUOTED = r"[\"“„«「](?P<term>[^\"“”„«»「」\n]{2,60})[\"”“»」]"
_INLINE = re.compile(rf"[(（](?:[^()（）\n]{{0,40}}\s)?{_QUOTED}[)）]")
_AT_START = re.compile(rf"[\s*_]*{_QUOTED}")
_BARE_START = re.compile(r"[\s*_]*(?P<term>[^\"“”„«»「」\n]{2,60}?)[\s*_]+(?:means|shall mean|bedeutet|bezeichnet)\b")
_CALLED = (
    r"sections?|clauses?|articles?|paragraphs?|artikel|abschnitt|ziffer|klausel|nummer|art[íi]culo|cl[áa]usula|articolo|"
    r"artigo|art\."
)
_REFERENCE = re.compile(
    rf"(?:\b(?:{_CALLED})|§{{1,2}})[ \u00a0]*(?P<number>\d{{1,3}}(?:\.\d{{1,3}}){{0,4}}|[IVXLC]{{1,6}}\b)"
    r"(?P<letters>(?:[ \u00a0]?\([a-zA-Z0-9]{1,4}\)){0,3})"
    r"|第\s?(?P<han>[\d一二三四五六七八九十]{1,4})\s?[条條]",
    re.IGNORECASE,
)
_APART = "schedule|exhibit|annex|appendix|anlage|anhang|annexe|anexo|allegato|bijlage"
_ATTACHED = re.compile(rf"\b(?P<kind>{_APART})[ \u00a0](?P<mark>\d{{1,3}}|[A-Z]\b)", re.IGNORECASE)
_CALLS = (*(needed(_CALLED) or ()), "§", "第")
_CALLS_APART = tuple(needed(_APART) or ())
"""Of a text that holds none of these, nothing is referred to: most texts need no expression to tell."""


Show: TypeAlias = Callable[[TextSpan], str]
_Piece: TypeAlias = tuple[TextSpan, int, bool]
"""What is told, how many words that is, and whether more follows."""


class Surroundings:
    """Finds what parts of one document need of the rest. Reading it once is linear; asking costs what the part has.

    Args:
        projection: the text that items are cut from.
        sections: the document's.
        tokens: how many words a part is given at most.
    """

    def __init__(self, projection: Projection, sections: Sequence[Section], tokens: int) -> None:
        self._projection = projection
        self._text = projection.text
        self._tokens = tokens
        self._words = Words(projection.text if tokens else "")
        sections = sections if tokens else ()
        self._numbers = _numbered(sections)
        self._terms: dict[tuple[str, ...], TextSpan] = {}
        for term, span in _defined(projection, sections):
            self._terms.setdefault(_key(term), span)
        self._longest: dict[str, int] = {}
        """By a term's first word: how many words the longest of them has."""
        for words in self._terms:
            self._longest[words[0]] = max(len(words), self._longest.get(words[0], 0))

    def of(self, item: Item, show: Show | None = None) -> str:
        """What to tell besides an item's text, as text in named groups; empty where nothing is needed.

        Args:
            item: the part.
            show: gives the words of a span, where they are not the text's own.
        """
        if not self._tokens:
            return ""
        left = self._tokens
        groups: list[str] = []
        for title, pieces in (
            ("Definitions it uses:", self._definitions(item)),
            ("Parts it refers to:", self._references(item)),
            ("Right before it:", self._before(item)),
            ("Right behind it:", self._behind(item)),
        ):
            lines = []
            for span, count, is_cut in pieces:
                shown = show(span) if show else span.of(self._text)
                words = len(TOKEN.findall(shown)) if show else count
                if not 0 < words <= left:
                    continue
                left -= words
                lines.append(f"- {_flat(shown)}{' …' if is_cut else ''}")
            if lines:
                groups.append("\n".join([title, *lines]))
        return "\n\n".join(groups)

    def _definitions(self, item: Item) -> Iterator[_Piece]:
        given: set[TextSpan] = set()
        words = [word.casefold() for word in _WORD.findall(item.text)] if self._terms else []
        if self._longest.keys().isdisjoint(words):
            return
        for index, word in enumerate(words):
            for length in range(min(self._longest.get(word, 0), len(words) - index), 0, -1):
                span = self._terms.get(tuple(words[index : index + length]))
                if span is None:
                    continue
                if span not in given and not span.overlaps(item.span):
                    given.add(span)
                    yield self._shortened(span)
                break

    def _references(self, item: Item) -> Iterator[_Piece]:
        given: set[SectionId] = set()
        for number in _referred(item.text):
            section = self._numbers.get(number)
            if section is None or section.id in given:
                continue
            span = self._projection.from_document(section.span)
            if not span.overlaps(item.span):
                given.add(section.id)
                yield self._shortened(span)

    def _before(self, item: Item) -> Iterator[_Piece]:
        end, most = item.span.start, _PIECE_TOKENS // 2
        span, count = self._words.last(most, TextSpan(max(0, end - 20 * _PIECE_TOKENS), end))
        yield span, min(count, most), False

    def _behind(self, item: Item) -> Iterator[_Piece]:
        start = min(item.span.end, len(self._text))
        end = min(len(self._text), start + 20 * _PIECE_TOKENS)
        yield self._shortened(TextSpan(start, end), _PIECE_TOKENS // 2)

    def _shortened(self, span: TextSpan, most: int = _PIECE_TOKENS) -> _Piece:
        """The first so many words of a span."""
        span, count = self._words.first(most, TextSpan(span.start, min(span.end, span.start + 40 * most)))
        return span, min(count, most), count > most


def _key(term: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORD.findall(term))


def _defined(projection: Projection, sections: Sequence[Section]) -> Iterator[tuple[str, TextSpan]]:
    """Terms with the words that define them: definitions of their own, then terms in brackets with their paragraph."""
    text = projection.text
    for section in sections:
        if section.kind is SectionKind.DEFINITION:
            own = projection.from_document(section.own)
            found = _AT_START.match(section.heading) or _AT_START.match(text, own.start, own.end)
            found = found or _BARE_START.match(text, own.start, own.end)
            term = found["term"] if found else section.heading
            if 0 < len(_key(term)) <= _MAX_TERM_WORDS:
                yield term, own
    last = 0
    for found in _INLINE.finditer(text) if sections else ():
        if 0 < len(_key(found["term"])) <= _MAX_TERM_WORDS:
            begin = max(last, text.rfind("\n", 0, found.start()) + 1, found.start() - 4 * _PIECE_TOKENS)
            last = found.end()
            yield found["term"], TextSpan(begin, last)


def _numbered(sections: Sequence[Section]) -> dict[str, Section]:
    """Sections by the numbers that others call them by: ``2.3``, ``2.3(a)``, ``schedule 1``; the first of each."""
    found: dict[str, Section] = {}
    names: dict[SectionId, str] = {}
    for section in sections:
        above = names.get(section.parent, "") if section.parent else ""
        name = _name(section, above)
        if name:
            names[section.id] = name
            found.setdefault(name, section)
    return found


def _name(section: Section, above: str) -> str:
    number = section.number.casefold().strip()
    if not number:
        return above
    if section.kind is SectionKind.SCHEDULE:
        return " ".join(number.split())
    mark = number.split()[-1].strip("().:ºª° ")
    if mark[:1].isdigit() and ("." in mark or not above or not number.startswith("(")):
        return mark
    han = re.fullmatch(r"第(.{1,4})[条條]", number)
    if han:
        return f"第{han[1]}"
    return f"{above}({mark})" if above else mark


def _referred(text: str) -> Iterator[str]:
    """The numbers that a text names, the exact one first, then what holds it."""
    holds = folded(text).__contains__
    for found in _REFERENCE.finditer(text) if any(map(holds, _CALLS)) else ():
        if found["han"]:
            yield f"第{found['han']}"
            continue
        number = found["number"].casefold()
        letters = re.findall(r"\(([^)]*)\)", found["letters"].casefold())
        for length in range(len(letters), -1, -1):
            yield number + "".join(f"({letter})" for letter in letters[:length])
    for found in _ATTACHED.finditer(text) if any(map(holds, _CALLS_APART)) else ():
        yield f"{found['kind']} {found['mark']}".casefold()


def _flat(text: str) -> str:
    return " ".join(text.split())
