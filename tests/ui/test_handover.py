from pathlib import Path
from threading import Thread

import pytest
from pytestqt.qtbot import QtBot

from reviewer.ui import handover
from reviewer.ui.handover import FOLDER, Handover, hand_over


def test_files_of_a_second_start_reach_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    window = Handover(tmp_path)
    taken: list[bool] = []
    second = Thread(target=lambda: taken.append(hand_over(tmp_path, [tmp_path / "a ü.pdf"])))
    with qtbot.waitSignal(window.received, timeout=10_000) as received:
        second.start()
    second.join()
    assert received.args == [[tmp_path / "a ü.pdf"]]
    assert taken == [True]
    assert list((tmp_path / FOLDER).iterdir()) == []


def test_window_that_does_not_answer_gets_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handover, "PATIENCE_S", 0.01)
    assert not hand_over(tmp_path, [])
    assert list((tmp_path / FOLDER).iterdir()) == []
    assert not hand_over(tmp_path / "no" / "such", [])


def test_what_lay_there_before_and_what_cannot_be_read_is_left_out(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "old.json").write_text("[]", "utf-8")
    window = Handover(tmp_path)
    assert not (tmp_path / FOLDER / "old.json").exists()
    received: list[list[Path]] = []
    window.received.connect(received.append)
    (tmp_path / FOLDER / "bad.json").write_text("{", "utf-8")
    with qtbot.waitSignal(window.received, timeout=10_000):
        (tmp_path / FOLDER / "good.json").write_text("[]", "utf-8")
    assert received[0] == []
