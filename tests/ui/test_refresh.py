"""Parts of the window are shown anew one at a time."""

from pytestqt.qtbot import QtBot

from reviewer.ui.refresh import Refresh
from reviewer.ui.turns import Turns


def test_parts_are_called_one_a_tick_in_order_and_once(qtbot: QtBot) -> None:
    refresh, calls = Refresh(Turns()), list[str]()
    refresh_a, refresh_b = (lambda: calls.append("a")), (lambda: calls.append("b"))

    refresh.ask(refresh_a, refresh_b)
    refresh.ask(refresh_a)
    assert calls == []

    qtbot.waitUntil(lambda: calls == ["a"])
    qtbot.waitUntil(lambda: calls == ["a", "b"])
    qtbot.wait(200)
    assert calls == ["a", "b"]


def test_part_that_is_asked_for_again_later_is_called_again(qtbot: QtBot) -> None:
    refresh, calls = Refresh(Turns()), list[int]()

    def part() -> None:
        calls.append(1)

    refresh.ask(part)
    qtbot.waitUntil(lambda: len(calls) == 1)
    refresh.ask(part)
    qtbot.waitUntil(lambda: len(calls) == 2)


def test_hurry_calls_all_that_is_asked_for_and_what_that_asks_for_in_turn(qtbot: QtBot) -> None:
    refresh, calls = Refresh(Turns()), list[str]()

    def last() -> None:
        calls.append("last")

    def first() -> None:
        calls.append("first")
        refresh.ask(last)

    refresh.ask(first, lambda: calls.append("second"))
    refresh.hurry()
    assert not refresh.is_done

    qtbot.waitUntil(lambda: refresh.is_done)
    assert calls == ["first", "second", "last"]


def test_every_part_takes_the_windows_turn(qtbot: QtBot) -> None:
    class Turn(Turns):
        def take(self) -> None:
            said.append("turn")

    said = list[str]()
    refresh = Refresh(Turn())
    refresh.ask(lambda: said.append("part"))

    qtbot.waitUntil(lambda: said[:2] == ["turn", "part"])
