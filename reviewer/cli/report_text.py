"""The report for a terminal."""

import shutil
import textwrap
from collections.abc import Iterator

from reviewer.domain.answer import AnswerState
from reviewer.domain.citation import Citation
from reviewer.domain.decision import Standing
from reviewer.domain.edition import Edition
from reviewer.domain.finding import Finding, RaterVote, Summary, Synthesis, TranslationState
from reviewer.domain.outcome import Outcome
from reviewer.domain.particular import Column
from reviewer.domain.report import DocumentReport, Report, sorted_for_reading, step_words
from reviewer.export import (
    answer_words,
    matrix_words,
    panel_words,
    particular_words,
    shelf_words,
    text_words,
    totals,
    words,
)

QUOTE_CHARS = 300


def report_text(edition: Edition) -> str:
    """Plain text, wrapped to the terminal; findings worst first, what is as wanted on a line each."""
    width = min(shutil.get_terminal_size((100, 24)).columns, 110)
    # Each is one line: no name or title from a document or a model begins a line of its own.
    return "\n".join(" ".join(line.splitlines()) for line in _Page(edition, width).report())


class _Page:
    def __init__(self, edition: Edition, width: int) -> None:
        self._edition = edition
        self._width = width

    def report(self) -> Iterator[str]:
        report = self._edition.report
        if report.run:
            yield f"{words.engine(report.run)}   {report.run.id}   {words.run_status(report.run)}"
        for sentence in filter(None, words.notices(report)):
            yield from self._wrap(f"Note: {sentence}")
        for document in report.documents.values():
            yield from self._document(sorted_for_reading(document))
        if report.synthesis:
            yield from self._synthesis(report.synthesis, report)
        for failed in report.failed_files:
            yield ""
            yield from self._wrap(f"Not read: {failed.name}: {failed.message} {failed.hint}")
        for failure in report.failures:
            yield ""
            yield from self._wrap(f"Failed: {step_words(failure.handler)}: {failure.message}")
        yield from self._matrix(report)
        shelf = list(shelf_words.lines(report))
        if shelf:
            yield from ("", "=" * self._width, "All documents", "=" * self._width)
        for line in shelf:
            yield from self._wrap(line)
        if worth := panel_words.independence(report):
            yield ""
            yield from self._wrap(worth)
        yield ""
        yield from self._wrap(totals.sentence(report, "; run the same command again to try once more"))

    def _document(self, report: DocumentReport) -> Iterator[str]:
        yield ""
        yield "=" * self._width
        title = report.document.title
        yield report.document.name + (f"   {title}" if title and title != report.document.name else "")
        yield f"{report.workflow} · {words.counts(report)}"
        yield "=" * self._width
        if redacted := words.redacted(report):
            yield from self._wrap(redacted)
        for warning in report.warnings:
            yield from self._wrap(f"Note: {warning.message}")
        yield from self._interactions(report)
        yield from self._routes(report)
        fine = [each for each in report.findings if each.outcome is Outcome.PREFERRED]
        for finding in report.findings:
            if finding.outcome is not Outcome.PREFERRED:
                yield from self._finding(report, finding)
        if fine:
            yield ""
            yield "As wanted:"
            for finding in fine:
                yield from self._wrap(f"{finding.title} ({words.place(report, finding.section)})", "  - ")
        yield from self._checks(report)
        yield from self._particulars(report)
        yield from self._labels(report)
        for summary in report.summaries:
            yield from self._summary(report, summary)
        yield from self._translations(report)
        yield from self._answers(report)
        yield from self._written(report)
        for failure in report.failures:
            yield from self._wrap(
                f"Failed: {words.place(report, failure.section)}, {report.called(failure.handler)}: {failure.message}"
            )

    def _translations(self, report: DocumentReport) -> Iterator[str]:
        waiting = [each for each in report.translations if each.state is TranslationState.NEEDS_MODEL]
        if waiting:
            yield ""
            languages = ", ".join(sorted({each.source_language for each in waiting}))
            parts = words.number(len(waiting), "part")
            yield from self._wrap(f"{parts} in another language ({languages}): {waiting[0].message} (--model)")
        for translation in report.translations:
            for segment in translation.segments:
                note = f"  (check: {words.segment_checks(segment)})" if segment.checks else ""
                yield from self._wrap(f"{segment.source}  =>  {segment.target}{note}", "  ")

    def _interactions(self, report: DocumentReport) -> Iterator[str]:
        for each in report.interactions:
            yield ""
            yield from self._wrap(f"{each.severity.upper():8} {each.title}  [taken together; {each.by}]")
            yield from self._wrap(each.text, "  ")
            yield from self._wrap(f"From: {words.resting_on(report, each)}", "  ")

    def _checks(self, report: DocumentReport) -> Iterator[str]:
        if report.checks:
            yield ""
            yield "Checked by rules:"
        for check in report.checks:
            yield from self._wrap(f"{check.severity.upper():8} {check.message}  [{check.rule}]")
            for citation in check.citations[: words.SHOWN_PLACES]:
                yield from self._quote(citation)
            if more := words.more_places(check):
                yield from self._wrap(more, "      ")

    def _particulars(self, report: DocumentReport) -> Iterator[str]:
        """What it says, without the many sums, which the other reports list; then who must do what by when."""
        said = [
            row
            for row, each in zip(particular_words.rows(report), report.particulars, strict=True)
            if each.column is not Column.AMOUNT
        ]
        if said:
            yield ""
            yield "What it says:"
        for name, value, place, _ in said:
            yield from self._wrap(f"{name}: {value}  [{place}]", "  - ")
        duties = particular_words.duties(report)
        if duties:
            yield ""
            yield "Obligations and dates:"
        for who, what, when, place in duties:
            by = f"{who}: " if who != particular_words.NOBODY else ""
            yield from self._wrap(f"{when}: {by}{what}  [{place}]", "  - ")

    def _labels(self, report: DocumentReport) -> Iterator[str]:
        rows = words.labelled(report)
        if rows:
            yield ""
            yield "What each clause is about:"
        for place, names in rows:
            yield from self._wrap(f"{place}: {names}", "  - ")

    def _answers(self, report: DocumentReport) -> Iterator[str]:
        if waiting := answer_words.waiting(report):
            yield ""
            yield from self._wrap(f"{waiting} (--model)")
        for answer in report.answers:
            if answer.state is not AnswerState.NEEDS_MODEL:
                yield ""
                yield from self._wrap(answer_words.title(report, answer))
                for line in answer_words.lines(answer):
                    for paragraph in line.splitlines():
                        yield from self._wrap(paragraph, "  ")
                for field in answer.fields:
                    for citation in field.citations[:1]:
                        yield from self._quote(citation)

    def _matrix(self, report: Report) -> Iterator[str]:
        rows = matrix_words.rows(report)
        if rows:
            yield from ("", "=" * self._width, "Questions over all documents", "=" * self._width)
        for row in rows:
            yield ""
            yield from self._wrap(row.question)
            for cell in row.cells:
                yield from self._wrap(f"{cell.document}: {cell.said}", "  ")

    def _routes(self, report: DocumentReport) -> Iterator[str]:
        for line in text_words.routes(report):
            yield from self._wrap(line, "  ")

    def _written(self, report: DocumentReport) -> Iterator[str]:
        text = text_words.written(report)
        if text:
            yield from ("", "The whole text:")
        for title, body in text:
            yield ""
            yield from self._wrap(title)
            for paragraph in body.splitlines():
                yield from self._wrap(paragraph, "  ")

    def _finding(self, report: DocumentReport, finding: Finding) -> Iterator[str]:
        yield ""
        yield from self._wrap(
            f"{words.severity(finding).upper():8} {finding.title}: {words.outcome(finding)}"
            f"  [{words.place(report, finding.section)}; {words.votes(finding)}]"
        )
        yield from self._decision(self._edition.standing(finding))
        yield from self._wrap(finding.rationale, "  ")
        for citation in finding.citations[:2]:
            yield from self._quote(citation)
        for sentence in (words.unbacked(finding), words.misquoted(finding)):
            yield from self._wrap(sentence, "  ")
        if finding.gap:
            yield from self._wrap(finding.gap, "  ")
        for label, sentence in (("Least change", words.edit(finding)), ("If refused", finding.if_refused)):
            if sentence:
                yield from self._wrap(f"{label}: {sentence}", "  ")
        if finding.searched:
            yield from self._wrap(f"Looked in: {finding.searched[0]}, its headings and its whole text.", "  ")
        if finding.support is not None and (finding.agreement != 1.0 or any(map(_is_odd, finding.votes))):
            for vote in finding.votes:
                yield from self._wrap(
                    f"{vote.index + 1}, {vote.rater}: {words.vote(vote)}. {vote.rationale}", "  vote "
                )

    def _decision(self, standing: Standing) -> Iterator[str]:
        if decided := words.decision(standing):
            yield from self._wrap(f"Decision: {decided}", "  ")
        if standing.note:
            yield from self._wrap(f"Note: {standing.note}", "  ")

    def _quote(self, citation: Citation) -> Iterator[str]:
        page = f", p. {citation.anchor.page_name}" if citation.anchor and citation.anchor.page else ""
        line = f"“{_shortened(citation.quote)}” ({words.quote_state(citation)}{page})"
        if citation.is_evidence:
            yield from self._wrap(line, "  | ")
            return
        yield from self._wrap(f"{words.quote_fence(citation)} {line}", "  ")
        if ours := words.document_words(citation):
            yield from self._wrap(f"The document says: “{_shortened(ours)}”", "  ")

    def _summary(self, report: DocumentReport, summary: Summary) -> Iterator[str]:
        yield ""
        facet = f" ({summary.facet})" if summary.facet else ""
        yield f"{words.place(report, summary.section)}{facet}"
        for sentence in summary.sentences:
            fence = "" if sentence.is_backed else f"{words.UNBACKED_SENTENCE.capitalize()} "
            yield from self._wrap(fence + sentence.text, "  ")

    def _synthesis(self, synthesis: Synthesis, report: Report) -> Iterator[str]:
        yield ""
        yield "=" * self._width
        yield "What the documents say together"
        yield "=" * self._width
        facet = ""
        for statement in synthesis.statements:
            if statement.facet != facet:
                facet = statement.facet
                yield ""
                yield f"{facet.capitalize()}:"
            names = sorted({report.documents[each.document].document.name for each in statement.citations})
            yield from self._wrap(f"{statement.text} [{', '.join(names)}]", "  - ")

    def _wrap(self, text: str, indent: str = "") -> list[str]:
        after = " " * len(indent) if not indent.endswith("| ") else indent
        return textwrap.wrap(text, self._width, initial_indent=indent, subsequent_indent=after, break_long_words=False)


def _shortened(words_quoted: str) -> str:
    text = " ".join(words_quoted.split())
    return text if len(text) <= QUOTE_CHARS else f"{text[:QUOTE_CHARS]}…"


def _is_odd(vote: RaterVote) -> bool:
    return not vote.counted or bool(vote.answered_by)
