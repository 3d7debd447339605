import pytest

from reviewer.domain.setting_kinds import ModelChoice
from reviewer.engine.limits import Limits
from reviewer.services.connections import limits_of
from reviewer.services.requests import RunRequest
from tests.fakes.models import ScriptedModel

AWAY, HERE, FILE = "https://h.test/v1/", "http://127.0.0.1:8000/v1/", "file:///m.gguf"


def at(endpoint: str) -> ScriptedModel:
    model = ScriptedModel()
    model.endpoint = endpoint
    return model


@pytest.mark.parametrize(
    ("endpoint", "wanted", "limits"),
    [
        (AWAY, None, Limits(20, may_grow=True)),
        (AWAY, 50, Limits(50)),
        (HERE, None, Limits(20)),
        (FILE, None, Limits(4)),
        (FILE, 2, Limits(2)),
    ],
)
def test_only_an_endpoint_far_away_may_get_more_than_it_began_with(
    endpoint: str, wanted: int | None, limits: Limits
) -> None:
    request = RunRequest((), models=(ModelChoice("openai/m"),), max_connections=wanted)
    model = at(endpoint)
    assert limits_of(request, [model])(model) == limits


def test_rates_and_weights_are_the_requests() -> None:
    choices = (ModelChoice("openai/m", AWAY, 3.0), ModelChoice("openai/m", HERE))
    request = RunRequest((), models=choices, rpm=60, tpm=1000)
    models = [at(AWAY), at(HERE)]
    found = [limits_of(request, models)(model) for model in models]
    assert [(each.rpm, each.tpm, each.weight) for each in found] == [(60, 1000, 3.0), (60, 1000, 1.0)]
