"""Turns: a new version of a document takes over what people decided about the one before."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from reviewer.domain.carry import (
    Carried,
    Fate,
    Match,
    SuggestionFate,
    Text,
    carry,
    carry_corrections,
    fates,
    match_sections,
)
from reviewer.domain.correction import encode_correction
from reviewer.domain.decision import (
    CLAUSE_CHANGED,
    Decision,
    DecisionAction,
    DismissReason,
    Standing,
    Status,
    SubjectKind,
    SubjectRef,
    standings,
)
from reviewer.domain.document import Document
from reviewer.domain.finding import Finding
from reviewer.domain.ids import DocumentId, FindingId, SectionId, sha256_hex
from reviewer.domain.matter import MatterId, Turn, next_turn, previous_turn
from reviewer.domain.report import DocumentReport, Report, fold_all
from reviewer.ports.storage import Workspace
from reviewer.ports.system import Clock
from reviewer.services.library import Library


class FileState(StrEnum):
    """How a file on the disk stands to what was reviewed."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class ReviewedFile:
    """A file that was reviewed: where it was, and the hash of its bytes then."""

    path: Path
    sha256: str
    document: DocumentId


@dataclass(frozen=True, slots=True)
class TurnReport:
    """What a new version took over from the one before."""

    document: DocumentId
    previous: Turn
    carried: tuple[Carried, ...]
    suggestions: tuple[SuggestionFate, ...]


class TurnService:
    """Knows the versions of documents.

    Args:
        reviewer_name: who adds versions, as the system knows them; may be empty.
    """

    def __init__(self, workspace: Workspace, library: Library, clock: Clock, reviewer_name: str = "") -> None:
        self._workspace = workspace
        self._library = library
        self._clock = clock
        self._name = reviewer_name

    async def record(
        self, matter: MatterId, document: Document, path: Path, version_of: DocumentId | None = None
    ) -> Turn:
        """Enters a document in a matter: as the next version of another, else as a document of its own.

        A file that was reviewed in the matter before, and has other bytes now, is the next version of itself. The
        corrections of how the earlier version was cut are taken over where its words are the same.

        Raises:
            StorageError: it cannot be written.
        """
        turns = await self._workspace.matters.turns(matter)
        known = next((each for each in turns if each.document == document.id), None)
        if known is not None:
            return known
        at = str(path)
        plain = Turn(
            matter, document.id, document.id, 1, document.source.name, document.source.sha256, at, self._clock.now(),
            self._name,
        )  # fmt: skip
        if version_of is None and matter:
            version_of = next((each.document for each in reversed(turns) if each.path == at), None)
        if version_of is None or version_of == document.id:
            turn = plain
        else:
            turn = await self._after(version_of, plain, turns)
        await self._workspace.matters.add_turn(turn)
        if version_of is not None and turn.number > 1:
            await self._take_corrections(version_of, document)
        return turn

    async def report(
        self, matter: MatterId, report: Report, documents: Mapping[DocumentId, Document]
    ) -> list[TurnReport]:
        """What each new version of a run takes over; the decisions are kept when this returns.

        What was decided about the new version itself stays. An earlier version that was never reviewed gives nothing.

        Raises:
            StorageError: the workspace cannot be read or written.
        """
        turns = await self._workspace.matters.turns(matter)
        told = []
        for found in report.documents.values():
            previous = previous_turn(turns, found.document.id)
            document = documents.get(found.document.id)
            if previous is not None and document is not None:
                told.append(await self._take_over(previous, document, found))
        return told

    async def file_states(self, files: Sequence[ReviewedFile]) -> dict[DocumentId, FileState]:
        """How the files on the disk stand to what was reviewed."""
        return await asyncio.to_thread(lambda: {each.document: _state(each) for each in files})

    async def _after(self, previous: DocumentId, turn: Turn, turns: Sequence[Turn]) -> Turn:
        if all(each.document != previous for each in turns):
            first = await self._workspace.documents.get(previous)
            if first is not None:
                source = first.source
                start = Turn(turn.matter, previous, previous, 1, source.name, source.sha256, "", turn.added_at, turn.by)
                await self._workspace.matters.add_turn(start)
        return next_turn(turns, previous, turn)

    async def _take_corrections(self, previous: DocumentId, document: Document) -> None:
        before = await self._workspace.documents.get(previous)
        corrections = await self._library.corrections(previous)
        if before is None or not corrections or await self._library.corrections(document.id):
            return
        split_as = self._library.detect(before)
        texts = [Text(each.text, self._library.split(each, split_as)) for each in (before, document)]
        matches = await asyncio.to_thread(match_sections, *texts)
        for correction in carry_corrections(corrections, matches):
            subject = SubjectRef(SubjectKind.SECTIONS, document.id)
            value = encode_correction(correction)
            await self._workspace.decisions.add(
                Decision(subject, DecisionAction.RESPLIT, self._clock.now(), value=value, by=self._name)
            )

    async def _take_over(self, previous: Turn, document: Document, found: DocumentReport) -> TurnReport:
        before = await self._last_report(previous.document)
        old = await self._workspace.documents.get(previous.document)
        if before is None or old is None:
            return TurnReport(document.id, previous, (), ())
        matches = await asyncio.to_thread(
            match_sections, Text(old.text, before.sections), Text(document.text, found.sections)
        )
        decisions = await self._about(before.findings)
        decided = standings(decisions)
        new = standings(await self._about(found.findings))
        carried = tuple(
            each for each in carry(before.findings, decided, found.findings, matches) if each.after not in new
        )
        people = {FindingId(each.subject.id): each.by for each in decisions}
        for each in carried:
            await self._keep(each, people.get(each.before, ""))
        return TurnReport(document.id, previous, carried, _fates(before, decided, document, found, matches))

    async def _keep(self, carried: Carried, by: str) -> None:
        standing = carried.standing
        subject = SubjectRef(SubjectKind.FINDING, carried.after)
        for action, reason, value in _acts(standing, is_open_again=carried.is_open_again):
            await self._workspace.decisions.add(
                Decision(subject, action, self._clock.now(), reason, value, by, carried.before)
            )

    async def _about(self, findings: Sequence[Finding]) -> tuple[Decision, ...]:
        return await self._workspace.decisions.about([SubjectRef(SubjectKind.FINDING, each.id) for each in findings])

    async def _last_report(self, document: DocumentId) -> DocumentReport | None:
        runs = await self._workspace.runs.runs_of(document)
        return fold_all(await self._workspace.runs.events(runs[0].id)).documents.get(document) if runs else None


def turn_sentence(turn: TurnReport) -> str:
    """What a new version took over, in a sentence or two."""
    again = sum(each.is_open_again for each in turn.carried)
    told = f"New version of {turn.previous.name}: {len(turn.carried) - again} decisions carried over"
    told += f", {again} open again because their clause changed." if again else "."
    if turn.suggestions:
        counts = Counter(each.fate for each in turn.suggestions)
        fates = ", ".join(f"{counts[fate]} {fate}" for fate in Fate)
        told += f" Suggestions: {fates}."
    return told


_Act: TypeAlias = tuple[DecisionAction, DismissReason | None, str]


def _acts(standing: Standing, *, is_open_again: bool) -> list[_Act]:
    acts: list[_Act] = []
    if is_open_again:
        acts.append((DecisionAction.REOPEN, None, CLAUSE_CHANGED))
    elif standing.status is Status.AGREED:
        acts.append((DecisionAction.AGREE, None, ""))
    elif standing.status is Status.DISMISSED:
        acts.append((DecisionAction.DISMISS, standing.reason, ""))
    if standing.note:
        acts.append((DecisionAction.NOTE, None, standing.note))
    return acts


def _fates(
    before: DocumentReport,
    decided: Mapping[FindingId, Standing],
    document: Document,
    found: DocumentReport,
    matches: Mapping[SectionId, Match],
) -> tuple[SuggestionFate, ...]:
    return fates(before.findings, decided, Text(document.text, found.sections), matches)


def _state(file: ReviewedFile) -> FileState:
    try:
        data = file.path.read_bytes()
    except OSError:
        return FileState.GONE
    return FileState.SAME if sha256_hex(data) == file.sha256 else FileState.CHANGED
