"""Parts of the window are shown anew one at a time."""

from pytestqt.qtbot import QtBot

from reviewer.ui.refresh import Refresh


def test_parts_are_called_one_a_tick_in_order_and_once(qtbot: QtBot) -> None:
    refresh, calls = Refresh(), list[str]()
    refresh_a, refresh_b = (lambda: calls.append("a")), (lambda: calls.append("b"))

    refresh.ask(refresh_a, refresh_b)
    refresh.ask(refresh_a)
    assert calls == []

    qtbot.waitUntil(lambda: calls == ["a"])
    qtbot.waitUntil(lambda: calls == ["a", "b"])
    qtbot.wait(200)
    assert calls == ["a", "b"]


def test_part_that_is_asked_for_again_later_is_called_again(qtbot: QtBot) -> None:
    refresh, calls = Refresh(), list[int]()

    def part() -> None:
        calls.append(1)

    refresh.ask(part)
    qtbot.waitUntil(lambda: len(calls) == 1)
    refresh.ask(part)
    qtbot.waitUntil(lambda: len(calls) == 2)


def test_finish_calls_all_that_is_asked_for(qtbot: QtBot) -> None:
    refresh, calls = Refresh(), list[str]()
    refresh.ask(lambda: calls.append("a"), lambda: calls.append("b"))

    refresh.finish()

    assert calls == ["a", "b"]


def test_finish_calls_what_a_part_asks_for_too(qtbot: QtBot) -> None:
    refresh, calls = Refresh(), list[str]()

    def last() -> None:
        calls.append("last")

    def first() -> None:
        calls.append("first")
        refresh.ask(last)

    refresh.ask(first)
    refresh.finish()

    assert calls == ["first", "last"]
