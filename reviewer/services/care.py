"""Care of the workspace: backups, checks, repair."""

import asyncio

from reviewer.domain.errors import StorageError
from reviewer.domain.workspace import BackupInfo, Place, Repair
from reviewer.ports.storage import Keeper
from reviewer.ports.system import Clock


class CareService:
    """Looks after a workspace's folder. Nothing here blocks the loop; `restore` and `repair` need it closed."""

    def __init__(self, keeper: Keeper, clock: Clock) -> None:
        self._keeper = keeper
        self._clock = clock

    async def backups(self) -> tuple[BackupInfo, ...]:
        """The backups, newest first."""
        return await asyncio.to_thread(self._keeper.backups)

    async def back_up(self) -> BackupInfo | None:
        """Makes a backup now.

        Raises:
            StorageError: it cannot be made, or what was copied is damaged.
        """
        now = self._clock.now()
        return await asyncio.to_thread(self._keeper.back_up, now)

    async def back_up_daily(self) -> BackupInfo | None:
        """Makes the day's backup where it is due.

        Raises:
            StorageError: it cannot be made, or what was copied is damaged.
        """
        now = self._clock.now()
        return await asyncio.to_thread(lambda: self._keeper.back_up(now, only_if_due=True))

    async def look_after(self) -> int:
        """Makes the day's backup where it is due, and counts damaged rows.

        Returns:
            How many rows are damaged; -1 where the database cannot be read to its end.

        Raises:
            StorageError: the backup cannot be written, as on a full disk.
        """
        try:
            damaged = await asyncio.to_thread(self._keeper.damage)
        except StorageError as error:
            if error.code == "workspace_damaged":
                return -1
            raise
        if not damaged:  # a damaged copy would push a sound one out
            await self.back_up_daily()
        return damaged

    async def place(self) -> Place:
        """Where the workspace is."""
        return await asyncio.to_thread(self._keeper.place)

    async def restore(self, name: str) -> None:
        """Puts a backup in place of the workspace, which must be closed.

        Raises:
            InputError: there is no such backup.
            StorageError: the workspace is in use, or the backup is damaged; nothing is changed then.
        """
        now = self._clock.now()
        await asyncio.to_thread(self._keeper.restore, name, now)

    async def repair(self) -> Repair:
        """Makes a new workspace of what can still be read; it must be closed.

        Raises:
            StorageError: the workspace is in use, or cannot be written.
        """
        now = self._clock.now()
        return await asyncio.to_thread(self._keeper.repair, now)


def place_sentences(place: Place) -> tuple[str, ...]:
    """What a person should know about where their workspace is."""
    encrypted = {
        True: "The disk is encrypted.",
        False: "The disk is not encrypted, nor does Reviewer encrypt the workspace: whoever has the disk can read it.",
        None: "Reviewer does not encrypt the workspace; whether the disk is encrypted cannot be told from here.",
    }
    found = [encrypted[place.is_encrypted]]
    if place.cloud:
        found.append(
            f"The folder is copied by {place.cloud}: documents leave this computer that way, and copying can damage"
            " the database. Choose a folder outside it."
        )
    if place.network:
        found.append(f"The folder is on a network drive ({place.network}), where nothing is written.")
    return tuple(found)
