"""Changing a playbook's text: one position's words or the position itself, and nothing else."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace

from reviewer.domain.errors import ConfigError
from reviewer.domain.playbook import Fallback, Playbook, Position
from reviewer.domain.playbook_file import read_playbook
from reviewer.domain.toml_fields import Path, field_lines

_VERSION = re.compile(r"(?m)^version\s*=\s*\d+")
_LISTS = ("deal_breakers", "interacts_with")


def with_preferred(text: str, name: str, position: str, wording: str) -> str:
    """A playbook's text with another preferred wording of a position, and the next version.

    Args:
        text: the playbook's, in order.
        name: its file name, for messages.
        position: the position's id.
        wording: the new wording.

    Raises:
        ConfigError: ``no_such_position``, ``no_wording``; ``bad_playbook`` where the text is not in order or is written
            so that only its author can change it.
    """
    book = read_playbook(text, name)
    at = _index(book, position)
    lines = text.split("\n")
    _put(lines, field_lines(text), ("positions", at, "wording"), f"wording = {_quoted(_given(wording))}")
    changed = replace(book.positions[at], wording=wording.strip())
    return _checked(book, _next_version(book, lines), name, _swapped(book, at, changed))


def with_fallback(text: str, name: str, position: str, wording: str, description: str) -> str:
    """A playbook's text with a further fallback of a position, ranked last, and the next version.

    Args and errors are those of `with_preferred`; ``description`` says in plain words when it is acceptable.
    """
    book = read_playbook(text, name)
    at = _index(book, position)
    old = book.positions[at]
    made = Fallback(len(old.fallbacks) + 1, description.strip(), _given(wording))
    lines = text.split("\n")
    end = _end(lines, field_lines(text), ("positions", at))
    fields = (f"rank = {made.rank}", f"description = {_quoted(made.description)}", f"wording = {_quoted(made.wording)}")
    lines[end:end] = ["", "[[positions.fallbacks]]", *fields]
    changed = replace(old, fallbacks=(*old.fallbacks, made))
    return _checked(book, _next_version(book, lines), name, _swapped(book, at, changed))


def without_position(text: str, name: str, position: str) -> str:
    """A playbook's text without a position and the rules that rest on it, and the next version.

    Args and errors are those of `with_preferred`; besides ``bad_playbook`` for its last position.
    """
    book = read_playbook(text, name)
    at = _index(book, position)
    places, lines = field_lines(text), text.split("\n")
    gone = [("positions", at)]
    for index, rule in enumerate(book.interactions):
        if any(part.position == position for part in rule.when):
            gone.append(("interactions", index))
    _unname(lines, places, book, position)
    for place in sorted(gone, key=lambda each: -places[each]):
        del lines[places[place] - 1 : _end(lines, places, place)]
    left = tuple(
        replace(each, interacts_with=_less(each.interacts_with, position))
        for each in book.positions
        if each.id != position
    )
    header = replace(book.header, deal_breakers=_less(book.header.deal_breakers, position))
    rules = tuple(each for each in book.interactions if all(part.position != position for part in each.when))
    return _checked(
        book, _next_version(book, lines), name, replace(book, positions=left, header=header, interactions=rules)
    )


def _unname(lines: list[str], places: dict[Path, int], book: Playbook, position: str) -> None:
    """Takes a position out of the lists that name it."""
    owners: list[tuple[Path, str, Sequence[str]]] = [((), _LISTS[0], book.header.deal_breakers)]
    owners += [(("positions", at), _LISTS[1], each.interacts_with) for at, each in enumerate(book.positions)]
    for owner, key, listed in owners:
        if position in listed:
            named = ", ".join(_quoted(each) for each in _less(listed, position))
            _put(lines, places, (*owner, key), f"{key} = [{named}]")


def _less(listed: Sequence[str], position: str) -> tuple[str, ...]:
    return tuple(each for each in listed if each != position)


def _index(book: Playbook, position: str) -> int:
    ids = [each.id for each in book.positions]
    if position not in ids:
        known = f"Known are: {', '.join(ids)}."
        raise ConfigError("no_such_position", f"The playbook has no position {position!r}.", known)
    return ids.index(position)


def _given(wording: str) -> str:
    if not wording.strip():
        raise ConfigError("no_wording", "There is no wording to keep.", "Write the words that the clause should have.")
    return wording.strip()


def _swapped(book: Playbook, at: int, position: Position) -> Playbook:
    return replace(book, positions=(*book.positions[:at], position, *book.positions[at + 1 :]))


def _put(lines: list[str], places: dict[Path, int], path: Path, written: str) -> None:
    """Writes a key that stands on one line anew; one that stands on more is told by `_checked`."""
    lines[places[path] - 1] = written


def _end(lines: list[str], places: dict[Path, int], table: Path) -> int:
    """How many lines there are up to the last of a table of an array, remarks and blank lines behind it left out."""
    start = places[table]
    later = [line for path, line in places.items() if line > start and path[: len(table)] != table]
    end = min(later, default=len(lines) + 1) - 1
    while not lines[end - 1].strip() or lines[end - 1].startswith("#"):
        end -= 1
    return end


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _next_version(book: Playbook, lines: Sequence[str]) -> str:
    return _VERSION.sub(f"version = {book.version + 1}", "\n".join(lines), count=1)


def _checked(before: Playbook, text: str, name: str, wanted: Playbook) -> str:
    """The text, where it reads as what was wanted and nothing else changed."""
    expected = replace(wanted, version=before.version + 1, digest="")
    try:
        found = replace(read_playbook(text, name), digest="")
    except ConfigError:
        found = before
    if found != expected:
        raise ConfigError(
            "bad_playbook",
            f"{name} is written in a way that cannot be changed from here.",
            "Change it in a text editor.",
        )
    return text
