"""The step boundary: whatever fails in one step is data, but for what stops every other step too."""

import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from reviewer.domain.errors import BudgetExceeded, ReviewerError, StorageError
from reviewer.domain.vote import StepFailure
from reviewer.engine.pool import FatalProviderError
from reviewer.engine.reading import UnusableReplyError

_log = logging.getLogger(__name__)

T = TypeVar("T")


def untold(failure: StepFailure) -> None:
    """Tells nobody: whoever asked does."""


async def attempt(
    work: Callable[[], Awaitable[T]],
    what: str,
    rater: str,
    index: int = 0,
    tell: Callable[[StepFailure], None] = untold,
) -> T | StepFailure:
    """What the work gives, or its failure as a value. A defect is one too, with the code ``internal_error``.

    Args:
        work: one step; started here.
        what: the handler's id, for the log.
        rater: who answers.
        index: which vote, from 0.
        tell: is told of a failure.

    Raises:
        FatalProviderError, StorageError, BudgetExceeded: no other step can succeed either.
    """
    try:
        return await work()
    except Exception as error:  # noqa: BLE001
        failure = _failure(error, what, rater, index)
        tell(failure)
        return failure


def attempt_at_once(
    work: Callable[[], T], what: str, rater: str, tell: Callable[[StepFailure], None]
) -> T | StepFailure:
    """The same of work that waits for nothing."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001
        failure = _failure(error, what, rater, 0)
        tell(failure)
        return failure


def _failure(error: Exception, what: str, rater: str, index: int) -> StepFailure:
    if isinstance(error, (FatalProviderError, StorageError, BudgetExceeded)):
        raise error
    if isinstance(error, UnusableReplyError):
        return StepFailure(rater, index, error.code, _told(error), error.usage)
    if isinstance(error, ReviewerError):
        return StepFailure(rater, index, error.code, _told(error))
    # The type only: an exception's text may hold the document's.
    _log.error("a step of %s failed: %s", what, type(error).__name__)
    return StepFailure(rater, index, "internal_error", "A check failed unexpectedly; the others went on.")


def _told(error: ReviewerError) -> str:
    """What went wrong and what to do about it."""
    return f"{error.user_message} {error.hint}".strip()
