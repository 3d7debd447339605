"""The bytes of the files that were reviewed, by their hash."""

import re
from contextlib import suppress
from pathlib import Path

from reviewer.domain.errors import StorageError
from reviewer.domain.ids import sha256_hex
from reviewer.storage.failures import from_system
from reviewer.storage.files import write_whole

FOLDER = "originals"
_HASH = re.compile(r"[0-9a-f]{64}")


class FolderOriginalStore:
    """Implements `reviewer.ports.storage.OriginalStore`: one file each, named by its hash. Everything blocks.

    Args:
        directory: the workspace's folder.
        refusal: why nothing may be written, or None.
    """

    def __init__(self, directory: Path, refusal: StorageError | None = None) -> None:
        self._folder = directory / FOLDER
        self._refusal = refusal

    def put(self, sha256: str, data: bytes) -> None:
        """Keeps bytes, unless they are kept already.

        Raises:
            StorageError: they cannot be written.
        """
        if self._refusal is not None:
            raise self._refusal
        path = self._path(sha256)
        try:
            if path.exists() and path.stat().st_size == len(data):
                return
            self._folder.mkdir(mode=0o700, exist_ok=True)
            write_whole(path, data)
        except OSError as error:
            raise from_system(error) from error

    def get(self, sha256: str) -> bytes | None:
        """The bytes of this hash; None where they are not kept, or are not what was kept."""
        try:
            data = self._path(sha256).read_bytes()
        except OSError:
            return None
        return data if sha256_hex(data) == sha256 else None

    def forget(self, sha256: str) -> None:
        """Deletes bytes that nothing refers to any more."""
        with suppress(OSError):
            self._path(sha256).unlink(missing_ok=True)

    def _path(self, sha256: str) -> Path:
        if not _HASH.fullmatch(sha256):  # it may come from a file that somebody sent
            raise StorageError("workspace_damaged", "A document has a name that is no hash.", "Repair the workspace.")
        return self._folder / sha256
