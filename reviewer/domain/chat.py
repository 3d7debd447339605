"""What is said to a model and what it says back."""

from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.ids import Json


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """One question to a model.

    Attributes:
        system: rubric, schema and rules; the same for all items of a task kind, so that prompt caches hit.
        user: the document's text, fenced, and nothing that instructs.
        schema: JSON schema of the reply, an object; ``schema_name`` names it.
        seed: sent to the model; differs between votes.
        max_tokens: limit of the reply, in the model's tokens.
    """

    system: str
    user: str
    schema: dict[str, Json]
    schema_name: str
    seed: int
    temperature: float = 0.0
    max_tokens: int = 2048


class FinishReason(StrEnum):
    """Why a model stopped: *stop* is a whole answer, *length* was cut, *refused* is an abstention."""

    STOP = "stop"
    LENGTH = "length"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ChatReply:
    """A model's answer as it came.

    Attributes:
        text: the reply's content, unparsed.
        model: the model that answered, as the endpoint names it.
        tokens_in: what it read, cached or not.
        tokens_cached: of these, what the provider still had from an earlier request, and charges less for.
    """

    text: str
    model: str
    finish: FinishReason = FinishReason.STOP
    tokens_in: int = 0
    tokens_out: int = 0
    tokens_cached: int = 0
