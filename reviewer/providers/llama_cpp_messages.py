"""What the worker process of a model file is told, and what it says."""

from typing import TypeAlias

import msgspec


class Load(msgspec.Struct, frozen=True):
    """What the process is started for. ``context`` is that of one slot, in tokens."""

    path: str
    context: int
    slots: int
    threads: int


class Question(msgspec.Struct, frozen=True, tag="question"):
    """One question.

    Attributes:
        body: a request in the OpenAI chat format, as JSON.
        longest: tokens that the question may have; a longer one is not answered.
        is_heard: whether each piece of the reply is wanted as it comes.
    """

    id: int
    body: bytes
    longest: int
    is_heard: bool


class Cancel(msgspec.Struct, frozen=True, tag="cancel"):
    """Nobody waits for the answer any more."""

    id: int


class Loaded(msgspec.Struct, frozen=True, tag="loaded"):
    """Ready for questions."""


class NotLoaded(msgspec.Struct, frozen=True, tag="not_loaded"):
    """The last word of the process. ``is_installed`` is False where the runtime is missing."""

    is_installed: bool


class Piece(msgspec.Struct, frozen=True, tag="piece"):
    """The next words of a reply."""

    id: int
    text: str


class Answer(msgspec.Struct, frozen=True, tag="answer"):
    """A reply. ``is_cut`` where it ended for want of room."""

    id: int
    text: str
    is_cut: bool
    tokens_in: int
    tokens_out: int


class TooSmall(msgspec.Struct, frozen=True, tag="too_small"):
    """The question has so many tokens, which are too many."""

    id: int
    tokens: int


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """The runtime cannot answer the question."""

    id: int


ToWorker: TypeAlias = Question | Cancel
FromWorker: TypeAlias = Loaded | NotLoaded | Piece | Answer | TooSmall | Refused

encode = msgspec.msgpack.Encoder().encode
decode_to_worker = msgspec.msgpack.Decoder(ToWorker).decode
decode_from_worker = msgspec.msgpack.Decoder(FromWorker).decode
