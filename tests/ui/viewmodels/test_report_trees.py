"""The models that read a document's report: what they show, and that they grow with it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex
from pytestqt.modeltest import ModelTester

from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.events import StepFailed
from reviewer.domain.finding import Segment, Summary, SummarySentence, Translation, TranslationState
from reviewer.domain.ids import DocumentId, SectionId
from reviewer.domain.report import DocumentReport
from reviewer.ui.viewmodels.prose_tree import ASIDE_ROLE, CITATION_ROLE, LOOK_ROLE, NOTE_ROLE, TONE_ROLE
from reviewer.ui.viewmodels.report_tree import ReportTree
from reviewer.ui.viewmodels.routes import RoutesModel
from reviewer.ui.viewmodels.summaries import SummariesModel
from reviewer.ui.viewmodels.translations import TranslationsModel
from tests.fakes.reports import DOCUMENT, FEES, LIABILITY, TERM, make_report

REPORT = make_report().documents[DOCUMENT.id]
MODELS = [SummariesModel, TranslationsModel, RoutesModel]


def streamed(report: DocumentReport) -> Iterator[DocumentReport]:
    """The report as it grows, result by result, in the order they came: not the order of reading."""
    for size in range(1 + max(len(report.routes), len(report.summaries), len(report.translations))):
        yield replace(
            report,
            routes=report.routes[:size],
            summaries=report.summaries[:size],
            translations=report.translations[:size],
            failures=report.failures[:size],
            handled=report.handled[:size],
        )


def snapshot(model: ReportTree) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []

    def walk(parent: QModelIndex) -> None:
        for row in range(model.rowCount(parent)):
            for column in range(model.columnCount()):
                index = model.index(row, column, parent)
                found.append((index.data(), index.data(ASIDE_ROLE), index.data(NOTE_ROLE)))
            walk(model.index(row, 0, parent))

    walk(QModelIndex())
    return found


def shown(model: ReportTree, report: DocumentReport | None) -> ReportTree:
    model.show(report)
    return model


def column(model: ReportTree, at: int) -> list[object]:
    return [model.index(row, at).data() for row in range(model.rowCount())]


@pytest.mark.parametrize("kind", MODELS)
def test_model_grows_to_what_it_would_show_at_once(kind: type[ReportTree], qtmodeltester: ModelTester) -> None:
    model, resets = kind(), []
    qtmodeltester.check(model)
    states = list(streamed(REPORT))
    model.show(states[0])
    model.modelReset.connect(lambda: resets.append(1))

    for state in states[1:]:
        model.merge(state)

    assert snapshot(model) == snapshot(shown(kind(), REPORT))
    assert snapshot(model)
    assert not resets


@pytest.mark.parametrize("kind", MODELS)
def test_model_starts_anew_for_another_document(kind: type[ReportTree], qtmodeltester: ModelTester) -> None:
    model = shown(kind(), REPORT)
    qtmodeltester.check(model)
    other = replace(REPORT, document=replace(REPORT.document, id=DocumentId("other")), summaries=(), routes=())

    model.merge(replace(other, translations=(), failures=()))
    assert snapshot(model) == []
    model.merge(REPORT)
    assert snapshot(model)
    model.show(None)
    assert snapshot(model) == []


def test_summary_comes_in_the_order_of_reading_with_route_facet_and_rater() -> None:
    model = shown(SummariesModel(), REPORT)

    assert column(model, 0) == ["Whole document", "1 Fees", "2 Liability"]
    fees = model.index(1, 0)
    assert fees.data(ASIDE_ROLE) == "Result · built-in checks"
    assert fees.data(NOTE_ROLE) == "Main · 0.95, sure · by rules: A clause."
    assert fees.data(TONE_ROLE) == "heading"
    assert not fees.data(LOOK_ROLE)
    assert model.index(0, 0).data(ASIDE_ROLE) == "openai/a"
    assert model.index(0, 0).data(NOTE_ROLE) == ""


def test_summary_of_an_unsure_route_says_so() -> None:
    routes = tuple(replace(each, route=replace(each.route, confidence=0.41)) for each in REPORT.routes)
    model = shown(SummariesModel(), replace(REPORT, routes=routes))

    assert model.index(1, 0).data(NOTE_ROLE) == "Main · 0.41, unsure · by rules: A clause."
    assert model.index(1, 0).data(LOOK_ROLE)


def test_sentence_says_where_its_words_are_and_in_what_state() -> None:
    made_up = Citation("made up", QuoteStatus.UNVERIFIED)
    sentences = (SummarySentence("Two.\nLines.", (made_up,)), SummarySentence("None.", ()))
    model = shown(SummariesModel(), replace(REPORT, summaries=(*REPORT.summaries, Summary(TERM, "", sentences, "m"))))
    exact, unverified, none = (
        model.index(0, 0, model.index(1, 0)),
        *(model.index(at, 0, model.index(3, 0)) for at in (0, 1)),
    )

    assert (exact.data(), exact.data(NOTE_ROLE)) == ("Thirty days.", "Page 1 · Quote: exact")
    assert exact.data(CITATION_ROLE).quote == "within 30 days"
    assert not exact.data(LOOK_ROLE)
    assert (unverified.data(), unverified.data(NOTE_ROLE)) == ("Two. Lines.", "Quote: not in the document")
    assert none.data(NOTE_ROLE) == "No quote"
    assert unverified.data(LOOK_ROLE)
    assert none.data(LOOK_ROLE)


def test_summaries_of_one_part_by_one_rater_are_both_shown(qtmodeltester: ModelTester) -> None:
    model = shown(SummariesModel(), replace(REPORT, summaries=REPORT.summaries[:1]))
    qtmodeltester.check(model)

    model.merge(replace(REPORT, summaries=REPORT.summaries[:1] * 2))

    assert column(model, 0) == ["2 Liability"] * 2


def test_nearest_row_is_that_of_the_part_around(qtmodeltester: ModelTester) -> None:
    inner = replace(REPORT.sections[1], id=SectionId("inner"), parent=LIABILITY, number="2.1", heading="")
    model = shown(SummariesModel(), replace(REPORT, sections=(*REPORT.sections, inner)))
    qtmodeltester.check(model)

    assert model.index_near_section(SectionId("inner")).data() == "2 Liability"
    assert model.index_near_section(FEES).data() == "1 Fees"
    assert model.index_near_section(None).data() == "Whole document"
    assert model.index_near_section(TERM).data() == "Whole document"


def test_translation_stands_beside_its_source_with_what_differs() -> None:
    model = shown(TranslationsModel(), REPORT)
    fees = model.index(0, 0)
    target = model.index(0, 1, fees)

    assert (fees.data(), fees.data(ASIDE_ROLE)) == ("1 Fees", "German to English · by openai/a · 1 to check")
    assert fees.data(NOTE_ROLE) == "Main · 0.95, sure · by rules: A clause."
    assert (model.index(0, 0, fees).data(), target.data()) == ("30 Tage", "60 days")
    assert (target.data(NOTE_ROLE), target.data(LOOK_ROLE)) == ("Numbers differ", True)


def test_translation_without_a_difference_says_nothing_of_it() -> None:
    clean = Translation(FEES, "de", "en", (Segment("a", "b"),), "m")
    model = shown(TranslationsModel(), replace(REPORT, translations=(clean,)))

    assert model.index(0, 0).data(ASIDE_ROLE) == "German to English · by m"
    assert model.index(0, 1, model.index(0, 0)).data(NOTE_ROLE) == ""
    assert (model.needs_model, model.notice) == (0, "")


def test_part_that_needs_a_model_says_what_to_do_in_place_of_segments() -> None:
    model = shown(TranslationsModel(), REPORT)
    term = model.index(1, 0)
    message = model.index(0, 0, term)

    assert (term.data(), term.data(ASIDE_ROLE)) == ("3 Term", "German to English · needs a model")
    assert (message.data(), message.data(TONE_ROLE)) == ("Name a model.", "notice")


def test_notice_counts_the_parts_that_need_a_model_by_language() -> None:
    def needing(section: SectionId, language: str) -> Translation:
        return Translation(section, language, "en", (), "rule", TranslationState.NEEDS_MODEL, "Choose.")

    model = shown(TranslationsModel(), REPORT)
    assert model.notice == "1 part in German needs a model. Without one the built-in checks cannot translate."

    three = (needing(FEES, "de"), needing(TERM, "fr"), needing(LIABILITY, "xx"))
    model.merge(replace(REPORT, translations=three))
    assert model.needs_model == 3
    assert model.notice.startswith("3 parts in French, German and xx need a model.")

    model.show(None)
    assert model.notice == ""


def test_route_says_where_how_sure_why_and_what_became_of_it() -> None:
    handled = ((LIABILITY, "assess"),)
    model = shown(RoutesModel(), replace(REPORT, handled=handled))

    assert column(model, 0) == ["1 Fees", "2 Liability", "3 Term"]
    assert column(model, 1) == ["English", "English", "not known"]
    assert column(model, 2) == ["Main", "Main", "Skip"]
    assert column(model, 3) == ["0.95, sure"] * 3
    assert column(model, 4) == ["by rules: A clause.", "by rules: A clause.", "by rules: A signature."]
    assert column(model, 5) == ["Failed", "Done", "Left out"]
    assert model.index(0, 5).data(NOTE_ROLE) == "Too late."
    assert model.index(0, 5).data(LOOK_ROLE)


def test_route_waits_until_its_handlers_or_the_document_are_done() -> None:
    quiet = replace(REPORT, failures=())
    assert column(shown(RoutesModel(), quiet), 5) == ["Waiting", "Waiting", "Left out"]
    assert column(shown(RoutesModel(), replace(quiet, is_finished=True)), 5) == ["Done", "Done", "Left out"]


def test_route_is_done_in_part_when_other_votes_came_in() -> None:
    model = shown(RoutesModel(), replace(REPORT, handled=((FEES, "assess"),)))
    assert model.index(0, 5).data() == "Done in part"


def test_failure_without_a_route_is_shown_all_the_same() -> None:
    whole = StepFailed(DOCUMENT.id, None, "aggregate", "rule", "bug", "It broke.")
    model = shown(RoutesModel(), replace(REPORT, failures=(whole, whole)))

    assert column(model, 0)[0] == "Whole document"
    assert (model.index(0, 5).data(), model.index(0, 5).data(NOTE_ROLE)) == ("Failed", "It broke.")


def test_part_without_a_heading_is_named_by_its_first_words() -> None:
    bare = tuple(replace(each, number="", heading="") for each in REPORT.sections)
    long = "The Supplier shall not be liable for any loss that arises under this Agreement"
    routes = (replace(REPORT.routes[0], text=long), replace(REPORT.routes[1], section=None, item="doc"))
    model = shown(RoutesModel(), replace(REPORT, sections=bare, routes=routes, failures=()))

    assert column(model, 0) == ["Whole document", "The Supplier shall not be liable for any loss …"]
