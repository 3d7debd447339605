"""What was dropped on the window."""

from pathlib import Path

from PySide6.QtCore import QMimeData


def dropped_paths(data: QMimeData) -> tuple[Path, ...]:
    """The files and folders behind a drop; none where a program dropped something that is no file (a mail's part)."""
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile() and url.toLocalFile())
