"""The console asks for passwords."""

import io
import signal

import pytest

from reviewer.cli.console import Console
from reviewer.domain.secret import NO_SECRET, Secret


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _sit_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in ("stdin", "stderr"):
        monkeypatch.setattr(f"sys.{stream}", Terminal())


def test_password_is_asked_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert Console(as_json=False, quiet=False).password_asker is None


def test_password_prompt_names_the_file_and_says_when_the_last_one_was_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    prompts: list[str] = []

    def answer(prompt: str) -> str:
        prompts.append(prompt)
        return "secret"

    monkeypatch.setattr("getpass.getpass", answer)
    _sit_at_a_terminal(monkeypatch)
    ask = Console(as_json=False, quiet=False).password_asker
    assert ask is not None
    before = signal.getsignal(signal.SIGINT)
    assert [ask("a\x1b[2J.pdf", again) for again in (False, True)] == [Secret("secret")] * 2
    assert signal.getsignal(signal.SIGINT) is before
    assert prompts[0].startswith("Password of a")
    assert "\x1b" not in prompts[0]
    assert prompts[1].startswith("This password does not open it.")


def test_end_of_input_gives_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    def end(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("getpass.getpass", end)
    _sit_at_a_terminal(monkeypatch)
    ask = Console(as_json=False, quiet=False).password_asker
    assert ask is not None
    assert ask("a.pdf", False) == NO_SECRET
