"""What a run would take before it is started: calls, tokens, cost and time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reviewer.domain.destination import Destination
from reviewer.domain.events import DocumentFailed
from reviewer.domain.model_facts import ModelFacts
from reviewer.domain.run_picture import RunPicture

LATENCY_S = 8.0
"""Seconds a call takes at a usual provider: an assumption, and said to be one. Nobody is asked."""
REPLY_SHARE = 0.25
"""Of the room a reply has, what a usual one fills: an assumption, too."""


@dataclass(frozen=True, slots=True)
class ModelEstimate:
    """One model's part.

    Attributes:
        tokens_in: about what the requests hold; ``tokens_in_most`` what they hold at most.
        tokens_out: about what the replies will hold; ``tokens_out_most`` all the room they have.
    """

    facts: ModelFacts
    calls: int
    tokens_in: int
    tokens_in_most: int
    tokens_out: int
    tokens_out_most: int

    @property
    def cost(self) -> float | None:
        """About what it will cost, without savings by prompt caches; None where the price is not known."""
        return self.facts.price.of(self.tokens_in, self.tokens_out) if self.facts.price else None

    @property
    def cost_most(self) -> float | None:
        """The most it will cost, if no reply must be asked for twice; None where the price is not known."""
        return self.facts.price.of(self.tokens_in_most, self.tokens_out_most) if self.facts.price else None

    @property
    def writing_s(self) -> float | None:
        """Seconds that a model of known speed on this computer writes; None for others."""
        speed = self.facts.tokens_per_s
        return self.tokens_out / speed if speed and self.facts.is_local else None


@dataclass(frozen=True, slots=True)
class PlannedRequest:
    """A question that would be asked of a model.

    Attributes:
        destination: where it would go; None for this computer.
        document, section: what it is about; empty where it is about several.
        size_bytes: of the body as it would be sent; of the question's text where nothing is sent.
        body: as it would be sent, to the byte; empty where nothing is sent.
    """

    model: str
    destination: Destination | None
    document: str
    section: str
    size_bytes: int
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Departure:
    """What of a run would go to one place.

    Attributes:
        destination: None for this computer.
        sections: how many are asked about there; parts of one count once.
        size_bytes: of all requests together.
    """

    destination: Destination | None
    requests: int
    documents: int
    sections: int
    size_bytes: int


def departures(planned: Iterable[PlannedRequest]) -> tuple[Departure, ...]:
    """What would go where; this computer first."""
    by_place: dict[Destination | None, list[PlannedRequest]] = {}
    for each in planned:
        by_place.setdefault(each.destination, []).append(each)
    ordered = sorted(by_place, key=lambda place: (place is not None, str(place)))
    return tuple(_departure(place, by_place[place]) for place in ordered)


def _departure(place: Destination | None, planned: Sequence[PlannedRequest]) -> Departure:
    about = {(each.document, each.section) for each in planned if each.section}
    documents = {each.document for each in planned if each.document}
    return Departure(place, len(planned), len(documents), len(about), sum(each.size_bytes for each in planned))


@dataclass(frozen=True, slots=True)
class Estimate:
    """A run before it is started.

    Attributes:
        documents, parts: how many were read, and how many items they have.
        failed: files that cannot be read.
        stored: steps that the workspace holds already and nobody is asked about.
        connections: calls at once.
        planned: every request, in the order of the run.
        pictures: what each workflow does with its documents, stage by stage.
    """

    documents: int
    parts: int
    failed: tuple[DocumentFailed, ...]
    stored: int
    models: tuple[ModelEstimate, ...]
    connections: int
    currency: str
    planned: tuple[PlannedRequest, ...] = ()
    pictures: tuple[RunPicture, ...] = ()

    @property
    def departures(self) -> tuple[Departure, ...]:
        """What would go where; this computer first."""
        return departures(self.planned)

    @property
    def calls(self) -> int:
        """Calls of all models, each once."""
        return sum(each.calls for each in self.models)

    @property
    def cost(self) -> float | None:
        """About what all models will cost; None where a price is not known."""
        return _total([each.cost for each in self.models])

    @property
    def cost_most(self) -> float | None:
        """The most that all models will cost; None where a price is not known."""
        return _total([each.cost_most for each in self.models])

    @property
    def seconds(self) -> float:
        """About how long: rounds of `LATENCY_S`, or as long as the slowest model on this computer writes."""
        rounds = -(-sum(each.calls for each in self.models if each.writing_s is None) // self.connections)
        return max([rounds * LATENCY_S, *(each.writing_s or 0.0 for each in self.models)])

    @property
    def basis(self) -> str:
        """What the time rests on, in one sentence."""
        measured = any(each.writing_s is not None for each in self.models if each.calls)
        guessed = any(each.writing_s is None for each in self.models if each.calls)
        parts = []
        if guessed:
            parts.append(f"{LATENCY_S:g} s a call (assumed), {self.connections} at once")
        if measured:
            parts.append("the measured speed of the model on this computer")
        return "; ".join(parts)


def _total(costs: list[float | None]) -> float | None:
    known = [each for each in costs if each is not None]
    return sum(known) if len(known) == len(costs) else None
