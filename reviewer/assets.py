"""Finding packaged files: in a checkout, in an installed wheel and in a frozen folder.

Standard library only; nothing here knows what the files mean, but for the plain words that every layer shows.
"""

import sys
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from reviewer.domain.errors import ConfigError
from reviewer.domain.glossary import Glossary


@cache
def resources_dir() -> Path:
    """The folder that holds ``workflows``, ``playbooks``, ``prompts`` and the other packaged files.

    Raises:
        ConfigError: ``no_resources``; the installation is incomplete.
    """
    return _first_folder(_candidates())


def _candidates() -> tuple[Path, ...]:
    package = Path(__file__).resolve().parent
    beside = (package / "_resources", package.parent / "resources")
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is None:
        return beside
    return (Path(frozen) / "reviewer" / "_resources", Path(frozen) / "resources", *beside)


def _first_folder(candidates: tuple[Path, ...]) -> Path:
    for candidate in candidates:
        if (candidate / "workflows").is_dir():
            return candidate
    raise ConfigError("no_resources", "The program's own files are missing.", "Install Reviewer again.")


def asset_names(kind: str, suffix: str) -> tuple[str, ...]:
    """Names of the packaged files of a kind, such as ``("workflows", ".toml")``: without folder or suffix, sorted."""
    folder = resources_dir() / kind
    return tuple(sorted(file.name.removesuffix(suffix) for file in folder.glob(f"*{suffix}") if file.is_file()))


def asset_text(kind: str, name: str) -> str:
    """The text of a packaged file, such as ``("workflows", "contract-review.toml")``. Reads the disk.

    Raises:
        ConfigError: ``no_resource``; there is no such file.
    """
    try:
        return asset_path(kind, name).read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError("no_resource", f"There is no {name} among the packaged {kind}.") from error


@cache
def glossary() -> Glossary:
    """The words of all states that a person reads. Reads the disk once.

    Raises:
        ConfigError: ``no_resource``; the installation is incomplete.
    """
    return Glossary.read(asset_text("words", "states.toml"))


@cache
def label_titles() -> Mapping[str, str]:
    """What people read for each category of clauses. Reads the disk once.

    Raises:
        ConfigError: ``no_resource``; the installation is incomplete.
    """
    entries = tomllib.loads(asset_text("labels", "labels.toml"))["labels"]
    return {entry["name"]: entry.get("title", entry["name"]) for entry in entries}


def asset_path(kind: str, name: str) -> Path:
    """Where a packaged file is, whether it exists or not.

    Raises:
        ConfigError: ``no_resource``; the name is not a plain file name.
    """
    if not name or Path(name).name != name:
        raise ConfigError("no_resource", f"{name} is not the name of a packaged file.")
    return resources_dir() / kind / name
