from PySide6.QtCore import QModelIndex
from pytestqt.modeltest import ModelTester

from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.finding import SourceCitation, Statement, Synthesis
from reviewer.domain.ids import DocumentId
from reviewer.ui.viewmodels.prose_tree import ASIDE_ROLE, CITATION_ROLE, LOOK_ROLE, NOTE_ROLE
from reviewer.ui.viewmodels.synthesis import SynthesisModel
from tests.fakes.reports import DOCUMENT, FEES, cited, make_report

NAMES = {DOCUMENT.id: "first.pdf", DocumentId("d2"): "second.pdf"}
MADE_UP = SourceCitation(DocumentId("d2"), None, Citation("made up", QuoteStatus.UNVERIFIED))
EXACT = SourceCitation(DOCUMENT.id, FEES, cited("within 30 days"))
SYNTHESIS = Synthesis(
    "openai/a",
    (
        Statement("All pay late.", "result", (EXACT, MADE_UP)),
        Statement("within 30 days", "limits", (EXACT,)),
        Statement("Nobody said it.", "result", ()),
    ),
)


def test_synthesis_goes_from_facets_to_statements_to_documents(qtmodeltester: ModelTester) -> None:
    model = SynthesisModel()
    qtmodeltester.check(model)
    model.show(SYNTHESIS, NAMES)
    result = model.index(0, 0)
    late, nobody = model.index(0, 0, result), model.index(1, 0, result)
    first, second = model.index(0, 0, late), model.index(1, 0, late)

    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["Result", "Limits"]
    assert result.data(ASIDE_ROLE) == "by openai/a"
    assert (late.data(), late.data(NOTE_ROLE)) == ("All pay late.", "2 documents")
    assert late.data(CITATION_ROLE) == EXACT.citation
    assert (nobody.data(), nobody.data(NOTE_ROLE), nobody.data(LOOK_ROLE)) == ("Nobody said it.", "No quote", True)
    assert (first.data(), first.data(ASIDE_ROLE)) == ("first.pdf", "Page 1 · Quote: exact")
    assert first.data(NOTE_ROLE) == "“within 30 days”"
    assert (second.data(), second.data(ASIDE_ROLE)) == ("second.pdf", "Quote: not in the document")
    assert model.statement_count == 3


def test_synthesis_does_not_repeat_words_that_are_the_statement() -> None:
    model = SynthesisModel()
    model.show(SYNTHESIS, NAMES)
    statement = model.index(0, 0, model.index(1, 0))

    assert statement.data() == "within 30 days"
    assert model.index(0, 0, statement).data(NOTE_ROLE) == ""


def test_synthesis_goes_away(qtmodeltester: ModelTester) -> None:
    model = SynthesisModel()
    qtmodeltester.check(model)
    model.show(make_report().synthesis, {})
    assert model.index(0, 0).data() == "Agreement"

    model.show(None, {})

    assert (model.rowCount(QModelIndex()), model.statement_count) == (0, 0)
