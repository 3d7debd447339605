"""One window a workspace: a second start hands its files to the first and ends.

The second start leaves a file in the workspace's folder; the first window sees it. No socket is opened for it.
"""

import json
import os
import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal

FOLDER = "handover"
PATIENCE_S = 3.0
"""A window that has not taken the files by then does not answer."""

_POLL_S = 0.05


def hand_over(workspace: Path, paths: Sequence[Path], sleep: Callable[[float], None] = time.sleep) -> bool:
    """Leaves files to the window that has the workspace open. Blocks until it took them; False where it does not."""
    folder = workspace / FOLDER
    message = folder / f"{uuid.uuid4().hex}.json"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        written = message.with_suffix(".part")
        written.write_text(json.dumps([str(path.absolute()) for path in paths]), "utf-8")
        os.replace(written, message)  # noqa: PTH105 - the same on every system
        deadline = time.monotonic() + PATIENCE_S
        while message.exists():
            if time.monotonic() > deadline:
                message.unlink(missing_ok=True)
                return False
            sleep(_POLL_S)
    except OSError:
        return False
    return True


class Handover(QObject):
    """Watches for what other starts leave for this window."""

    received = Signal(list)
    """Paths of files to open; may be none: then only the window is wanted."""

    def __init__(self, workspace: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = workspace / FOLDER
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._take)
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for stale in self._folder.iterdir():
                stale.unlink()
            self._watcher.addPath(str(self._folder))

    def _take(self) -> None:
        for message in sorted(self._folder.glob("*.json")):
            try:
                paths = [Path(str(each)) for each in json.loads(message.read_text("utf-8"))]
                message.unlink()
            except (OSError, ValueError, TypeError):
                continue
            self.received.emit(paths)
