"""Reading and cutting documents."""

from typing import Protocol

from reviewer.domain.document import Document, SourceFile
from reviewer.domain.section import Section, SplitAs


class DocumentParser(Protocol):
    """Bytes to a document."""

    @property
    def version(self) -> str:
        """Changes when the same bytes may give another document; stored ones of another version are read anew."""
        ...

    def parse(self, source: SourceFile) -> Document:
        """Reads a file. Blocks for up to its time budget; call it from a thread. Safe from several threads.

        Raises:
            InputError: it is no document, is empty, broken, encrypted, too big or holds no text; says what to do.
        """
        ...

    def close(self) -> None:
        """Ends the worker processes. Nothing can be parsed afterwards."""
        ...


class Splitter(Protocol):
    """A document to sections."""

    def split(self, document: Document, split_as: SplitAs) -> tuple[Section, ...]:
        """Sections in order, a tree whose ``own`` parts tile the visible projection; never empty for a text."""
        ...

    def detect(self, document: Document) -> SplitAs:
        """Whether a document reads like a contract or like a paper; never *auto*."""
        ...
