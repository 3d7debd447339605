"""Pools for tests: in virtual time, with fixed places."""

from reviewer.engine.dispatcher import Dispatcher
from reviewer.engine.limits import Limits
from reviewer.engine.plan import ALL_AS_IT_IS, Panel, Rater, Redacting
from reviewer.engine.pool import Pool
from tests.fakes.clock import FakeClock
from tests.fakes.models import ScriptedModel


def pool_of(
    connections: int = 4,
    clock: FakeClock | None = None,
    *,
    limits: Limits | None = None,
    dispatcher: Dispatcher | None = None,
    deadline_s: float = 60.0,
) -> Pool:
    """A pool; each endpoint gets the same limits."""
    clock = clock or FakeClock()
    every = limits or Limits(connections)
    return Pool(dispatcher or Dispatcher(clock), lambda model: every, clock, deadline_s=deadline_s)


def rater_of(*models: ScriptedModel) -> Rater:
    """One model at its endpoints."""
    return Rater(models)


def panel_of(
    *models: ScriptedModel, votes: int | None = None, seed: int = 0, redacting: Redacting = ALL_AS_IT_IS
) -> Panel:
    """A panel of models, each a rater."""
    return Panel.of(models, votes, seed, redacting=redacting)
