"""From words said to be in a document to a citation: the quote gate, and the place it found."""

from functools import cached_property

from reviewer.domain.anchor import TextSpan, quoted
from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.document import Document
from reviewer.domain.projection import Projection, is_aside, project
from reviewer.domain.quote import QuoteGate, QuoteMatch


class Citer:
    """Checks quotes against one reading of one document. What that reading leaves out verifies nothing.

    A footnote or a caption may stand between two halves of a sentence, as where a page ends. Words that are not found
    are therefore looked for in the same reading without them, too.
    """

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

    def at(self, span: TextSpan) -> Citation:
        """The citation of what stands at a place of the reading, given in its offsets."""
        words = span.of(self._projection.text)
        return self._citation(words, QuoteMatch(QuoteStatus.VERIFIED, span), self._projection)

    def _checked(self, quote: str, within: TextSpan | None, hint: int | None) -> Citation:
        match = self._gate.check(quote, within, hint)
        citation = self._citation(quote, match, self._projection)
        if citation.is_evidence or self._without_asides is None:
            return citation
        body, gate = self._without_asides
        match = gate.check(quote, self._moved(within, body), hint=None)
        across = self._citation(quote, match, body)
        return across if across.is_evidence else citation

    def _moved(self, within: TextSpan | None, body: Projection) -> TextSpan | None:
        """A span of the reading as one of the text without asides."""
        return body.from_document(self._projection.to_document(within)) if within else None

    def _citation(self, quote: str, match: QuoteMatch, reading: Projection) -> Citation:
        if match.span is None:
            return Citation(quote, QuoteStatus.UNVERIFIED)
        # The place may enclose hidden or deleted words. The words that are shown and exported are only those of the
        # reading.
        shown = quoted(reading.text, match.span)
        return Citation(quote, match.status, self._document.anchor(reading.to_document(match.span), shown))

    @cached_property
    def _without_asides(self) -> tuple[Projection, QuoteGate] | None:
        """The same reading without notes and captions; None where there are none."""
        if not any(map(is_aside, self._document.blocks)):
            return None
        body = project(self._document, self._projection.view, with_asides=False)
        return body, QuoteGate(body.text)
