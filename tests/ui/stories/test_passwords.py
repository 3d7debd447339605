"""A protected PDF is added, and opened with its password."""

from pathlib import Path

import pytest
from fpdf import FPDF
from fpdf.enums import EncryptionMethod
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from reviewer.ui.viewmodels.session import ShelfFile
from tests.ui.stories.conftest import Desk, Open

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def protected(tmp_path: Path) -> Path:
    pdf = FPDF()
    pdf.set_encryption("owner", "secret", EncryptionMethod.AES_128)
    pdf.add_page()
    pdf.set_font("Helvetica", size=12)
    pdf.multi_cell(0, 6, "1. Fees\nThe Customer shall pay the fees within thirty days of the invoice.")
    path = tmp_path / "protected.pdf"
    path.write_bytes(bytes(pdf.output()))
    return path


def _file(desk: Desk) -> ShelfFile:
    (file,) = desk.application.session.files.values()
    return file


def _give(desk: Desk, password: str) -> None:
    desk.act(lambda: desk.find(QPushButton, "bannerAction").click())
    field = desk.find(QLineEdit, "password")
    assert field.echoMode() is QLineEdit.EchoMode.Password
    field.setText(password)
    desk.act(desk.find(QPushButton, "usePassword").click)


def test_protected_file_is_opened_with_its_password(open_desk: Open, protected: Path) -> None:
    desk = open_desk()
    control = desk.application.control
    desk.act(lambda: control.commands.add([protected]))
    assert desk.find(QLabel, "bannerText").text() == "protected.pdf is protected by a password."
    assert _file(desk).is_locked

    _give(desk, "guess")
    assert "does not open" in desk.find(QLabel, "bannerText").text()

    _give(desk, "secret")
    document = _file(desk).document
    assert document is not None
    assert "thirty days" in document.text
    assert not _file(desk).is_locked
    assert not desk.window.actions_table["unlock"].isEnabled()
    assert _file(desk).page_refusal == ""


def test_pages_of_a_stored_run_ask_for_the_password_again(open_desk: Open, protected: Path) -> None:
    desk = open_desk()
    desk.act(lambda: desk.application.control.commands.add([protected]))
    _give(desk, "secret")
    desk.do("run")
    run = desk.application.session.report.run
    assert run is not None
    desk.act(desk.window.close)

    again = open_desk()
    again.act(lambda: again.application.control.commands.open_run(run.id))
    assert _file(again).document is not None
    assert _file(again).is_locked
    _give(again, "secret")
    assert not _file(again).is_locked
