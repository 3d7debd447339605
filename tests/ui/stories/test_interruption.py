"""A run is stopped, loses its model, or the window is closed in the middle of it: nothing that is done is lost."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton

from reviewer.domain.setting_kinds import ModelChoice
from reviewer.ui.viewmodels.session import Panel, Phase
from tests.model_server.process import ModelServerProcess
from tests.ui.stories.conftest import Desk, Open


@pytest.fixture
def server() -> Iterator[ModelServerProcess]:
    with ModelServerProcess("--latency-ms", "150") as process:
        yield process


def prepare(desk: Desk, server: ModelServerProcess) -> None:
    session = desk.application.session
    session.basis = replace(session.basis, max_connections=4)
    desk.act(lambda: desk.application.commands.add_samples(["services-agreement.docx"]))
    panel = Panel((ModelChoice("openai/test-model", server.base_url),), votes=1)
    desk.act(lambda: desk.application.commands.models.choose(panel))


def run_half_way(desk: Desk) -> None:
    session = desk.application.session
    desk.begin(desk.window.actions_table["run"].trigger, lambda: session.progress.fraction > 0.2)
    assert session.phase is Phase.RUNNING


def test_stopped_run_goes_on_and_asks_nothing_twice(open_desk: Open, server: ModelServerProcess) -> None:
    desk = open_desk()
    prepare(desk, server)
    run_half_way(desk)

    desk.do("stop")

    assert desk.application.session.phase is Phase.ENDED
    assert desk.application.session.progress.fraction < 1.0
    answered = desk.application.session.report.usage.calls
    assert answered > 0

    desk.do("run")

    seen = server.requests()
    assert desk.application.session.progress.fraction == 1.0
    # What was in flight when it was stopped had no answer: that, and only that, is asked again.
    assert seen["count"] - seen["unique"] <= 4


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # of a screen that is not there
def test_closing_asks_and_keeps_running(open_desk: Open, server: ModelServerProcess) -> None:
    desk = open_desk()
    prepare(desk, server)
    run_half_way(desk)

    desk.begin(desk.window.close, lambda: desk.window.findChild(QMessageBox, "closeQuestion") is not None)
    desk.act(desk.find(QPushButton, "keepRunning").click)

    assert desk.window.isVisible()
    assert desk.application.session.phase is Phase.ENDED
    assert desk.application.session.progress.fraction == 1.0


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # of a screen that is not there
def test_closing_stops_and_the_run_is_there_again(open_desk: Open, server: ModelServerProcess) -> None:
    desk = open_desk()
    prepare(desk, server)
    run_half_way(desk)
    run = desk.application.session.report.run
    assert run is not None

    desk.begin(desk.window.close, lambda: desk.window.findChild(QMessageBox, "closeQuestion") is not None)
    desk.act(desk.find(QPushButton, "stopAndClose").click)
    done = [each.handled for each in desk.application.session.report.documents.values()]
    assert not desk.window.isVisible()
    desk.application.close()

    again = open_desk()
    again.act(lambda: again.application.commands.open_run(run.id))
    assert [each.handled for each in again.application.session.report.documents.values()] == done


def test_model_that_goes_away_is_said_and_what_is_done_is_kept(open_desk: Open) -> None:
    desk = open_desk()
    with ModelServerProcess("--latency-ms", "150") as server:
        prepare(desk, server)
        run_half_way(desk)
    session = desk.application.session
    sentence = desk.find(QLabel, "progressSentence")

    desk.begin(lambda: None, lambda: ". The endpoint does not answer: tries again in " in sentence.text())
    desk.do("stop")

    assert session.phase is Phase.ENDED
    assert any(each.handled for each in session.report.documents.values())
    assert desk.find(QPushButton, "bannerAction").isVisible()
