"""A run pauses and goes on; what the user looks at goes first; a wait for an endpoint is told."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton

from reviewer.domain.setting_kinds import ModelChoice
from reviewer.services.container import Services
from reviewer.services.runs import RunService
from reviewer.ui.viewmodels.session import Panel, Phase
from tests.model_server.process import ModelServerProcess
from tests.ui.stories.conftest import Desk, Open

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

LONGER_THAN_A_CALL_S = 0.6


@pytest.fixture
def server() -> Iterator[ModelServerProcess]:
    with ModelServerProcess("--latency-ms", "150") as process:
        yield process


@pytest.fixture
def desk(open_desk: Open, server: ModelServerProcess) -> Desk:
    """Two documents, and a slow model that has answered some of what is to be asked."""
    desk = open_desk()
    session = desk.application.session
    session.basis = replace(session.basis, max_connections=4)
    desk.act(lambda: desk.application.commands.add_samples(["services-agreement.docx", "mutual-nda.docx"]))
    panel = Panel((ModelChoice("openai/test-model", server.base_url),), votes=1)
    desk.act(lambda: desk.application.commands.models.choose(panel))
    return desk


def run_a_little(desk: Desk) -> None:
    session = desk.application.session
    desk.begin(desk.window.actions_table["run"].trigger, lambda: session.progress.fraction > 0.05)
    assert session.phase is Phase.RUNNING


def pause(desk: Desk) -> None:
    """Pauses, and waits until what was in flight has come in."""
    waited = asyncio.Event()
    button = desk.find(QPushButton, "progressPause")

    def begin() -> None:
        button.click()
        asyncio.get_running_loop().call_later(LONGER_THAN_A_CALL_S, waited.set)

    desk.begin(begin, waited.is_set)


def said(desk: Desk) -> str:
    return desk.find(QLabel, "progressSentence").text()


def test_paused_run_asks_nothing_more_until_it_goes_on(desk: Desk, server: ModelServerProcess) -> None:
    run_a_little(desk)
    pause(desk)
    asked = server.requests()["count"]

    later = asyncio.Event()
    desk.begin(lambda: asyncio.get_running_loop().call_later(LONGER_THAN_A_CALL_S, later.set), later.is_set)

    assert server.requests()["count"] == asked
    assert said(desk).startswith("Paused: ")
    assert desk.find(QPushButton, "progressPause").text() == "Go on"
    assert desk.window.actions_table["pause"].text() == "&Go on"

    desk.do("pause")

    seen = server.requests()
    assert desk.application.session.progress.fraction == 1.0
    assert seen["count"] == seen["unique"] > asked
    assert desk.window.actions_table["pause"].text() == "&Pause"
    assert not desk.window.actions_table["pause"].isEnabled()


def test_run_that_is_paused_before_its_first_call_asks_nothing(desk: Desk, server: ModelServerProcess) -> None:
    table, session = desk.window.actions_table, desk.application.session

    def begin() -> None:
        table["run"].trigger()
        asyncio.get_running_loop().call_soon(table["pause"].trigger)

    desk.begin(begin, lambda: bool(session.is_paused and session.progress.total))
    later = asyncio.Event()
    desk.begin(lambda: asyncio.get_running_loop().call_later(LONGER_THAN_A_CALL_S, later.set), later.is_set)

    asked = server.requests()["count"]
    assert asked <= 4  # those that were on their way when the run could first be told
    desk.do("pause")
    assert session.progress.fraction == 1.0


def test_stop_ends_a_paused_run_and_the_next_one_is_not_paused(desk: Desk) -> None:
    run_a_little(desk)
    pause(desk)

    desk.do("stop")

    session = desk.application.session
    assert session.phase is Phase.ENDED
    assert not session.is_paused
    desk.do("run")
    assert session.progress.fraction == 1.0


def test_window_closes_while_a_run_is_paused(desk: Desk) -> None:
    run_a_little(desk)
    pause(desk)

    desk.begin(desk.window.close, lambda: desk.window.findChild(QMessageBox, "closeQuestion") is not None)
    assert desk.find(QMessageBox, "closeQuestion").text() == "A run is paused."
    desk.act(desk.find(QPushButton, "stopAndClose").click)

    assert not desk.window.isVisible()


def test_what_the_user_looks_at_is_told_once_a_change_and_only_during_a_run(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, ...]] = []
    monkeypatch.setattr(RunService, "look_at", lambda _, subjects: told.append(tuple(subjects)))
    session, room = desk.application.session, desk.window.room
    first, second = session.files.values()
    assert first.document is not None
    assert second.document is not None
    desk.act(lambda: session.show(second.key))
    desk.act(lambda: session.show(first.key))
    assert told == []

    run_a_little(desk)
    desk.begin(lambda: session.show(second.key), lambda: len(told) > 1)
    desk.begin(lambda: room.documents.step_section(1), lambda: len(told) > 2)
    section = room.documents.section
    assert section is not None
    desk.begin(lambda: room.documents.section_chosen.emit(section.id), lambda: True)
    desk.act(lambda: None)

    assert told == [(first.document.id,), (second.document.id,), (section.id, second.document.id)]
    desk.act(lambda: session.show(first.key))
    assert len(told) == 3


def test_wait_for_an_endpoint_is_counted_down_in_words(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float | None] = [12.0, 11.0, 0.4]

    async def waiting_s(services: Services) -> float | None:
        return waits.pop(0) if waits else None

    monkeypatch.setattr("reviewer.ui.run_commands._waiting_s", waiting_s)
    session = desk.application.session
    session.basis = replace(session.basis, max_connections=1, rpm=10_000)

    desk.begin(desk.window.actions_table["run"].trigger, lambda: "goes on in 12 s" in said(desk))
    assert said(desk).endswith(". The endpoint limits how often it may be asked: goes on in 12 s")
    desk.begin(lambda: None, lambda: "goes on in 11 s" in said(desk))
    desk.begin(lambda: None, lambda: "goes on" not in said(desk))
    desk.do("stop")


def test_limit_by_the_minute_is_told_while_it_holds_the_run_back(desk: Desk) -> None:
    session = desk.application.session
    session.basis = replace(session.basis, rpm=8)

    desk.begin(desk.window.actions_table["run"].trigger, lambda: ": goes on in " in said(desk))

    assert "The endpoint limits how often it may be asked" in said(desk)
    assert not desk.window.banner.isVisible()
    desk.do("stop")
    assert session.phase is Phase.ENDED
