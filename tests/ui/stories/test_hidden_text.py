"""Whether models read hidden text, as a person turns it on: a tick under Run, off whenever the window is opened."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from tests.ui.stories.conftest import Open

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def test_tick_counts_for_the_next_run_until_the_window_is_closed(open_desk: Open) -> None:
    desk = open_desk()
    action = desk.window.actions_table["hidden_text"]
    assert not action.isChecked()
    assert not desk.application.session.request().hidden_text

    desk.do("hidden_text")

    assert desk.application.session.request().hidden_text
    said = [label.text() for label in desk.window.banner.findChildren(QLabel)]
    assert any("hidden and deleted text and comments" in each for each in said)
    desk.do("hidden_text")
    assert not action.isChecked()
    assert not desk.application.session.request().hidden_text


def test_setting_ticks_it_from_the_start(open_desk: Open, tmp_path: Path) -> None:
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "settings.toml").write_text("[documents]\nhidden_text = true\n", "utf-8")
    desk = open_desk()
    assert desk.window.actions_table["hidden_text"].isChecked()
    assert desk.application.session.request().hidden_text
