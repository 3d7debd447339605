"""The progress of a run: its events, folded into counts, states of sections, and one sentence."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

from reviewer.domain.events import (
    DocumentAdded,
    DocumentFinished,
    ItemHandled,
    ItemRouted,
    RoutedItem,
    RunEvent,
    RunFinished,
    RunStarted,
    StepDone,
    StepFailed,
)
from reviewer.domain.ids import DocumentId, SectionId
from reviewer.domain.run import RunStatus
from reviewer.domain.section import Section

ENOUGH_ITEMS = 5
"""So many items must have been worked on before a time is foretold."""

_AGGREGATE = "aggregate"
"""Stands for the rater where votes are in, but could not be brought together."""


class SectionState(StrEnum):
    """How a section stands. *none*: nothing is asked of it."""

    NONE = "none"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


_Place = tuple[DocumentId, SectionId | None]


@dataclass(slots=True)
class _Work:
    """What is asked about one section, or about the document as a whole.

    Attributes:
        open: items that still wait for a handler.
        pending: handlers that are not done yet, and how often.
        answered, failed: handlers that got an answer, and that missed one.
        is_live: something was asked now, rather than taken from what an earlier run stored.
    """

    handlers: set[str] = field(default_factory=set)
    open: int = 0
    pending: Counter[str] = field(default_factory=Counter)
    answered: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    is_live: bool = False
    is_broken: bool = False

    @property
    def has_failed(self) -> bool:
        """True when one of its handlers got no answer at all."""
        return self.is_broken or bool(self.failed - self.answered)

    @property
    def has_begun(self) -> bool:
        """True when something came back."""
        return bool(self.answered or self.failed)

    @property
    def ended(self) -> SectionState:
        """The state in the end."""
        if not self.handlers:
            return SectionState.NONE
        return SectionState.FAILED if self.has_failed else SectionState.DONE


@dataclass(slots=True)
class _Document:
    sections: tuple[Section, ...]
    items: int
    works: dict[SectionId | None, _Work] = field(default_factory=dict)
    routed: int = 0
    finished: int = 0


class Progress:
    """Folds the events of a run; the same for a run that goes on and for one that is opened again.

    Taking an event costs the same however large the run is, but for the end of a document.
    """

    def __init__(self) -> None:
        self._documents: dict[DocumentId, _Document] = {}
        self._open: dict[_Place, _Work] = {}
        self._connections: int | None = None
        self._ended: RunStatus | None = None
        self._live = self.failed_steps = 0

    # ------------------------------------------------------------------------------------------------ what comes in

    def take(self, event: RunEvent) -> None:
        """One more event. Those of documents that are not known are left out."""
        match event:
            case RunStarted():
                self._restart(event)
            case DocumentAdded():
                self._documents[event.document.id] = _Document(event.sections, event.items)
            case ItemRouted():
                self._route(event.document, event.routed)
            case StepDone():
                self._note_done(event)
            case StepFailed():
                self._note_failed(event)
            case ItemHandled():
                self._handle(event)
            case DocumentFinished():
                self._finish_document(event.document)
            case RunFinished():
                self._ended = event.status
            case _:
                pass

    def _restart(self, event: RunStarted) -> None:
        self._documents, self._open = {}, {}
        self._live = self.failed_steps = 0
        self._ended = None
        connections = event.run.options.get("max_connections", "")
        self._connections = int(connections) if connections.isdigit() else None

    def _route(self, document_id: DocumentId, routed: RoutedItem) -> None:
        document = self._documents.get(document_id)
        if document is None:
            return
        document.routed += 1
        work = document.works.setdefault(routed.section, _Work())
        if not routed.handlers:
            document.finished += 1
            return
        work.handlers.update(routed.handlers)
        work.pending.update(routed.handlers)
        work.open += 1
        self._open[document_id, routed.section] = work

    def _note_done(self, event: StepDone) -> None:
        work = self._work(event.document, event.section)
        if work is not None and event.handler in work.handlers:
            work.answered.add(event.handler)
            work.is_live = work.is_live or not event.usage.cached

    def _note_failed(self, event: StepFailed) -> None:
        self.failed_steps += 1
        work = self._work(event.document, event.section)
        if work is not None and event.handler in work.handlers:
            work.failed.add(event.handler)
            work.is_live = True
            work.is_broken = work.is_broken or event.rater == _AGGREGATE

    def _handle(self, event: ItemHandled) -> None:
        work = self._work(event.document, event.section)
        if work is None or not work.pending[event.handler]:
            return
        work.pending[event.handler] -= 1
        if not work.pending.total():
            self._finish((event.document, event.section), work)

    def _finish(self, place: _Place, work: _Work) -> None:
        self._documents[place[0]].finished += work.open
        self._live += work.open if work.is_live else 0
        work.open = 0
        work.pending.clear()
        self._open.pop(place, None)

    def _finish_document(self, document_id: DocumentId) -> None:
        document = self._documents.get(document_id)
        if document is None:
            return
        for section, work in document.works.items():
            self._finish((document_id, section), work)
        document.finished = document.items

    def _work(self, document_id: DocumentId | None, section: SectionId | None) -> _Work | None:
        document = self._documents.get(document_id) if document_id else None
        return document.works.get(section) if document else None

    # ------------------------------------------------------------------------------------------------- what is shown

    @property
    def total(self) -> int:
        """Items of all documents."""
        return sum(document.items for document in self._documents.values())

    @property
    def finished(self) -> int:
        """Items whose handlers are all done, failed ones included; never more than `total`."""
        return sum(min(document.finished, document.items) for document in self._documents.values())

    @property
    def failed(self) -> int:
        """Finished items that a handler got no answer for."""
        works = (work for document in self._documents.values() for work in document.works.values())
        return sum(not work.open and work.ended is SectionState.FAILED for work in works)

    @property
    def running(self) -> int:
        """Items that are being worked on."""
        in_flight = self._in_flight()
        return sum(self._state(place, work, in_flight) is SectionState.RUNNING for place, work in self._open.items())

    @property
    def fraction(self) -> float:
        """How much is done, 0 to 1."""
        return self.finished / self.total if self.total else float(self._ended is not None)

    def sections(self, document_id: DocumentId) -> dict[SectionId, SectionState]:
        """The state of every section of a document. What is part of a larger item stands as that item does.

        Linear in the number of sections.
        """
        document = self._documents.get(document_id)
        if document is None:
            return {}
        in_flight = self._in_flight()
        known = {
            section: self._state((document_id, section), work, in_flight) for section, work in document.works.items()
        }
        # Whether a part is an item of its own or belongs to the one around it is sure once all are routed.
        is_sure = document.routed >= document.items
        whole = known.get(None, SectionState.NONE if is_sure else SectionState.WAITING)
        states: dict[SectionId, SectionState] = {}
        for section in document.sections:
            around = states.get(section.parent, whole) if section.parent else whole
            states[section.id] = known.get(section.id, around if is_sure else SectionState.WAITING)
        return states

    def sentence(self, elapsed_s: float | None = None) -> str:
        """How the run stands, in words.

        Args:
            elapsed_s: seconds since the run began; without it no time is foretold.
        """
        if not self._documents:
            return "Reading the documents" if self._ended is None else "Nothing was reviewed"
        return ", ".join(part for part in (self._counts(), self._failures(), self._end(elapsed_s)) if part)

    def _counts(self) -> str:
        works = [work for document in self._documents.values() for work in document.works]
        is_whole = bool(works) and not any(works)
        unit = ("document" if is_whole else "section") + ("" if self.total == 1 else "s")
        return f"{self.finished} of {self.total} {unit}"

    def _failures(self) -> str:
        if failed := self.failed:
            return f"{failed} failed"
        if self.failed_steps:
            return f"{self.failed_steps} {'answer' if self.failed_steps == 1 else 'answers'} failed"
        return ""

    def _end(self, elapsed_s: float | None) -> str:
        if self._ended is RunStatus.INTERRUPTED:
            return "stopped"
        if self._ended is RunStatus.FAILED:
            return "ended early"
        if self._ended is None:
            return "finishing" if self.finished == self.total else self._time_left(elapsed_s)
        return ""

    def _time_left(self, elapsed_s: float | None) -> str:
        """Only from items worked on in this run: what was stored or left out says nothing about speed."""
        if elapsed_s is None or self._live < ENOUGH_ITEMS:
            return ""
        left_s = elapsed_s / self._live * (self.total - self.finished)
        minutes = round(left_s / 60)
        if minutes < 1:
            return "less than a minute left"
        if minutes < 60:
            return f"about {minutes} min left"
        hours, minutes = divmod(minutes, 60)
        return f"about {hours} h {minutes} min left" if minutes else f"about {hours} h left"

    def _in_flight(self) -> set[_Place]:
        """Calls get their slots in the order they were asked for: so many items at most are really being asked."""
        return set(islice(self._open, self._connections))

    def _state(self, place: _Place, work: _Work, in_flight: set[_Place]) -> SectionState:
        if not work.open:
            return work.ended
        if self._ended is not None:
            return SectionState.WAITING
        return SectionState.RUNNING if work.has_begun or place in in_flight else SectionState.WAITING
