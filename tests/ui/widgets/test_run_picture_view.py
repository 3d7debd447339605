from pytestqt.qtbot import QtBot

from reviewer.domain.run_picture import Box, RunPicture
from reviewer.ui.viewmodels.run_picture import picture_stages
from reviewer.ui.widgets.run_picture_view import RunPictureView

PICTURE = RunPicture(
    "Review", 1, 3, "section", (Box("skip", 1), Box("", 2)), (Box("draft-billing", 1, "needs a model"),), "results"
)


def test_picture_is_named_reached_by_keyboard_and_told_in_words(qtbot: QtBot) -> None:
    view = RunPictureView()
    qtbot.addWidget(view)
    assert view.sizeHint().height() == 0
    view.show_stages(picture_stages(PICTURE))
    view.resize(600, view.sizeHint().height())
    assert view.accessibleName() == "What the run does"
    assert "Send: Skip: 1; A model decides: 2" in view.accessibleDescription()
    assert "Draft billing: 1 part, needs a model" in view.accessibleDescription()
    view.show()
    view.setFocus()
    assert view.hasFocus() or not view.isActiveWindow()
    blank = RunPictureView()
    qtbot.addWidget(blank)
    blank.resize(view.size())
    assert view.grab().toImage() != blank.grab().toImage()
