"""What of documents and runs can be found: as rows for the search index."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from reviewer.domain.anchor import TextSpan
from reviewer.domain.decision import Standing
from reviewer.domain.document import Document
from reviewer.domain.finding import Finding
from reviewer.domain.ids import FindingId, Json, SectionId, canonical_json, sha256_hex
from reviewer.domain.projection import Projection, project
from reviewer.domain.report import DocumentReport, sorted_for_reading
from reviewer.domain.search import HitKind, SearchRow
from reviewer.domain.section import Section

ROW_CHARS = 8000
"""A section longer than this is several rows, cut at the ends of lines where it has such."""


def cut_of(sections: Sequence[Section]) -> str:
    """Says whether a document is cut as it was before: the same for the same sections."""
    own: list[Json] = [
        [each.id, each.kind, each.number, each.heading, each.own.start, each.own.end] for each in sections
    ]
    return sha256_hex(canonical_json(own))


def document_rows(document: Document, sections: Sequence[Section]) -> list[SearchRow]:
    """A document and its sections, in the order of reading; only what a reader sees. Linear."""
    projection = project(document)
    name = "\n".join(each for each in (document.source.name, document.title) if each)
    rows = [SearchRow(HitKind.DOCUMENT, name, document.title)]
    headings: dict[SectionId | None, str] = {}
    for section in sections:
        headings[section.id] = section.heading or headings.get(section.parent, "")
        title = f"{section.number} {headings[section.id]}".strip()
        for span in _portions(projection.text, projection.from_document(section.own)):
            places = tuple(_places(projection, span))
            text = span.of(projection.text)
            rows.append(
                SearchRow(HitKind.SECTION, text, title, section.id, places=places, section_kind=section.kind.value)
            )
    return rows


def finding_rows(report: DocumentReport, standings: Mapping[FindingId, Standing]) -> list[SearchRow]:
    """The findings of a document, worst first, each with its note."""
    rows = []
    for finding in sorted_for_reading(report).findings:
        anchor = next((each.anchor.span for each in finding.citations if each.anchor), None)
        text = "\n".join(_texts(finding))
        rows.append(
            SearchRow(
                HitKind.FINDING, text, finding.title, finding.section, finding.id, anchor=anchor,
                severity=finding.severity.value,
            )
        )  # fmt: skip
        note = standings.get(finding.id, Standing()).note
        if note:
            rows.append(SearchRow(HitKind.NOTE, note, finding.title, finding.section, finding.id, anchor=anchor))
    return rows


def _texts(finding: Finding) -> list[str]:
    quotes = [each.quote for each in finding.citations if each.is_evidence]
    return [each for each in (finding.title, finding.rationale, finding.gap, *quotes) if each]


def _portions(text: str, span: TextSpan) -> Iterator[TextSpan]:
    start = span.start
    while span.end - start > ROW_CHARS:
        line_end = text.rfind("\n", start + 1, start + ROW_CHARS)
        end = line_end + 1 if line_end > 0 else start + ROW_CHARS
        yield TextSpan(start, end)
        start = end
    if text[start : span.end].strip():
        yield TextSpan(start, span.end)


def _places(projection: Projection, span: TextSpan) -> Iterator[tuple[int, int]]:
    """Where stretches of the document begin in a part of its projection, counted from the part's start."""
    yield 0, projection.to_document(TextSpan(span.start, span.start + 1)).start
    for index in range(bisect_right(projection.starts, span.start), len(projection.starts)):
        if projection.starts[index] >= span.end:
            return
        yield projection.starts[index] - span.start, projection.origins[index]
