"""Items, tasks and steps: what is asked about which text, and the key that says whether it was asked before."""

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache

from reviewer.domain.anchor import TextSpan
from reviewer.domain.clause import Clause
from reviewer.domain.ids import DocumentId, Json, SectionId, StepKey, TaskId, canonical_json, content_id
from reviewer.domain.section import SectionKind
from reviewer.domain.unseen import Unseen
from reviewer.domain.workflow import RouteMethod


@dataclass(frozen=True, slots=True)
class Item:
    """What is routed and handled as one: a section, or a whole document.

    Attributes:
        text: the item's text in the *visible* projection.
        span: offsets of that text in the projection (not in ``Document.text``).
        clauses: the sections it holds, each by its own words.
        path: headings from the top down to the item, with numbers, such as ``9 Liability > 9.2 Cap``.
    """

    document: DocumentId | None
    section: SectionId | None
    kind: SectionKind
    heading: str
    path: str
    text: str
    span: TextSpan
    language: str = ""
    clauses: tuple[Clause, ...] = ()

    @property
    def name(self) -> str:
        """The id under which results refer to it: the section's, else the document's, else ``text``."""
        return self.section or self.document or "text"


@dataclass(frozen=True, slots=True)
class Route:
    """Where an item goes, how sure that is (0 to 1), how it was found and why.

    Attributes:
        also: further routes that it takes, where its workflow lets it take several.
    """

    route: str
    confidence: float
    method: RouteMethod
    reason: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What a rater is told besides the item's text.

    Attributes:
        document_title: title or file name of the document.
        playbook: id of the playbook that fits the document, or empty.
        target_language: ISO 639-1 code of the language results are wanted in.
        fence: marks the beginning and end of document text in a prompt; unknown to the document's author.
        surroundings: what a model is told from elsewhere in the document, to understand the item; empty for rules.
        unseen: what models are told of the item that a reader does not see; nothing unless the user wants it.
    """

    document_title: str = ""
    playbook: str = ""
    target_language: str = "en"
    fence: str = ""
    surroundings: str = ""
    unseen: tuple[Unseen, ...] = ()

    def amid(self, surroundings: str) -> "Context":
        """The same with what is told from elsewhere."""
        return Context(self.document_title, self.playbook, self.target_language, self.fence, surroundings, self.unseen)


@dataclass(frozen=True, slots=True)
class Task:
    """One handler asked about one item."""

    handler: str
    item: Item
    context: Context
    votes: int = 1
    quorum: int = 1

    @property
    def id(self) -> TaskId:
        """Stable for the same handler and item."""
        item = self.item
        return TaskId(content_id("task", self.handler, item.document, item.section, item.span.start, item.span.end))


@dataclass(frozen=True, slots=True)
class StepInputs:
    """Everything one step reads.

    Attributes:
        uses, version: the handler's implementation and its version.
        fingerprint: hash of the prompt, playbook and schema the handler works with.
        node: hash-relevant settings of the workflow node (temperature and the like).
        rater: name of the model, or ``rule``.
        endpoint: base address of the endpoint, without credentials; empty for ``rule``.
        index: which vote, from 0.
        seed: the run's seed; changes every request of the run.
    """

    uses: str
    version: str
    fingerprint: str
    text: str
    path: str
    context: Context
    rater: str
    endpoint: str = ""
    index: int = 0
    seed: int = 0
    node: dict[str, Json] = field(default_factory=dict)

    @property
    def key(self) -> StepKey:
        """SHA-256 over the canonical JSON of all inputs but the fence, which follows from workspace and place.

        What the votes on a part share, and stands first, is encoded and hashed once.
        """
        context = self.context
        told = [context.document_title, context.playbook, context.target_language, context.surroundings]
        state = _begun(*told, *(part for each in context.unseen for part in (each.title, each.text))).copy()
        rest = (
            f',"endpoint":{_encoded(self.endpoint)},"fingerprint":{_encoded(self.fingerprint)},"index":{self.index}'
            f',"node":{canonical_json(self.node)},"path":{_encoded(self.path)},"rater":{_encoded(self.rater)}'
            f',"seed":{self.seed},"text":{_encoded(self.text)},"uses":{_encoded(self.uses)}'
            f',"version":{_encoded(self.version)}}}'
        )
        state.update(rest.encode("utf-8", "surrogatepass"))
        return StepKey(state.hexdigest())


@lru_cache(maxsize=256)
def _begun(*context: str) -> "hashlib._Hash":
    """The hash of how the JSON of a step's inputs begins; to be copied."""
    told = ",".join(map(canonical_json, context))
    return hashlib.sha256(f'{{"context":[{told}]'.encode("utf-8", "surrogatepass"))


_encoded = lru_cache(maxsize=256)(canonical_json)
"""Texts are the same for all votes, and names for all parts."""


def vote_seed(key: StepKey) -> int:
    """The seed a vote sends to its model: 31 bits of its key, so that no two votes share a request."""
    return int(key[:8], 16) & 0x7FFF_FFFF
