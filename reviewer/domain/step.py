"""Steps: where each stands between being planned and being done."""

from enum import StrEnum


class StepState(StrEnum):
    """Where a step stands.

    *pending*: to be asked, or to be asked again, as the program ended before its answer was on the disk. *inflight*:
    its cost is reserved and the question is on its way. *done*: its reply is stored. *failed*: no usable answer came;
    another run asks again. *needs_user*: asking again alone will not help (a rejected key, a reply cut off, a refusal).
    """

    PENDING = "pending"
    INFLIGHT = "inflight"
    DONE = "done"
    FAILED = "failed"
    NEEDS_USER = "needs_user"
