from dataclasses import replace
from pathlib import Path

import pytest

from reviewer.domain.destination import Destination, parse_destination
from reviewer.domain.errors import ConfigError
from reviewer.domain.matter import Egress
from reviewer.services.egress import NotConfirmedError, narrowed, unconfirmed
from reviewer.services.requests import ModelChoice, RunRequest, of_run
from tests.fakes.clock import run
from tests.fakes.documents import CLAUSES
from tests.fakes.handlers import assessed, reply_of
from tests.fakes.models import ScriptedModel
from tests.fakes.services import Desk, write_all

GOOD = reply_of(assessed("preferred", "Liability"))
PLACE = parse_destination("http://openai.scripted.test")
OTHER = parse_destination("https://openai.scripted.test")


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    (path,) = write_all(tmp_path, contract="".join(CLAUSES))
    return path


def request_in(
    desk: Desk, contract: Path, egress: Egress | None, endpoints: tuple[Destination, ...] = ()
) -> RunRequest:
    matter = run(desk.matters.create("Acme", egress, endpoints)).id if egress else ""
    return RunRequest((contract,), models=(ModelChoice("openai/scripted"),), matter=matter)


def refusal(desk: Desk, request: RunRequest) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        run(desk.runs.run(request, desk.heard.append))
    assert desk.models[0].requests == []
    return caught.value


def is_sent(desk: Desk, request: RunRequest) -> bool:
    run(desk.runs.run(request, desk.heard.append))
    return bool(desk.models[0].requests)


def test_text_of_a_new_matter_stays_here(contract: Path) -> None:
    desk = Desk(ScriptedModel(GOOD))
    matter = run(desk.matters.create("Acme"))
    request = RunRequest((contract,), models=(ModelChoice("openai/scripted"),), matter=matter.id)

    assert matter.egress is Egress.HERE
    assert refusal(desk, replace(request, may_send_to=(PLACE,))).code == "stays_here"


def test_text_goes_to_listed_endpoints_without_a_question(contract: Path) -> None:
    desk = Desk(ScriptedModel(GOOD))

    assert is_sent(desk, request_in(desk, contract, Egress.LISTED, (PLACE, OTHER)))


def test_text_goes_to_no_endpoint_that_is_not_listed_to_the_letter(contract: Path) -> None:
    desk = Desk(ScriptedModel(GOOD))
    request = request_in(desk, contract, Egress.LISTED, (OTHER,))

    error = refusal(desk, replace(request, may_send_to=(PLACE,)))

    assert error.code == "not_listed"
    assert "openai.scripted.test" in error.user_message


def test_matter_that_asks_wants_a_yes_for_each_place(contract: Path) -> None:
    desk = Desk(ScriptedModel(GOOD))
    request = request_in(desk, contract, Egress.ASK)

    error = refusal(desk, request)
    assert isinstance(error, NotConfirmedError)
    assert error.destinations == (PLACE,)
    assert run(desk.runs.unconfirmed(request)) == (PLACE,)
    assert isinstance(refusal(desk, replace(request, may_send_to=(OTHER,))), NotConfirmedError)
    assert is_sent(desk, replace(request, may_send_to=(PLACE,)))


def test_a_yes_is_for_one_run_only(contract: Path) -> None:
    desk = Desk(ScriptedModel(GOOD))
    request = replace(request_in(desk, contract, Egress.ASK), may_send_to=(PLACE,))
    run(desk.runs.run(request, desk.heard.append))
    (kept,) = desk.workspace.runs.kept.values()

    assert of_run(kept).may_send_to is None
    with pytest.raises(NotConfirmedError):
        run(desk.runs.retry(kept.id, desk.heard.append, add_votes=1))


def test_without_a_matter_naming_a_model_is_enough_unless_somebody_must_be_asked(contract: Path) -> None:
    desk = Desk(ScriptedModel(GOOD))
    request = request_in(desk, contract, None)

    assert isinstance(refusal(desk, replace(request, may_send_to=())), NotConfirmedError)
    assert is_sent(desk, request)


def test_models_of_a_matter_are_built_to_reach_no_more_than_it_allows(contract: Path) -> None:
    desk = Desk(ScriptedModel(GOOD))
    for egress, expected in ((Egress.HERE, ()), (Egress.LISTED, (OTHER,)), (Egress.ASK, ())):
        matter = run(desk.matters.create(egress, egress, (OTHER,)))
        bound = narrowed(RunRequest((), matter=matter.id), matter)
        assert (bound.may_send_to, bound.offline) == (expected, egress is Egress.HERE)


def test_offline_asks_nobody_as_nothing_can_be_sent() -> None:
    assert unconfirmed(RunRequest((), offline=True, may_send_to=()), None, (PLACE,)) == ()


def test_list_of_endpoints_needs_one() -> None:
    with pytest.raises(ConfigError) as caught:
        run(Desk().matters.create("Acme", Egress.LISTED))
    assert caught.value.code == "no_endpoints"


def test_estimate_says_what_would_go_where(contract: Path) -> None:
    desk = Desk(ScriptedModel(GOOD))
    estimate = run(desk.runs.estimate(request_in(desk, contract, Egress.HERE)))

    (away,) = estimate.departures
    assert (away.destination, away.documents, away.sections) == (PLACE, 1, len(CLAUSES))
    assert away.requests == estimate.calls
    assert away.size_bytes > len("".join(CLAUSES))
    assert desk.models[0].requests == []
