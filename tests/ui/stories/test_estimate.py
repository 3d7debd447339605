"""A run is reckoned before it is started, and stays within what it may spend."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QLineEdit, QPushButton

from reviewer.domain.setting_kinds import ModelChoice
from reviewer.ui.viewmodels.session import Panel, Phase
from reviewer.ui.widgets.run_picture_view import RunPictureView
from tests.model_server.process import ModelServerProcess
from tests.ui.stories.conftest import Desk, Open

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def server() -> Iterator[ModelServerProcess]:
    with ModelServerProcess() as process:
        yield process


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    folder = tmp_path / "config"
    folder.mkdir()
    return folder / "settings.toml"


def ready(open_desk: Open, server: ModelServerProcess, name: str = "openai/test-model") -> Desk:
    """A document and a model of the server."""
    desk = open_desk()
    desk.act(lambda: desk.application.commands.add_samples(["mutual-nda.docx"]))
    panel = Panel((ModelChoice(name, server.base_url),), votes=1)
    desk.act(lambda: desk.application.commands.models.choose(panel))
    return desk


def press(desk: Desk, name: str) -> None:
    desk.act(desk.find(QPushButton, name).click)


def said(desk: Desk, name: str) -> str:
    return desk.find(QLabel, name).text().replace("\N{ZERO WIDTH SPACE}", "")


def test_built_in_checks_cost_nothing_and_the_dialog_runs_them(open_desk: Open) -> None:
    desk = open_desk()
    assert not desk.window.actions_table["estimate"].isEnabled()
    desk.act(lambda: desk.application.commands.add_samples(["mutual-nda.docx"]))

    desk.do("estimate")

    assert "no model is called, and nothing is to be paid" in said(desk, "estimateLines")
    assert not desk.find(QLineEdit, "maxCost").isVisible()
    press(desk, "runEstimated")
    assert desk.application.session.progress.fraction == 1.0


def test_each_workflow_of_the_documents_has_its_picture_and_the_dialog_stays_on_a_small_screen(
    open_desk: Open,
) -> None:
    desk = open_desk()
    names = ["mutual-nda.docx", "paper-en.pdf", "services-agreement.docx"]
    desk.act(lambda: desk.application.commands.add_samples(names))

    desk.do("estimate")

    titles = [said(desk, f"runPictureTitle{number}") for number in (1, 2)]
    assert sorted(titles) == ["Contract review: 2 documents", "Research synthesis: 1 document"]
    papers = desk.find(RunPictureView, f"runPicture{titles.index('Research synthesis: 1 document') + 1}")
    assert papers.accessibleName() == "What the run does: Research synthesis: 1 document"
    assert "Bring together: results part by part" in papers.accessibleDescription()
    assert papers.height() >= papers.heightForWidth(papers.width())
    assert desk.find(QPushButton, "runEstimated").window().height() < 700
    press(desk, "closeEstimate")


def test_estimate_counts_calls_without_asking_anybody(open_desk: Open, server: ModelServerProcess) -> None:
    desk = ready(open_desk, server)

    desk.do("estimate")

    lines = said(desk, "estimateLines").split("\n\n")
    assert lines[0].startswith("1 document, ")
    assert lines[1].startswith("openai/test-model: ")
    assert lines[1].endswith("; nothing to pay (on this computer).")
    assert lines[-2].startswith("On this computer: ")
    assert lines[-1].startswith("This computer only. ")
    assert server.requests()["count"] == 0
    promised = int(lines[1].split(": ")[1].split(" call")[0])
    press(desk, "runEstimated")
    assert server.requests()["count"] == promised
    desk.do("estimate")
    assert f"{promised} answers are kept already" in said(desk, "estimateLines")


def test_run_that_reaches_its_cap_says_what_to_do_and_goes_on_with_more(
    open_desk: Open, settings: Path, server: ModelServerProcess
) -> None:
    settings.write_text(
        '[models]\nmax_cost = 0.02\nfacts = [{ name = "openai/test-model", price_in = 5.0, price_out = 5.0 }]\n',
        "utf-8",
    )
    desk = ready(open_desk, server)

    desk.do("run")

    assert "the next call might pass the cap of 0.02" in said(desk, "bannerText")
    asked = server.requests()["count"]
    press(desk, "bannerAction")
    cost = desk.find(QLineEdit, "maxCost")
    assert cost.text() == "0.02"
    cost.clear()
    press(desk, "runEstimated")
    assert desk.application.session.progress.fraction == 1.0
    seen = server.requests()
    assert seen["count"] == seen["unique"] > asked


def test_unknown_price_under_a_cap_opens_where_it_is_set_or_runs_without_counting(
    open_desk: Open, settings: Path, server: ModelServerProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.write_text("[models]\nmax_cost = 0.02\n", "utf-8")
    monkeypatch.setattr("reviewer.domain.model_facts.is_on_this_computer", lambda *_: False)
    desk = ready(open_desk, server)

    desk.do("run")

    assert "the price of openai/test-model is not known" in said(desk, "bannerText")
    assert server.requests()["count"] == 0
    press(desk, "bannerAction")
    assert "price not known" in said(desk, "modelFacts1")
    press(desk, "cancelModels")
    desk.do("estimate")
    assert "its price is not known" in said(desk, "estimateLines")
    desk.find(QCheckBox, "countAsFree").setChecked(True)
    press(desk, "runEstimated")
    assert desk.application.session.progress.fraction == 1.0
    assert desk.application.session.basis.allowance.max_cost == 0.02


def test_files_that_cannot_be_read_any_more_are_said_in_the_dialog(open_desk: Open, tmp_path: Path) -> None:
    path = tmp_path / "contract.txt"
    path.write_text("1 Fees\nThe fees are due.\n", "utf-8")
    desk = open_desk()
    desk.act(lambda: desk.application.commands.add([path]))
    path.unlink()

    desk.do("estimate")

    assert "contract.txt" in said(desk, "estimateLines")
    assert not desk.find(QPushButton, "runEstimated").isEnabled()
    press(desk, "closeEstimate")
    assert not [each for each in desk.window.findChildren(QDialog) if each.isVisible()]
    assert desk.application.session.phase is Phase.READY


def test_choosing_a_model_elsewhere_offers_the_estimate(open_desk: Open) -> None:
    desk = open_desk()
    desk.act(lambda: desk.application.commands.add_samples(["mutual-nda.docx"]))
    panel = Panel((ModelChoice("openai/gpt-4o-mini"),), votes=1)

    desk.act(lambda: desk.application.commands.models.choose(panel))

    assert "Asks before sending to api.openai.com" in said(desk, "bannerText")
    press(desk, "bannerAction")
    lines = said(desk, "estimateLines")
    assert "at most" in lines
    assert "USD" in lines
    assert "To https://api.openai.com: " in lines
