"""A contract with tracked changes is read before, after and with them; by the menu."""

from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from reviewer.ui.widgets.text_view import TextView
from tests.ui.stories.conftest import Desk, Open
from tests.unit.parsing.word_files import p, r, word_file

READINGS = ("changes_final", "changes_original", "changes_marked", "changes_only")


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    """*10* days are made *30*, and a paragraph is added."""
    by = 'w:author="Ada"'
    change = f"<w:del {by}><w:r><w:delText>10</w:delText></w:r></w:del><w:ins {by}>{r('30')}</w:ins>"
    body = p("Services Agreement") + p("", "", r("Fees are due within ") + change + r(" days."))
    body += p("", "", f"<w:ins {by}>{r('Late fees bear interest.')}</w:ins>")
    path = tmp_path / "changed.docx"
    path.write_bytes(word_file(body))
    return path


def opened(desk: Desk, *paths: Path) -> TextView:
    desk.act(lambda: desk.application.commands.add(list(paths)))
    return desk.find(TextView, "textView")


def actions(desk: Desk) -> list[QAction]:
    return [desk.window.actions_table[name] for name in READINGS]


def test_tracked_changes_are_read_as_the_menu_says(open_desk: Open, contract: Path) -> None:
    desk = open_desk()
    text = opened(desk, contract)
    assert text.toPlainText().split("\n")[1:] == ["Fees are due within 30 days.", "Late fees bear interest."]

    desk.do("changes_original")
    assert text.toPlainText().split("\n")[1:] == ["Fees are due within 10 days."]
    desk.do("changes_marked")
    assert text.toPlainText().split("\n")[1:] == ["Fees are due within 1030 days.", "Late fees bear interest."]
    desk.do("changes_only")
    assert text.toPlainText().split("\n") == ["Fees are due within 1030 days.", "Late fees bear interest."]
    assert [each.isChecked() for each in actions(desk)] == [False, False, False, True]

    desk.do("changes_final")
    assert text.toPlainText().split("\n")[0] == "Services Agreement"
    assert [each.isChecked() for each in actions(desk)] == [True, False, False, False]


def test_readings_stand_in_a_menu_of_their_own_and_wait_for_changes(open_desk: Open, contract: Path) -> None:
    desk = open_desk()
    menu = next(each for each in desk.window.menuBar().findChildren(QMenu) if each.title() == "T&racked changes")
    assert menu.actions() == actions(desk)
    assert not any(each.isEnabled() for each in actions(desk))

    plain = contract.with_name("a_plain.docx")
    plain.write_bytes(word_file(p("Nothing was changed here.")))
    text = opened(desk, contract)
    assert all(each.isEnabled() for each in actions(desk))
    desk.do("changes_only")

    opened(desk, plain)
    other = next(key for key, file in desk.application.session.files.items() if file.name == plain.name)
    desk.act(lambda: desk.application.session.show(other))
    assert text.toPlainText() == "Nothing was changed here."
    assert not any(each.isEnabled() for each in actions(desk))
