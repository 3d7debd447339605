"""Sectioning: a document's sections become the items that are routed and handled, each on its own."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from reviewer.domain.anchor import TextSpan
from reviewer.domain.clause import Clause, clauses_of
from reviewer.domain.document import Document
from reviewer.domain.ids import SectionId
from reviewer.domain.projection import Projection
from reviewer.domain.section import Section, SectionKind
from reviewer.domain.task import Item
from reviewer.domain.workflow import BY_SECTIONS, SplitNode, SplitUnit
from reviewer.engine.units import cut_units

MIN_LANGUAGE_CHARS = 100
MIN_LANGUAGE_CONFIDENCE = 0.9

Identify = Callable[[str], tuple[str, float]]


def make_items(
    document: Document, projection: Projection, sections: Sequence[Section], split: SplitNode, identify: Identify
) -> tuple[Item, ...]:
    """The items of a document, in order; items without a visible character are left out.

    A section is one item with all it contains. Where that is longer than ``split.max_chars`` and it has children, its
    own text is one item and each child is treated alike. Under the unit *heading* every section is an item of its own.
    Linear in the number of sections and characters.
    """
    most = 0 if split.unit is SplitUnit.HEADING else split.max_chars
    maker = _ItemMaker(document, projection, sections, most, identify)
    items = [maker.whole()] if split.unit is SplitUnit.DOCUMENT else maker.sections()
    return tuple(item for item in items if item.text.strip())


def items_within(
    document: Document,
    projection: Projection,
    sections: Sequence[Section],
    splits: Mapping[str, SplitNode],
    identify: Identify,
) -> dict[str, tuple[Item, ...]]:
    """The items of the workflows that parts of a document are handed to, by their ids.

    Their parts are among the document's sections, so that results stand at places that its report has: what cuts in
    other ways is refused before (`reviewer.domain.workflow_check`), and handles each part as it gets it.
    """
    found = {}
    for name, split in splits.items():
        if split.unit in BY_SECTIONS:
            cut = cut_units(document, projection, sections, split)
            found[name] = make_items(document, projection, cut, split, identify)
    return found


class _ItemMaker:
    def __init__(
        self,
        document: Document,
        projection: Projection,
        sections: Sequence[Section],
        max_chars: int,
        identify: Identify,
    ) -> None:
        self._document = document
        self._projection = projection
        self._max_chars = max_chars
        self._identify = identify
        self._clauses = clauses_of(projection, sections)
        self._children: dict[SectionId | None, list[Section]] = defaultdict(list)
        for section in sections:
            self._children[section.parent].append(section)

    def whole(self) -> Item:
        text = self._projection.text
        title = self._document.title
        language = self._language(text)
        span = TextSpan(0, len(text))
        return Item(self._document.id, None, SectionKind.OTHER, title, title, text, span, language, self._clauses)

    def sections(self) -> list[Item]:
        found: list[Item] = []
        waiting = [(section, "") for section in reversed(self._children[None])]
        while waiting:
            section, above = waiting.pop()
            path = f"{above} > {_title(section)}" if above else _title(section)
            parts = self._children[section.id]
            if len(section.span) > self._max_chars and parts:
                found.append(self._item(section, section.own, path))
                waiting.extend((part, path) for part in reversed(parts))
            else:
                found.append(self._item(section, section.span, path))
        return found

    def _item(self, section: Section, span: TextSpan, path: str) -> Item:
        place = self._projection.from_document(span)
        text = place.of(self._projection.text)
        first, last = (bisect_left(self._clauses, edge, key=_start) for edge in (place.start, place.end))
        return Item(
            document=self._document.id,
            section=section.id,
            kind=section.kind,
            heading=section.heading,
            path=path,
            text=text,
            span=place,
            language=self._language(text),
            clauses=self._clauses[first:last],
        )

    def _language(self, text: str) -> str:
        """The item's own language where it is long and clear enough, else the document's."""
        if len(text) < MIN_LANGUAGE_CHARS:
            return self._document.language
        language, confidence = self._identify(text)
        return language if confidence >= MIN_LANGUAGE_CONFIDENCE else self._document.language


def _start(clause: Clause) -> int:
    return clause.span.start


def _title(section: Section) -> str:
    return f"{section.number} {section.heading}".strip() or section.kind.value
