"""Facts about a workspace: where it is, its backups, what a repair gave."""

from dataclasses import dataclass
from datetime import datetime

from reviewer.domain.matter import MatterId


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """A backup. ``made_at`` aware, UTC; ``reason``: daily, migration, manual or restore."""

    name: str
    made_at: datetime
    reason: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Repair:
    """What came of a repair.

    Attributes:
        rows: how many rows the damaged database still gave.
        backup_of: when the backup was made that was laid under them; None where there was none.
        kept: where the damaged files are kept.
    """

    rows: int
    backup_of: datetime | None
    kept: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a workspace is.

    Attributes:
        network: the network file system it is on; empty for a local disk.
        cloud: the service that copies the folder; empty for none.
        is_encrypted: whether the disk is; None where that cannot be told.
    """

    folder: str
    size_bytes: int
    network: str
    cloud: str
    is_encrypted: bool | None


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What came of taking a matter's file in: how many runs and decisions were new, and how many files it brought."""

    matter: MatterId
    runs: int
    decisions: int
    originals: int = 0
