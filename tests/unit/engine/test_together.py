import asyncio

import pytest

from reviewer.engine.together import together
from tests.fakes.clock import run


async def after(seconds: float) -> float:
    await asyncio.sleep(seconds)
    return asyncio.get_running_loop().time()


def test_together_gives_results_in_the_order_of_the_pieces() -> None:
    assert run(together([lambda: after(3), lambda: after(1), lambda: after(2)])) == [3, 1, 2]


def test_together_gives_nothing_for_no_pieces() -> None:
    assert run(together([])) == []


def test_together_works_out_a_single_piece_in_the_task_that_asks() -> None:
    async def whose() -> object:
        return asyncio.current_task()

    async def asked() -> bool:
        return await together([whose]) == [asyncio.current_task()]

    assert run(asked())


@pytest.mark.parametrize(("pieces", "kind"), [(1, ZeroDivisionError), (2, ExceptionGroup)])
def test_together_raises_what_a_piece_raises(pieces: int, kind: type[Exception]) -> None:
    async def fails() -> float:
        return 1 / 0

    with pytest.raises(kind):
        run(together([fails] * pieces))
