from pytestqt.qtbot import QtBot

from reviewer.domain.run_picture import Answerer, Answering, RunPicture, Way
from reviewer.domain.workflow import Aggregation, SplitUnit
from reviewer.ui.viewmodels.run_picture import picture_stages, picture_title
from reviewer.ui.widgets.run_picture_view import RunPictureView

PICTURE = RunPicture(
    "Review",
    1,
    3,
    SplitUnit.SECTION,
    (Way("skip", 1), Way("", 2)),
    (Answering("draft-billing", 1, Answerer.NOBODY),),
    Aggregation.COLLECT,
)


def test_picture_is_named_reached_by_keyboard_and_told_in_words(qtbot: QtBot) -> None:
    view = RunPictureView("picture", picture_title(PICTURE), picture_stages(PICTURE))
    qtbot.addWidget(view)
    view.resize(600, view.sizeHint().height())
    assert view.accessibleName() == "What the run does: Review: 1 document"
    assert "Send: Skip: 1; A model decides: 2" in view.accessibleDescription()
    assert "Draft billing: 1 part, needs a model" in view.accessibleDescription()
    view.show()
    view.setFocus()
    assert view.hasFocus() or not view.isActiveWindow()
    blank = RunPictureView("blank", "", [("", ())])
    qtbot.addWidget(blank)
    blank.resize(view.size())
    assert view.grab().toImage() != blank.grab().toImage()
