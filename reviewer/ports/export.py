"""Writing results out."""

from typing import Protocol

from reviewer.domain.edition import Edition


class Exporter(Protocol):
    """A report to bytes of one format."""

    format: str
    """Name on the command line, such as ``json``."""

    suffix: str
    """File name suffix, with its dot."""

    def export(self, edition: Edition) -> bytes:
        """All that an edition holds. Pure; a finding whose words are not in the document is never given out as a fact.

        Raises:
            ExportError: the report cannot be written in this format.
        """
        ...
