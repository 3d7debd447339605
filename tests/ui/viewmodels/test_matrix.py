from dataclasses import replace

from pytestqt.modeltest import ModelTester

from reviewer.domain.answer import Answer, AnswerState, FieldAnswer
from reviewer.domain.answer_field import NOT_STATED, FieldType
from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.finding import RaterVote
from reviewer.domain.ids import DocumentId
from reviewer.domain.report import Report
from reviewer.domain.vote import RULE, VerdictStatus
from reviewer.ui.viewmodels.matrix import Matrix, MatrixCell, MatrixModel, matrix_of
from tests.fakes.reports import cited, make_report

LAW, END, FEES = "Which law applies?", "When does it end?", "What does it cost?"
BY_RULE = RaterVote(RULE, 0, NOT_STATED, "Looked for fee.", None, counted=True)


def vote(index: int, said: str, *, counted: bool = True) -> RaterVote:
    return RaterVote("openai/a", index, said, "", None, counted=counted)


def answer(question: str, number: int, field: FieldAnswer) -> Answer:
    return Answer(None, "ask", "answer", (field,), part=question, number=number)


def report(*documents: tuple[Answer, ...], questions: str = "") -> Report:
    """A report over so many documents, each with its answers."""
    made = make_report()
    assert made.run is not None
    (one,) = made.documents.values()
    found = {}
    for number, answers in enumerate(documents):
        header = replace(one.document, id=DocumentId(f"doc-{number}"), name=f"{number}.txt")
        found[header.id] = replace(one, document=header, answers=answers, is_finished=False)
    options = {"models": "", "base_urls": "", "workflow": "", "max_connections": "", "timeout_s": "1", "seed": "0"}
    run = replace(made.run, options={**options, "offline": "", "questions": questions})
    return replace(made, run=run, documents=found)


def cell(field: FieldAnswer) -> MatrixCell:
    return matrix_of(report((answer(LAW, 1, field),))).rows[0].cells[0]


def test_answer_stands_with_the_words_it_rests_on() -> None:
    quote = cited("within 30 days")
    found = cell(FieldAnswer("answer", FieldType.TEXT, "Thirty\n days.", citations=(quote,)))
    assert (found.value, found.state, found.needs_look) == ("Thirty days.", "Page 1 · Quote: exact", False)
    assert found.place is not None
    assert found.place.citation is quote


def test_answer_without_words_of_the_document_is_to_be_looked_at_and_leads_to_no_words() -> None:
    invented = Citation("made up", QuoteStatus.UNVERIFIED)
    found = cell(FieldAnswer("answer", FieldType.TEXT, "Never.", citations=(invented,)))
    assert (found.state, found.needs_look) == ("Quote: not in the document", True)
    assert found.place is not None
    assert found.place.anchor is None
    assert cell(FieldAnswer("answer", FieldType.TEXT, "Never.")).state == "No quote"


def test_what_is_not_there_is_told_apart() -> None:
    votes = (vote(0, NOT_STATED), vote(1, NOT_STATED), vote(2, "x", counted=False))
    assert cell(FieldAnswer("answer", FieldType.TEXT, NOT_STATED, votes=(BY_RULE,))).state == "Not found"
    assert cell(FieldAnswer("answer", FieldType.TEXT, NOT_STATED, votes=votes)).state == "Not stated · 2 of 3 votes"
    tied = cell(FieldAnswer("answer", FieldType.TEXT, "", VerdictStatus.TIED, 0.5, votes=(vote(0, "a"), vote(1, "b"))))
    assert (tied.value, tied.state) == ("The answers differ; decide yourself", "Tied · 1 of 2 votes")
    assert tied.needs_look
    failed = Answer(None, "ask", "answer", (), state=AnswerState.FAILED, message="Not made.", part=LAW, number=1)
    assert matrix_of(report((failed,))).rows[0].cells[0].state == "Failed"


def test_questions_stand_as_they_were_asked_and_what_is_awaited_says_so() -> None:
    first = answer(END, 2, FieldAnswer("answer", FieldType.TEXT, "In May."))
    other = answer(LAW, 1, FieldAnswer("answer", FieldType.TEXT, "French."))
    so_far = report((first, other), ())
    assert matrix_of(so_far).questions == (LAW, END)
    assert [each.state for each in matrix_of(so_far).rows[1].cells] == ["Waiting", "Waiting"]
    ended = {key: replace(each, is_finished=True) for key, each in so_far.documents.items()}
    assert [each.state for each in matrix_of(replace(so_far, documents=ended)).rows[1].cells] == ["Not answered"] * 2
    assert matrix_of(report((first,), questions=f"{FEES}\n{END}")).questions == (FEES, END)
    assert matrix_of(report((), ())) == Matrix()
    assert matrix_of(Report()) == Matrix()


def test_table_fills_in_place(qtmodeltester: ModelTester) -> None:
    model = MatrixModel()
    first = answer(LAW, 1, FieldAnswer("answer", FieldType.TEXT, "French."))
    resets: list[None] = []
    changed: list[int] = []
    model.modelReset.connect(lambda: resets.append(None))
    model.dataChanged.connect(lambda top, _: changed.append(top.row()))
    model.show(matrix_of(report((first,), questions=f"{LAW}\n{END}")))
    second = answer(END, 2, FieldAnswer("answer", FieldType.TEXT, "In May."))

    model.show(matrix_of(report((first, second), (first,), questions=f"{LAW}\n{END}")))

    assert len(resets) == 1
    assert changed == [0]
    assert [model.rowCount(), model.columnCount()] == [2, 2]
    assert model.index(0, 1).data() == "In May. · No quote"
    assert model.matrix.count == 3
    qtmodeltester.check(model)
    model.show(Matrix())
    assert len(resets) == 2
    assert model.rowCount() == 0
