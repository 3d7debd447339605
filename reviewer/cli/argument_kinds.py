"""What a flag's value may be."""

import argparse

from reviewer.domain.matter import Egress

_LAST_PORT = 65_535


def egress(text: str) -> Egress:
    """Where a matter's text may go. Raises argparse.ArgumentTypeError."""
    try:
        return Egress(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be here, listed or ask, not {text!r}") from None


def positive(text: str) -> int:
    """A whole number of 1 or more. Raises argparse.ArgumentTypeError."""
    if not (text.isascii() and text.isdecimal() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"must be a whole number of 1 or more, not {text!r}")
    return int(text)


def amount(text: str) -> float:
    """A finite number of 0 or more. Raises argparse.ArgumentTypeError."""
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number < float("inf"):
        raise argparse.ArgumentTypeError(f"must be a number of 0 or more, not {text!r}")
    return number


def port(text: str) -> int:
    """A port's number. Raises argparse.ArgumentTypeError."""
    if not (text.isascii() and text.isdecimal() and 0 < int(text) <= _LAST_PORT):
        raise argparse.ArgumentTypeError(f"must be a whole number from 1 to {_LAST_PORT}, not {text!r}")
    return int(text)


def seconds(text: str) -> float:
    """A finite number above 0. Raises argparse.ArgumentTypeError."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"must be a number of seconds above 0, not {text!r}")
    return number
