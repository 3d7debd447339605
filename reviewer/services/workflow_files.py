"""Workflow files: the bundled ones, and the user's own beside the workspace and in the configuration folder."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer import assets
from reviewer.domain.errors import ConfigError
from reviewer.domain.workflow import SplitNode, Workflow
from reviewer.domain.workflow_check import Known
from reviewer.domain.workflow_file import check_workflow, read_workflow
from reviewer.services.playbook_files import PlaybookFiles

FOLDER = "workflows"
"""The folder for a user's own workflow files, in the workspace and in the configuration folder."""


@dataclass(frozen=True, slots=True)
class WorkflowFile:
    """A workflow file as it was found.

    Attributes:
        name: its file name, for messages.
        text: its content.
        folder: where it stands, and its prompts beside it; None for a bundled one.
    """

    name: str
    text: str
    folder: Path | None = None


class WorkflowFiles:
    """Finds workflow files by id and reads them with their prompts.

    Args:
        folders: the user's own, the one that counts first first. One of theirs takes the place of a bundled one of the
            same name.
        playbooks: gives the ids of the playbooks that there are; None: the bundled ones.
    """

    def __init__(self, folders: Sequence[Path] = (), playbooks: Callable[[], Sequence[str]] | None = None) -> None:
        self._folders = tuple(folders)
        self._playbooks = playbooks or PlaybookFiles().ids

    def ids(self) -> tuple[str, ...]:
        """The ids of all files, sorted."""
        own = {path.stem for folder in self._folders for path in folder.glob("*.toml")}
        return tuple(sorted({*assets.asset_names("workflows", ".toml"), *own}))

    def find(self, workflow: str) -> WorkflowFile:
        """The file of an id, or of a path that ends in ``.toml``.

        Raises:
            ConfigError: there is none, or it cannot be read.
        """
        if workflow.endswith(".toml"):
            return self.at(Path(workflow))
        for folder in self._folders:
            if _is_plain(workflow) and (folder / f"{workflow}.toml").is_file():
                return self.at(folder / f"{workflow}.toml")
        if workflow not in assets.asset_names("workflows", ".toml"):
            known = f"Known are: {', '.join(self.ids())}; or name a .toml file."
            raise ConfigError("no_such_workflow", f"There is no workflow {workflow!r}.", known)
        name = f"{workflow}.toml"
        return WorkflowFile(name, assets.asset_text("workflows", name))

    def named(self, name: str) -> WorkflowFile:
        """The file of a path, or of an id where there is no file of that name. Raises ConfigError: as `at`."""
        is_id = name in self.ids() and not Path(name).exists()
        return self.find(name) if is_id else self.at(Path(name))

    def at(self, path: Path) -> WorkflowFile:
        """The file of a path.

        Raises:
            ConfigError: it cannot be read.
        """
        return WorkflowFile(path.name, _text(path), path.parent)

    def read(self, file: WorkflowFile) -> Workflow:
        """A file as a workflow, with its prompts.

        Raises:
            ConfigError: it is wrong; names file, line, field and what would be right.
        """
        return read_workflow(file.text, file.name, self._known(file))

    def problems(self, file: WorkflowFile) -> tuple[str, ...]:
        """Every problem of a file, in the order of lines; empty for a good one."""
        return check_workflow(file.text, file.name, self._known(file))

    def template(self, name: str, folder: Path | None = None) -> str | None:
        """The text of a prompt: the one beside the workflow file, else the bundled one; None where there is none.

        Raises:
            ConfigError: it cannot be read.
        """
        if not _is_plain(name):
            return None
        if folder is not None and (folder / f"{name}.md").is_file():
            return _text(folder / f"{name}.md")
        if name not in assets.asset_names("prompts", ".md"):
            return None
        return assets.asset_text("prompts", f"{name}.md")

    def _known(self, file: WorkflowFile) -> Known:
        return Known(
            template=lambda name: self.template(name, file.folder),
            playbooks=self._playbooks(),
            workflows=self.ids(),
            nested=self._nested,
            split=self._split,
        )

    def _split(self, workflow: str) -> SplitNode | None:
        """How a workflow cuts; None where it is not in order, which reading it will say."""
        try:
            file = self.find(workflow)
            return read_workflow(file.text, file.name).split
        except ConfigError:
            return None

    def _nested(self, workflow: str) -> tuple[str, ...]:
        """The workflows that one hands items to; none where it is not in order, which reading it will say."""
        try:
            file = self.find(workflow)
            return tuple(each.workflow for each in read_workflow(file.text, file.name).handlers if each.workflow)
        except ConfigError:
            return ()


def _is_plain(name: str) -> bool:
    return bool(name) and Path(name).name == name


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            "unreadable_workflow", f"The workflow file {path} cannot be read.", "Check the name; it must be UTF-8 text."
        ) from error
