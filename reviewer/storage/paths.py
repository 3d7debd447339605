"""Where this program keeps its files."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs

from reviewer.domain.errors import ConfigError

HOME_VARIABLE = "REVIEWER_HOME"


@dataclass(frozen=True, slots=True)
class Locations:
    """Folders, absolute; none of them need exist.

    Attributes:
        config_dir: settings, workflows and playbooks of the user.
        data_dir: what must not be lost.
        cache_dir: what can be made again.
        workspace_dir: the workspace that is used where no other is named; in ``data_dir``.
    """

    config_dir: Path
    data_dir: Path
    cache_dir: Path
    workspace_dir: Path


def locate(environ: Mapping[str, str]) -> Locations:
    """Under ``REVIEWER_HOME`` where that is set and not empty, else where the platform keeps such files.

    Creates nothing.

    Raises:
        ConfigError: ``REVIEWER_HOME`` begins with the home of a user that does not exist.
    """
    home = environ.get(HOME_VARIABLE, "")
    if home:
        return _under(_expanded(home))
    # On Windows the author's name would be a folder of its own above.
    dirs = PlatformDirs("reviewer", appauthor=False)
    return _locations(dirs.user_config_path, dirs.user_data_path, dirs.user_cache_path)


def _under(home: Path) -> Locations:
    return _locations(home / "config", home / "data", home / "cache")


def _locations(config_dir: Path, data_dir: Path, cache_dir: Path) -> Locations:
    return Locations(config_dir, data_dir, cache_dir, data_dir / "workspace")


def _expanded(home: str) -> Path:
    try:
        return Path(home).expanduser().absolute()
    except RuntimeError as error:
        raise ConfigError(
            "home_unknown",
            f"{HOME_VARIABLE} names the home folder of an unknown user.",
            f"Set {HOME_VARIABLE} to a whole path.",
        ) from error
