"""The one tree of errors that cross a layer.

ReviewerError            code, user_message, hint
├── InputError           a file or an argument that cannot be used
├── ConfigError          a workflow, playbook or settings file that is wrong; names file, line, field
│   └── PriceUnknown     a cap on money, and a model without a price: the user decides
├── ProviderError        a model endpoint that failed; carries the retry decision
├── BudgetExceeded       a cap on money or tokens was reached; what is done is kept
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


class PriceUnknown(ConfigError):  # noqa: N818 - a question rather than an error
    """A run has a cap on money and asks models whose price is not known; ``models`` are their names."""

    def __init__(self, models: tuple[str, ...]) -> None:
        names = " and ".join(models)
        super().__init__(
            "price_unknown",
            f"There is a cap on money, and the price of {names} is not known.",
            f"Set it: reviewer models set {models[0]} --price-in X --price-out Y (per million tokens); "
            "or cap the tokens with --max-tokens N and no money; or add -y to count its calls as free.",
        )
        self.models = models


class BudgetExceeded(ReviewerError):  # noqa: N818 - the architecture's word
    """A cap was reached: no further call may be made. What is done is kept, and goes on under a higher cap."""


class StorageError(ReviewerError):
    """The workspace cannot be read or written."""


class ExportError(ReviewerError):
    """A result could not be written out."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a kind of failure is worth another attempt; both caps hold.

    Attributes:
        attempts: calls in total, the first included.
        within_s: seconds from the first attempt after which no new one starts.
        first_wait_s, longest_wait_s: back-off where the server does not say how long to wait, doubled each time.
        random_share: of each back-off so much is left to chance, 0 to 1.
    """

    attempts: int = 3
    within_s: float = 1800.0
    first_wait_s: float = 0.5
    longest_wait_s: float = 20.0
    random_share: float = 0.5


@dataclass(frozen=True, slots=True)
class RetryDecision:
    """Whether a failed call may be tried again.

    Attributes:
        retry: another attempt may help.
        after_s: seconds the server asked to wait, or None where it did not say.
        fatal: no other call to this endpoint can succeed either (rejected key, unknown model): stop the run.
        patience: how often and how long it is tried again.
    """

    retry: bool
    after_s: float | None = None
    fatal: bool = False
    patience: Patience = Patience()


class ProviderError(ReviewerError):
    """A model endpoint failed or answered in a way that cannot be used."""

    def __init__(self, code: str, user_message: str, hint: str = "", *, decision: RetryDecision) -> None:
        super().__init__(code, user_message, hint)
        self.decision = decision
