"""Who changed how much in a Word document that keeps track of its changes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reviewer.domain.document import DocumentWarning
from reviewer.parsing.docx_package import MC, W
from reviewer.parsing.zip_parts import Element

_KINDS = {W + "ins": "insertion", W + "del": "deletion", W + "moveTo": "move", W + "moveFrom": "move away"}
_FORMATTING = {
    W + name
    for name in ("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange", "numberingChange")
}
_TEXT = (W + "t", W + "delText")
_SHOWN_AUTHORS = 5
_SHOWN_CHARS = 60


@dataclass(slots=True)
class _Tally:
    """What one author did: number and characters of each kind of change."""

    counts: dict[str, int] = field(default_factory=dict)
    characters: dict[str, int] = field(default_factory=dict)

    def add(self, kind: str, characters: int, count: int = 1) -> None:
        self.counts[kind] = self.counts.get(kind, 0) + count
        self.characters[kind] = self.characters.get(kind, 0) + characters


def change_warnings(roots: Iterable[Element]) -> Iterator[DocumentWarning]:
    """One warning that says who changed how much in the parts of a document, or none."""
    tallies: dict[str, _Tally] = {}
    for root in roots:
        for element in root.iter(*_KINDS, *_FORMATTING):
            if next(element.iterancestors(MC + "Fallback"), None) is None:
                author = element.get(W + "author", "").strip()[:_SHOWN_CHARS] or "somebody"
                _add(tallies.setdefault(author, _Tally()), element)
    if not tallies:
        return
    people = [f"{author}: {_written(tally)}" for author, tally in list(tallies.items())[:_SHOWN_AUTHORS]]
    if len(tallies) > _SHOWN_AUTHORS:
        people.append(f"and {len(tallies) - _SHOWN_AUTHORS} more")
    changes = "; by ".join(people) if len(tallies) <= _SHOWN_AUTHORS else "; ".join(people)
    yield DocumentWarning("tracked_changes", f"Tracked changes by {changes}; read as if all were accepted.")


def _add(tally: _Tally, element: Element) -> None:
    """Word cuts one change into many elements; those next to each other are one."""
    parent = element.getparent()
    if element.tag in _FORMATTING:
        tally.add("formatting change", 0)
    elif parent is not None and parent.tag == W + "rPr":
        tally.add("changed paragraph end", 0)
    elif parent is not None and parent.tag == W + "trPr":
        tally.add("changed table row", 0)
    else:
        before = element.getprevious()
        goes_on = (
            before is not None and before.tag == element.tag and before.get(W + "author") == element.get(W + "author")
        )
        characters = sum(len(text.text or "") for text in element.iter(*_TEXT))
        tally.add(_KINDS[element.tag], characters, 0 if goes_on else 1)


def _written(tally: _Tally) -> str:
    counts = dict(tally.counts)
    if "move" in counts:  # a move is in the file twice
        counts.pop("move away", None)
    parts = []
    for kind, count in counts.items():
        characters = tally.characters[kind]
        noun = kind if count == 1 else "moves away" if kind == "move away" else f"{kind}s"
        parts.append(
            f"{count:,} {noun}" + (f" ({characters:,} character{'s' * (characters != 1)})" if characters else "")
        )
    return ", ".join(parts)
