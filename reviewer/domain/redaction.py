"""Redaction: placeholders for what must not be sent, and the way back.

The text that a model reads holds ``[PARTY_1]`` where the document holds a listed name; its reply is read with the names
put back, so that quotes are checked against the document itself. One `Redaction` serves one document: the same words
have the same placeholder everywhere in it, and the same document and list give the same placeholders again.
"""

import json
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from reviewer.domain.anchor import TextSpan
from reviewer.domain.identifiers import IdentifierKind, find_identifiers
from reviewer.domain.ids import Json
from reviewer.domain.line_ids import apart_from_marks
from reviewer.domain.listed import clean_terms, term_pattern
from reviewer.domain.normal import NormalText

PARTY, NUMBER = "PARTY", "NUMBER"
"""Listed words with letters, and without."""
ALL_KINDS = frozenset(IdentifierKind)
UNKNOWN = "[REDACTED]"
"""For an identifier that stands in none of the texts that the placeholders were made for; there is no way back."""

_KIND = "|".join([PARTY, NUMBER, *(each.value.upper() for each in IdentifierKind)])
_SAID = re.compile(
    rf"[\[［【]\s?(?P<a>{_KIND})\\{{0,2}}[ _-]?\s?(?P<b>\d{{1,6}})(?:\s?[\]］】])?"
    rf"|(?<![^\W_])(?P<c>{_KIND})\\{{0,2}}_(?P<d>\d{{1,6}})(?![^\W_])[\]］】]?"
    rf"|(?<![^\W_])(?P<e>{_KIND})[ -](?P<f>\d{{1,6}})\s?[\]］】]",
    re.IGNORECASE,
)
"""A placeholder as models write it: in another case, with a bracket or the line lost, escaped."""
_TAKEN = re.compile(rf"({_KIND})[\s_-]{{0,2}}(\d{{1,6}})", re.IGNORECASE)
_LINE_HYPHEN = re.compile(r"[-\u2010\u00ad][^\S\n]*\r?\n\s*")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_LINE_END = re.compile(r"\n")
_ESCAPE = re.compile(r"\\[bfnrt]")
_AROUND = 24


@dataclass(frozen=True, slots=True)
class RedactionRules:
    """What is replaced: words that the user listed, and kinds of identifiers."""

    terms: tuple[str, ...] = ()
    kinds: frozenset[IdentifierKind] = ALL_KINDS

    @classmethod
    def of(cls, terms: Iterable[str], kinds: frozenset[IdentifierKind] = ALL_KINDS) -> "RedactionRules":
        """Rules over listed words as they were typed."""
        return cls(clean_terms(terms), kinds)


@dataclass(frozen=True, slots=True)
class RedactionChoice:
    """What a user wants replaced.

    Attributes:
        terms: names and numbers; they are kept also where nothing is replaced now.
        patterns: identifiers, too.
        local: also for models on this computer.
    """

    is_on: bool = False
    terms: tuple[str, ...] = ()
    patterns: bool = True
    local: bool = False

    def with_list(self, terms: Iterable[str], *, is_on: bool) -> "RedactionChoice":
        """This choice and another list; on where either is. Nothing takes a name off."""
        return replace(self, is_on=self.is_on or is_on, terms=clean_terms([*self.terms, *terms]))

    @property
    def rules(self) -> RedactionRules:
        """What is replaced where it is on."""
        return RedactionRules.of(self.terms, ALL_KINDS if self.patterns else frozenset())

    @property
    def identity(self) -> list[Json]:
        """What of it decides a run's results; nothing where it is off."""
        return [list(self.terms), self.patterns, self.local] if self.is_on else []


@dataclass(frozen=True, slots=True)
class Replaced:
    """A place that is replaced: its span in the text, the placeholder, and the words as they are put back."""

    span: TextSpan
    placeholder: str
    words: str


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A row of the table: a placeholder, its kind, the words it stands for, and at how many places."""

    name: str
    kind: str
    words: tuple[str, ...]
    places: int


@dataclass(frozen=True, slots=True)
class _Found:
    span: TextSpan
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class _Occurrence:
    """Words with what stands around them; letters and digits only, in lower case."""

    words: str
    before: str
    after: str


class Redaction:
    """The placeholders of one document. Built in time linear in the texts, times the number of listed words.

    Args:
        rules: what is replaced.
        text: the document's, as it is sent: that of a projection.
        others: what is sent besides, such as title and file name.
    """

    def __init__(self, rules: RedactionRules, text: str, others: Sequence[str] = ()) -> None:
        self._text = text
        self._terms = [(each, term_pattern(each)) for each in rules.terms]
        self._kinds = rules.kinds
        found = [self._find(each) for each in (text, *others)]
        self._names = self._numbered(found, _taken((text, *others)))
        self.replaced = tuple(self._replaced(text, found[0]))
        """Every place of the text that is replaced, in order; none overlaps another."""
        self._starts = [each.span.start for each in self.replaced]
        self._occurrences: dict[str, list[_Occurrence]] = {}
        self._note(self._text, self.replaced)
        for each, places in zip(others, found[1:], strict=True):
            self._note(each, tuple(self._replaced(each, places)))

    @cached_property
    def table(self) -> tuple[Placeholder, ...]:
        """The placeholders that are used, in order of kind and number."""
        places = Counter(each.placeholder for each in self.replaced)
        rows = [
            Placeholder(
                name, name[1:].partition("_")[0], tuple(dict.fromkeys(each.words for each in said)), places[name]
            )
            for name, said in self._occurrences.items()
        ]
        return tuple(sorted(rows, key=lambda row: (row.kind, len(row.name), row.name)))

    @cached_property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """Kinds, in alphabetical order, and at how many places of the text each is replaced."""
        return tuple(sorted(Counter(each.placeholder[1:].partition("_")[0] for each in self.replaced).items()))

    def of_span(self, span: TextSpan) -> str:
        """The text of a span with placeholders. A place that the span cuts is replaced whole; line ends are kept."""
        parts, done = [], span.start
        first = bisect_left(self._starts, span.start)
        if first and self.replaced[first - 1].span.end > span.start:
            first -= 1
        for place in self.replaced[first:]:
            if place.span.start >= span.end:
                break
            start, end = max(place.span.start, span.start), min(place.span.end, span.end)
            parts += [self._text[done:start], place.placeholder, "\n" * self._text.count("\n", start, end)]
            done = end
        return "".join([*parts, self._text[done : span.end]])

    def of_text(self, text: str) -> str:
        """Another text about the document, with the same placeholders."""
        return _sent(text, list(self._replaced(text, self._find(text))))[0]

    def of_message(self, message: str, fence: str) -> str:
        """A prompt with placeholders; its fence and line ids, which may look like numbers of persons, stay."""
        pieces = apart_from_marks(message, fence)
        return "".join(piece if place % 2 else self.of_text(piece) for place, piece in enumerate(pieces))

    def restored(self, reply: str) -> str:
        """A reply in JSON with the document's words in place of placeholders, however the model wrote these.

        Where the document sets the words in several ways, those are taken whose neighbours are the placeholder's, too.
        """
        return _SAID.sub(lambda said: self._put_back(said, reply), reply)

    def _put_back(self, said: re.Match[str], reply: str) -> str:
        kind, number = (next(filter(None, said.group(*names))) for names in (("a", "c", "e"), ("b", "d", "f")))
        known = self._occurrences.get(f"[{kind.upper()}_{int(number)}]")
        if known is None:
            return said[0]
        before, after = _before(reply, said.start()), _after(reply, said.end())
        nearest = max(known, key=lambda each: _alike(each.before[::-1], before[::-1]) + _alike(each.after, after))
        return json.dumps(nearest.words, ensure_ascii=False)[1:-1]

    def _note(self, text: str, places: Sequence[Replaced]) -> None:
        """Keeps the words of places with what is sent around them."""
        sent, starts = _sent(text, places)
        for place, start in zip(places, starts, strict=True):
            end = start + len(place.placeholder)
            said = _Occurrence(place.words, _before(sent, start), _after(sent, end))
            self._occurrences.setdefault(place.placeholder, []).append(said)

    def _find(self, text: str) -> list[_Found]:
        """What is replaced in a text, in order; what overlaps is one, and named after its longest."""
        normal = NormalText(text)
        found = [
            _Found(TextSpan(*match.span()), PARTY if any(map(str.isalpha, term)) else NUMBER, term)
            for term, pattern in self._terms
            for match in pattern.finditer(normal.text)
        ]
        found += [
            _Found(each.span, each.kind.value.upper(), each.value)
            for each in find_identifiers(_with_line_ends(normal, text), self._kinds)
        ]
        return [_Found(normal.source(each.span), each.kind, each.value) for each in _merged(found)]

    def _numbered(self, found: Sequence[Sequence[_Found]], taken: set[tuple[str, int]]) -> dict[tuple[str, str], str]:
        """Placeholders by kind and value: listed words as they are listed, identifiers as they are met."""
        wanted = [(PARTY if any(map(str.isalpha, term)) else NUMBER, term) for term, _ in self._terms]
        wanted += [(each.kind, each.value) for places in found for each in places]
        last: Counter[str] = Counter()
        names = {}
        for kind, value in dict.fromkeys(wanted):
            last[kind] += 1
            while (kind, last[kind]) in taken:
                last[kind] += 1
            names[kind, value] = f"[{kind}_{last[kind]}]"
        return names

    def _replaced(self, text: str, found: Sequence[_Found]) -> Iterator[Replaced]:
        for each in found:
            yield Replaced(each.span, self._names.get((each.kind, each.value), UNKNOWN), _words(each, text))


def _with_line_ends(normal: NormalText, text: str) -> str:
    """A normal text whose blanks are line ends again where they were."""
    signs = list(normal.text)
    for found in _LINE_END.finditer(text):
        place = normal.normal(TextSpan(found.start(), found.start())).start
        if signs[place : place + 1] == [" "]:
            signs[place] = "\n"
    return "".join(signs)


def _merged(found: Iterable[_Found]) -> list[_Found]:
    merged: list[_Found] = []
    for each in sorted(found, key=lambda found: (found.span.start, -found.span.end)):
        last = merged[-1] if merged else None
        if last is None or last.span.end <= each.span.start:
            merged.append(each)
            continue
        longer = each if len(each.span) > len(last.span) else last
        whole = TextSpan(last.span.start, max(last.span.end, each.span.end))
        merged[-1] = _Found(whole, longer.kind, longer.value)
    return merged


def _taken(texts: Iterable[str]) -> set[tuple[str, int]]:
    """What texts hold that could be taken for a placeholder."""
    return {(found[1].upper(), int(found[2])) for text in texts for found in _TAKEN.finditer(text)}


def _words(found: _Found, text: str) -> str:
    """Words as they are put back: on one line, without the typesetter's hyphens."""
    whole = found.span.of(text)
    kept = "-" if "-" in found.value else ""
    return " ".join(_UNSEEN.sub("", _LINE_HYPHEN.sub(kept, whole)).split())


def _sent(text: str, places: Sequence[Replaced]) -> tuple[str, list[int]]:
    """A text with placeholders, and where in it each of them begins."""
    parts: list[str] = []
    starts: list[int] = []
    done = length = 0
    for place in places:
        between = text[done : place.span.start]
        starts.append(length + len(between))
        length = starts[-1] + len(place.placeholder)
        parts += [between, place.placeholder]
        done = place.span.end
    return "".join([*parts, text[done:]]), starts


def _before(text: str, end: int) -> str:
    return _letters(text[max(0, end - _AROUND) : end])


def _after(text: str, start: int) -> str:
    return _letters(text[start : start + _AROUND])


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, _ESCAPE.sub(" ", text))).lower()


def _alike(left: str, right: str) -> int:
    """How many characters two texts begin with alike."""
    return next(
        (place for place, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]),
        min(len(left), len(right)),
    )
