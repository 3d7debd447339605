"""Opening a workspace: one process writes, the others read."""

from datetime import UTC, datetime
from pathlib import Path

from reviewer.domain.errors import StorageError
from reviewer.ports.storage import Access
from reviewer.storage.backups import BackupReason, make_backup
from reviewer.storage.connection import FILE_NAME, is_current, is_outdated, make_private
from reviewer.storage.failures import from_system, storage_error
from reviewer.storage.lock import OWNER_NAME, WorkspaceLock, read_holder
from reviewer.storage.volume import network_system
from reviewer.storage.workspace import SqliteWorkspace

WAIT_S = 2.0
"""How long one who must write waits for another to finish: most commands hold the workspace for less."""


def open_workspace(directory: Path, access: Access = Access.WRITE, purpose: str = "review") -> SqliteWorkspace:
    """Opens a workspace, which is made where it is missing and may be. Blocks, for up to 2 s where it is in use.

    Args:
        directory: its folder.
        access: with *either*, what cannot be written is opened to be read, and says why in ``refusal``. With *read* it
            is only written to bring an older one up to date.
        purpose: what the others are told who want to write meanwhile.

    Raises:
        StorageError: it cannot be opened so; *workspace_locked* where another process writes in it,
            *workspace_on_network* on a network drive, *workspace_newer*, *workspace_unwritable*, *workspace_damaged*.
    """
    if access is Access.READ and is_current(directory / FILE_NAME):
        return SqliteWorkspace(directory, storage_error("workspace_read_only"))
    try:
        return _open_to_write(directory, purpose, WAIT_S if access is Access.WRITE else 0.0)
    except StorageError as error:
        if access is Access.WRITE or error.code not in _STILL_READABLE or not (directory / FILE_NAME).exists():
            raise
        return SqliteWorkspace(directory, error)


_STILL_READABLE = {"workspace_locked", "workspace_on_network", "workspace_newer", "workspace_unwritable"}


def _open_to_write(directory: Path, purpose: str, wait_s: float) -> SqliteWorkspace:
    try:
        make_private(directory)
        if system := network_system(directory):
            raise _on_network(system)
        lock = WorkspaceLock(directory)
        if not lock.acquire(purpose, wait_s):
            raise locked_by(directory / OWNER_NAME)
    except OSError as error:
        raise from_system(error) from error
    try:
        if is_outdated(directory / FILE_NAME):
            make_backup(directory, BackupReason.MIGRATION, datetime.now(UTC))
        return SqliteWorkspace(directory, lock=lock)
    except BaseException:
        lock.release()
        raise


def _on_network(system: str) -> StorageError:
    return StorageError(
        "workspace_on_network",
        f"The workspace folder is on a network drive ({system}), where a database can be damaged.",
        "Use a folder on this computer with --workspace.",
    )


def locked_by(owner: Path) -> StorageError:
    """Why a workspace cannot be written: who writes there, by the file in which they say so."""
    holder = read_holder(owner)
    if holder is None:
        return storage_error("workspace_locked")
    since = datetime.fromisoformat(holder.started_at).astimezone()
    return StorageError(
        "workspace_locked",
        f"Another Reviewer ({holder.purpose}, process {holder.process} on {holder.host}, since {since:%H:%M})"
        " is writing in this workspace.",
        "Wait for it to end or close it, or use another folder with --workspace.",
    )
