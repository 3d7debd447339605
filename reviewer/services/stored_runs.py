"""Stored runs: listed, shown, compared, deleted."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from reviewer.domain.decision import Standing, SubjectKind, SubjectRef, standings
from reviewer.domain.document import Document
from reviewer.domain.errors import InputError
from reviewer.domain.hit_rate import Case, HitRates, Signs, hit_of, signs_of
from reviewer.domain.ids import DocumentId, FindingId, RunId
from reviewer.domain.report import Report, fold_all
from reviewer.domain.run import Run
from reviewer.domain.run_diff import RunDiff, diff_runs
from reviewer.ports.storage import Workspace
from reviewer.services.event_log import Listen
from reviewer.services.library import list_files
from reviewer.services.turns import FileState, ReviewedFile, TurnReport, TurnService


@dataclass(frozen=True, slots=True)
class RunResult:
    """A report, the documents it speaks about, and how its findings stand with the people who review them.

    Attributes:
        turns: what new versions took over from the ones before; only from the run that first saw them.
    """

    report: Report
    documents: dict[DocumentId, Document]
    standings: dict[FindingId, Standing] = field(default_factory=dict)
    turns: tuple[TurnReport, ...] = ()


class StoredRuns:
    """What the workspace keeps of runs. Everywhere the beginning of a run's id will do."""

    def __init__(self, workspace: Workspace, turns: TurnService) -> None:
        self._workspace = workspace
        self._turns = turns

    async def list_runs(self) -> tuple[Run, ...]:
        """All runs, newest first."""
        return await self._workspace.runs.list_runs()

    async def show(self, run_id: str) -> RunResult:
        """The report of a stored run: its events, folded again.

        Raises:
            InputError: there is no such run.
        """
        run = await self._get(run_id)
        report = await self._report(run)
        return RunResult(report, await self._documents(report), await self._standings(report))

    async def replay(self, run_id: str, listen: Listen) -> dict[DocumentId, Document]:
        """Tells the events of a stored run again, and gives the documents it speaks about.

        Raises:
            InputError: there is no such run.
        """
        run = await self._get(run_id)
        events = await self._workspace.runs.events(run.id)
        for event in events:
            listen(event)
        return await self._documents(fold_all(events))

    async def diff(self, run_id: str, other_id: str) -> RunDiff:
        """What differs between the findings of two stored runs.

        Raises:
            InputError: there is no such run.
        """
        runs = [await self._get(each) for each in (run_id, other_id)]
        before, after = [await self._report(each) for each in runs]
        return diff_runs(before, after)

    async def hit_rates(self) -> HitRates:
        """How often people agreed with findings like one, from all decisions kept here about findings kept here.

        Folds every run once.

        Raises:
            StorageError: the workspace cannot be read.
        """
        decided = standings(await self._workspace.decisions.of_kind(SubjectKind.FINDING))
        hits = {finding: hit for finding, each in decided.items() if (hit := hit_of(each)) is not None}
        found: dict[FindingId, Signs] = {}
        for run in await self._workspace.runs.list_runs() if hits else ():
            for document in (await self._report(run)).documents.values():
                routes = {each.section: each.route.confidence for each in document.routes}
                for each in document.findings:
                    if each.id in hits and each.id not in found:  # as the latest run has it
                        found[each.id] = signs_of(each, routes.get(each.section, 1.0))
        return HitRates([Case(found[finding], hit) for finding, hit in hits.items() if finding in found])

    async def file_states(self, run_id: str) -> dict[DocumentId, FileState]:
        """How the files of a stored run stand on the disk to what was reviewed.

        Raises:
            InputError: there is no such run.
        """
        run = await self._get(run_id)
        report = await self._report(run)
        documents = await self._documents(report)
        listed = await asyncio.to_thread(list_files, [Path(each) for each in run.paths])
        by_name = {each.name: each for each in listed if isinstance(each, Path)}
        files = [
            ReviewedFile(by_name[each.source.name], each.source.sha256, each.id)
            for each in documents.values()
            if each.source.name in by_name
        ]
        return await self._turns.file_states(files)

    async def delete(self, run_id: str) -> Run:
        """Deletes a run, and all that no other run needs, from the backups too.

        Raises:
            InputError: there is no such run.
            StorageError: it cannot be deleted.
        """
        run = await self._get(run_id)
        await self._workspace.delete([run.id])
        return run

    async def _votes(self, run: Run) -> int:
        """How many votes a run took of each model at most."""
        if run.votes is not None:
            return run.votes
        report = await self._report(run)
        findings = (each for document in report.documents.values() for each in document.findings)
        return max((vote.index + 1 for finding in findings for vote in finding.votes), default=1)

    async def _report(self, run: Run) -> Report:
        return fold_all(await self._workspace.runs.events(run.id))

    async def _documents(self, report: Report) -> dict[DocumentId, Document]:
        kept = {each: await self._workspace.documents.get(each) for each in report.documents}
        return {each: document for each, document in kept.items() if document is not None}

    async def _standings(self, report: Report) -> dict[FindingId, Standing]:
        found = [each.id for document in report.documents.values() for each in document.findings]
        subjects = [SubjectRef(SubjectKind.FINDING, each) for each in found]
        return standings(await self._workspace.decisions.about(subjects))

    async def _get(self, run_id: str) -> Run:
        run = await self._workspace.runs.get(RunId(run_id))
        if run is None:
            raise InputError("no_such_run", f"There is no run {run_id}.", "See: reviewer runs list")
        return run
