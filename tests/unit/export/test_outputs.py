"""What a workflow wants shown besides results: routes, the whole text, and questions over several documents."""

from dataclasses import replace

from reviewer.domain.answer import Answer, AnswerState, FieldAnswer
from reviewer.domain.answer_field import NOT_STATED, FieldType
from reviewer.domain.edition import Edition
from reviewer.domain.finding import RaterVote
from reviewer.domain.ids import DocumentId
from reviewer.domain.report import DocumentReport, Report
from reviewer.domain.vote import RULE
from reviewer.domain.workflow import Output
from reviewer.export import answer_words, matrix_words, text_words
from reviewer.export.json_answers import answer_json, extractions_json
from reviewer.export.markdown import MarkdownExporter
from tests.fakes.reports import DOCUMENT, cited, make_report

WHOLE = make_report()
ONLY = WHOLE.documents[DOCUMENT.id]


def field(value: str, *, quoted: bool = True) -> FieldAnswer:
    votes = (RaterVote(RULE, 0, value, "Looked for: moon.", None, counted=True),)
    return FieldAnswer(
        "answer", FieldType.TEXT, value, citations=(cited("within 30 days"),) if quoted else (), votes=votes
    )


def answered(question: str, number: int, value: str, *, quoted: bool = True) -> Answer:
    return Answer(None, "ask", "answer", (field(value, quoted=quoted),), part=question, number=number)


def two(*answers: Answer) -> Report:
    other = replace(
        ONLY, document=replace(ONLY.document, id=DocumentId("doc-2"), name="other.txt"), answers=answers[1:]
    )
    first = replace(ONLY, answers=answers)
    return replace(WHOLE, documents={DOCUMENT.id: first, DocumentId("doc-2"): other})


def test_routes_are_shown_where_a_workflow_wants_them() -> None:
    assert text_words.routes(ONLY) == []
    lines = text_words.routes(replace(ONLY, outputs=(Output.ROUTES,)))
    assert lines[0] == "text: skip (0.95). A signature."


def written() -> DocumentReport:
    def part(title: str, number: int, state: AnswerState = AnswerState.DONE) -> Answer:
        fields = (FieldAnswer("text", FieldType.TEXT, f"About {title}."),) if state is AnswerState.DONE else ()
        return Answer(
            None, "outline/part", "generate", fields, state=state, message="Not made.", part=title, number=number
        )

    outline = Answer(None, "outline", "generate", (FieldAnswer("parts", FieldType.LIST, "Bees; Ants"),))
    return replace(
        ONLY, outputs=(Output.TEXT,), answers=(outline, part("Bees", 1), part("Ants", 2, AnswerState.FAILED))
    )


def test_text_is_the_parts_in_order_with_gaps_marked() -> None:
    assert text_words.written(written()) == [("Bees", "About Bees."), ("Ants", "[Not made.]")]
    assert text_words.written(replace(written(), outputs=())) == []


def test_markdown_ends_a_document_with_the_whole_text() -> None:
    edition = Edition(replace(WHOLE, documents={DOCUMENT.id: replace(written(), outputs=(Output.TEXT, Output.ROUTES))}))
    shown = MarkdownExporter().export(edition).decode()
    assert "### The whole text\n\n#### Bees\n\nAbout Bees." in shown
    assert "skip (0.95)" in shown
    assert "Not made." in shown


def test_questions_over_documents_are_a_table() -> None:
    report = two(answered("When?", 1, "Thirty days."), answered("Who | what?", 2, NOT_STATED))
    first, second = matrix_words.rows(report)
    assert [cell.said for cell in first.cells] == ["Thirty days. (p. 1)", "not answered"]
    assert [cell.said for cell in second.cells] == ["not found in this document"] * 2
    shown = MarkdownExporter().export(Edition(report)).decode()
    assert "| When? | Thirty days. (p. 1) | not answered |" in shown


def test_answer_without_words_behind_it_is_fenced_in_the_table() -> None:
    failed = Answer(None, "ask", "answer", (), state=AnswerState.FAILED, message="Not made.", part="When?", number=2)
    rows = matrix_words.rows(two(answered("Why?", 1, "So.", quoted=False), failed))
    assert rows[0].cells[0].said == "Without words of the document behind it: So."
    assert rows[1].cells[0].said == "Not made."


def test_one_document_needs_no_table() -> None:
    assert matrix_words.rows(WHOLE) == []


def test_silence_of_the_built_in_checks_says_what_they_looked_for() -> None:
    lines = list(answer_words.lines(answered("Who?", 1, NOT_STATED)))
    assert lines == ["Answer: the text does not say", "Looked for: moon."]
    assert answer_words.title(ONLY, answered("Who?", 1, "x")) == "Who? (ask)"


def test_json_has_the_question_as_column() -> None:
    assert answer_json(ONLY, answered("Who?", 1, "x"))["part"] == "Who?"
    assert extractions_json(answered("Who?", 1, "x"))[0]["column"] == "Who?"
