"""API keys: from the environment, the keyring of the system, or the memory of this process; never in a file of ours."""

import os
import re
import sys
from collections.abc import Callable, Mapping, MutableMapping
from typing import Literal, Protocol, TypeAlias

from reviewer.domain.secret import NO_SECRET, Secret

SERVICE = "reviewer"
OVERRIDE_VARIABLE = "PYTHON_KEYRING_BACKEND"

RECOMMENDED_PRIORITY = 1.0
"""What the keyring library calls recommended; its plain-text, failing and empty backends are below it."""

_SECRET_NAME = re.compile(
    r"(?:\A|_)(?:API_?KEYS?|ACCESS_KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS)\Z", re.IGNORECASE
)
_taken: dict[str, Secret] = {}

Origin: TypeAlias = Literal["environment", "keyring", "memory"]


class Backend(Protocol):
    """What is used of a backend of the keyring library."""

    @property
    def priority(self) -> float:
        """How well it is fit to be used; 1 or more is recommended."""
        ...

    def get_password(self, service: str, username: str) -> str | None:
        """The password, or None where there is none. May ask the user to unlock."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keeps a password. May ask the user to unlock."""
        ...


def take_secrets(environ: MutableMapping[str, str]) -> None:
    """Moves keys out of the environment into this process's memory.

    Done once, where the process begins: programs and worker processes that it starts inherit what is left, and a key in
    the environment is still found by `KeyringSecretStore`. What else looks like a secret is taken too; nobody needs it.
    """
    for name in [each for each in environ if _SECRET_NAME.search(each)]:
        _taken[name] = Secret(environ.pop(name).strip())


class KeyringSecretStore:
    """Implements `reviewer.ports.storage.SecretStore`.

    The keyring library is imported when a key is first looked for there. A backend that fails, or that keeps keys where
    others can read them, counts as none. Looking a key up may block while the system asks the user to unlock.

    Args:
        environ: looked into for ``<PROVIDER>_API_KEY``.
        load: gives the keyring's backend; called once at most.
    """

    def __init__(self, environ: Mapping[str, str] | None = None, load: Callable[[], Backend] | None = None) -> None:
        self._environ = os.environ if environ is None else environ
        self._taken = _taken if environ is None else {}
        self._load = load or _load_backend
        self._backend: Backend | None = None
        self._state = ""
        self._memory: dict[str, Secret] = {}

    def __repr__(self) -> str:
        return "KeyringSecretStore()"

    def get(self, provider: str) -> Secret | None:
        """The key of a provider, or None."""
        found = self._find(provider)
        return None if found is None else found[1]

    def put(self, provider: str, key: Secret) -> bool:
        """Keeps a key, surrounding blanks removed. True when it is in the keyring, False when only in memory.

        A key in the environment still comes first.
        """
        name, key = provider.lower(), Secret(key.reveal().strip())
        self._memory.pop(name, None)
        if self._write_keyring(name, key):
            return True
        self._memory[name] = key
        return False

    def origin(self, provider: str) -> Origin | None:
        """Where the key of a provider would come from; None where there is no key."""
        found = self._find(provider)
        return None if found is None else found[0]

    def keyring_state(self) -> str:
        """One sentence: whether keys can be kept in the keyring of the system, and if not, why."""
        self._usable_backend()
        return self._state

    def _find(self, provider: str) -> tuple[Origin, Secret] | None:
        name = provider.lower()
        if key := self._of_environment(variable(name)):
            return "environment", key
        # What was put into memory was put after the keyring had refused it.
        if name in self._memory:
            return "memory", self._memory[name]
        stored = self._read_keyring(name)
        return ("keyring", stored) if stored else None

    def _of_environment(self, name: str) -> Secret:
        text = self._environ.get(name, "").strip()
        return Secret(text) if text else self._taken.get(name, NO_SECRET)

    def _read_keyring(self, name: str) -> Secret | None:
        backend = self._usable_backend()
        if backend is None:
            return None
        try:
            stored = backend.get_password(SERVICE, name)
        except _backend_errors() as error:
            self._give_up(error)
            return None
        return Secret(stored) if stored else None

    def _write_keyring(self, name: str, key: Secret) -> bool:
        backend = self._usable_backend()
        if backend is None:
            return False
        try:
            backend.set_password(SERVICE, name, key.reveal())
        except _backend_errors() as error:
            self._give_up(error)
            return False
        return True

    def _usable_backend(self) -> Backend | None:
        if not self._state:
            self._choose_backend()
        return self._backend

    def _choose_backend(self) -> None:
        if self._environ.get(OVERRIDE_VARIABLE):
            self._state = f"The keyring is not used, because {OVERRIDE_VARIABLE} is set."
            return
        try:
            self._backend = _first_recommended(self._load())
        except _backend_errors() as error:
            self._give_up(error)
            return
        if self._backend is None:
            self._state = "This system has no keyring; keys are kept until the program ends."
        else:
            self._state = f"Keys are kept in the keyring of the system ({_name(self._backend)})."

    def _give_up(self, error: BaseException) -> None:
        # Only the class is told: a backend's message may quote what it was given.
        self._backend = None
        self._state = (
            f"The keyring of the system does not work ({type(error).__name__}); keys are kept until the program ends."
        )


def variable(provider: str) -> str:
    """The environment variable of a provider's key, such as ``OPENAI_API_KEY``."""
    return re.sub(r"[^A-Z0-9]", "_", provider.upper()) + "_API_KEY"


def _load_backend() -> Backend:
    from keyring import get_keyring  # noqa: PLC0415  # slow, and asks the system's services: only when it is needed

    return get_keyring()


def _first_recommended(backend: Backend) -> Backend | None:
    """The backend itself, or the best of those that a chain of backends holds; None where none is fit to be used."""
    chain: tuple[Backend, ...] = tuple(getattr(backend, "backends", (backend,)))
    return next(
        (each for each in chain if each.priority >= RECOMMENDED_PRIORITY and not _is_readable_by_others(each)), None
    )


def _is_readable_by_others(backend: Backend) -> bool:
    kind = type(backend)
    return kind.__module__.startswith("keyrings.alt") or "plaintext" in kind.__name__.lower()


def _name(backend: Backend) -> str:
    kind = type(backend)
    return f"{kind.__module__.removeprefix('keyring.backends.')}.{kind.__name__}"


_FOREIGN_ERRORS = (
    ("keyring.errors", "KeyringError"),
    ("secretstorage.exceptions", "SecretStorageException"),
    ("jeepney.wrappers", "DBusErrorResponse"),
    ("dbus.exceptions", "DBusException"),
    ("win32ctypes.pywin32.pywintypes", "error"),
)
"""What backends let through of the libraries below them, by module and name."""


def _backend_errors() -> tuple[type[BaseException], ...]:
    """The errors of a backend; of modules that were not imported there can be none."""
    loaded = ((sys.modules.get(module), name) for module, name in _FOREIGN_ERRORS)
    foreign = tuple(getattr(module, name) for module, name in loaded if hasattr(module, name))
    return (ImportError, OSError, RuntimeError, ValueError, *foreign)
