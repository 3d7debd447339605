"""From words said to be in a document to a citation: the quote gate, and the place it found."""

from reviewer.domain.anchor import TextSpan
from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.document import Document
from reviewer.domain.projection import Projection
from reviewer.domain.quote import QuoteGate


class Citer:
    """Checks quotes against one reading of one document. What that reading leaves out verifies nothing."""

    def __init__(self, document: Document, projection: Projection) -> None:
        self._document = document
        self._projection = projection
        self._gate = QuoteGate(projection.text)
        self._known: dict[tuple[str, TextSpan | None, int | None], Citation] = {}

    def cite(self, quote: str, within: TextSpan | None = None, hint: int | None = None) -> Citation:
        """The citation of a quote.

        Args:
            quote: the words.
            within: where they were said to stand, in offsets of the projection; None for anywhere.
            hint: the offset to prefer where they stand more than once.
        """
        asked = (quote, within, hint)
        if asked not in self._known:  # raters who agree quote the same words
            self._known[asked] = self._checked(quote, within, hint)
        return self._known[asked]

    def _checked(self, quote: str, within: TextSpan | None, hint: int | None) -> Citation:
        match = self._gate.check(quote, within, hint)
        if match.span is None:
            return Citation(quote, QuoteStatus.UNVERIFIED)
        return Citation(quote, match.status, self._document.anchor(self._projection.to_document(match.span)))
