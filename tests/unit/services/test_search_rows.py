"""What of documents and findings can be found."""

from dataclasses import replace

from reviewer.domain.anchor import TextSpan
from reviewer.domain.citation import QuoteStatus
from reviewer.domain.decision import Standing
from reviewer.domain.document import Block, Document, Visibility
from reviewer.domain.ids import SectionId
from reviewer.domain.search import HitKind, SearchRow
from reviewer.domain.section import SectionKind
from reviewer.services.search_rows import ROW_CHARS, cut_of, document_rows, finding_rows
from tests.fakes.documents import CLAUSES, make_document, make_sections
from tests.fakes.reports import make_report


def sections_of(document: Document) -> list[SearchRow]:
    span = TextSpan(0, len(document.text))
    (section,) = make_sections([document.text])
    rows = document_rows(document, [replace(section, span=span, own=span)])
    return [each for each in rows if each.kind is HitKind.SECTION]


def test_document_and_its_sections_are_rows_in_the_order_of_reading() -> None:
    document = make_document(name="a.txt", metadata={"title": "Agreement"})
    rows = document_rows(document, make_sections(CLAUSES))
    assert [(each.kind, each.text) for each in rows] == [
        (HitKind.DOCUMENT, "a.txt\nAgreement"),
        *((HitKind.SECTION, clause) for clause in CLAUSES),
    ]
    assert [each.title for each in rows[1:]] == ["1 Fees", "2 Liability", "3 Term"]
    assert {each.section_kind for each in rows[1:]} == {"clause"}
    assert [each.source(TextSpan(0, 4)) for each in rows[1:]] == [
        TextSpan(start, start + 4) for start in (0, len(CLAUSES[0]), len(CLAUSES[0]) + len(CLAUSES[1]))
    ]


def test_hidden_words_are_not_searched_and_places_are_counted_over_them() -> None:
    text = "shown secret after"
    parts = ((0, 6, Visibility.VISIBLE), (6, 13, Visibility.HIDDEN), (13, 18, Visibility.VISIBLE))
    blocks = tuple(Block(TextSpan(start, end), visibility=visibility) for start, end, visibility in parts)
    (row,) = sections_of(replace(make_document(text), blocks=blocks))
    assert row.text == "shown after"
    assert row.source(TextSpan(6, 11)) == TextSpan(13, 18)


def test_section_without_a_heading_goes_by_the_one_above() -> None:
    first, second = make_sections(["1 Fees\nAll.\n", "1.1 \nMore.\n"])
    below = replace(second, heading="", parent=first.id)
    rows = document_rows(make_document("1 Fees\nAll.\n1.1 \nMore.\n"), [first, below])
    assert [each.title for each in rows[1:]] == ["1 Fees", "1.1 Fees"]


def test_long_section_is_several_rows_that_begin_where_lines_do() -> None:
    text = "word " * 1000 + "\n" + "more " * 3000
    rows = sections_of(make_document(text))
    assert "".join(each.text for each in rows) == text
    assert rows[0].text.endswith("word \n")
    assert all(len(each.text) <= ROW_CHARS for each in rows)
    assert [each.source(TextSpan(0, 1)).start for each in rows] == [
        sum(len(each.text) for each in rows[:index]) for index in range(len(rows))
    ]


def test_empty_section_is_no_row() -> None:
    assert sections_of(make_document("  \n")) == []


def test_findings_are_rows_with_what_they_say_quote_and_with_their_notes() -> None:
    report = next(iter(make_report().documents.values()))
    finding = report.findings[0]
    rows = finding_rows(report, {finding.id: Standing(note="Ask Björn.")})
    row = next(each for each in rows if each.finding == finding.id)
    note = rows[rows.index(row) + 1]
    assert finding.title in row.text
    assert finding.rationale in row.text
    assert all(each.quote in row.text for each in finding.citations)
    assert (row.kind, row.severity, row.section) == (HitKind.FINDING, finding.severity, finding.section)
    assert row.anchor == next(each.anchor.span for each in finding.citations if each.anchor)
    assert (note.kind, note.text, note.finding, note.anchor) == (HitKind.NOTE, "Ask Björn.", finding.id, row.anchor)
    assert len(rows) == len(report.findings) + 1


def test_cut_is_the_same_for_the_same_sections_only() -> None:
    sections = make_sections(CLAUSES)
    assert cut_of(sections) == cut_of(make_sections(CLAUSES))
    assert cut_of(sections) != cut_of([replace(sections[0], kind=SectionKind.SCHEDULE), *sections[1:]])
    assert cut_of(sections) != cut_of([replace(sections[0], id=SectionId("other")), *sections[1:]])


def test_quotes_are_found_only_when_they_are_in_the_document() -> None:
    report = next(iter(make_report().documents.values()))
    finding = next(each for each in report.findings if each.citations)
    lost = replace(finding, citations=(replace(finding.citations[0], quote="made up", status=QuoteStatus.UNVERIFIED),))

    assert any("liable without limit" in each.text for each in finding_rows(replace(report, findings=(finding,)), {}))
    assert not any("made up" in each.text for each in finding_rows(replace(report, findings=(lost,)), {}))
