"""``reviewer config``: settings shown with their origin, changed, and where everything is kept."""

import argparse
from pathlib import Path

from reviewer import bootstrap
from reviewer.cli.codes import ExitCode
from reviewer.cli.console import Console
from reviewer.cli.settings import effective, flag_layer
from reviewer.domain.errors import ConfigError
from reviewer.domain.setting_kinds import FILE, FOLDER, MODELS, TEXTS, shown, written
from reviewer.domain.settings import KEYS, Key, Setting, key_named
from reviewer.services.settings import Change

_NOT_SET = "(not set)"


def config(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer config show|get|set|unset|path``."""
    match namespace.action:
        case "show":
            _show(namespace, console)
        case "get":
            _get(namespace, console)
        case "set":
            key = key_named(namespace.key)
            text = _given(key, namespace.value)
            change = bootstrap.settings_service(namespace.config).set(
                key.name, text, flag_layer(namespace), is_project=namespace.project
            )
            _tell(change, f"{key.name} is set to {text!r}", key, console)
        case "unset":
            key = key_named(namespace.key)
            change = bootstrap.settings_service(namespace.config).unset(
                key.name, flag_layer(namespace), is_project=namespace.project
            )
            _tell(change, f"{key.name} is not set any more", key, console)
        case _:
            _path(namespace, console)
    return ExitCode.OK


def _show(namespace: argparse.Namespace, console: Console) -> None:
    found = effective(namespace, console)
    user, project = bootstrap.settings_service(namespace.config).files(flag_layer(namespace))
    if console.as_json:
        listed = [_json(KEYS[name], setting) for name, setting in found.by_key.items()]
        files = {"user": str(user), "project": str(project)}
        console.data(
            {"schema": "reviewer.settings/1", "files": files, "settings": listed, "warnings": list(found.warnings)}
        )
        return
    values = {name: shown(setting.value) or _NOT_SET for name, setting in found.by_key.items()}
    width = max(len(value) for value in values.values())
    for name, setting in found.by_key.items():
        last = setting.origin if namespace.origin else KEYS[name].meaning
        console.text(f"{name:22}  {values[name]:{width}}  {last}")


def _get(namespace: argparse.Namespace, console: Console) -> None:
    key = key_named(namespace.key)
    setting = effective(namespace, console).by_key[key.name]
    if console.as_json:
        console.data({"schema": "reviewer.setting/1", **_json(key, setting)})
    else:
        console.text(shown(setting.value))


def _json(key: Key, setting: Setting) -> dict[str, object]:
    return {
        "key": key.name,
        "value": None if setting.value is None else written(setting.value),
        "origin": {"source": setting.source.value, "where": setting.where or None, "line": setting.line},
        "default": None if key.default is None else written(key.default),
        "variable": key.variable or None,
        "meaning": key.meaning,
    }


def _given(key: Key, words: list[str]) -> str:
    """What was typed, as it can be kept: a file or folder by its whole path, for it will be used from any folder."""
    if key.kind is TEXTS:
        return "\n".join(words)
    if len(words) > 1 and key.kind is not MODELS:
        raise ConfigError("usage", f"{key.name} takes one value.", "Put a value with spaces in quotes.")
    text = ", ".join(words)
    if key.kind in (FILE, FOLDER) or (key.name == "workflow" and text.endswith(".toml")):
        return str(Path(text).expanduser().absolute())
    return text


def _tell(change: Change, sentence: str, key: Key, console: Console) -> None:
    console.note(f"{sentence} in {change.path}." if change.is_new else f"Nothing to change in {change.path}.")
    if change.stronger:
        console.note(f"Note: {shown(change.stronger.value)} still holds for {key.name}: {change.stronger.origin}.")


def _path(namespace: argparse.Namespace, console: Console) -> None:
    """Where things are; also where the settings are wrong, for that is when one looks for them."""
    try:
        workspace = effective(namespace, console).settings.workspace
    except ConfigError as error:
        workspace = namespace.workspace
        console.note(f"Note: {error.user_message}")
    places = bootstrap.locations(workspace, namespace.config)
    if console.as_json:
        console.data({"schema": "reviewer.paths/1", **{name: str(path) for name, path in places.items()}})
    else:
        for name, path in places.items():
            console.text(f"{name:10} {path}")


COMMANDS = {"config": config}
