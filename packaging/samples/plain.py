"""Samples that are plain text: as they are written, with the same ends of lines everywhere."""

from pathlib import Path


class PlainText:
    """A text as it stands in its source."""

    def __init__(self, source: Path) -> None:
        self._source = source

    def write(self, target: Path) -> None:
        """Writes the text, each line ended by one line feed."""
        target.write_text(self._source.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
