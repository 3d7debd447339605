from dataclasses import replace
from pathlib import Path

import pytest

from reviewer.domain.chat import ChatReply
from reviewer.domain.errors import BudgetExceeded, ConfigError, PriceUnknown
from reviewer.domain.events import RunFinished
from reviewer.domain.model_facts import FactBook, KnownModel, OwnFacts
from reviewer.domain.money import Price
from reviewer.domain.run import RunStatus
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.services.requests import Allowance, RunRequest, of_run
from reviewer.services.spending import Money
from reviewer.services.stored_runs import RunResult
from tests.fakes.clock import run
from tests.fakes.documents import CLAUSES
from tests.fakes.handlers import assessed, reply_of
from tests.fakes.models import ScriptedModel
from tests.fakes.services import Desk, write_all

GOOD = reply_of(assessed("preferred", "Liability"))
MODELS = (ModelChoice("openai/scripted"),)
BOOK = FactBook(own=(OwnFacts("openai/scripted", price_in=100.0, price_out=1000.0, price_cached=10.0),))
MOST = 2.1
"""A call reserves 2048 tokens to write, and a few to read: a little over 2.05."""


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    (path,) = write_all(tmp_path, contract="".join(CLAUSES))
    return path


def desk_of(used: int = 1000, money: Money | None = None) -> Desk:
    """A desk whose model writes so many tokens a reply: 1.00 for a thousand."""
    desk = Desk(ScriptedModel(lambda request: ChatReply(GOOD, "m", tokens_in=0, tokens_out=used)))
    desk.money = money or Money(BOOK)
    return desk


def start(desk: Desk, path: Path, allowance: Allowance | None = None) -> RunResult:
    request = RunRequest((path,), models=MODELS, votes=2, allowance=allowance or Allowance())
    return run(desk.runs.run(request, desk.heard.append))


def calls(desk: Desk) -> int:
    return len(desk.models[0].requests)


def test_report_says_what_the_run_cost(contract: Path) -> None:
    desk = desk_of()
    result = start(desk, contract)
    assert result.report.usage.cost == pytest.approx(calls(desk) * 1.0)
    assert sum(each.cost for each in desk.workspace.ledger.entries) == pytest.approx(calls(desk) * 1.0)


def test_cost_is_not_known_without_a_price(contract: Path) -> None:
    desk = desk_of(money=Money())
    assert start(desk, contract).report.usage.cost is None


def test_run_ends_at_its_cap_and_keeps_what_it_paid_for(contract: Path) -> None:
    desk = desk_of()
    whole = calls_of_a_whole_run(contract)
    with pytest.raises(BudgetExceeded, match=r"cap of 3\.50"):
        start(desk, contract, Allowance(max_cost=3.5))
    assert calls(desk) == 2 < whole
    (kept,) = desk.workspace.runs.kept.values()
    assert kept.status is RunStatus.FAILED
    ended = desk.heard[-1]
    assert isinstance(ended, RunFinished)
    assert ended.code == "budget_reached"
    assert sum(step.reply is not None for step in desk.workspace.steps.kept.values()) == 2


def calls_of_a_whole_run(contract: Path) -> int:
    desk = desk_of()
    start(desk, contract)
    return calls(desk)


def test_run_goes_on_under_a_higher_cap_without_paying_twice(contract: Path) -> None:
    desk = desk_of()
    whole = calls_of_a_whole_run(contract)
    with pytest.raises(BudgetExceeded):
        start(desk, contract, Allowance(max_cost=3.5))
    (run_id,) = desk.workspace.runs.kept
    with pytest.raises(BudgetExceeded):  # the cap is the run's, not a continuation's
        run(desk.runs.resume(run_id, desk.heard.append))
    assert calls(desk) == 2
    result = run(desk.runs.resume(run_id, desk.heard.append, Allowance(max_cost=whole + MOST)))
    assert calls(desk) == whole
    assert result.report.run is not None
    assert (result.report.run.id, result.report.run.status) == (run_id, RunStatus.DONE)


def test_same_review_with_another_cap_continues_the_run(contract: Path) -> None:
    desk = desk_of()
    with pytest.raises(BudgetExceeded):
        start(desk, contract, Allowance(max_cost=3.5))
    result = start(desk, contract, Allowance(max_cost=100.0))
    assert list(desk.workspace.runs.kept) == [result.report.run and result.report.run.id]
    assert calls(desk) == calls_of_a_whole_run(contract)


def test_cap_on_tokens_needs_no_price(contract: Path) -> None:
    desk = desk_of(money=Money())
    with pytest.raises(BudgetExceeded, match="cap of 5,000"):
        start(desk, contract, Allowance(max_tokens=5000))
    assert 0 < calls(desk) < calls_of_a_whole_run(contract)
    assert sum(each.tokens for each in desk.workspace.ledger.entries) <= 5000


def test_cap_of_the_day_counts_all_runs_and_ends_with_it(contract: Path, tmp_path: Path) -> None:
    whole = calls_of_a_whole_run(contract)
    desk = desk_of(money=Money(BOOK, max_cost_day=whole + MOST))
    start(desk, contract)
    (other,) = write_all(tmp_path, other="".join(CLAUSES).replace("Liability", "Liability, again"))
    with pytest.raises(BudgetExceeded, match="This day's runs"):
        start(desk, other)
    desk.clock.later_s += 2 * 86_400
    start(desk, other)


def test_cap_on_money_asks_where_a_price_is_not_known(contract: Path) -> None:
    desk = desk_of(money=Money())
    with pytest.raises(PriceUnknown, match="openai/scripted") as raised:
        start(desk, contract, Allowance(max_cost=1.0))
    assert isinstance(raised.value, ConfigError)
    assert (raised.value.code, raised.value.models) == ("price_unknown", ("openai/scripted",))
    for way in ("reviewer models set openai/scripted", "--max-tokens", "-y"):
        assert way in raised.value.hint
    assert not desk.workspace.runs.kept
    assert start(desk, contract, Allowance(max_cost=1.0, accepts_unknown_price=True)).report.usage.cost is None


def test_cap_of_the_day_asks_too(contract: Path) -> None:
    desk = desk_of(money=Money(max_cost_day=1.0))
    with pytest.raises(PriceUnknown):
        start(desk, contract)


def test_allowance_is_kept_with_the_run(contract: Path) -> None:
    desk = desk_of()
    allowance = Allowance(max_cost=0.1 + 0.2 + 99, max_tokens=10**9, accepts_unknown_price=True)
    start(desk, contract, allowance)
    (kept,) = desk.workspace.runs.kept.values()
    assert of_run(kept).allowance == allowance
    first_version = {
        name: each for name, each in kept.options.items() if not name.startswith(("max_cost", "max_tok", "acc"))
    }
    assert of_run(replace(kept, options=first_version)).allowance == Allowance()


def test_given_allowance_stands_in_place_of_an_earlier_one() -> None:
    earlier = Allowance(1.0, 10, accepts_unknown_price=True)
    assert Allowance(2.0).over(earlier) == Allowance(2.0, 10, accepts_unknown_price=True)
    assert Allowance(max_tokens=20).over(Allowance(1.0)) == Allowance(1.0, 20)


def test_model_at_two_places_counts_with_the_dearer_price(contract: Path) -> None:
    """Nobody knows beforehand which of them will answer."""
    desk = Desk(ScriptedModel(GOOD), ScriptedModel(GOOD))
    desk.models[0].endpoint = "http://127.0.0.1:8000/v1/"
    desk.models[1].endpoint = "https://far.example/v1/"
    desk.money = Money(FactBook(known=(KnownModel("openai/scripted", "far.example", None, Price(1.0, 2.0), "", ""),)))
    cost = start(desk, contract).report.usage.cost
    asked = sum(len(each.requests) for each in desk.models)
    assert cost == pytest.approx(asked * (10 * 1.0 + 5 * 2.0) / 1e6)
