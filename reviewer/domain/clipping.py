"""Whether a model read a prompt whole, from what its server says it read."""

from reviewer.domain.tokens import Calibration, TokenEstimate

PROMPT_CLIPPED = "prompt_clipped"
CLIPPED_HINT = (
    "Choose a model with a longer context, give its server one (for Ollama num_ctx), or split the document more finely."
)
LIKELY_ERROR = 0.15
"""How far a calibrated estimate may lie from the truth, as a share."""
_SMALLEST_CONTEXT = 256
"""Tokens. A server that says it read fewer did not clip: it leaves out what it had in its cache."""
_RESERVE = 16
"""Tokens a full context may seem to lack: a clipped prompt gets its opening and closing marks anew."""
_CONTEXT_SIZES = frozenset(
    size - missing for power in range(9, 21) for size in (2**power, 3 * 2 ** (power - 1)) for missing in (0, 1)
)


def was_clipped(
    system: TokenEstimate, user: TokenEstimate, read: int, learnt: Calibration, context: int | None = None
) -> bool:
    """Whether part of a prompt never reached the model. A server that does not say what it read (0) clips nothing.

    Three signs, each of which a whole prompt cannot show: it fills the model's whole context; it ends exactly at a
    usual context size though more is likely even where the estimate is too high; or the count is below what the most
    frugal tokenizer makes of the user message alone. The system message takes no part in the last one, and no
    count below 256 does: some servers count only what their cache did not hold, and that begins with the prompt.

    Args:
        system: the system message, estimated.
        user: the user message, estimated.
        read: tokens that the server says it read, the cached ones included where it tells.
        learnt: how this model's counts lie to the estimates.
        context: tokens the model can hold, where that is known.
    """
    if read <= 0:
        return False
    if context is not None and read >= context - _RESERVE:
        return True
    if read in _CONTEXT_SIZES and learnt.tokens(system.likely + user.likely) * (1 - LIKELY_ERROR) > read:
        return True
    return _SMALLEST_CONTEXT <= read < user.fewest


def is_too_long(likely: int, learnt: Calibration, context: int | None) -> bool:
    """Whether a prompt cannot fit into a context, even where the estimate is too high. Unknown contexts fit all."""
    return context is not None and learnt.tokens(likely) * (1 - LIKELY_ERROR) > context


def clipped_sentence(model: str, tokens: int) -> str:
    """What happened, for the user."""
    return f"The model {model} read only part of the text: {tokens} tokens of it."
