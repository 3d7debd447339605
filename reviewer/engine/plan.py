"""The plan of a run: which items of which document go through which workflow, and who answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from reviewer.domain.category import Category
from reviewer.domain.citer import Citer
from reviewer.domain.document import Document
from reviewer.domain.events import DocumentAdded, DocumentHeader
from reviewer.domain.finding import Finding
from reviewer.domain.footing import Footing
from reviewer.domain.ids import sha256_hex
from reviewer.domain.playbook import Playbook
from reviewer.domain.policy import Adaptive, ModelClass
from reviewer.domain.projection import Projection
from reviewer.domain.redaction import RedactionRules
from reviewer.domain.section import Section
from reviewer.domain.task import Item
from reviewer.domain.unseen import Unseen
from reviewer.domain.workflow import HandlerNode, Workflow
from reviewer.ports.handling import (
    ContractReader,
    DocumentChecker,
    Judge,
    ModelHandler,
    ModelInteractions,
    ModelSynthesizer,
    Router,
    RuleHandler,
    RuleInteractions,
    RuleSynthesizer,
)
from reviewer.ports.models import ChatModel, context_of


@dataclass(frozen=True, slots=True)
class HandlerPair:
    """A handler as a rule, as a question to a model, or both; the run's engine decides which answers.

    Attributes:
        others: the same question in other wordings; a model's votes take them in turn.
        judge: compares what models wrote, where the workflow has the best of it taken.
        nested: the workflow that handles the item instead, with what answers in it.
        each: the handler that gets every entry of the list that this one makes.
        asked: a handler for each question, in place of this one.
        expected: entries that a list is reckoned with where nobody answers, as in a rehearsal.
    """

    rule: RuleHandler | None = None
    model: ModelHandler | None = None
    others: tuple[ModelHandler, ...] = ()
    judge: Judge | None = None
    nested: "tuple[Workflow, Team] | None" = None
    each: "tuple[HandlerNode, HandlerPair] | None" = None
    asked: "tuple[tuple[HandlerNode, HandlerPair], ...]" = ()
    expected: int = 0

    @property
    def wordings(self) -> tuple[ModelHandler, ...]:
        """The question in all its wordings; none where no model is asked."""
        return (self.model, *self.others) if self.model else ()


@dataclass(frozen=True, slots=True)
class Team:
    """What answers in one workflow: a pair per handler node, routing, synthesis, interactions."""

    handlers: Mapping[str, HandlerPair]
    classifier: Router
    router: ModelHandler | None = None
    rule_synthesizer: RuleSynthesizer | None = None
    model_synthesizer: ModelSynthesizer | None = None
    checker: DocumentChecker | None = None
    reader: ContractReader | None = None
    categories: tuple[Category, ...] = ()
    rule_interactions: tuple[RuleInteractions, ...] = ()
    model_interactions: ModelInteractions | None = None


@dataclass(frozen=True, slots=True)
class DocumentPlan:
    """One document of a run, ready to be routed and handled.

    Attributes:
        playbook: the one that fits the document's type, or None.
        findings: what is found without asking anybody: suspicious passages, changes of a new version.
        told: what models are told of an item besides, by its name: how the earlier version reads.
        unseen: what models are told of an item that a reader does not see, by its name; none unless the user says so.
        within: the items that a workflow cuts the document into which items are handed to, by its id.
    """

    document: Document
    projection: Projection
    citer: Citer
    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    workflow: Workflow
    team: Team
    playbook: Playbook | None = None
    findings: tuple[Finding, ...] = ()
    told: Mapping[str, str] = field(default_factory=dict)
    unseen: Mapping[str, tuple[Unseen, ...]] = field(default_factory=dict)
    within: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)

    def pieces(self, item: Item, workflow: Workflow) -> tuple[Item, ...]:
        """An item as the workflow that it is handed to cuts it; as it is where that cuts no finer."""
        found = tuple(each for each in self.within.get(workflow.id, ()) if item.span.contains(each.span))
        return found if len(found) > 1 else (item,)

    def added(self) -> DocumentAdded:
        """The event that says this document takes part."""
        return DocumentAdded(
            header(self.document),
            self.workflow.id,
            self.playbook.id if self.playbook else "",
            self.sections,
            len(self.items),
            self.document.warnings,
            self.findings,
            self.workflow.outputs,
            _titles(self.workflow, self.team),
            footing_of(self),
        )


def _titles(workflow: Workflow, team: Team) -> dict[str, str]:
    """How handlers are called whose files say so, those within others by ``outer/inner``."""
    found = {node.id: node.title for node in workflow.handlers if node.title}
    for name, pair in team.handlers.items():
        inner = _titles(*pair.nested) if pair.nested else {}
        found |= {f"{name}/{each}": title for each, title in inner.items()}
    return found


def footing_of(plan: DocumentPlan) -> Footing:
    """What a document's results rest on, besides its words."""
    workflow, playbook = plan.workflow, plan.playbook
    return Footing(
        plan.document.source.sha256,
        workflow.version,
        workflow.digest,
        playbook.version if playbook else 0,
        playbook.digest if playbook else "",
        tuple(sorted((name, sha256_hex(text)) for name, text in _prompts(workflow, plan.team).items())),
    )


def _prompts(workflow: Workflow, team: Team) -> dict[str, str]:
    """The prompts of a workflow by name, and those of the workflows that it hands items to."""
    prompts = dict(workflow.templates)
    for pair in team.handlers.values():
        if pair.nested:
            prompts |= {f"{pair.nested[0].id}/{name}": text for name, text in _prompts(*pair.nested).items()}
    return prompts


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


@dataclass(frozen=True)
class Rater:
    """A model that votes, and the endpoints that serve it: one stands in for the other, and only for the same model.

    Attributes:
        models: the model at each of its endpoints, in the order they were named; at least one.
    """

    models: tuple[ChatModel, ...]

    @cached_property
    def name(self) -> str:
        """Provider and model."""
        return self.models[0].name

    @cached_property
    def endpoint(self) -> str:
        """The endpoint named first, under which steps are kept, whichever answers."""
        return self.models[0].endpoint

    @property
    def context_tokens(self) -> int | None:
        """Tokens it holds at any of its endpoints, prompt and reply together; None where none of them says."""
        known = [tokens for tokens in map(context_of, self.models) if tokens is not None]
        return min(known, default=None)


@dataclass(frozen=True, slots=True)
class Redacting:
    """What is replaced before it is sent, and to which raters, by name."""

    rules: RedactionRules = field(default_factory=RedactionRules)
    raters: frozenset[str] = frozenset()


ALL_AS_IT_IS = Redacting()
"""Nothing is replaced for anybody."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Who votes: each rater is asked ``votes`` times (None: as often as the workflow says). No raters: rules only.

    It is fixed when a run starts; nothing that happens meanwhile adds an endpoint to it. Whoever names models names the
    cheap one first and the strong one last.

    Attributes:
        adaptive: whether votes may end early; None: as the workflow says.
        redacting: what is replaced before it is sent, and for whom.
    """

    raters: tuple[Rater, ...] = ()
    votes: int | None = None
    seed: int = 0
    adaptive: Adaptive | None = None
    redacting: Redacting = ALL_AS_IT_IS

    def of_class(self, wanted: ModelClass) -> tuple[Rater, ...]:
        """The raters of a class; all of them for *any*."""
        match wanted:
            case ModelClass.CHEAP:
                return self.raters[:1]
            case ModelClass.STRONG:
                return self.raters[-1:]
            case _:
                return self.raters

    @classmethod
    def of(
        cls,
        models: Sequence[ChatModel],
        votes: int | None = None,
        seed: int = 0,
        adaptive: Adaptive | None = None,
        redacting: Redacting = ALL_AS_IT_IS,
    ) -> "Panel":
        """A panel of models; those of the same name are one rater."""
        by_name: dict[str, list[ChatModel]] = {}
        for model in models:
            by_name.setdefault(model.name, []).append(model)
        return cls(tuple(Rater(tuple(same)) for same in by_name.values()), votes, seed, adaptive, redacting)
