"""Several pieces of work at once."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

T = TypeVar("T")


async def together(works: Sequence[Callable[[], Coroutine[Any, Any, T]]]) -> list[T]:
    """What each piece gives, in the order of the pieces; all are begun before any is waited for.

    A single piece, as most are, needs no task of its own.

    Raises:
        ExceptionGroup: pieces of several failed; the others were cancelled. A single piece raises its own error.
    """
    if len(works) == 1:
        return [await works[0]()]
    async with asyncio.TaskGroup() as group:
        waiting = [group.create_task(work()) for work in works]
    return [each.result() for each in waiting]
