"""How often and how long each kind of failure is tried again; a failure not named here keeps `Patience`'s defaults.

A provider's failures of its own may pass by themselves; replies are paid for, so what comes broken is asked for once
more only.
"""

from reviewer.domain.errors import Patience

UNREACHABLE = Patience(attempts=3, within_s=180.0)
UNREACHABLE_HERE = Patience(attempts=3, within_s=180.0, first_wait_s=0.0)
"""On this computer: either somebody listens or nobody does."""

BUSY = Patience(attempts=4, within_s=180.0)
LOADING = Patience(attempts=4, within_s=180.0, first_wait_s=10.0, longest_wait_s=60.0)
"""A local server still reads its model from the disk."""

IN_CONFLICT = Patience(attempts=3, within_s=180.0)
LIMITED = Patience(attempts=6, within_s=600.0, first_wait_s=1.0, longest_wait_s=60.0, random_share=1.0)
DROPPED = Patience(attempts=3, within_s=180.0)
"""The connection broke before the reply began."""

BROKEN_REPLY = Patience(attempts=2, within_s=600.0)
"""The reply was cut, empty or unreadable."""
