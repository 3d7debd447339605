"""What goes wrong on the way to an endpoint, in words: all but what a library's own error tells."""

from reviewer.domain.errors import Patience, ProviderError, RetryDecision

FATAL = RetryDecision(retry=False, fatal=True)


def too_big(place: str, limit_bytes: int) -> ProviderError:
    """A reply, or a line of one, that is longer than what is read."""
    return ProviderError(
        "reply_too_big",
        f"The endpoint at {place} sent a reply longer than {limit_bytes / 1e6:g} MB; the rest was not read.",
        "Check that the base URL belongs to a model endpoint.",
        decision=RetryDecision(retry=False),
    )


def offline_refused(place: str) -> ProviderError:
    """Offline mode lets nothing but this computer be contacted."""
    return ProviderError(
        "offline_refused",
        f"Offline mode does not allow contact with {place}.",
        "Use a model on this computer (http://127.0.0.1:PORT/v1). Or, if text may leave: leave out --offline (or the "
        "setting offline), and let the matter send it, under File > Matters or: reviewer matters change NAME "
        "--egress ask",
        decision=FATAL,
    )


def address_refused(place: str) -> ProviderError:
    """The address is not among those that this run may contact."""
    return ProviderError(
        "address_refused",
        f"Nothing was sent to {place}: it is not among the addresses that may be contacted now.",
        "Name the model with this address, and let the matter send text there, under File > Matters or: reviewer "
        "matters change NAME --egress listed --endpoint ADDRESS",
        decision=FATAL,
    )


def connection_lost(place: str, patience: Patience) -> ProviderError:
    """The connection broke in the middle."""
    return ProviderError(
        "connection_lost",
        f"The connection to {place} broke before the reply was complete.",
        "Try again; if it happens each time, check that the address belongs to a model endpoint.",
        decision=RetryDecision(retry=True, patience=patience),
    )
