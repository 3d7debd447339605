"""Reading fields of a TOML text by type, with every mistake named by file, line and field."""

import difflib
import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TypeAlias, TypeVar

from reviewer.domain.errors import ConfigError

Path: TypeAlias = tuple[str | int, ...]
_Choice = TypeVar("_Choice", bound=StrEnum)

_KEY = r"""(?:[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*')"""
_NAME = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_TOKEN = re.compile(
    rf"""
      ^[ \t]*(?P<header>\[\[?)[ \t]*(?P<table>{_NAME})[ \t]*\]\]?
    | ^[ \t]*(?P<key>{_NAME})[ \t]*=
    | (?P<text>\"\"\"(?:\\.|[^\\])*?\"\"\" | '''.*?''' | "(?:\\.|[^"\\\n])*" | '[^'\n]*')
    | (?P<comment>\#[^\n]*)
    | (?P<bracket>[\[\]{{}}])
    """,
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)
_SYNTAX_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
_SHOWN_CHARS = 40


class TomlFile:
    """A TOML text whose fields are read one by one; problems are gathered, so that a reader can go on after one.

    A field that is wrong is read as a harmless value of its type; `finish` raises before that value gets anywhere.

    Args:
        text: the file's content.
        name: the file's name, for messages.
        code: the error code of its problems, such as ``bad_workflow``.
    """

    def __init__(self, text: str, name: str, code: str) -> None:
        self._name = name
        self._code = code
        self._problems: list[tuple[int, str]] = []
        self._is_toml = True
        self._lines = field_lines(text)
        self.root = TomlTable(self, (), "", self._parse(text))

    def _parse(self, text: str) -> Mapping[str, object]:
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            message = str(error)
            place = _SYNTAX_PLACE.search(message)
            line = int(place[1]) if place and place[1] else text.count("\n") + 1
            column = f" (column {place[2]})" if place and place[2] else ""
            reason = _SYNTAX_PLACE.sub("", message)
            self._problems.append((line, f"this is not valid TOML: {reason[:1].lower()}{reason[1:]}{column}."))
            self._is_toml = False
            return {}

    def report(self, path: Path, sentence: str) -> None:
        """Notes a problem with a field, or with the nearest table around it that the text names.

        Nothing is noted of a text that is not TOML: what its fields are is not known.
        """
        if not self._is_toml:
            return
        while path and path not in self._lines:
            path = path[:-1]
        self._problems.append((self._lines.get(path, 1), sentence))

    @property
    def problems(self) -> tuple[str, ...]:
        """All problems so far in the order of lines, each one sentence with file and line."""
        return tuple(f"{self._name}, line {line}: {sentence}" for line, sentence in sorted(self._problems))

    def finish(self, hint: str) -> None:
        """Ends the reading.

        Raises:
            ConfigError: there is a problem; the first one, and how many more there are.
        """
        problems = self.problems
        if not problems:
            return
        more = len(problems) - 1
        rest = f" {more} more problem{'s' if more > 1 else ''} in this file." if more else ""
        raise ConfigError(self._code, problems[0], hint + rest)


class TomlTable:
    """One table of a `TomlFile`; ``label`` is how it is written in the file, such as ``[[handlers]]``."""

    def __init__(self, file: TomlFile, path: Path, label: str, values: Mapping[str, object]) -> None:
        self.values = values
        self._file = file
        self._path = path
        self._label = label

    def report(self, key: str, sentence: str) -> None:
        """Notes a problem at a key; at the table itself where the key is not there."""
        self._file.report((*self._path, key), sentence)

    def must(self, key: str, right: str) -> None:
        """Notes that a value is not what it should be: ``"votes" in [[handlers]] must be <right>, not "three".``."""
        self.report(key, f"{self.named(key)} must be {right}, not {shown(self.values.get(key))}.")

    def named(self, key: str) -> str:
        """A key as messages name it."""
        return f'"{key}" in {self._label}' if self._label else f'"{key}"'

    def allow(self, *keys: str) -> None:
        """Notes every key that is not one of these, with the nearest that is."""
        for key in self.values:
            if key not in keys:
                self.report(key, f"{self.named(key)} is not known; {nearest(key, keys)}")

    def _value(self, key: str, kind: type | tuple[type, ...], right: str, *, needed: bool) -> object | None:
        value = self.values.get(key)
        if value is None:
            if needed:
                self.report(key, f"{self.named(key)} is missing; it must be {right}.")
            return None
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.must(key, right)
            return None
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not blank; needed where there is no default."""
        value = self._value(key, str, "a text in quotes", needed=default is None)
        if value is None:
            return default or ""
        if default is None and not str(value).strip():
            self.must(key, "a text that is not blank")
        return str(value).strip()

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number from ``low`` to ``high``; needed where there is no default."""
        right = f"a whole number from {low} to {high}"
        value = self._value(key, int, right, needed=default is None)
        if not isinstance(value, int):
            return low if default is None else default
        if not low <= value <= high:
            self.must(key, right)
            return low
        return value

    def number(self, key: str, low: float, high: float, default: float) -> float:
        """A number from ``low`` to ``high``."""
        right = f"a number from {low:g} to {high:g}"
        value = self._value(key, (int, float), right, needed=False)
        if not isinstance(value, int | float):
            return default
        if not low <= value <= high:
            self.must(key, right)
            return default
        return float(value)

    def amount(self, key: str) -> float | None:
        """Any number, or None where the key is not there."""
        value = self._value(key, (int, float), "a number", needed=False)
        return float(value) if isinstance(value, int | float) else None

    def flag(self, key: str) -> bool | None:
        """True, false, or None where the key is not there."""
        value = self._value(key, bool, "true or false", needed=False)
        return value if isinstance(value, bool) else None

    def choice(self, key: str, choices: type[_Choice], default: _Choice | None = None) -> _Choice:
        """One of the words of an enumeration; needed where there is no default."""
        words = [choice.value for choice in choices]
        right = f"one of {listed(words)}"
        value = self._value(key, str, right, needed=default is None)
        if value in words:
            return choices(value)
        if value is not None:
            self.must(key, right)
        return next(iter(choices)) if default is None else default

    def choices(self, key: str, choices: type[_Choice]) -> tuple[_Choice, ...]:
        """A list of words of an enumeration; empty where the key is not there."""
        words, given = [choice.value for choice in choices], self.texts(key)
        self.known(key, given, words)
        return tuple(choices(word) for word in given if word in words)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, none blank; empty where the key is not there."""
        right = "a list of texts in quotes"
        value = self._value(key, list, right, needed=False)
        if not isinstance(value, list):
            return ()
        if not all(isinstance(each, str) and each.strip() for each in value):
            self.report(key, f"{self.named(key)} must be {right}, none of them blank.")
            return ()
        return tuple(value)

    def known(self, key: str, words: Iterable[str], known: Sequence[str]) -> None:
        """Notes every word of a key's list that is not known, with the nearest that is."""
        for word in words:
            if word not in known:
                self.report(key, f"{self.named(key)} names {shown(word)}; {nearest(word, known)}")

    def named_texts(self, key: str) -> dict[str, str]:
        """A table of texts under names of the file's own; empty where it is not there."""
        table = self.table(key, needed=False)
        return {name: table.text(name) for name in table.values} if table else {}

    def named_amounts(self, key: str) -> dict[str, float]:
        """A table of numbers above 0 under names of the file's own; empty where it is not there."""
        table = self.table(key, needed=False)
        found = {name: table.amount(name) for name in table.values} if table else {}
        for name, amount in found.items():
            if table and amount is not None and amount <= 0:
                table.must(name, "a number above 0")
        return {name: amount for name, amount in found.items() if amount is not None}

    def table(self, key: str, *, needed: bool = True) -> "TomlTable | None":
        """A table below this one; None where it is not there and, if it is needed, that was noted."""
        label = f"[{self._name(key)}]"
        if key not in self.values:
            if needed:
                self.report(key, f"the table {label} is missing.")
            return None
        value = self.values[key]
        if not isinstance(value, dict):
            self.report(key, f'"{key}" must be a table that begins with a line {label}.')
            return None
        return TomlTable(self._file, (*self._path, key), label, value)

    def tables(self, key: str) -> "tuple[TomlTable, ...]":
        """The tables of an array, in order; empty where there is none."""
        label = f"[[{self._name(key)}]]"
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self.report(key, f'"{key}" must be tables that each begin with a line {label}.')
            return ()
        return tuple(TomlTable(self._file, (*self._path, key, index), label, each) for index, each in enumerate(value))

    def _name(self, key: str) -> str:
        return ".".join(str(part) for part in (*self._path, key) if isinstance(part, str))


def unique_ids(tables: Sequence[TomlTable], ids: Sequence[str]) -> None:
    """Notes every id that an earlier table has already."""
    for index, (table, each) in enumerate(zip(tables, ids, strict=True)):
        if each and each in ids[:index]:
            table.report("id", f"{table.named('id')} is {shown(each)}, which another has already; ids must differ.")


def nearest(word: str, known: Iterable[str]) -> str:
    """The end of a sentence about a word that is not known: the nearest that is, else all that are."""
    words = list(known)
    close = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    return f'did you mean "{close[0]}"?' if close else f"known: {listed(words)}."


def listed(words: Iterable[str]) -> str:
    """Words as a sentence lists them."""
    return ", ".join(words) or "none"


def shown(value: object) -> str:
    """A value as a message shows it: short, on one line."""
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, str | bool | int | float):
        text = json.dumps(value, ensure_ascii=False)
        return text if len(text) <= _SHOWN_CHARS else f"{text[:_SHOWN_CHARS]}…"
    return str(value)


def field_lines(text: str) -> dict[Path, int]:
    """The line, from 1, on which each table and key of a TOML text begins, and each table of an array in brackets.

    Keys inside brackets are not listed.
    """
    lines: dict[Path, int] = {(): 1}
    counts: dict[Path, int] = {}
    table: Path = ()
    key: Path = ()
    depth, line, position, listed_tables = 0, 1, 0, 0
    for token in _TOKEN.finditer(text):
        line += text.count("\n", position, token.start())
        position = token.start()
        if token["bracket"]:
            if token["bracket"] == "{" and depth == 1:
                lines[(*key, listed_tables)] = line
                listed_tables += 1
            depth += 1 if token["bracket"] in "[{" else -1
        elif depth == 0 and token["table"]:
            table = _table_path(token["table"], counts, is_array=len(token["header"]) > 1)
            lines.setdefault(table, line)
        elif depth == 0 and token["key"]:
            key, listed_tables = (*table, *_parts(token["key"])), 0
            lines.setdefault(key, line)
    return lines


def _table_path(name: str, counts: dict[Path, int], *, is_array: bool) -> Path:
    """The path of a table header; parts that name an array stand for its latest table."""
    path: Path = ()
    *above, last = _parts(name)
    for part in above:
        path = (*path, part)
        if path in counts:
            path = (*path, counts[path] - 1)
    path = (*path, last)
    if not is_array:
        return path
    counts[path] = counts.get(path, 0) + 1
    return (*path, counts[path] - 1)


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(_KEY, name))
