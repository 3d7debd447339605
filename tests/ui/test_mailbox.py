"""The way from the engine's thread to the window."""

import threading

from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from reviewer.ui.mailbox import BATCH, Mailbox
from reviewer.ui.turns import Turns


def test_items_of_another_thread_arrive_in_order_in_batches(qtbot: QtBot) -> None:
    mailbox = Mailbox(Turns())
    batches: list[list[object]] = []
    mailbox.delivered.connect(batches.append)

    with mailbox.listening():
        thread = threading.Thread(target=lambda: [mailbox.post(number) for number in range(1000)])
        thread.start()
        qtbot.waitUntil(lambda: sum(map(len, batches)) == 1000)
        thread.join()

    assert [item for batch in batches for item in batch] == list(range(1000))
    assert len(batches) < 100


def test_what_is_left_is_delivered_when_nobody_listens_any_more(qtbot: QtBot) -> None:
    mailbox = Mailbox(Turns())
    got: list[object] = []
    mailbox.delivered.connect(got.extend)

    with mailbox.listening():
        mailbox.post("last")

    assert got == ["last"]


def test_nothing_is_delivered_while_nobody_listens(qtbot: QtBot) -> None:
    mailbox = Mailbox(Turns())
    got: list[object] = []
    mailbox.delivered.connect(got.extend)
    with mailbox.listening(), mailbox.listening():
        pass

    mailbox.post("early")

    assert not got
    mailbox.deliver()
    assert got == ["early"]


def test_burst_is_delivered_in_slices_when_taking_it_is_slow(qtbot: QtBot) -> None:
    mailbox = Mailbox(Turns())
    got: list[object] = []

    def take(batch: list[object]) -> None:
        got.extend(batch)
        QThread.msleep(5)

    mailbox.delivered.connect(take)
    for number in range(3 * BATCH):
        mailbox.post(number)

    with mailbox.listening():
        qtbot.waitUntil(lambda: bool(got))
        assert len(got) < 3 * BATCH
        qtbot.waitUntil(lambda: len(got) == 3 * BATCH)
    assert got == list(range(3 * BATCH))
