"""What a run reports while it goes: immutable facts, stored in order and then published.

A reader folds them (`reviewer.domain.report.fold`); replaying the stored events of a run gives its report again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from reviewer.domain.answer import Answer
from reviewer.domain.check import Check
from reviewer.domain.document import DocumentWarning
from reviewer.domain.finding import Finding, Label, Summary, Synthesis, Translation
from reviewer.domain.footing import NO_FOOTING, Footing
from reviewer.domain.ids import DocumentId, SectionId, StepKey
from reviewer.domain.interaction import Interaction
from reviewer.domain.particular import Obligation, Particular
from reviewer.domain.run import Run, RunStatus
from reviewer.domain.section import Section
from reviewer.domain.task import Route
from reviewer.domain.usage import Usage
from reviewer.domain.workflow import Output


@dataclass(frozen=True, slots=True)
class DocumentHeader:
    """A document without its text."""

    id: DocumentId
    name: str
    media_type: str
    page_count: int | None
    language: str
    title: str


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The run was entered in the workspace.

    ``unknown_calls`` were under way when the program ended last: they are asked again, and may have been paid for.
    ``versions``: of this program, Python and the libraries it needs, by name.
    """

    run: Run
    unknown_calls: int = 0
    versions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentAdded:
    """A document was read and split. ``items`` is how many items its workflow made of it.

    ``findings`` are those that need nobody's answer: suspicious passages. ``outputs``: what the workflow wants shown.
    ``titles``: how its handlers are called, by their ids, where its file says.
    ``footing``: what it is held against.
    """

    document: DocumentHeader
    workflow: str
    playbook: str
    sections: tuple[Section, ...]
    items: int
    warnings: tuple[DocumentWarning, ...] = ()
    findings: tuple[Finding, ...] = ()
    outputs: tuple[Output, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    footing: Footing = NO_FOOTING


@dataclass(frozen=True, slots=True)
class DocumentFailed:
    """A file could not be read; the others go on."""

    name: str
    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class RoutedItem:
    """An item and where it goes.

    Attributes:
        text: the item's first 80 characters on one line.
        handlers: ids of the handlers that got it; none for what is not analysed.
    """

    item: str
    section: SectionId | None
    text: str
    language: str
    route: Route
    handlers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentRedacted:
    """Models are sent placeholders in place of some of a document's words.

    Attributes:
        raters: who gets no more than placeholders.
        places: kinds of what is replaced, and at how many places of the text; empty where nothing was found.
    """

    document: DocumentId
    raters: tuple[str, ...]
    places: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ItemRouted:
    """An item found its route."""

    document: DocumentId
    routed: RoutedItem


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step is stored. ``usage.cached`` is 1 where it was stored by an earlier run; no document: the synthesis.

    ``answered_by`` names the model that answered in place of the rater asked; empty where it is the same.
    """

    document: DocumentId | None
    section: SectionId | None
    handler: str
    key: StepKey
    usage: Usage
    rater: str = ""
    answered_by: str = ""


@dataclass(frozen=True, slots=True)
class StepFailed:
    """A vote, a route or the synthesis (no document) failed; the others go on. What it used was paid for."""

    document: DocumentId | None
    section: SectionId | None
    handler: str
    rater: str
    code: str
    message: str
    usage: Usage = field(default_factory=Usage)


@dataclass(frozen=True, slots=True)
class ItemHandled:
    """A handler is done with an item; what came of it: nothing where every vote failed or no playbook fits.

    Comes exactly once for each of the handlers that `ItemRouted` names. ``saved`` counts the votes that the workflow
    allows and that were not needed.
    """

    document: DocumentId
    section: SectionId | None
    handler: str
    labels: tuple[Label, ...] = ()
    findings: tuple[Finding, ...] = ()
    summaries: tuple[Summary, ...] = ()
    translations: tuple[Translation, ...] = ()
    answers: tuple[Answer, ...] = ()
    saved: int = 0


@dataclass(frozen=True, slots=True)
class DocumentFinished:
    """All items of a document are handled; findings about the document as a whole (missing, not assessed)."""

    document: DocumentId
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentChecked:
    """A document was held against the rules of the linter; comes once where its workflow asks for that."""

    document: DocumentId
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class DocumentRead:
    """A contract's particulars and obligations were read; comes once where its workflow asks for that."""

    document: DocumentId
    particulars: tuple[Particular, ...]
    obligations: tuple[Obligation, ...] = ()


@dataclass(frozen=True, slots=True)
class InteractionsFound:
    """A finished document's findings were read together; comes only where they mean something together."""

    document: DocumentId
    interactions: tuple[Interaction, ...]


@dataclass(frozen=True, slots=True)
class SynthesisMade:
    """The second pass over all documents is done."""

    synthesis: Synthesis


@dataclass(frozen=True, slots=True)
class RunFinished:
    """The run ended. ``code`` and ``message`` say why where the status is *failed*."""

    status: RunStatus
    finished_at: datetime
    code: str = ""
    message: str = ""
    hint: str = ""


RunEvent: TypeAlias = (
    RunStarted
    | DocumentAdded
    | DocumentFailed
    | DocumentRedacted
    | ItemRouted
    | StepDone
    | StepFailed
    | ItemHandled
    | DocumentChecked
    | DocumentRead
    | DocumentFinished
    | InteractionsFound
    | SynthesisMade
    | RunFinished
)
