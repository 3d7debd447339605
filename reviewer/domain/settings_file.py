"""Reading a file of settings."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from reviewer.domain.errors import ConfigError
from reviewer.domain.setting_kinds import Value
from reviewer.domain.settings import INVALID, KEYS, NEWER, Key, Setting, Source, near_key
from reviewer.domain.toml_fields import Path, TomlFile, field_lines, shown

VERSION = 1
"""Of the format. A file that names none is of this version."""
_LAST_VERSION = 2**31
_HINT = "Correct it there; nothing was changed."


@dataclass(frozen=True, slots=True)
class FileLayer:
    """What a file sets.

    Attributes:
        warnings: what of it is not understood and has no effect, each one sentence with file and line.
    """

    settings: Mapping[str, Setting] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def read_settings(text: str, name: str, source: Source) -> FileLayer:
    """The settings of a file's text. A file of a newer version is read as far as it is understood.

    Args:
        text: the whole file.
        name: the file's, for messages and origins.
        source: the user's file or a workspace's.

    Raises:
        ConfigError: ``settings_invalid``: it is no TOML, a value is wrong, or a key is a typing mistake; names file,
            line, key and the nearest key.
    """
    return _Reading(text, name, source).layer()


def check_writable(text: str, name: str) -> None:
    """Makes sure that a file may be changed: it is TOML, and not of a newer version.

    Raises:
        ConfigError: ``settings_invalid`` or ``settings_newer``.
    """
    file = TomlFile(text, name, INVALID)
    version = _version(file)
    file.finish(_HINT)
    if version > VERSION:
        raise ConfigError(
            NEWER,
            f"{name} was written by a newer version of Reviewer, so it is read but not changed.",
            "Update Reviewer, or name another file with --config.",
        )


class _Reading:
    """One file on its way to a layer."""

    def __init__(self, text: str, name: str, source: Source) -> None:
        self._name = name
        self._source = source
        self._file = TomlFile(text, name, INVALID)
        self._lines = field_lines(text)
        self._is_newer = _version(self._file) > VERSION
        self._warnings: list[str] = []

    def layer(self) -> FileLayer:
        found = {}
        for path, raw in _leaves(self._file.root.values):
            key = KEYS.get(".".join(path))
            if key is None:
                self._take_unknown(path, ".".join(path), [*KEYS, "version"])
                continue
            self._check_fields(path, raw, key.kind.fields)
            value = self._value(path, key, raw)
            if value is not None:
                found[key.name] = Setting(value, self._source, self._name, self._line(path))
        if not self._is_newer:
            self._file.finish(_HINT)
        return FileLayer(found, (*self._file.problems, *self._warnings))

    def _value(self, path: Path, key: Key, raw: object) -> Value | None:
        if self._source is Source.PROJECT and not key.is_shared:
            self._file.report(path, f'"{key.name}" is each user\'s own; it cannot stand in the file of a workspace.')
            return None
        value = key.kind.read(raw)
        if value is None:
            instead = "" if isinstance(raw, list) else f", not {shown(raw)}"
            self._file.report(path, f'"{key.name}" must be {key.kind.right}{instead}.')
        return value

    def _check_fields(self, path: Path, raw: object, known: tuple[str, ...]) -> None:
        for index, model in enumerate(raw if known and isinstance(raw, list) else ()):
            for name in model if isinstance(model, Mapping) else ():
                if name not in known:
                    self._take_unknown((*path, index, name), name, known)

    def _take_unknown(self, path: Path, name: str, known: Iterable[str]) -> None:
        """A typing mistake is a problem; anything else may mean something to a newer version, and is let be."""
        near = None if self._is_newer else near_key(name, known)
        if near:
            self._file.report(path, f'"{name}" is not known; did you mean "{near}"?')
        else:
            sentence = f'"{name}" is not known to this version; it is kept, and has no effect.'
            self._warnings.append(f"{self._name}, line {self._line(path)}: {sentence}")

    def _line(self, path: Path) -> int:
        """The line of a key, or of the nearest table around it that the text names."""
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]


def _version(file: TomlFile) -> int:
    return file.root.whole("version", 1, _LAST_VERSION, default=VERSION)


def _leaves(values: Mapping[str, object], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    """Every value that is no table, and every table that stands where a value belongs; not the version."""
    for name, raw in values.items():
        path = (*above, name)
        if isinstance(raw, Mapping) and ".".join(path) not in KEYS:
            yield from _leaves(raw, path)
        elif path != ("version",):
            yield path, raw
