from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.providers.retry_after import retry_after_s

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
LEFT = {"x-ratelimit-reset-tokens": "6m0s", "x-ratelimit-remaining-tokens": "900", "x-ratelimit-reset-requests": "1s"}


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "0"}, 0.1),
        ({"retry-after": "1e300"}, None),
        ({"retry-after": "86400"}, 86400.0),
        ({"retry-after": "-3"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": ""}, None),
        ({"retry-after-ms": "1500"}, 1.5),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"retry-after-ms": "x", "retry-after": "9"}, 9.0),
        ({"retry-after": "Sun, 01 Mar 2026 12:00:30 GMT"}, 30.0),
        ({"retry-after": "Sun, 01 Mar 2026 11:59:30 GMT"}, None),
        ({"retry-after": "Sun, 01 Mar 2026 09:00:30 GMT", "date": "Sun, 01 Mar 2026 09:00:00 GMT"}, 30.0),
        ({"retry-after": "Sun, 01 Mar 2026 12:00:30 -0000"}, 30.0),
        ({"retry-after": "Sun, 99 Mar 2026 12:00:30 GMT"}, None),
        ({"retry-after": "Sun, 01 Mar 2026 12:00:30 +" + "9" * 20}, None),
        ({"retry-after": "Sat, 01 Mar 3026 12:00:30 GMT"}, None),
        ({"x-ratelimit-reset-requests": "1s"}, 1.0),
        ({"x-ratelimit-reset-requests": "20ms"}, 0.1),
        ({"x-ratelimit-reset-tokens": "6m0s"}, 360.0),
        ({"x-ratelimit-reset-tokens": "2m59.56s"}, 179.56),
        ({"x-ratelimit-reset-tokens": "1h2m"}, 3720.0),
        ({"x-ratelimit-reset-tokens": "17"}, 17.0),
        ({"x-ratelimit-reset-tokens": "soon"}, None),
        ({"x-ratelimit-reset-tokens": "9" * 400 + "h"}, None),
        ({"x-ratelimit-reset-tokens": "6m0s", "x-ratelimit-reset-requests": "1s"}, 360.0),
        ({**LEFT, "x-ratelimit-remaining-requests": "0"}, 1.0),
        ({**LEFT, "x-ratelimit-remaining-requests": "5"}, None),
        ({"retry-after": "2", "x-ratelimit-reset-tokens": "6m0s"}, 2.0),
    ],
)
def test_wait_is_read(headers: dict[str, str], expected: float | None) -> None:
    assert retry_after_s(headers, NOW) == expected


@given(st.integers(1, 10**6))
def test_date_means_the_same_as_seconds(seconds: int) -> None:
    date = format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)

    assert retry_after_s({"retry-after": date}, NOW) == retry_after_s({"retry-after": str(seconds)}, NOW)


@given(st.text(), st.text(), st.text(), st.text(st.sampled_from("0123456789.hms")))
def test_nonsense_never_raises_and_never_goes_back(after: str, milliseconds: str, date: str, reset: str) -> None:
    headers = {"retry-after": after, "retry-after-ms": milliseconds, "date": date, "x-ratelimit-reset-tokens": reset}
    wait_s = retry_after_s(headers, NOW)

    assert wait_s is None or 0.1 <= wait_s < 1e9
