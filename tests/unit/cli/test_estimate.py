from pathlib import Path

import pytest

from reviewer.domain.chat import ChatReply
from reviewer.domain.model_facts import FactBook, OwnFacts
from reviewer.services.spending import Money
from tests.fakes.command_line import CommandLine
from tests.fakes.documents import CLAUSES
from tests.fakes.handlers import assessed, reply_of
from tests.fakes.models import ScriptedModel
from tests.fakes.services import Desk, write_all

GOOD = reply_of(assessed("preferred", "Liability"))
MODEL = ("--model", "openai/scripted")
PRICED = Money(FactBook(own=(OwnFacts("openai/scripted", price_in=100.0, price_out=1000.0),)))
LOCAL = Money(FactBook(own=(OwnFacts("openai/scripted", price_in=0.0, price_out=0.0),)))


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    (path,) = write_all(tmp_path, contract="".join(CLAUSES))
    return path


@pytest.fixture
def priced(reviewer: CommandLine) -> CommandLine:
    """A model whose every reply costs 1.00."""
    reviewer.desk = Desk(ScriptedModel(lambda request: ChatReply(GOOD, "m", tokens_in=0, tokens_out=1000)))
    reviewer.desk.money = PRICED
    return reviewer


def test_estimate_says_calls_tokens_cost_and_time(priced: CommandLine, contract: Path) -> None:
    assert priced("estimate", contract, *MODEL, "--votes", "2", "--json") == 0
    found = priced.json
    (model,) = found["models"]
    assert found["schema"] == "reviewer.estimate/1"
    assert (found["documents"], found["parts"], found["stored"], found["failed"]) == (1, model["calls"] // 2, 0, [])
    assert found["calls"] == model["calls"]
    assert 0 < found["cost"] < found["cost_most"]
    assert (found["seconds"], found["seconds_from"]) == (8.0, "8 s a call (assumed), 20 at once")
    assert model["price_from"] == "settings"
    assert not priced.desk.models[0].requests
    assert not priced.desk.workspace.runs.kept


def test_estimate_leaves_out_what_is_stored(priced: CommandLine, contract: Path) -> None:
    assert priced("review", contract, *MODEL, "--votes", "2") == 0
    calls = len(priced.desk.models[0].requests)
    assert priced("estimate", contract, *MODEL, "--votes", "3", "--json") == 0
    assert (priced.json["calls"], priced.json["stored"]) == (calls // 2, calls)
    assert priced("estimate", contract, *MODEL, "--votes", "2") == 0
    assert "stored already" in priced.out
    assert "Time" not in priced.out


def test_estimate_reads_well(priced: CommandLine, contract: Path) -> None:
    assert priced("estimate", contract, *MODEL) == 0
    assert "USD, at most" in priced.out
    assert "price from settings" in priced.out
    assert "Time: about 8 seconds, from 8 s a call (assumed), 20 at once." in priced.out
    assert priced("estimate", contract, *MODEL, "--max-connections", "1", "--votes", "20") == 0
    assert "8 minutes" in priced.out


def test_estimate_without_a_price_says_how_to_set_it(priced: CommandLine, contract: Path) -> None:
    priced.desk.money = Money()
    assert priced("estimate", contract, *MODEL, "--json") == 0
    assert (priced.json["cost"], priced.json["cost_most"]) == (None, None)
    assert priced("estimate", contract, *MODEL) == 0
    assert "price not known (set it: reviewer models set openai/scripted" in priced.out


def test_estimate_of_what_is_free_says_so(priced: CommandLine, contract: Path) -> None:
    priced.desk.money = LOCAL
    assert priced("estimate", contract, *MODEL) == 0
    assert "nothing to pay" in priced.out


def test_estimate_by_the_built_in_checks_is_nothing(reviewer: CommandLine, contract: Path) -> None:
    assert reviewer("estimate", contract) == 0
    assert "no model is called" in reviewer.out


def test_estimate_tells_of_files_that_cannot_be_read(priced: CommandLine, contract: Path, tmp_path: Path) -> None:
    (bad,) = write_all(tmp_path, bad="BAD")
    assert priced("estimate", contract, bad, *MODEL, "--json") == 3
    assert [each["name"] for each in priced.json["failed"]] == ["bad.txt"]
    assert "reviewer: broken: bad.txt" in priced.err
    assert priced("estimate", bad, *MODEL) == 7


def test_estimate_uses_a_matters_workflow(priced: CommandLine, contract: Path) -> None:
    assert priced("matters", "new", "Lease") == 0
    assert priced("matters", "change", "Lease", "--workflow", "moon") == 0
    assert priced("estimate", contract, *MODEL, "--matter", "Lease") == 2
    assert "moon" in priced.err


def test_review_ends_with_6_at_its_cap_and_says_how_to_go_on(priced: CommandLine, contract: Path) -> None:
    words = ("review", contract, *MODEL, "--votes", "2")
    assert priced(*words, "--max-cost", "3.5", "--json") == 6
    assert priced.json["code"] == "budget_reached"
    assert "--max-cost" in priced.json["hint"]
    (run_id,) = priced.desk.workspace.runs.kept
    assert f"reviewer runs resume {run_id}" in priced.err
    assert priced("runs", "resume", run_id) == 6
    assert priced("runs", "resume", run_id, "--max-cost", "100") == 0
    assert "Cost: " in priced.out
    calls = len(priced.desk.models[0].requests)
    assert priced(*words) == 0
    assert len(priced.desk.models[0].requests) == calls


def test_review_keeps_within_the_cap_that_is_set(priced: CommandLine, contract: Path) -> None:
    assert priced("config", "set", "models.max_tokens", "5000") == 0
    assert priced("review", contract, *MODEL) == 6


def test_review_asks_where_a_price_is_not_known(priced: CommandLine, contract: Path) -> None:
    priced.desk.money = Money()
    assert priced("review", contract, *MODEL, "--max-cost", "5") == 2
    assert priced.err.startswith("reviewer: price_unknown: ")
    for way in ("reviewer models set openai/scripted", "--max-tokens", "-y"):
        assert way in priced.err
    assert priced("review", contract, *MODEL, "--max-cost", "5", "-y") == 0


def test_report_holds_cost_and_what_the_prompt_cache_saved(priced: CommandLine, contract: Path) -> None:
    reply = ChatReply(GOOD, "m", tokens_in=1000, tokens_out=0, tokens_cached=500)
    priced.desk = Desk(ScriptedModel(lambda request: reply))
    priced.desk.money = Money(
        FactBook(own=(OwnFacts("openai/scripted", price_in=100.0, price_out=1.0, price_cached=10.0),))
    )
    assert priced("review", contract, *MODEL, "--votes", "1", "--json") == 0
    usage = priced.json["usage"]
    assert usage["tokens_cached"] == 500 * usage["calls"]
    assert usage["cost"] == pytest.approx(0.055 * usage["calls"])
    assert usage["saved"] == pytest.approx(0.045 * usage["calls"])


def test_estimate_says_what_would_go_where(priced: CommandLine, contract: Path) -> None:
    assert priced("estimate", contract, *MODEL, "--show-requests", "--json") == 0
    (place,) = priced.json["destinations"]
    assert (place["destination"], place["local"], place["documents"]) == ("http://openai.scripted.test", False, 1)
    assert place["sections"] == len(CLAUSES)
    assert len(priced.json["requests"]) == place["requests"]
    assert {each["text"] for each in priced.json["requests"]} == {None}
    assert priced("estimate", contract, *MODEL, "--show-requests") == 0
    assert f"To http://openai.scripted.test: {len(CLAUSES)} sections of 1 document" in priced.out
    assert "not known before" in priced.out
    assert not priced.desk.models[0].requests
