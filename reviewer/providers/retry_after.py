"""How long a server asks to wait."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def retry_after_s(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds to wait, 0 or more; None where the server does not say or what it says makes no sense.

    ``retry-after-ms`` comes before ``Retry-After``, which holds seconds or an HTTP date. A date is compared with the
    server's own ``Date`` where there is one, so that a wrong clock on either side does no harm.

    Args:
        headers: looked up in lower case.
        now: aware; used where the server gives no ``Date``.
    """
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    text = headers.get("retry-after")
    seconds = _number(text)
    if seconds is not None:
        return seconds
    until = _date(text)
    if until is None:
        return None
    wait_s = (until - (_date(headers.get("date")) or now)).total_seconds()
    return wait_s if wait_s >= 0 else None


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) and value >= 0 else None


def _date(text: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
