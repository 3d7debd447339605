"""Playbook files: the bundled ones, and the user's own beside the workspace and in the configuration folder."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer import assets
from reviewer.domain.errors import ConfigError, StorageError
from reviewer.domain.playbook import Playbook
from reviewer.domain.playbook_file import check_playbook, read_playbook

FOLDER = "playbooks"
"""The folder for a user's own playbook files, in the workspace and in the configuration folder."""
SUFFIX = ".toml"
VERSIONS = "versions"
"""The folder for what own files were before they were changed from here, below theirs."""
Change = Callable[[str, str], str]
"""From a file's text and name to its new text."""


@dataclass(frozen=True, slots=True)
class PlaybookFile:
    """A playbook file as it was found.

    Attributes:
        name: its file name, for messages.
        text: its content.
        path: where it stands; None for a bundled one.
    """

    name: str
    text: str
    path: Path | None = None


class PlaybookFiles:
    """Finds playbook files by id and reads them.

    Args:
        folders: the user's own, the one that counts first first. One of theirs takes the place of a bundled one of the
            same name.
    """

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self._folders = tuple(folders)

    def ids(self) -> tuple[str, ...]:
        """The ids of all files, sorted."""
        own = {path.stem for folder in self._folders for path in folder.glob(f"*{SUFFIX}")}
        return tuple(sorted({*assets.asset_names("playbooks", SUFFIX), *own}))

    def find(self, playbook: str) -> PlaybookFile:
        """The file of an id.

        Raises:
            ConfigError: there is none, or it cannot be read.
        """
        if playbook not in self.ids():
            known = f"Known are: {', '.join(self.ids())}."
            raise ConfigError("no_such_playbook", f"There is no playbook {playbook!r}.", known)
        own = (folder / f"{playbook}{SUFFIX}" for folder in self._folders)
        path = next((each for each in own if each.is_file()), None)
        name = f"{playbook}{SUFFIX}"
        return self.at(path) if path else PlaybookFile(name, assets.asset_text("playbooks", name))

    def named(self, name: str) -> PlaybookFile:
        """The file of a path, or of an id where there is no file of that name. Raises ConfigError: as `at`."""
        is_id = name in self.ids() and not Path(name).exists()
        return self.find(name) if is_id else self.at(Path(name))

    def at(self, path: Path) -> PlaybookFile:
        """The file of a path.

        Raises:
            ConfigError: it cannot be read.
        """
        try:
            return PlaybookFile(path.name, path.read_text("utf-8"), path)
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(
                "unreadable_playbook",
                f"The playbook file {path} cannot be read.",
                "Check the name; it must be UTF-8 text.",
            ) from error

    def read(self, file: PlaybookFile) -> Playbook:
        """A file as a playbook.

        Raises:
            ConfigError: it is wrong; names file, line, field and what would be right.
        """
        return read_playbook(file.text, file.name)

    def problems(self, file: PlaybookFile) -> tuple[str, ...]:
        """Every problem of a file, in the order of lines; empty for a good one whose examples give what they say."""
        return check_playbook(file.text, file.name)

    def change(self, playbook: str, change: Change) -> tuple[str, ...]:
        """Changes the user's own copy of a playbook, which is made where there is none; `undo` takes it back.

        Blocks on the disk. The file's former text is kept before the new one takes its place.

        Returns:
            What its check says of the new text, such as a wording that its own tests do not accept.

        Raises:
            ConfigError: there is no such playbook, or it cannot be changed so.
            StorageError: ``playbook_not_kept``; the files cannot be written.
        """
        file = self.find(playbook)
        text = change(file.text, file.name)
        path = file.path or self._folders[-1] / file.name
        kept = self._versions(path)
        try:
            kept.mkdir(parents=True, exist_ok=True)
            # Empty where there was no copy of the user's own.
            _write(kept / f"{len(self._stack(path)) + 1:06}{SUFFIX}", file.text if file.path else "")
            _write(path, text)
        except OSError as error:
            raise _not_kept(path) from error
        return check_playbook(text, file.name)

    def undo(self, playbook: str) -> bool:
        """Takes the last change of the user's own copy back; False where there is none to take back.

        Raises:
            ConfigError: there is no such playbook.
            StorageError: ``playbook_not_kept``; the files cannot be written.
        """
        path = self.find(playbook).path
        stack = self._stack(path) if path else []
        if path is None or not stack:
            return False
        try:
            former = stack[-1].read_text("utf-8")
            if former:
                _write(path, former)
            else:
                path.unlink()
            stack[-1].unlink()
        except OSError as error:
            raise _not_kept(path) from error
        return True

    def _versions(self, path: Path) -> Path:
        return path.parent / VERSIONS / path.stem

    def _stack(self, path: Path) -> list[Path]:
        return sorted(self._versions(path).glob(f"*{SUFFIX}"))


def _write(path: Path, text: str) -> None:
    """Whole or not at all."""
    beside = path.with_suffix(".part")
    beside.write_text(text, "utf-8", newline="\n")
    beside.replace(path)


def _not_kept(path: Path) -> StorageError:
    return StorageError("playbook_not_kept", f"The playbook {path} cannot be written.", "Check the folder's rights.")
