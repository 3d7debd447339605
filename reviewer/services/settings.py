"""Settings: shown with their origin, changed in the user's file or a workspace's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from reviewer.domain.errors import ConfigError
from reviewer.domain.setting_kinds import Value, written
from reviewer.domain.settings import (
    Layer,
    Setting,
    Settings,
    Source,
    environment_layer,
    key_named,
    merge,
    settings_of,
    typed,
)
from reviewer.ports.storage import SettingsFile

NO_FLAGS: Layer = {}


@dataclass(frozen=True, slots=True)
class Effective:
    """What holds now.

    Attributes:
        by_key: every key with its value and origin.
        warnings: what in the files has no effect, each one sentence.
    """

    settings: Settings
    by_key: Mapping[str, Setting]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A setting after it was changed.

    Attributes:
        path: the file that was to be changed.
        is_new: the file was changed; else all was so already.
        stronger: what wins over that file, or None.
    """

    path: Path
    is_new: bool
    stronger: Setting | None


class SettingsService:
    """Flags win over the environment, that over the workspace's file, that over the user's file, that over defaults.

    Args:
        project_at: gives the file of the workspace in a folder; None stands for the usual workspace.
        environ: the environment variables.
    """

    def __init__(
        self, user: SettingsFile, project_at: Callable[[Path | None], SettingsFile], environ: Mapping[str, str]
    ) -> None:
        self._user = user
        self._project_at = project_at
        self._environ = environ

    def effective(self, flags: Layer = NO_FLAGS) -> Effective:
        """What holds with these flags.

        Raises:
            ConfigError: a file or a variable is wrong; names file, line and key.
        """
        user = self._user.read()
        environment = environment_layer(self._environ)
        project = self._project([flags, environment, user.settings]).read()
        merged = merge([flags, environment, project.settings, user.settings])
        return Effective(_at_home(settings_of(merged)), merged, (*project.warnings, *user.warnings))

    def files(self, flags: Layer = NO_FLAGS) -> tuple[Path, Path]:
        """The user's file and the workspace's; neither need exist.

        Raises:
            ConfigError: as for `effective`.
        """
        return self._user.path, self._file(flags, is_project=True).path

    def get(self, name: str, flags: Layer = NO_FLAGS) -> Setting:
        """One setting.

        Raises:
            ConfigError: there is none of that name; else as for `effective`.
        """
        return self.effective(flags).by_key[key_named(name).name]

    def kept(self, name: str) -> Value | None:
        """What the user's file alone says; None where it says nothing.

        Raises:
            ConfigError: it is wrong.
        """
        setting = self._user.read().settings.get(name)
        return setting.value if setting else None

    def set(self, name: str, text: str, flags: Layer = NO_FLAGS, *, is_project: bool = False) -> Change:
        """Sets what was typed, in the user's file or the workspace's.

        Raises:
            ConfigError: there is no such setting, the value is not right for it, or the file is not understood.
            StorageError: the file cannot be written.
        """
        return self._change(name, typed(key_named(name), text), flags, is_project=is_project)

    def unset(self, name: str, flags: Layer = NO_FLAGS, *, is_project: bool = False) -> Change:
        """Takes a setting out of the user's file or the workspace's.

        Raises:
            ConfigError: there is no such setting, or the file is not understood.
            StorageError: the file cannot be written.
        """
        return self._change(name, None, flags, is_project=is_project)

    def keep(self, changes: Mapping[str, Value | None]) -> None:
        """Sets several at once in the user's file; None takes one out.

        Raises:
            ConfigError: a value is not right for its key, such as an address with a password; or the file is not
                understood, and left alone.
            StorageError: the file cannot be written.
        """
        for key, value in ((key_named(name), value) for name, value in changes.items()):
            if value is not None and key.kind.read(written(value)) is None:
                raise ConfigError("bad_setting", f'This was not kept: "{key.name}" must be {key.kind.right}.')
        self._user.change(changes)

    def _change(self, name: str, value: Value | None, flags: Layer, *, is_project: bool) -> Change:
        if is_project and not key_named(name).is_shared:
            raise ConfigError("bad_setting", f'"{name}" is each user\'s own.', "Leave --project out.")
        file = self._file(flags, is_project=is_project)
        is_new = file.change({key_named(name).name: value})
        return Change(file.path, is_new, self._stronger(name, flags, Source.PROJECT if is_project else Source.USER))

    def _stronger(self, name: str, flags: Layer, than: Source) -> Setting | None:
        try:
            winner = self.get(name, flags)
        except ConfigError:  # something else is wrong, and is told when it is needed
            return None
        strongest_first = list(Source)
        return winner if strongest_first.index(winner.source) < strongest_first.index(than) else None

    def _file(self, flags: Layer, *, is_project: bool) -> SettingsFile:
        if not is_project:
            return self._user
        return self._project([flags, environment_layer(self._environ), self._user.read().settings])

    def _project(self, layers: list[Layer]) -> SettingsFile:
        return self._project_at(_at_home(settings_of(merge(layers))).workspace)


def _at_home(settings: Settings) -> Settings:
    """The settings with the user's home in place of ``~``."""
    return replace(
        settings,
        workspace=settings.workspace and settings.workspace.expanduser(),
        folder=settings.folder and settings.folder.expanduser(),
        ca_file=settings.ca_file and settings.ca_file.expanduser(),
    )
