"""A file of settings on the disk."""

import os
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path

from reviewer.domain.errors import ConfigError, StorageError
from reviewer.domain.setting_kinds import Value
from reviewer.domain.settings import Source
from reviewer.domain.settings_file import FileLayer, check_writable, read_settings

FILE_NAME = "settings.toml"


class TomlSettingsFile:
    """Settings in TOML. Where there is no file, nothing is set.

    Args:
        path: the file; it need not exist.
        source: whose it is.
        must_exist: it was named, so reading it where it is not there is a mistake.
    """

    def __init__(self, path: Path, source: Source, *, must_exist: bool = False) -> None:
        self.path = path
        self._source = source
        self._must_exist = must_exist
        # The window keeps two things at once, each on a thread of its own: neither may undo the other.
        self._turn = threading.Lock()

    def read(self) -> FileLayer:
        """What the file sets.

        Raises:
            ConfigError: ``settings_missing``, ``settings_unreadable`` or ``settings_invalid``.
        """
        if self._must_exist and not self.path.exists():
            raise ConfigError(
                "settings_missing", f"There is no settings file {self.path}.", "Check what was named with --config."
            )
        return read_settings(self._text(), str(self.path), self._source)

    def change(self, changes: Mapping[str, Value | None]) -> bool:
        """Sets keys, or takes them out where the value is None; whole or not at all. False where all was so already.

        Everything else in the file stays as it is. The file is readable by its owner only.

        Raises:
            ConfigError: ``settings_unreadable``, ``settings_invalid`` or ``settings_newer``: the file is left alone.
            StorageError: ``settings_unwritable``.
        """
        from reviewer.storage.settings_edit import UneditableError, edited  # noqa: PLC0415 - most commands only read

        with self._turn:
            text = self._text()
            check_writable(text, str(self.path))
            try:
                result = edited(text, changes)
            except UneditableError as error:
                raise ConfigError(
                    "settings_uneditable",
                    f"{self.path} cannot be changed without a risk: its tables are written in an unusual way.",
                    f"Change {', '.join(changes)} there with a text editor.",
                ) from error
            if result != text:
                self._write(result)
            return result != text

    def _text(self) -> str:
        try:
            return self.path.read_bytes().decode("utf-8-sig")
        except FileNotFoundError:
            return ""
        except OSError as error:
            reason = f"{error.strerror}"
        except UnicodeDecodeError:
            reason = "it is not UTF-8 text"
        raise ConfigError(
            "settings_unreadable",
            f"The settings file {self.path} cannot be read: {reason}.",
            "Correct that; nothing was changed.",
        )

    def _write(self, text: str) -> None:
        target = self.path.resolve()  # a link stays a link
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _replace(target, text.encode())
        except OSError as error:
            raise StorageError(
                "settings_unwritable",
                f"The settings cannot be written to {self.path}: {error.strerror}.",
                "Check that its folder may be written, and that the disk has room.",
            ) from error


def _replace(target: Path, data: bytes) -> None:
    """Puts a file in place of another one once it is whole on the disk. Only its owner may read it."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    waiting = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(target)
    finally:
        waiting.unlink(missing_ok=True)
