"""A synthesis by rule: what each document says on the same point side by side, and the terms they share."""

import re
from collections import Counter
from collections.abc import Sequence

from reviewer.domain.finding import SourceCitation, Statement, Summary, SummarySentence, Synthesis
from reviewer.domain.report import DocumentReport
from reviewer.domain.vote import RULE

FACETS = ("question", "method", "result", "limits")
MAX_TERMS = 5
MIN_TERM_CHARS = 5
MIN_SENTENCES = 2
"""A term counts for a document that uses it in so many sentences: once is chance."""
_WORD = re.compile(r"[^\W\d_]+")
_COMMON = frozenset(
    re.findall(
        r"\w+",
        "about above after again against among between could during every further however method methods paper papers "
        "results result shall should study their there these those three through under using where which while whole "
        "would within without first second other whether found tested conclude compared "
        "diese dieser dieses einen einer eines haben sowie werden wurde wurden zwischen ergebnis ergebnisse methode "
        "jedoch können unserer",
    )
)


class RuleSynthesizer:
    """Implements `reviewer.ports.handling.RuleSynthesizer`. Says nothing that no document says."""

    def synthesize(self, documents: Sequence[DocumentReport]) -> Synthesis:
        """Per facet one statement a document, then the terms they share; empty for fewer than two with summaries."""
        speaking = [document for document in documents if document.summaries]
        if len(speaking) < 2:  # noqa: PLR2004 - a synthesis is of several
            return Synthesis(RULE, ())
        statements = [
            statement
            for facet in FACETS
            for document in speaking
            if (statement := _of_facet(document, facet)) is not None
        ]
        return Synthesis(RULE, (*statements, *_shared(speaking)))


def _of_facet(document: DocumentReport, facet: str) -> Statement | None:
    """The first sentence about a facet; one from a section of that name before one from elsewhere."""
    summaries = _in_order(document)
    about = [summary for summary in summaries if summary.facet == facet]
    for summary in about:
        for sentence in summary.sentences:
            if sources := _sources(document, summary, sentence):
                return Statement(sentence.text, facet, sources)
    return None


def _in_order(document: DocumentReport) -> list[Summary]:
    order = {section.id: index for index, section in enumerate(document.sections)}
    return sorted(document.summaries, key=lambda each: order.get(each.section, -1) if each.section else -1)


def _sources(document: DocumentReport, summary: Summary, sentence: SummarySentence) -> tuple[SourceCitation, ...]:
    return tuple(
        SourceCitation(document.document.id, summary.section, citation)
        for citation in sentence.citations
        if citation.is_evidence
    )


def _shared(documents: Sequence[DocumentReport]) -> list[Statement]:
    """The terms that several documents use in several sentences each, with a sentence from every one that does."""
    uses: dict[str, dict[str, tuple[SourceCitation, ...]]] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for document in documents:
        for summary in _in_order(document):
            for sentence in summary.sentences:
                sources = _sources(document, summary, sentence)
                for term in _terms(sentence.text) if sources else ():
                    uses.setdefault(term, {}).setdefault(document.document.id, sources)
                    counts[term, document.document.id] += 1
    often = {
        term: {each: sources for each, sources in by_document.items() if counts[term, each] >= MIN_SENTENCES}
        for term, by_document in uses.items()
    }
    shared = [term for term, by_document in often.items() if len(by_document) > 1]
    shared.sort(key=lambda term: (-len(often[term]), -sum(counts[term, each] for each in often[term]), term))
    return [_speak_of(term, often[term], len(documents)) for term in shared[:MAX_TERMS]]


def _terms(text: str) -> set[str]:
    words = (word.lower() for word in _WORD.findall(text))
    return {word for word in words if len(word) >= MIN_TERM_CHARS and word not in _COMMON}


def _speak_of(term: str, uses: dict[str, tuple[SourceCitation, ...]], documents: int) -> Statement:
    return Statement(
        f"{len(uses)} of {documents} documents speak of “{term}”.",
        "shared",
        tuple(source for sources in uses.values() for source in sources),
    )
