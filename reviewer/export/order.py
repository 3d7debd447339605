"""The order of a report: worst first, then as the document reads."""

from reviewer.domain.finding import Finding, Summary, Translation
from reviewer.domain.ids import SectionId
from reviewer.domain.report import DocumentReport


def findings(report: DocumentReport) -> list[Finding]:
    """Findings by severity, then by place; what the document does not hold at all comes last of its severity."""
    place = _places(report)
    return sorted(report.findings, key=lambda each: (each.severity.rank, place.get(each.section, len(place))))


def summaries(report: DocumentReport) -> list[Summary]:
    """Summaries as the document reads; one of the whole document first."""
    place = _places(report)
    return sorted(report.summaries, key=lambda each: place.get(each.section, -1))


def translations(report: DocumentReport) -> list[Translation]:
    """Translations as the document reads; one of the whole document first."""
    place = _places(report)
    return sorted(report.translations, key=lambda each: place.get(each.section, -1))


def _places(report: DocumentReport) -> dict[SectionId | None, int]:
    return {section.id: index for index, section in enumerate(report.sections)}
