"""The catalogue: workflow and playbook files, bundled or the user's own, and the list of models."""

from collections.abc import Sequence
from pathlib import Path

from reviewer import assets
from reviewer.domain.errors import ConfigError
from reviewer.domain.model_facts import FactBook, OwnFacts
from reviewer.domain.model_facts_file import read_models
from reviewer.domain.playbook import Playbook
from reviewer.domain.playbook_file import read_playbook
from reviewer.domain.section import SplitAs
from reviewer.domain.workflow import Workflow
from reviewer.domain.workflow_file import check_workflow, read_workflow

AUTO = {SplitAs.CONTRACT: "contract-review", SplitAs.PAPER: "research-synthesis"}
"""The workflow a document gets when none was named, by what it reads like."""


class Catalog:
    """Finds, reads and checks workflow and playbook files."""

    def workflows(self) -> tuple[Workflow, ...]:
        """All bundled workflows, by id."""
        return tuple(self.workflow(name) for name in assets.asset_names("workflows", ".toml"))

    def workflow(self, name: str) -> Workflow:
        """A bundled workflow by id, or a file by path (a name that ends in ``.toml``).

        Raises:
            ConfigError: there is none of that name, or the file is wrong; names file, line, field.
        """
        if name.endswith(".toml"):
            return self.check(Path(name))
        return read_workflow(self.workflow_text(name), f"{name}.toml")

    def problems(self, path: Path) -> tuple[str, ...]:
        """Every problem of a workflow file, in the order of lines; empty for a good one.

        Raises:
            ConfigError: the file cannot be read.
        """
        found = check_workflow(_text(path), path.name)
        if found:
            return found
        try:
            self.check(path)
        except ConfigError as error:
            return (f"{error.user_message} {error.hint}".strip(),)
        return ()

    def check(self, path: Path) -> Workflow:
        """The workflow of a file.

        Raises:
            ConfigError: the file cannot be read or is wrong; names file, line, field.
        """
        workflow = read_workflow(_text(path), path.name)
        for handler in workflow.handlers:
            for playbook in handler.playbooks:
                self.playbook(playbook)
        return workflow

    def workflow_text(self, name: str) -> str:
        """The text of a bundled workflow file.

        Raises:
            ConfigError: there is none of that name.
        """
        known = assets.asset_names("workflows", ".toml")
        if name not in known:
            raise ConfigError(
                "no_such_workflow",
                f"There is no workflow {name!r}.",
                f"Known are: {', '.join(known)}; or name a .toml file.",
            )
        return assets.asset_text("workflows", f"{name}.toml")

    def playbook(self, name: str) -> Playbook:
        """A bundled playbook by id.

        Raises:
            ConfigError: there is none of that name, or the file is wrong.
        """
        known = assets.asset_names("playbooks", ".toml")
        if name not in known:
            raise ConfigError("no_such_playbook", f"There is no playbook {name!r}.", f"Known are: {', '.join(known)}.")
        return read_playbook(assets.asset_text("playbooks", f"{name}.toml"), f"{name}.toml")

    def facts(self, own: Sequence[OwnFacts] = ()) -> FactBook:
        """What is known of models: the bundled list, and what the user says.

        Raises:
            ConfigError: the list is wrong.
        """
        known, currency = read_models(assets.asset_text("models", "models.toml"), "models.toml")
        return FactBook(known, tuple(own), currency)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            "unreadable_workflow", f"The workflow file {path} cannot be read.", "Check the name; it must be UTF-8 text."
        ) from error
