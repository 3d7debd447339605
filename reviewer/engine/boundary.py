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


async def attempt(work: Callable[[], Awaitable[T]], what: str, rater: str, index: int = 0) -> T | StepFailure:
    """What the work gives, or its failure as a value. A defect is one too, with the code ``internal_error``.

    Args:
        work: one step; started here.
        what: the handler's id, for the log.
        rater: who answers.
        index: which vote, from 0.

    Raises:
        FatalProviderError, StorageError, BudgetExceeded: no other step can succeed either.
    """
    try:
        return await work()
    except (FatalProviderError, StorageError, BudgetExceeded):
        raise
    except UnusableReplyError as error:
        return StepFailure(rater, index, error.code, _told(error), error.usage)
    except ReviewerError as error:
        return StepFailure(rater, index, error.code, _told(error))
    except Exception as error:  # noqa: BLE001
        # The type only: an exception's text may hold the document's.
        _log.error("a step of %s failed: %s", what, type(error).__name__)
        return StepFailure(rater, index, "internal_error", "A check failed unexpectedly; the others went on.")


def _told(error: ReviewerError) -> str:
    """What went wrong and what to do about it."""
    return f"{error.user_message} {error.hint}".strip()
