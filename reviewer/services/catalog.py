"""The catalogue: workflow and playbook files, bundled or the user's own, and the list of models."""

from collections.abc import Sequence
from pathlib import Path

from reviewer import assets
from reviewer.domain.model_facts import FactBook, OwnFacts
from reviewer.domain.model_facts_file import read_models
from reviewer.domain.playbook import Playbook
from reviewer.domain.section import SplitAs
from reviewer.domain.workflow import Workflow
from reviewer.services.playbook_files import PlaybookFiles
from reviewer.services.workflow_files import WorkflowFiles

AUTO = {SplitAs.CONTRACT: "contract-review", SplitAs.PAPER: "research-synthesis"}
"""The workflow a document gets when none was named, by what it reads like."""


class Catalog:
    """Finds, reads and checks workflow and playbook files.

    Args:
        folders: those of the user's own workflow files, the one that counts first first.
        playbooks: those of the user's own playbook files, likewise.
    """

    def __init__(self, folders: Sequence[Path] = (), playbooks: Sequence[Path] = ()) -> None:
        self.playbooks = PlaybookFiles(playbooks)
        self._files = WorkflowFiles(folders, self.playbooks.ids)

    def workflows(self) -> tuple[Workflow, ...]:
        """All workflows, bundled and the user's own, by id.

        Raises:
            ConfigError: one of them is wrong; names file, line, field.
        """
        return tuple(self.workflow(name) for name in self._files.ids())

    def workflow(self, name: str) -> Workflow:
        """A workflow by id, or a file by path (a name that ends in ``.toml``).

        Raises:
            ConfigError: there is none of that name, or the file is wrong; names file, line, field.
        """
        return self._files.read(self._files.find(name))

    def problems(self, path: Path) -> tuple[str, ...]:
        """Every problem of the workflow file of a path or an id, in the order of lines; empty for a good one.

        Raises:
            ConfigError: the file cannot be read.
        """
        return self._files.problems(self._files.named(str(path)))

    def check(self, path: Path) -> Workflow:
        """The workflow of a file's path or an id.

        Raises:
            ConfigError: the file cannot be read or is wrong; names file, line, field.
        """
        return self._files.read(self._files.named(str(path)))

    def workflow_text(self, name: str) -> str:
        """The text of a workflow's file.

        Raises:
            ConfigError: there is none of that name.
        """
        return self._files.find(name).text

    def prompt(self, name: str) -> str:
        """A bundled prompt by name.

        Raises:
            ConfigError: there is none of that name.
        """
        return assets.asset_text("prompts", f"{name}.md")

    def playbook(self, name: str) -> Playbook:
        """A playbook by id: the user's own of that name, else the bundled one.

        Raises:
            ConfigError: there is none of that name, or the file is wrong.
        """
        return self.playbooks.read(self.playbooks.find(name))

    def facts(self, own: Sequence[OwnFacts] = ()) -> FactBook:
        """What is known of models: the bundled list, and what the user says.

        Raises:
            ConfigError: the list is wrong.
        """
        known, currency = read_models(assets.asset_text("models", "models.toml"), "models.toml")
        return FactBook(known, tuple(own), currency)
