"""The dispatcher: gives each free place at an endpoint to one of the calls that wait, from all runs fairly."""

import asyncio
from collections.abc import Collection, Sequence

from reviewer.engine.gate import Gate, Pass
from reviewer.engine.limits import Limits
from reviewer.engine.waiting import Line, Waiter
from reviewer.ports.system import Clock

PATIENCE_S = 0.03
"""So long other work lets calls go first: with hundreds in flight one is always about to be sent."""


class Share:
    """One run's part of the dispatcher.

    Attributes:
        in_flight: its calls that have a place.
        unkept: its replies that are not on the disk yet.
        is_held: a call waits for replies to be on the disk.
        is_paused: none of its calls starts; those in flight end as ever.
        looked_at: what the user looks at; calls about it go first.
    """

    def __init__(self) -> None:
        self.in_flight = 0
        self.unkept = 0
        self.is_held = self.is_paused = False
        self.looked_at: Collection[str] = ()
        self.lines: dict[tuple[Gate, ...], Line] = {}


class Dispatcher:
    """Places at endpoints, shared by all runs of a process. One event loop.

    A place that becomes free goes to the run with the fewest calls in flight, and within a run to what the user looks
    at, else to the call that waits longest. A run whose replies pile up unwritten gets no more than are in flight:
    should the disk be full, so much is lost at most.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._gates: dict[str, Gate] = {}
        self._shares: list[Share] = []
        self._timer: asyncio.TimerHandle | None = None
        self._starting = 0
        self._resting: list[asyncio.Event] = []

    def gate(self, endpoint: str, limits: Limits) -> Gate:
        """The gate of an endpoint, with these limits from now on."""
        gate = self._gates.get(endpoint)
        if gate is None:
            gate = self._gates[endpoint] = Gate(limits)
        gate.configure(limits)
        return gate

    def open_share(self) -> Share:
        """A part for a run that begins."""
        share = Share()
        self._shares.append(share)
        return share

    def close_share(self, share: Share) -> None:
        """Ends a run's part; none of its calls waits any more."""
        self._shares.remove(share)
        self.dispatch()

    async def admit(self, share: Share, gates: tuple[Gate, ...], tokens: int, subjects: tuple[str, ...]) -> Pass:
        """Waits for a place at any of the gates; of several that are open, the one least used for its weight.

        Whoever gets a pass must `release` it.
        """
        waiter = Waiter(gates, tokens, subjects)
        line = share.lines.setdefault(waiter.gates, Line())
        line.add(waiter)
        self.dispatch()
        try:
            return await waiter.leave
        except asyncio.CancelledError:
            if waiter.leave.cancelled() or not waiter.leave.done():
                waiter.leave.cancel()
                line.removed()
            else:
                granted = waiter.leave.result()
                granted.gate.abandoned()
                self.release(share, granted)
            raise

    def sent(self, granted: Pass) -> None:
        """A call that got its place is on its way, or will not be."""
        if granted.is_sent:
            return
        granted.is_sent = True
        self._starting -= 1
        for resting in () if self._starting else self._resting:
            resting.set()

    async def quiet(self) -> None:
        """Waits until no call is about to be sent, but not for long: other work should not hold up the endpoints."""
        if not self._starting:
            return
        resting = asyncio.Event()
        timer = asyncio.get_running_loop().call_later(PATIENCE_S, resting.set)
        self._resting.append(resting)
        try:
            await resting.wait()
        finally:
            timer.cancel()
            self._resting.remove(resting)

    def release(self, share: Share, granted: Pass) -> None:
        """Gives a place back."""
        self.sent(granted)
        share.in_flight -= 1
        granted.gate.leave()
        self.dispatch()

    def kept(self, share: Share) -> None:
        """A reply is on the disk, or never will be."""
        share.unkept -= 1
        if share.is_held:
            share.is_held = False
            self.dispatch()

    def is_full(self, gate: Gate) -> bool:
        """Whether all places of a gate are taken."""
        return gate.in_flight >= gate.concurrency.limit

    def dispatch(self) -> None:
        """Gives out what is free; to be called after anything changed."""
        now = self._clock.monotonic()
        wake_at: float | None = None
        while True:
            started = False
            for share in _fairly(self._shares):
                granted, ready_at = self._grant(share, now)
                started = started or granted
                if ready_at is not None:
                    wake_at = ready_at if wake_at is None else min(wake_at, ready_at)
                if granted:
                    break
            if not started:
                break
        self._wake(now, wake_at)

    def waiting_until(self, share: Share) -> float | None:
        """When the next call of a run may start where only time holds it back; None for other reasons or none."""
        now = self._clock.monotonic()
        times = [
            at
            for line in share.lines.values()
            if (first := line.first(share.looked_at)) is not None
            for gate in first.gates
            if (at := gate.opens_at(now, first.tokens)) is not None and at > now
        ]
        return min(times, default=None)

    def _grant(self, share: Share, now: float) -> tuple[bool, float | None]:
        """Starts one call of a run; else says when time alone will let it."""
        ready_at: float | None = None
        if share.is_paused:
            return False, None
        for gates, line in share.lines.items():
            first = line.first(share.looked_at)
            if first is None:
                continue
            if share.unkept and share.unkept >= sum(gate.concurrency.limit for gate in gates):
                share.is_held = True
                continue
            gate, at = _openest(gates, first.tokens, now)
            if gate is not None:
                share.in_flight += 1
                self._starting += 1
                line.removed()
                first.leave.set_result(gate.start(now, first.tokens))
                return True, None
            if at is not None:
                ready_at = at if ready_at is None else min(ready_at, at)
        return False, ready_at

    def _wake(self, now: float, at: float | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if at is not None:
            self._timer = asyncio.get_running_loop().call_later(max(0.0, at - now), self.dispatch)


def _fairly(shares: Sequence[Share]) -> Sequence[Share]:
    """The run with the fewest calls in flight first."""
    return sorted(shares, key=lambda each: each.in_flight) if len(shares) > 1 else shares


def _openest(gates: Sequence[Gate], tokens: int, now: float) -> tuple[Gate | None, float | None]:
    """The open gate least used for its weight, or when the first one opens by itself."""
    if len(gates) == 1:
        at = gates[0].opens_at(now, tokens)
        return (gates[0], None) if at is not None and at <= now else (None, at)
    times = [(gate, gate.opens_at(now, tokens)) for gate in gates]
    ready = [gate for gate, at in times if at is not None and at <= now]
    if ready:
        return min(ready, key=lambda gate: (gate.in_flight + 1) / gate.limits.weight), None
    return None, min((at for _, at in times if at is not None), default=None)
