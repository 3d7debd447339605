"""Names that are replaced before text is sent: listed, looked at, kept, for the user and for a matter."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLabel, QLineEdit, QListView, QPlainTextEdit, QPushButton

from reviewer.bootstrap import settings_service
from reviewer.services.redactions import preview
from tests.ui.stories.conftest import Desk, Open

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

TEXT = "1. Parties. Acme Holdings Ltd buys from Beta GmbH.\n\n2. Notices. Write to ACME  HOLDINGS LTD at a@b.example."


@pytest.fixture
def desk(open_desk: Open, tmp_path: Path) -> Desk:
    (tmp_path / "deed.txt").write_text(TEXT, "utf-8")
    made = open_desk()
    made.act(lambda: made.application.commands.add([tmp_path / "deed.txt"]))
    return made


def click(desk: Desk, name: str) -> None:
    desk.act(desk.find(QPushButton, name).click)


def shown(desk: Desk) -> str:
    return desk.find(QPlainTextEdit, "redactionPreview").toPlainText()


def write(desk: Desk, *terms: str) -> None:
    """Adds to the list as a person does: typed, then Enter."""
    field = desk.find(QLineEdit, "redactNew")
    for term in terms:
        field.setText(term)
        desk.act(lambda: QTest.keyClick(field, Qt.Key.Key_Return))


def listed(desk: Desk) -> list[str]:
    model = desk.find(QListView, "redactTerms").model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def counts(desk: Desk) -> str:
    return desk.find(QLabel, "redactionCounts").text()


def switch(desk: Desk, name: str, *, is_on: bool) -> None:
    desk.act(lambda: desk.find(QCheckBox, name).setChecked(is_on))


def test_list_is_looked_at_kept_and_used_by_the_next_run(desk: Desk) -> None:
    desk.do("redact")
    write(desk, "Acme Holdings Ltd", " ", "  Beta GmbH ", "Beta GmbH")
    assert listed(desk) == ["Acme Holdings Ltd", "Beta GmbH"]
    switch(desk, "redactOn", is_on=True)

    assert "Acme Holdings Ltd [PARTY_1] buys from Beta GmbH [PARTY_2]" in shown(desk)
    assert "HOLDINGS LTD [PARTY_1] at a@b.example [EMAIL_1]" in shown(desk)
    assert "listed names 3" in counts(desk)
    switch(desk, "redactPatterns", is_on=False)
    assert "[EMAIL_1]" not in shown(desk)

    click(desk, "keepRedactions")

    choice = desk.application.session.request().redaction
    assert (choice.is_on, choice.terms, choice.patterns) == (True, ("Acme Holdings Ltd", "Beta GmbH"), False)
    kept = settings_service(None).effective().settings
    assert (kept.redaction, kept.redaction_terms, kept.redaction_patterns) == (True, choice.terms, False)
    (file,) = desk.application.session.files.values()
    assert file.document is not None
    assert "Acme" not in preview(file.document, choice.rules).text


def test_names_of_a_text_file_are_added_and_a_wrong_file_is_refused(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("# ours\nBeta GmbH\nAcme Holdings Ltd\n", "utf-8")
    (tmp_path / "wrong.txt").write_bytes(b"\xff\xfe\x00")
    desk.do("redact")
    write(desk, "Beta GmbH")
    click(desk, "importRedactions")
    chooser = desk.find(QFileDialog, "redactionFile")
    desk.act(lambda: chooser.fileSelected.emit(str(tmp_path / "wrong.txt")))
    assert "not a list of names" in desk.find(QLabel, "redactionProblem").text()

    desk.act(lambda: chooser.fileSelected.emit(str(tmp_path / "names.txt")))

    assert listed(desk) == ["Beta GmbH", "Acme Holdings Ltd"]
    assert desk.find(QCheckBox, "redactOn").isChecked()
    assert not desk.find(QLabel, "redactionProblem").isVisible()
    chooser.close()
    click(desk, "cancelRedactions")
    assert desk.application.session.request().redaction.terms == ()


def test_matter_has_a_list_of_its_own_beside_the_users(desk: Desk) -> None:
    desk.do("matters")
    desk.find(QLineEdit, "matterName").setText("Acme")
    click(desk, "makeMatter")
    desk.do("matters")
    click(desk, "redactMatter")
    assert not desk.find(QCheckBox, "redactLocal").isVisible()
    desk.find(QLineEdit, "redactNew").setText("Beta GmbH")  # typed and not added: it is meant all the same
    switch(desk, "redactOn", is_on=True)
    click(desk, "keepRedactions")

    matter = desk.application.session.matter
    assert matter is not None
    assert (matter.redacts, matter.redact_terms) == (True, ("Beta GmbH",))
    assert desk.application.session.request().redaction.terms == ()


def test_names_are_removed_by_button_and_by_key_and_the_preview_follows(desk: Desk) -> None:
    desk.do("redact")
    switch(desk, "redactOn", is_on=True)
    write(desk, "Acme Holdings Ltd", "Beta GmbH", "Notices")
    view = desk.find(QListView, "redactTerms")
    assert not desk.find(QPushButton, "removeRedaction").isEnabled()
    view.setCurrentIndex(view.model().index(2, 0))

    click(desk, "removeRedaction")

    assert listed(desk) == ["Acme Holdings Ltd", "Beta GmbH"]
    assert "listed names 3" in counts(desk)
    view.setCurrentIndex(view.model().index(0, 0))
    desk.act(lambda: QTest.keyClick(view, Qt.Key.Key_Delete))
    assert listed(desk) == ["Beta GmbH"]
    assert "listed names 1" in counts(desk)
    assert "Acme Holdings Ltd buys" in shown(desk)
    desk.act(lambda: QTest.keyClick(view, Qt.Key.Key_Delete))
    desk.act(lambda: QTest.keyClick(view, Qt.Key.Key_Delete))
    assert listed(desk) == []
    assert not desk.find(QPushButton, "removeRedaction").isEnabled()
    click(desk, "cancelRedactions")


def test_nothing_is_counted_while_replacing_is_off(desk: Desk) -> None:
    desk.do("redact")
    write(desk, "Beta GmbH")
    assert counts(desk) == "Nothing is replaced: Replace is off. Text goes as it is."
    assert "[PARTY_1]" not in shown(desk)

    switch(desk, "redactOn", is_on=True)
    assert "listed names 1" in counts(desk)
    assert "[PARTY_1]" in shown(desk)

    switch(desk, "redactOn", is_on=False)
    assert "Nothing is replaced" in counts(desk)
    assert "[PARTY_1]" not in shown(desk)
    click(desk, "cancelRedactions")


def test_several_lines_that_are_pasted_are_as_many_names(desk: Desk) -> None:
    desk.do("redact")
    QGuiApplication.clipboard().setText("Acme Holdings Ltd\nBeta GmbH\n")
    field = desk.find(QLineEdit, "redactNew")
    desk.act(lambda: QTest.keySequence(field, QKeySequence(QKeySequence.StandardKey.Paste)))
    assert listed(desk) == ["Acme Holdings Ltd", "Beta GmbH"]
    assert field.text() == ""
    click(desk, "cancelRedactions")


def test_tab_goes_from_the_list_to_its_file_and_on_to_the_document(desk: Desk) -> None:
    desk.do("redact")
    field = desk.find(QListView, "redactTerms")
    field.setFocus()
    seen = []
    for _ in range(3):
        QTest.keyClick(field.window().focusWidget(), Qt.Key.Key_Tab)
        seen.append(field.window().focusWidget().objectName())
    assert seen == ["importRedactions", "redactDocument", "redactionPreview"]
    click(desk, "cancelRedactions")
