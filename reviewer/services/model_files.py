"""Models in files on this computer: what they are, in words, and how fast they write."""

import time
from dataclasses import dataclass

from reviewer.domain.chat import ChatReply, ChatRequest
from reviewer.domain.ids import Json
from reviewer.domain.model_file import ModelFile
from reviewer.ports.model_files import FileModel

_GIGABYTE = 1024**3
_BILLION, _MILLION = 1e9, 1e6
_SCHEMA: dict[str, Json] = {
    "type": "object",
    "properties": {"text": {"type": "string", "maxLength": 600}},
    "required": ["text"],
    "additionalProperties": False,
}
_QUESTION = ChatRequest(
    "You explain law in plain words. Reply with JSON.",
    "In three sentences: what is a limitation of liability?",
    _SCHEMA,
    "test",
    seed=0,
    max_tokens=160,
)


@dataclass(frozen=True, slots=True)
class Trial:
    """One measured answer. ``tokens_per_s`` counts from its first word on, without loading and reading; 0: unknown."""

    reply: ChatReply
    tokens_per_s: float


async def try_out(model: FileModel) -> Trial:
    """Asks one short question; the model is loaded for it.

    Raises:
        ProviderError: it does not answer.
    """
    began = 0.0

    def listen(_: str) -> None:
        nonlocal began
        began = began or time.perf_counter()

    reply = await model.complete(_QUESTION, listen)
    took = time.perf_counter() - began if began else 0.0
    return Trial(reply, (reply.tokens_out - 1) / took if took > 0 else 0.0)


def in_words(file: ModelFile) -> str:
    """What is known of a model file, and whether there is memory for it: a line for people."""
    kind = " ".join(part for part in (file.architecture, file.quantisation) if part)
    needed, free = gigabytes(file.needed), gigabytes(file.available)
    fits = "are free" if file.fits else "are free: too few"
    return (
        f"{file.name} ({kind}), {count_in_words(file.parameters)} parameters, {gigabytes(file.size)} GB, "
        f"reads up to {file.context} tokens; needs about {needed} GB of memory, and {free} GB {fits}"
    )


def gigabytes(size: int) -> str:
    """Bytes as gigabytes, such as ``4.7``."""
    return f"{size / _GIGABYTE:.1f}"


def count_in_words(parameters: int) -> str:
    """A large number, such as ``8.2 billion``."""
    if parameters >= _BILLION:
        return f"{parameters / _BILLION:.1f} billion"
    return f"{parameters / _MILLION:.1f} million" if parameters >= _MILLION else str(parameters)
