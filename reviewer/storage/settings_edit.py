"""Changing settings in a TOML text: comments, order and what is not known stay as they are."""

import tomllib
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from reviewer.domain.setting_kinds import Value, written
from reviewer.domain.settings_file import VERSION

_Tables = MutableMapping[str, Any]


class UneditableError(Exception):
    """The text is good TOML, and still it could not be changed without a risk to something else in it."""


def edited(text: str, changes: Mapping[str, Value | None]) -> str:
    """The text with some keys set, or taken out where the value is None. The same text where that changes nothing.

    Args:
        text: good TOML.
        changes: values by the names of keys.

    Raises:
        UneditableError: the result would not be what it should.
    """
    wanted = tomllib.loads(text)
    before = dict(_leaves(wanted))
    for name, value in changes.items():
        _put(wanted, name, _raw(value, _at(wanted, name)))
    if dict(_leaves(wanted)) == before:
        return text
    result = _rewritten(_with_version(text), wanted, changes)
    wanted.setdefault("version", VERSION)
    if result is None or dict(_leaves(tomllib.loads(result))) != dict(_leaves(wanted)):
        raise UneditableError
    return result


def _rewritten(text: str, wanted: _Tables, changes: Mapping[str, Value | None]) -> str | None:
    """The text by tomlkit; None where tables that are scattered over a text are too much for it."""
    try:
        document = tomlkit.parse(text)
        for name in changes:
            raw = _at(wanted, name)
            _put(document, name, _array(raw) if isinstance(raw, list) else raw)
        result = tomlkit.dumps(document)
        tomllib.loads(result)
    except (TOMLKitError, tomllib.TOMLDecodeError):
        return None
    return result


def _with_version(text: str) -> str:
    if "version" in tomllib.loads(text):
        return text
    end = "\r\n" if "\r\n" in text else "\n"
    return f"version = {VERSION}{end}{text}"


def _at(tables: Mapping[str, Any], name: str) -> Any:
    *above, last = name.split(".")
    for each in above:
        tables = tables.get(each, {})
        if not isinstance(tables, Mapping):
            raise UneditableError
    return tables.get(last)


def _put(tables: _Tables, name: str, raw: Any) -> None:
    *above, last = name.split(".")
    for each in above:
        tables = tables.setdefault(each, {})
    is_list_of_tables = isinstance(tables.get(last), list) and not isinstance(tables.get(last), tomlkit.items.Array)
    if raw is None or is_list_of_tables:
        tables.pop(last, None)
    if raw is not None:
        tables[last] = raw


def _raw(value: Value | None, old: Any) -> Any:
    """A value as plain TOML; of a model that stays, what is not known about it stays too."""
    raw = None if value is None else written(value)
    if not isinstance(raw, list) or all(isinstance(each, str) for each in raw):
        return raw
    known = [each for each in old if isinstance(each, dict)] if isinstance(old, list) else []
    models = []
    for model in raw:
        kept: dict[str, Any] = next((each for each in known if each.get("name") == model["name"]), {})
        models.append({name: each for name, each in {**kept, **model}.items() if each is not None})
    return models


def _array(raw: list[Any]) -> tomlkit.items.Array:
    array = tomlkit.array().multiline(multiline=bool(raw))
    for each in raw:
        array.append(each if isinstance(each, str) else _inline(each))
    return array


def _inline(model: Mapping[str, Any]) -> tomlkit.items.InlineTable:
    table = tomlkit.inline_table()
    table.update(model)
    return table


def _leaves(tables: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every value with its path; a table without values is nothing."""
    for name, value in tables.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, (*above, name))
        else:
            yield (*above, name), value
