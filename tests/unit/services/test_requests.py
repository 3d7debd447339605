from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.ids import RunId
from reviewer.domain.policy import Adaptive
from reviewer.domain.run import Run
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.domain.workflow import EngineId
from reviewer.services.requests import RunRequest, of_run
from tests.fakes.clock import START

WORDS = st.text("abc/:.-1", min_size=1, max_size=12)


def stored(request: RunRequest) -> Run:
    return Run(
        id=RunId("run-1"),
        workflow=request.workflow or "auto",
        engine=request.engine,
        models=(),
        votes=request.votes,
        fingerprint="f",
        paths=tuple(str(path) for path in request.paths),
        options=request.options(),
        started_at=START,
    )


@given(
    st.lists(WORDS, max_size=3),
    st.none() | WORDS,
    st.lists(st.tuples(WORDS, st.none() | WORDS), max_size=3),
    st.none() | st.integers(1, 15),
    st.integers(1, 200),
    st.floats(0.1, 1e6),
    st.integers(),
    st.booleans(),
)
def test_request_comes_back_from_its_run(
    paths: list[str],
    workflow: str | None,
    models: list[tuple[str, str | None]],
    votes: int | None,
    connections: int,
    timeout_s: float,
    seed: int,
    offline: bool,
) -> None:
    choices = tuple(ModelChoice(*choice) for choice in models)
    paths_of = tuple(Path(path) for path in paths)
    request = RunRequest(paths_of, workflow, choices, votes, connections, timeout_s, seed, offline)
    assert of_run(stored(request)) == request


def test_the_way_to_the_models_comes_back_from_a_run_too() -> None:
    request = RunRequest((), proxy="http://proxy.test:8080", ca_file=Path("own.pem"))
    assert of_run(stored(request)) == request
    assert request.identity() == RunRequest(()).identity()


def test_a_run_of_an_earlier_version_goes_straight_to_the_models() -> None:
    run = stored(RunRequest(()))
    for name in ("proxy", "ca_file"):
        del run.options[name]  # type: ignore[attr-defined]  # a dictionary here
    assert (of_run(run).proxy, of_run(run).ca_file) == (None, None)


@pytest.mark.parametrize(("models", "engine"), [((), EngineId.BUILTIN), ((ModelChoice("openai/gpt"),), EngineId.LLM)])
def test_engine_is_models_when_any_is_named(models: tuple[ModelChoice, ...], engine: EngineId) -> None:
    assert RunRequest((), models=models).engine is engine


def test_identity_leaves_out_what_does_not_change_the_results() -> None:
    one = RunRequest((Path("a"),), max_connections=1, timeout_s=1.0, offline=True)
    assert one.identity() == RunRequest((Path("b"),)).identity()
    assert one.identity() != RunRequest((Path("a"),), votes=3).identity()


def test_how_early_votes_end_is_another_request_and_comes_back() -> None:
    request = RunRequest((), adaptive=Adaptive.FAST)
    assert of_run(stored(request)) == request
    assert request.identity() != RunRequest(()).identity()


def test_hidden_text_is_asked_for_again_and_decides_what_is_continued_only_where_it_is_wanted() -> None:
    plain, told = RunRequest(()), RunRequest((), hidden_text=True)
    assert of_run(stored(told)).hidden_text
    assert not of_run(stored(plain)).hidden_text
    assert "hidden_text" not in plain.identity()
    assert told.identity() != plain.identity()
