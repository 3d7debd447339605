"""Exit codes: an interface that scripts depend on."""

from enum import IntEnum

from reviewer.domain.errors import BudgetExceeded, ConfigError, InputError, ProviderError, ReviewerError


class ExitCode(IntEnum):
    """What the process ends with."""

    OK = 0
    UNEXPECTED = 1
    USAGE = 2
    PARTIAL = 3
    FAIL_ON = 4
    PROVIDER = 5
    BUDGET = 6
    INPUT = 7
    INTERRUPTED = 130


def code_of(error: ReviewerError) -> ExitCode:
    """The exit code of an error."""
    if isinstance(error, InputError):
        return ExitCode.INPUT
    if isinstance(error, ProviderError):
        return ExitCode.PROVIDER
    if isinstance(error, BudgetExceeded):
        return ExitCode.BUDGET
    if isinstance(error, ConfigError):
        return ExitCode.USAGE
    return ExitCode.UNEXPECTED
