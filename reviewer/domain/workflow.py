"""Workflows: how documents are split, items routed, handlers voted on and results aggregated."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from reviewer.domain.answer_field import AnswerField
from reviewer.domain.particular import Column
from reviewer.domain.policy import Adaptive, ModelClass, Policy
from reviewer.domain.section import SectionKind, SplitAs


class EngineId(StrEnum):
    """Who answers: the deterministic built-in checks, or language models."""

    BUILTIN = "builtin"
    LLM = "llm"


class SplitUnit(StrEnum):
    """What one item is.

    *Section* as the splitter cuts them (cut further where too long), *heading*: sections down to a level, *paragraph*,
    *page*, *pattern*: from one line that fits an expression to the next, *window*: so many words after so many, or
    the whole *document*.
    """

    SECTION = "section"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    PAGE = "page"
    PATTERN = "pattern"
    WINDOW = "window"
    DOCUMENT = "document"


class RouteMethod(StrEnum):
    """How a route was found: by rules, by the local classifier, by a language model, or by a *person* who chose it."""

    RULES = "rules"
    ML = "ml"
    LLM = "llm"
    PERSON = "person"


class Aggregation(StrEnum):
    """How item results become a document's.

    *positions* of a playbook; *collect* what the handlers made; *changes*: two documents are two versions, and what
    differs in the second one is found, and the parts it differs in are what handlers get.
    """

    POSITIONS = "positions"
    COLLECT = "collect"
    CHANGES = "changes"


class Output(StrEnum):
    """What a report gives besides results: *routes*: where each part went; *text*: what was written, as one text."""

    ROUTES = "routes"
    TEXT = "text"


BY_SECTIONS = (SplitUnit.SECTION, SplitUnit.HEADING)
"""Units that are parts as the document prints them."""


@dataclass(frozen=True, slots=True)
class SplitNode:
    """How a document becomes items.

    Attributes:
        max_chars: an item with more characters is cut at its child sections, where it has any; only for *section*.
        level: for *heading*: the deepest level, from 1, that is an item of its own.
        pattern: for *pattern*: a regular expression of Python; an item begins with each line it is found in.
        tokens: for *window*: how many words (signs of Chinese and Japanese count as words) a window has.
        context_tokens: how many words of its surroundings a model is told with each item: definitions it uses, parts it
            refers to, neighbours. 0 for none.
    """

    split_as: SplitAs
    unit: SplitUnit = SplitUnit.SECTION
    max_chars: int = 6000
    level: int = 1
    pattern: str = ""
    tokens: int = 400
    context_tokens: int = 400


@dataclass(frozen=True, slots=True)
class RouterNode:
    """How items find their route.

    Attributes:
        methods: asked in this order; the first whose confidence reaches ``margin`` decides, else the most confident.
        margin: confidence from 0 to 1.
        default: the route of an item that nothing speaks for.
        target_language: ISO 639-1 code; items in another language count as foreign.
        max_routes: so many routes an item may take at once.
        escalate: where the first model named for a run is not sure enough, ask the last one, too.
    """

    methods: tuple[RouteMethod, ...]
    margin: float
    default: str
    target_language: str = "en"
    max_routes: int = 1
    escalate: bool = False


@dataclass(frozen=True, slots=True)
class RouteNode:
    """One route. The rule matches when every condition that is given holds; the first matching route wins.

    A route without a condition is never found by rule; it is the default, or a model's choice.

    Attributes:
        description: one sentence, read by people and by a routing model.
        handlers: ids of the handlers that get the item, none for *not analysed*.
        kinds: section kinds this route is for; empty for any.
        headings: lower-case words of which the item's heading holds one; empty for any.
        foreign: True for items in another language than the target's, False for the target's, None for any.
        languages: ISO 639-1 codes of the languages it is for; empty for any.
        signals: expressions (`reviewer.domain.playbook.text_pattern`) of which the text holds one; empty for any.
        min_words, max_words: how many words the text has at least and at most; 0 for no limit.
        examples: texts that belong here, for the local classifier.
        requests: lower-case beginnings of a request (``translate``); typed text that begins with one gets this route,
            whatever its conditions are. Never read in documents.
    """

    id: str
    description: str
    handlers: tuple[str, ...] = ()
    kinds: tuple[SectionKind, ...] = ()
    headings: tuple[str, ...] = ()
    foreign: bool | None = None
    requests: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    min_words: int = 0
    max_words: int = 0
    examples: tuple[str, ...] = ()

    @property
    def has_conditions(self) -> bool:
        """Whether a rule can find it."""
        is_about_place = bool(self.kinds or self.headings or self.signals)
        return is_about_place or bool(self.languages or self.min_words or self.max_words) or self.foreign is not None


@dataclass(frozen=True, slots=True)
class HandlerNode:
    """One handler of a workflow.

    Attributes:
        uses: the implementation: ``label``, ``assess``, ``summarize``, ``translate``; ``generate``, ``extract`` and
            ``classify`` answer with the fields given here; ``workflow`` hands the item to another workflow.
        votes: how often each model is asked (built-in checks always answer once).
        quorum: valid votes needed for a decision; under the policy *quorum*, votes that the winner needs.
        prompt: name of the prompt template; empty where no model is asked.
        prompts: further wordings of it; votes take them in turn.
        playbooks: ids of the playbooks it may apply; the one that fits the document's type is taken.
        temperature: sampling temperature of the model; ``temperature_spread``: how far the last vote's lies above it.
        weights: under the policy *weighted*: how much a vote of a model counts, by its name; 1 where it is not named.
        fields: what a general handler answers with.
        variables: what the prompt's own variables stand for.
        workflow: id of the workflow that handles the item, where ``uses`` is ``workflow``.
        each: id of the handler that gets every entry of this one's list as a part of its own, all at once.
        questions: what ``answer`` is to find in the documents, where a run does not say.
        title: how reports call it; empty: by its id.
    """

    id: str
    uses: str
    votes: int = 1
    quorum: int = 1
    prompt: str = ""
    playbooks: tuple[str, ...] = ()
    temperature: float = 0.0
    prompts: tuple[str, ...] = ()
    temperature_spread: float = 0.0
    model: ModelClass = ModelClass.ANY
    policy: Policy = Policy.MAJORITY
    adaptive: Adaptive = Adaptive.OFF
    weights: Mapping[str, float] = field(default_factory=dict)
    fields: tuple[AnswerField, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    workflow: str = ""
    each: str = ""
    questions: tuple[str, ...] = ()
    title: str = ""

    @property
    def wordings(self) -> tuple[str, ...]:
        """Names of all templates, the first first; none where no model is asked."""
        return (self.prompt, *self.prompts) if self.prompt else ()

    def temperature_of(self, index: int) -> float:
        """The temperature of a vote: spread evenly over ``votes``; then from the first again, whoever adds votes."""
        if self.votes == 1:
            return self.temperature
        return round(self.temperature + self.temperature_spread * (index % self.votes) / (self.votes - 1), 4)


@dataclass(frozen=True, slots=True)
class SynthesisNode:
    """The second pass, over what the handlers found in all documents."""

    uses: str
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class InteractionsNode:
    """A pass over a document's findings, for what they mean together: by the playbook's rules, and by a model."""

    prompt: str = ""


@dataclass(frozen=True, slots=True)
class ChecksNode:
    """The rules of the linter, over each document as a whole. ``off``: ids of those that are switched off."""

    off: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParticularsNode:
    """Names, days, periods, sums and duties of each contract. ``off``: which of its values are left out."""

    off: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Workflow:
    """A workflow file, read and checked.

    Attributes:
        outputs: what its reports give besides results.
        digest: SHA-256 of the file's text, and of its prompts where it was read with them.
        templates: the texts of the prompts it names, by name; filled by who reads files.
    """

    id: str
    version: int
    title: str
    description: str
    split: SplitNode
    router: RouterNode
    routes: tuple[RouteNode, ...]
    handlers: tuple[HandlerNode, ...]
    aggregate: Aggregation
    synthesis: SynthesisNode | None = None
    interactions: InteractionsNode | None = None
    checks: ChecksNode | None = None
    particulars: ParticularsNode | None = None
    outputs: tuple[Output, ...] = ()
    digest: str = ""
    templates: Mapping[str, str] = field(default_factory=dict)

    def route(self, route_id: str) -> RouteNode:
        """The route of that id.

        Raises:
            KeyError: no such route; a checked workflow never asks for one.
        """
        for route in self.routes:
            if route.id == route_id:
                return route
        raise KeyError(route_id)

    def handler(self, handler_id: str) -> HandlerNode:
        """The handler of that id.

        Raises:
            KeyError: no such handler.
        """
        for handler in self.handlers:
            if handler.id == handler_id:
                return handler
        raise KeyError(handler_id)
