"""Runs: one job from documents to a report."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from reviewer.domain.ids import RunId
from reviewer.domain.workflow import EngineId


class RunStatus(StrEnum):
    """How a run stands.

    *partial*: finished, but some documents or sections failed. *interrupted*: stopped by the user. *failed*: a fatal
    error stopped it. What was done is kept in every case.
    """

    RUNNING = "running"
    DONE = "done"
    PARTIAL = "partial"
    INTERRUPTED = "interrupted"
    FAILED = "failed"

    @property
    def is_unfinished(self) -> bool:
        """True when the same command continues it."""
        return self in (RunStatus.RUNNING, RunStatus.INTERRUPTED, RunStatus.FAILED)


@dataclass(frozen=True, slots=True)
class Run:
    """A run as the list of runs shows it.

    Attributes:
        workflow: id of the workflow, or ``auto`` where each document got the one that fits it.
        models: names of the models asked; empty for the built-in checks.
        votes: votes per rater asked for on the command line, or None where the workflow says.
        fingerprint: hash of inputs and settings; the same fingerprint continues an unfinished run.
        paths: the files as they were named, for ``runs resume``.
        options: further settings needed to start the same run again, without any secret.
        started_at, finished_at: aware, UTC.
        matter: id of the matter it belongs to; empty for none.
    """

    id: RunId
    workflow: str
    engine: EngineId
    models: tuple[str, ...]
    votes: int | None
    fingerprint: str
    paths: tuple[str, ...]
    options: dict[str, str]
    started_at: datetime
    finished_at: datetime | None = None
    status: RunStatus = RunStatus.RUNNING
    matter: str = ""
