"""What is said of what nobody caught."""

import sys
import threading
from types import SimpleNamespace

import pytest

from reviewer.services.crash import crash_line, take_uncaught

WORDS = "The Supplier shall indemnify"


@pytest.fixture(autouse=True)
def _hooks(monkeypatch: pytest.MonkeyPatch) -> None:
    for owner, name in ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(owner, name, getattr(owner, name))


def _raised() -> Exception:
    try:
        document = WORDS
        raise ValueError(document)
    except ValueError as error:
        return error


def test_a_crash_line_has_no_words_and_no_values() -> None:
    line = crash_line(_raised(), "2026-01-01")
    assert "ValueError at test_crash.py:" in line
    assert WORDS not in line


def test_uncaught_errors_are_reported_and_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    reported: list[BaseException] = []
    take_uncaught(reported.append)
    error = _raised()
    sys.excepthook(ValueError, error, None)
    threading.excepthook(SimpleNamespace(exc_value=error))  # type: ignore[arg-type]  # as far as it is looked at
    threading.excepthook(SimpleNamespace(exc_value=None))  # type: ignore[arg-type]
    sys.unraisablehook(SimpleNamespace(exc_value=error))  # type: ignore[arg-type]
    assert reported == [error] * 3
    assert capsys.readouterr().err == ""


def test_interrupting_stays_what_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    take_uncaught(lambda _: pytest.fail("reported"))
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert "KeyboardInterrupt" in capsys.readouterr().err
