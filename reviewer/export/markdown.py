"""The report as Markdown: for reading, for notes."""

import re
from collections.abc import Iterator, Mapping, Sequence

from reviewer.domain.answer import AnswerState
from reviewer.domain.citation import Citation
from reviewer.domain.decision import Standing
from reviewer.domain.edition import Edition
from reviewer.domain.finding import Finding, Statement, Summary, Translation, TranslationState
from reviewer.domain.ids import DocumentId, SectionId
from reviewer.domain.inert import inert
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

_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~&]|:(?=//)|(?<=[wW]{3})\.")
_LIST_MARK = re.compile(r"^(\d{0,9})([-+=.)])")


class MarkdownExporter:
    """The whole report as Markdown; text of documents and models is escaped, so that it formats and links nothing."""

    format = "md"
    suffix = ".md"

    def export(self, edition: Edition) -> bytes:
        """UTF-8 with a final line break."""
        return inert("\n".join(_report(edition)).rstrip() + "\n").encode("utf-8", "backslashreplace")


def _report(edition: Edition) -> Iterator[str]:
    report = edition.report
    yield "# Review report"
    yield ""
    if report.run:
        run = report.run
        yield f"{_plain(words.engine(run))} · workflow {_plain(run.workflow)} · {run.id} · {words.run_status(run)}"
        yield ""
    if left_out := words.left_out(edition):
        yield left_out
        yield ""
    for sentence in filter(None, words.notices(report)):
        yield f"> Note: {_plain(sentence)}"
        yield ""
    for document in report.documents.values():
        yield from _document(sorted_for_reading(document), edition)
    if report.synthesis:
        yield "## Synthesis"
        yield ""
        names = {key: each.document.name for key, each in report.documents.items()}
        for statement in report.synthesis.statements:
            yield from _statement(statement, names)
        yield ""
    if report.failed_files:
        yield "## Files that could not be read"
        yield ""
        for failed in report.failed_files:
            yield f"- **{_plain(failed.name)}**: {_plain(failed.message)} {_plain(failed.hint)}"
        yield ""
    yield from _ending(report)


def _ending(report: Report) -> Iterator[str]:
    """Questions over all documents, what the votes are worth, and what failed."""
    yield from _matrix(report)
    if shelf := list(shelf_words.lines(report)):
        yield "## All documents"
        yield ""
        for line in shelf:
            yield f"- {_plain(line)}"
        yield ""
    if worth := panel_words.independence(report):
        yield _plain(worth)
        yield ""
    for failure in report.failures:
        yield f"- Failed: {_plain(step_words(failure.handler))}: {_plain(failure.message)}"
        yield ""
    if report.documents:
        yield _plain(totals.sentence(report))


def _document(report: DocumentReport, edition: Edition) -> Iterator[str]:
    yield f"## {_plain(report.document.title or report.document.name)}"
    yield ""
    yield f"File: {_plain(report.document.name)} · {_plain(words.counts(report))}"
    yield ""
    if redacted := words.redacted(report):
        yield f"> {_plain(redacted)}"
        yield ""
    for warning in report.warnings:
        yield f"> Note: {_plain(warning.message)}"
        yield ""
    for finding in report.findings:
        yield from _finding(report, finding, edition.standing(finding))
    yield from _interactions(report)
    yield from _checks(report)
    yield from _table("What it says", ("What", "Value", "Where", "Words"), particular_words.rows(report))
    yield from _table("Obligations and dates", ("Who", "What", "When", "Where"), particular_words.duties(report))
    yield from _labels(report)
    yield from _routes(report)
    summaries = report.summaries
    if summaries:
        yield "### Summaries"
        yield ""
        for summary in summaries:
            yield from _summary(report, summary)
        yield ""
    yield from _translations(report)
    yield from _answers(report)
    yield from _written(report)
    for failure in report.failures:
        what = _plain(report.called(failure.handler))
        yield f"- Failed: {_place(report, failure.section)}, {what}: {_plain(failure.message)}"
    yield ""


def _finding(report: DocumentReport, finding: Finding, standing: Standing) -> Iterator[str]:
    yield f"### {words.severity(finding).upper()}: {_plain(finding.title)} ({words.outcome(finding)})"
    yield ""
    yield f"{_place(report, finding.section)} · {words.votes(finding)}"
    yield ""
    yield _plain(finding.rationale)
    yield ""
    for citation in finding.citations:
        yield from _citation(citation)
    notes = (
        ("Note", words.unbacked(finding)),
        ("Note", words.misquoted(finding)),
        ("Decision", words.decision(standing)),
        ("Note", standing.note),
        ("Gap", finding.gap),
        ("What it does", words.friction(finding)),
        ("Least change", words.edit(finding)),
        ("Suggested wording", finding.suggestion),
        ("If refused", finding.if_refused),
        ("Who may accept", finding.approver),
        *(("Looked in", searched) for searched in finding.searched),
    )
    for label, text in notes:
        if text:
            yield f"- {label}: {_plain(text)}"
    if finding.support is not None:
        for vote in finding.votes:
            yield f"- Vote of {_plain(vote.rater)}: {words.vote(vote)}. {_plain(vote.rationale)}"
    yield ""


def _interactions(report: DocumentReport) -> Iterator[str]:
    if not report.interactions:
        return
    yield "### What findings mean together"
    yield ""
    for each in report.interactions:
        yield f"- **{each.severity.upper()}: {_plain(each.title)}** {_plain(each.text)}"
        yield f"  - From: {_plain(words.resting_on(report, each))}"
        yield f"  - By: {_plain(each.by)}"
    yield ""


def _checks(report: DocumentReport) -> Iterator[str]:
    if not report.checks:
        return
    yield "### Checked by rules"
    yield ""
    for check in report.checks:
        yield f"- **{check.severity.upper()}** {_plain(check.message)}"
        for citation in check.citations[: words.SHOWN_PLACES]:
            yield f"  - {_quote(citation)}"
        if more := words.more_places(check):
            yield f"  - {more}"
    yield ""


def _labels(report: DocumentReport) -> Iterator[str]:
    yield from _table("What each clause is about", ("Clause", "About"), words.labelled(report))


def _table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if not rows:
        return
    yield f"### {title}"
    yield ""
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(_cell(each) for each in row)} |"
    yield ""


def _routes(report: DocumentReport) -> Iterator[str]:
    lines = text_words.routes(report)
    for line in lines:
        yield f"- {_plain(line)}"
    if lines:
        yield ""


def _written(report: DocumentReport) -> Iterator[str]:
    text = text_words.written(report)
    if text:
        yield "### The whole text"
        yield ""
    for title, body in text:
        yield f"#### {_plain(title)}"
        yield ""
        for paragraph in body.splitlines():
            yield _plain(paragraph)
        yield ""


def _matrix(report: Report) -> Iterator[str]:
    rows = matrix_words.rows(report)
    if not rows:
        return
    names = [_cell(cell.document) for cell in rows[0].cells]
    yield "## Questions over all documents"
    yield ""
    yield f"| Question | {' | '.join(names)} |"
    yield f"|{' --- |' * (len(names) + 1)}"
    for row in rows:
        yield f"| {_cell(row.question)} | {' | '.join(_cell(cell.said) for cell in row.cells)} |"
    yield ""


def _cell(text: str) -> str:
    return _plain(" ".join(text.split())).replace("|", "\\|")


def _answers(report: DocumentReport) -> Iterator[str]:
    if not report.answers:
        return
    yield "### Answers"
    yield ""
    if waiting := answer_words.waiting(report):
        yield _plain(waiting)
        yield ""
    for answer in report.answers:
        if answer.state is not AnswerState.NEEDS_MODEL:
            yield f"**{_plain(answer_words.title(report, answer))}**"
            yield ""
            for line in answer_words.lines(answer):
                yield f"- {_plain(line.removeprefix('- '))}"
            for field in answer.fields:
                for citation in field.citations:
                    yield ""
                    yield from _citation(citation)
            yield ""


def _translations(report: DocumentReport) -> Iterator[str]:
    translations = report.translations
    waiting = [each for each in translations if each.state is TranslationState.NEEDS_MODEL]
    if translations:
        yield "### Translations"
        yield ""
    if waiting:
        verb = "is" if len(waiting) == 1 else "are"
        yield f"{words.number(len(waiting), 'part')} {verb} not translated. {_plain(waiting[0].message)}"
        yield ""
    for translation in translations:
        if translation.state is TranslationState.DONE:
            yield from _translation(report, translation)


def _translation(report: DocumentReport, translation: Translation) -> Iterator[str]:
    languages = f"{translation.source_language} to {translation.target_language}"
    yield f"**{_place(report, translation.section)}** ({_plain(languages)})"
    yield ""
    for segment in translation.segments:
        note = f" (check: {_plain(words.segment_checks(segment))})" if segment.checks else ""
        fence = f"{words.NOT_HELD} " if "source" in segment.checks else ""
        yield f"- {fence}{_plain(segment.source)}"
        yield f"  - {_plain(segment.target)}{note}"
    yield ""


def _statement(statement: Statement, names: Mapping[DocumentId, str]) -> Iterator[str]:
    yield f"- {_plain(statement.text)}"
    for each in statement.citations:
        fence = f"{words.quote_fence(each.citation)} " if not each.citation.is_evidence else ""
        yield f"  - {_plain(names.get(each.document, each.document))}: {fence}{_quote(each.citation)}"


def _summary(report: DocumentReport, summary: Summary) -> Iterator[str]:
    """What the document's words stand behind in one line; every other sentence is set apart."""
    backed = " ".join(each.text for each in summary.sentences if each.is_backed)
    place = _place(report, summary.section)
    if backed:
        yield f"- **{place}**: {_plain(backed)}"
    for sentence in summary.sentences:
        if not sentence.is_backed:
            yield f"- **{place}**, {words.UNBACKED_SENTENCE} {_plain(sentence.text)}"


def _citation(citation: Citation) -> Iterator[str]:
    """Evidence as a quotation; whatever else a rater quoted set apart in plain words, and never as a quotation."""
    if citation.is_evidence:
        yield f"> {_quote(citation)}"
    else:
        yield f"{words.quote_fence(citation)} {_quote(citation)}"
    yield ""
    if ours := words.document_words(citation):
        yield f"The document says: “{_plain(ours)}”"
        yield ""


def _place(report: DocumentReport, section_id: SectionId | None) -> str:
    return _plain(words.place(report, section_id))


def _quote(citation: Citation) -> str:
    page = f", p. {citation.anchor.page_name}" if citation.anchor and citation.anchor.page else ""
    return f"“{_plain(citation.quote)}” ({words.quote_state(citation)}{page})"


def _plain(text: str) -> str:
    """One line, with everything escaped that Markdown would read as markup or turn into a link."""
    return _LIST_MARK.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", " ".join(text.split())))
