"""Words are found in all documents of the workspace, and shown where they stand."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListView

from reviewer.ui.views.search_dialog import SearchDialog
from tests.ui.stories.conftest import Desk, Open

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

CONTRACT = (
    "Supply agreement\n\n1. Fees\nThe Customer shall pay the fees within thirty days of the invoice.\n\n"
    "2. Liability\nThe Supplier is liable for every loss of the Customer, without limit.\n\n"
    "3. Confidentiality\nEach party keeps the Zanzibar papers of the other confidential.\n"
)
CHINESE = "合同\n\n第一条 付款\n甲方应当在三十日内付款。\n\n第二条 违约责任\n违约方应当赔偿损失。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "contracts"
    made.mkdir()
    (made / "supply.txt").write_text(CONTRACT, "utf-8")
    (made / "chinese.txt").write_text(CHINESE, "utf-8")
    return made


def type_words(desk: Desk, text: str) -> None:
    field, typed = desk.find(QLineEdit, "searchField"), []
    dialog = desk.find(SearchDialog, "searchDialog")
    dialog.words_typed.connect(typed.append)
    desk.begin(lambda: field.setText(text), until=lambda: text in typed)
    desk.act(lambda: None)


def shown(desk: Desk) -> list[str]:
    model = desk.find(QListView, "searchHits").model()
    return [model.data(model.index(row, 0)) for row in range(model.rowCount())]


def press(desk: Desk, key: Qt.Key) -> Callable[[], None]:
    return lambda: QTest.keyClick(desk.find(QLineEdit, "searchField"), key)


def found_words(desk: Desk) -> str:
    document = desk.application.session.shown.document
    mark = desk.application.control._presenter._found
    return mark.span.of(document.text)


def test_words_of_open_documents_are_found_and_shown(open_desk: Open, folder: Path) -> None:
    desk = open_desk()
    desk.act(lambda: desk.application.control.commands.add([folder]))
    desk.do("find_everywhere")
    assert desk.find(SearchDialog, "searchDialog").isVisible()

    type_words(desk, "zanzibar")
    assert len(shown(desk)) == 1
    assert "supply.txt" in shown(desk)[0]
    assert "Zanzibar papers" in shown(desk)[0]
    assert desk.find(QLabel, "searchState").text() == "1 place"

    desk.act(press(desk, Qt.Key.Key_Return))
    assert not desk.find(SearchDialog, "searchDialog").isVisible()
    assert desk.application.session.shown.name == "supply.txt"
    assert found_words(desk) == "Zanzibar"

    desk.do("find_everywhere")
    type_words(desk, "违约")
    assert "违约责任" in shown(desk)[0]
    desk.act(press(desk, Qt.Key.Key_Return))
    assert desk.application.session.shown.name == "chinese.txt"
    assert found_words(desk) == "违约"


def test_part_of_a_word_is_found_where_no_word_is(open_desk: Open, folder: Path) -> None:
    desk = open_desk()
    desk.act(lambda: desk.application.control.commands.add([folder]))
    desk.do("find_everywhere")
    type_words(desk, "anziba")
    assert len(shown(desk)) == 1
    assert desk.find(QLabel, "searchState").text() == "No whole word was found; these hold it as a part."


def test_what_cannot_be_searched_for_says_so(open_desk: Open) -> None:
    desk = open_desk()
    desk.do("find_everywhere")
    type_words(desk, "-fees")
    assert desk.find(QLabel, "searchState").text().startswith("A search needs something that must occur.")
    type_words(desk, "fees")
    assert desk.find(QLabel, "searchState").text() == "Nothing was found."


def test_finding_of_an_earlier_run_is_opened_with_its_run(open_desk: Open, folder: Path) -> None:
    desk = open_desk()
    desk.act(lambda: desk.application.control.commands.add_samples(["services-agreement.docx"]))
    desk.do("run")
    desk.act(desk.window.close)

    again = open_desk()
    again.do("find_everywhere")
    type_words(again, "cap in:finding")
    assert "services-agreement.docx · Finding" in shown(again)[0]
    again.act(press(again, Qt.Key.Key_Return))
    assert again.application.session.shown.name == "services-agreement.docx"
    assert again.application.control._presenter.has_finding


def test_document_that_is_not_open_is_put_on_the_shelf(open_desk: Open, folder: Path) -> None:
    desk = open_desk()
    desk.act(lambda: desk.application.control.commands.add([folder]))
    desk.act(desk.window.close)

    again = open_desk()
    again.do("find_everywhere")
    type_words(again, "zanzibar in:section")
    again.act(press(again, Qt.Key.Key_Return))
    assert again.application.session.shown.name == "supply.txt"
    assert found_words(again) == "Zanzibar"
