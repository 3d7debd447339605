"""Files that made their reader crash twice are not tried again."""

import threading

_MOST_CRASHES = 2


class Quarantine:
    """Counts crashes by the hash of a file's bytes, until the program ends. Safe from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._crashes: dict[str, int] = {}

    def holds(self, sha256: str) -> bool:
        """Whether a file has crashed its reader too often."""
        with self._lock:
            return self._crashes.get(sha256, 0) >= _MOST_CRASHES

    def count(self, sha256: str) -> None:
        """A file crashed its reader."""
        with self._lock:
            self._crashes[sha256] = self._crashes.get(sha256, 0) + 1
