"""A run over a model whose every quote is made up, as its user sees it."""

import pytest
from PySide6.QtWidgets import QLabel

from reviewer.domain.citation import QuoteStatus
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.ui.viewmodels.detail import FindingDetail
from reviewer.ui.viewmodels.entries import entries_of
from reviewer.ui.viewmodels.session import Panel
from tests.model_server.process import ModelServerProcess
from tests.ui.stories.conftest import Desk, Open


def said(desk: Desk) -> str:
    return desk.find(QLabel, "bannerText").text().replace("\u200b", "")


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # of a screen that is not there
def test_banner_says_that_nothing_rests_on_the_document(open_desk: Open) -> None:
    desk = open_desk()
    with ModelServerProcess("--invent") as server:
        desk.act(lambda: desk.application.commands.add_samples(["services-agreement.docx"]))
        panel = Panel((ModelChoice("openai/test-model", server.base_url),), votes=1)
        desk.act(lambda: desk.application.commands.models.choose(panel))
        desk.do("run")

    assert said(desk).startswith("None of the quotes that the models gave")
    (report,) = desk.application.session.report.documents.values()
    details = [FindingDetail.of(each) for each in entries_of(report, {}) if each.finding.support is not None]
    quotes = [quote for detail in details for quote in detail.quotes]
    assert quotes
    assert {(quote.status, quote.anchor) for quote in quotes} == {(QuoteStatus.UNVERIFIED, None)}
    assert all(detail.doubts for detail in details if detail.quotes)

    run = desk.application.session.report.run
    assert run is not None
    desk.find(QLabel, "bannerText").setText("")
    desk.act(lambda: desk.application.commands.open_run(run.id))

    assert said(desk).startswith("None of the quotes that the models gave")
