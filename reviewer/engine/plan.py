"""The plan of a run: which items of which document go through which workflow, and who answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from reviewer.domain.citer import Citer
from reviewer.domain.document import Document
from reviewer.domain.events import DocumentAdded, DocumentHeader
from reviewer.domain.playbook import Playbook
from reviewer.domain.projection import Projection
from reviewer.domain.section import Section
from reviewer.domain.task import Item
from reviewer.domain.workflow import Workflow
from reviewer.ports.handling import ModelHandler, ModelSynthesizer, Router, RuleHandler, RuleSynthesizer
from reviewer.ports.models import ChatModel


@dataclass(frozen=True, slots=True)
class HandlerPair:
    """A handler as a rule, as a question to a model, or both; the run's engine decides which answers."""

    rule: RuleHandler | None = None
    model: ModelHandler | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """What answers in one workflow: a pair per handler node, routing, synthesis."""

    handlers: Mapping[str, HandlerPair]
    classifier: Router
    router: ModelHandler | None = None
    rule_synthesizer: RuleSynthesizer | None = None
    model_synthesizer: ModelSynthesizer | None = None


@dataclass(frozen=True, slots=True)
class DocumentPlan:
    """One document of a run, ready to be routed and handled.

    Attributes:
        playbook: the one that fits the document's type, or None.
    """

    document: Document
    projection: Projection
    citer: Citer
    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    workflow: Workflow
    team: Team
    playbook: Playbook | None = None

    def added(self) -> DocumentAdded:
        """The event that says this document takes part."""
        return DocumentAdded(
            header(self.document),
            self.workflow.id,
            self.playbook.id if self.playbook else "",
            self.sections,
            len(self.items),
            self.document.warnings,
        )


def header(document: Document) -> DocumentHeader:
    """A document without its text."""
    return DocumentHeader(
        document.id,
        document.source.name,
        document.source.media_type,
        len(document.pages) or None,
        document.language,
        document.title,
    )


@dataclass(frozen=True, slots=True)
class Panel:
    """Who votes: each model is asked ``votes`` times (None: as often as the workflow says). No models: rules only."""

    models: tuple[ChatModel, ...] = ()
    votes: int | None = None
    seed: int = 0
