"""Files, folders and other things are dropped on the window."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QListView, QWidget

from reviewer import assets
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.ui.viewmodels.session import Panel, Phase
from tests.model_server.process import ModelServerProcess
from tests.ui.stories.conftest import Desk, Open

SAMPLE = assets.asset_path("samples", "mutual-nda.docx")


def drop(target: QWidget, data: QMimeData) -> None:
    """As the desktop tells it."""
    place = target.rect().center()
    how = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(place, *how)
    QApplication.sendEvent(target, entering)
    if entering.isAccepted():
        QApplication.sendEvent(target, QDropEvent(place.toPointF(), *how))


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def notice(desk: Desk) -> str:
    return desk.find(QLabel, "bannerText").text()


@pytest.mark.parametrize("target", ["dropArea", "mainWindow"])
def test_dropped_file_is_opened(open_desk: Open, target: str) -> None:
    desk = open_desk()
    widget = desk.window if target == "mainWindow" else desk.find(QWidget, target)

    desk.act(lambda: drop(widget, files(SAMPLE)))

    assert desk.application.session.phase is Phase.READY
    assert desk.find(QListView, "documentsList").model().rowCount() == 1


def test_dropped_folder_is_opened(open_desk: Open, tmp_path: Path) -> None:
    folder = tmp_path / "shelf"
    folder.mkdir()
    (folder / "one.txt").write_text("1. Fees\n\nThe Customer shall pay within 30 days.\n", "utf-8")
    (folder / "two.txt").write_text("1. Term\n\nThe term is two years.\n", "utf-8")
    desk = open_desk()

    desk.act(lambda: drop(desk.window, files(folder)))

    assert [each.name for each in desk.application.session.files.values()] == ["one.txt", "two.txt"]


def test_what_has_no_file_behind_it_gets_a_sentence(open_desk: Open) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.com/contract.pdf")])
    desk = open_desk()

    desk.act(lambda: drop(desk.window, data))

    assert "Save it to a folder first" in notice(desk)
    assert desk.application.session.phase is Phase.EMPTY


def test_drop_during_a_run_waits_and_says_so(open_desk: Open) -> None:
    desk = open_desk()
    desk.act(lambda: drop(desk.window, files(SAMPLE)))
    with ModelServerProcess("--latency-ms", "300") as server:
        panel = Panel((ModelChoice("openai/test-model", server.base_url),), votes=1)
        desk.act(lambda: desk.application.commands.models.choose(panel))
        session = desk.application.session
        desk.begin(desk.application.commands.runs.run, lambda: session.progress.fraction > 0.1)

        drop(desk.window, files(assets.asset_path("samples", "paper-en.pdf")))
        desk.begin(lambda: None, lambda: "Drop the files again" in notice(desk))

        assert len(session.files) == 1
        desk.do("stop")
