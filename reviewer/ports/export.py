"""Writing results out."""

from collections.abc import Mapping
from typing import Protocol

from reviewer.domain.document import Document
from reviewer.domain.ids import DocumentId
from reviewer.domain.report import Report


class Exporter(Protocol):
    """A report to bytes of one format."""

    format: str
    """Name on the command line, such as ``json``."""

    suffix: str
    """File name suffix, with its dot."""

    def export(self, report: Report, documents: Mapping[DocumentId, Document]) -> bytes:
        """The whole report. Pure; a finding whose words are not in the document is never given out as a fact.

        Raises:
            ExportError: the report cannot be written in this format.
        """
        ...
