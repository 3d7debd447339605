"""Another program has the workspace: the window reads, and says so."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from reviewer.storage.lock import WorkspaceLock
from tests.ui.stories.conftest import Open

pytestmark = pytest.mark.qt_log_ignore(r"does not support raise\(\)", extend=True)


def test_window_beside_a_writer_reads_and_says_why_it_keeps_nothing(open_desk: Open, tmp_path: Path) -> None:
    open_desk().application.close()  # makes the workspace
    lock = WorkspaceLock(tmp_path / "workspace")
    assert lock.acquire("review")
    desk = open_desk()
    desk.act(lambda: desk.application.commands.add_samples(["mutual-nda.docx"]))
    text = desk.find(QLabel, "bannerText").text()
    assert "review" in text
    assert "only look" in text
    assert desk.application.session.shown is not None
    assert not desk.window.actions_table["run"].isEnabled()
    lock.release()


def test_second_start_brings_the_window_and_its_files(open_desk: Open, tmp_path: Path) -> None:
    desk = open_desk()
    file = tmp_path / "note.txt"
    file.write_text("1. Term. This agreement runs for a year.", "utf-8")
    desk.act(lambda: desk.application.control.take_over([file]))
    assert desk.application.session.shown is not None
    assert desk.application.session.shown.name == "note.txt"
