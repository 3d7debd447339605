"""Document reports as a synthesis gets them."""

from reviewer.domain.anchor import Anchor, TextQuote, TextSpan
from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.events import DocumentHeader
from reviewer.domain.finding import Summary, SummarySentence
from reviewer.domain.ids import DocumentId, SectionId
from reviewer.domain.report import DocumentReport
from reviewer.domain.section import Section, SectionKind


def sentence(text: str, status: QuoteStatus = QuoteStatus.VERIFIED) -> SummarySentence:
    """A sentence that rests on its own words."""
    anchor = None if status is QuoteStatus.UNVERIFIED else Anchor(TextSpan(0, len(text)), TextQuote(text))
    return SummarySentence(text, (Citation(text, status, anchor),))


def document(name: str, *summaries: tuple[str | None, str, SummarySentence], title: str = "") -> DocumentReport:
    """A report with summaries: section, facet, sentence. The sections are those named s1 to s9."""
    header = DocumentHeader(DocumentId(name), f"{name}.pdf", "application/pdf", 1, "en", title)
    span = TextSpan(0, 1)
    sections = tuple(
        Section(SectionId(f"s{n}"), SectionKind.SECTION, "", "", 1, None, span, span) for n in range(1, 10)
    )
    made = tuple(Summary(SectionId(section) if section else None, facet, (said,), "rule")
                 for section, facet, said in summaries)  # fmt: skip
    return DocumentReport(header, "paper", "", sections, 1, summaries=made)
