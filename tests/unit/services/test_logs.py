"""What comes through to a log."""

import io
import logging
from collections.abc import Iterator

import pytest

from reviewer.domain.secret import Secret
from reviewer.services.logs import LogFilter, guard_logs

WORDS = "The Supplier shall indemnify"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the root logger's own handler writes."""
    stream, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    guard_logs()
    guard_logs()
    assert sum(isinstance(each, LogFilter) for each in handler.filters) == 1
    yield stream
    root.removeHandler(handler)


def test_keys_are_masked(log: io.StringIO) -> None:
    Secret("canary-key-of-this-test")
    logging.getLogger("reviewer.x").warning("sent %s with %s", "canary-key-of-this-test", "Bearer abcdef")
    assert log.getvalue() == "WARNING reviewer.x: sent *** with ***\n"


def test_an_exception_is_told_by_type_and_place(log: io.StringIO) -> None:
    try:
        raise ValueError(WORDS)
    except ValueError:
        logging.getLogger("reviewer.x").exception("it failed", stack_info=True)
    assert "it failed (ValueError at test_logs.py:" in log.getvalue()
    assert WORDS not in log.getvalue()
    logging.getLogger("reviewer.x").error("it failed", exc_info=OSError(WORDS))
    assert log.getvalue().endswith("it failed (OSError at an unknown place)\n")


def test_a_library_is_told_by_where_it_speaks(log: io.StringIO) -> None:
    logging.getLogger("asyncio").error(f"Task exception: {WORDS}")  # noqa: G004 - as libraries do
    assert log.getvalue().startswith("ERROR asyncio: at test_logs.py:")
    assert WORDS not in log.getvalue()


def test_libraries_do_not_tell_of_each_request(log: io.StringIO) -> None:
    logging.getLogger("httpx").info("HTTP Request: POST https://host/?key=abcdef")
    assert log.getvalue() == ""
