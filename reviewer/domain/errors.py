"""The one tree of errors that cross a layer.

ReviewerError            code, user_message, hint
├── InputError           a file or an argument that cannot be used
├── ConfigError          a workflow, playbook or settings file that is wrong; names file, line, field
├── ProviderError        a model endpoint that failed; carries the retry decision
├── StorageError         the workspace cannot be read or written
└── ExportError          a result could not be written out
"""

from dataclasses import dataclass


class ReviewerError(Exception):
    """What went wrong in one sentence for the user, and what to do next.

    Args:
        code: a stable lower-case word for scripts, such as ``encrypted``.
        user_message: one plain sentence, no trailing newline, no document text.
        hint: what the user can do next; may be empty.
    """

    def __init__(self, code: str, user_message: str, hint: str = "") -> None:
        super().__init__(code, user_message, hint)
        self.code = code
        self.user_message = user_message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.code}: {self.user_message}"


class InputError(ReviewerError):
    """A document or an argument that cannot be used."""


class ConfigError(ReviewerError):
    """A workflow, playbook or settings file that is wrong; the message names file, line and field."""


class StorageError(ReviewerError):
    """The workspace cannot be read or written."""


class ExportError(ReviewerError):
    """A result could not be written out."""


@dataclass(frozen=True, slots=True)
class RetryDecision:
    """Whether a failed call may be tried again.

    Attributes:
        retry: another attempt may help.
        after_s: seconds the server asked to wait, or None where it did not say.
        fatal: no other call to this endpoint can succeed either (rejected key, unknown model): stop the run.
    """

    retry: bool
    after_s: float | None = None
    fatal: bool = False


class ProviderError(ReviewerError):
    """A model endpoint failed or answered in a way that cannot be used."""

    def __init__(self, code: str, user_message: str, hint: str = "", *, decision: RetryDecision) -> None:
        super().__init__(code, user_message, hint)
        self.decision = decision
