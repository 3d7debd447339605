"""API keys: where they come from, and that they never show."""

import logging
import subprocess
import sys
from pathlib import Path

import keyring
import keyring.backends.fail
import keyring.backends.null
import keyring.errors
import pytest
from keyring.backend import KeyringBackend

from reviewer.domain.secret import Secret
from reviewer.ports.storage import SecretStore
from reviewer.storage.secrets import KeyringSecretStore, take_secrets, variable

KEY = "sk-very-secret-0123456789"
ROOT = Path(__file__).parents[3]


class FakeBackend:
    """A keyring in memory, which can be made to fail."""

    priority = 5.0

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.error: Exception | None = None

    def get_password(self, service: str, username: str) -> str | None:
        if self.error:
            raise self.error
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.error:
            raise self.error
        self.kept[service, username] = password


class PlaintextBackend(FakeBackend):
    """Named as the library names a backend that writes keys into a file as they are."""


class WeakBackend(FakeBackend):
    priority = 0.5


class Chain(FakeBackend):
    priority = 10.0

    def __init__(self, *backends: FakeBackend) -> None:
        super().__init__()
        self.backends = backends


class ForeignError(Exception):
    """Stands for an error of a library below a backend."""


def store_with(backend: object, **environ: str) -> KeyringSecretStore:
    return KeyringSecretStore(environ, lambda: backend)


def test_key_of_the_environment_comes_first() -> None:
    store: SecretStore = store_with(FakeBackend(), OPENAI_API_KEY=f" {KEY}\n")
    assert store.put("openai", Secret("another")) is True
    assert store.get("openai") == Secret(KEY)
    assert store.get("OpenAI") == Secret(KEY)
    assert store_with(FakeBackend(), OPENAI_API_KEY=KEY).origin("openai") == "environment"


def test_environment_is_that_of_the_process_where_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    assert KeyringSecretStore(load=FakeBackend).get("anthropic") == Secret(KEY)


@pytest.mark.parametrize(
    ("provider", "name"),
    [("openai", "OPENAI_API_KEY"), ("anthropic", "ANTHROPIC_API_KEY"), ("my-own.host", "MY_OWN_HOST_API_KEY")],
)
def test_variable_follows_from_the_provider(provider: str, name: str) -> None:
    assert variable(provider) == name


def test_key_is_kept_in_the_keyring() -> None:
    backend = FakeBackend()
    store = store_with(backend)
    assert store.put("openai", Secret(KEY)) is True
    assert backend.kept == {("reviewer", "openai"): KEY}
    assert store.get("openai") == Secret(KEY)
    assert store.origin("openai") == "keyring"
    assert "FakeBackend" in store.keyring_state()
    assert store.get("anthropic") is None
    assert store.origin("anthropic") is None


@pytest.mark.parametrize(
    "backend",
    [
        PlaintextBackend(),
        WeakBackend(),
        keyring.backends.fail.Keyring(),
        keyring.backends.null.Keyring(),
        Chain(),
        Chain(PlaintextBackend(), WeakBackend()),
    ],
    ids=["plain", "weak", "fail", "null", "empty chain", "chain of unfit"],
)
def test_unfit_backend_is_not_used(backend: object) -> None:
    store = store_with(backend)
    assert store.get("openai") is None
    assert store.put("openai", Secret(KEY)) is False
    assert store.get("openai") == Secret(KEY)
    assert store.origin("openai") == "memory"
    assert getattr(backend, "kept", {}) == {}
    assert "no keyring" in store.keyring_state()


def test_first_fit_backend_of_a_chain_is_used() -> None:
    unfit, fit, other = PlaintextBackend(), FakeBackend(), FakeBackend()
    assert store_with(Chain(unfit, fit, other)).put("openai", Secret(KEY)) is True
    assert (unfit.kept, other.kept) == ({}, {})
    assert fit.kept == {("reviewer", "openai"): KEY}


def test_backend_named_in_the_environment_is_not_loaded() -> None:
    def load() -> FakeBackend:
        raise AssertionError("must not be loaded")

    store = KeyringSecretStore({"PYTHON_KEYRING_BACKEND": "somewhere.Backend"}, load)
    assert store.put("openai", Secret(KEY)) is False
    assert store.get("openai") == Secret(KEY)
    assert "PYTHON_KEYRING_BACKEND" in store.keyring_state()


@pytest.mark.parametrize(
    "error",
    [
        keyring.errors.KeyringLocked(KEY),
        keyring.errors.InitError(KEY),
        RuntimeError(KEY),
        OSError(KEY),
        ValueError(KEY),
    ],
)
def test_failing_backend_counts_as_none(error: Exception) -> None:
    backend = FakeBackend()
    backend.error = error
    store = store_with(backend)
    assert store.get("openai") is None
    assert store.put("openai", Secret(KEY)) is False
    assert store.get("openai") == Secret(KEY)
    assert type(error).__name__ in store.keyring_state()
    assert KEY not in store.keyring_state()


def test_error_of_a_library_below_counts_as_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    module = type(sys)("jeepney.wrappers")
    module.DBusErrorResponse = ForeignError
    monkeypatch.setitem(sys.modules, "jeepney.wrappers", module)
    backend = FakeBackend()
    backend.error = ForeignError("no reply")
    assert store_with(backend).put("openai", Secret(KEY)) is False


def test_keyring_that_fails_while_writing_leaves_the_new_key_in_memory() -> None:
    backend = FakeBackend()
    store = store_with(backend)
    store.put("openai", Secret("old"))
    backend.error = keyring.errors.PasswordSetError("refused")
    assert store.put("openai", Secret(KEY)) is False
    backend.error = None
    assert store.get("openai") == Secret(KEY)


def test_library_that_cannot_be_loaded_counts_as_no_keyring() -> None:
    def load() -> FakeBackend:
        raise ImportError("no such module")

    store = KeyringSecretStore({}, load)
    assert "ImportError" in store.keyring_state()
    assert store.put("openai", Secret(KEY)) is False


def test_system_keyring_is_asked_where_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    class Library(FakeBackend, KeyringBackend):
        priority = 3.0

    monkeypatch.setattr("keyring.core._keyring_backend", Library())
    store = KeyringSecretStore({})
    assert store.put("openai", Secret(KEY)) is True
    assert keyring.get_password("reviewer", "openai") == KEY


def test_key_shows_nowhere(caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> None:
    caplog.set_level(logging.DEBUG)
    store = store_with(WeakBackend(), ANTHROPIC_API_KEY=KEY)
    store.put("openai", Secret(KEY))
    store.get("openai")
    shown = [repr(store), str(store), store.keyring_state(), caplog.text, *capsys.readouterr()]
    assert all(KEY not in text for text in shown)


def test_keyring_library_is_not_loaded_until_it_is_needed() -> None:
    program = (
        "import sys; from reviewer.storage.secrets import KeyringSecretStore;"
        "s = KeyringSecretStore({'OPENAI_API_KEY': 'k'}); assert s.get('openai').reveal() == 'k';"
        "assert 'keyring' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, timeout=60, check=False).returncode == 0


def test_secrets_are_taken_out_of_the_environment_and_still_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reviewer.storage.secrets._taken", {})
    environ = {
        "OPENAI_API_KEY": f" {KEY}",
        "HF_TOKEN": "t",
        "REVIEWER_MAX_TOKENS": "5",
        "PATH": "/bin",
        "KEYBOARD": "us",
    }
    take_secrets(environ)
    assert environ == {"REVIEWER_MAX_TOKENS": "5", "PATH": "/bin", "KEYBOARD": "us"}
    store = KeyringSecretStore(load=FakeBackend)
    assert store.get("openai") == Secret(KEY)
    assert store.origin("openai") == "environment"
    assert store_with(FakeBackend()).get("openai") is None
