"""Playbook files: the bundled ones, and the user's own beside the workspace and in the configuration folder."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer import assets
from reviewer.domain.errors import ConfigError
from reviewer.domain.playbook import Playbook
from reviewer.domain.playbook_file import check_playbook, read_playbook

FOLDER = "playbooks"
"""The folder for a user's own playbook files, in the workspace and in the configuration folder."""
SUFFIX = ".toml"


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
