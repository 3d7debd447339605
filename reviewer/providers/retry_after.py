"""How long a server asks to wait."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_SHORTEST_S = 0.1
_SENSIBLE_S = 1e8
"""Three years. Who asks for more means something else."""

_DURATION = re.compile(r"(?:\d+(?:\.\d+)?(?:h|ms|m|s))+")
_PART = re.compile(r"(\d+(?:\.\d+)?)(h|ms|m|s)")
_UNITS_S = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}


def retry_after_s(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds to wait, 0.1 or more; None where the server does not say or what it says makes no sense.

    ``retry-after-ms`` comes before ``Retry-After``, which holds seconds or an HTTP date. A date is compared with the
    server's own ``Date`` where there is one, so that a wrong clock on either side does no harm. Without either, the
    longest of ``x-ratelimit-reset-requests`` and ``-tokens`` counts whose limit is used up (``6m0s``, ``20ms``).

    Args:
        headers: looked up in lower case.
        now: aware; used where the server gives no ``Date``.
    """
    wait_s = _asked_s(headers, now)
    return None if wait_s is None else max(_SHORTEST_S, wait_s)


def _asked_s(headers: Mapping[str, str], now: datetime) -> float | None:
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    text = headers.get("retry-after")
    seconds = _number(text)
    if seconds is not None:
        return seconds
    until = _date(text)
    if until is None:
        return _reset_s(headers)
    wait_s = (until - (_date(headers.get("date")) or now)).total_seconds()
    return _sensible(wait_s)


def _reset_s(headers: Mapping[str, str]) -> float | None:
    used_up = (kind for kind in ("requests", "tokens") if not _number(headers.get(f"x-ratelimit-remaining-{kind}")))
    waits = (_duration(headers.get(f"x-ratelimit-reset-{kind}", "")) for kind in used_up)
    return max((wait_s for wait_s in waits if wait_s is not None), default=None)


def _duration(text: str) -> float | None:
    """Seconds of such as ``2m59.56s``; a bare number is seconds."""
    if not _DURATION.fullmatch(text):
        return _number(text)
    return _sensible(sum(float(number) * _UNITS_S[unit] for number, unit in _PART.findall(text)))


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return _sensible(value)


def _sensible(seconds: float) -> float | None:
    return seconds if 0 <= seconds <= _SENSIBLE_S else None


def _date(text: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text or "")
    except (ValueError, OverflowError):  # the latter of a time zone that is no time
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
