import pytest

from reviewer.domain.model_facts import FactBook, KnownModel, Origin, OwnFacts, is_on_this_computer, with_own
from reviewer.domain.money import FREE, Price

PRICE = Price(1.0, 2.0, 0.1)
SMALL = KnownModel("openai/gpt-9", "api.openai.com", 1000, PRICE, "https://openai.example/pricing", "2026-10-01")
MINI = KnownModel(
    "openai/gpt-9-mini", "api.openai.com", None, Price(0.1, 0.2), "https://openai.example/mini", "2026-11-01"
)
BOOK = FactBook((SMALL, MINI))


@pytest.mark.parametrize(
    "name", ["openai/gpt-9", "openai/gpt-9-2026-08-07", "openai/gpt-9-20260807", "openai/gpt-9-latest"]
)
def test_dated_releases_are_the_model_of_the_list(name: str) -> None:
    facts = BOOK.of(name, None)
    assert (facts.price, facts.price_from, facts.context) == (PRICE, Origin.LIST, 1000)
    assert facts.source == "https://openai.example/pricing (2026-10-01)"


@pytest.mark.parametrize("name", ["openai/gpt-9-audio", "openai/gpt-9.1", "openai/gpt-9-0613", "other/gpt-9"])
def test_what_only_begins_alike_is_another_model(name: str) -> None:
    facts = BOOK.of(name, "https://api.openai.com/v1/")
    assert (facts.price, facts.price_from, facts.context, facts.source) == (None, Origin.UNKNOWN, None, "")


def test_longest_name_of_the_list_wins() -> None:
    assert BOOK.of("openai/gpt-9-mini", None).price == MINI.price


def test_list_price_holds_at_the_providers_own_address_only() -> None:
    assert BOOK.of("openai/gpt-9", "https://api.openai.com/v1/").price == PRICE
    elsewhere = BOOK.of("openai/gpt-9", "https://gateway.example/v1/")
    assert (elsewhere.price, elsewhere.price_from, elsewhere.context_from) == (None, Origin.UNKNOWN, Origin.LIST)


def test_model_on_this_computer_costs_nothing() -> None:
    facts = BOOK.of("openai/gpt-9", "http://127.0.0.1:8000/v1/")
    assert (facts.price, facts.price_from, facts.is_local) == (FREE, Origin.LOCAL, True)


def test_user_wins_over_list_and_locality() -> None:
    own = OwnFacts("openai/gpt-9", context=5, price_in=7.0, price_out=8.0, tokens_per_s=40.0)
    for address in (None, "http://localhost:4000"):
        facts = FactBook((SMALL,), (own,)).of("openai/gpt-9", address)
        assert (facts.price, facts.price_from) == (Price(7.0, 8.0), Origin.SETTINGS)
        assert (facts.context, facts.context_from, facts.tokens_per_s) == (5, Origin.SETTINGS, 40.0)


def test_half_a_price_is_none() -> None:
    facts = FactBook((SMALL,), (OwnFacts("openai/gpt-9", price_in=7.0),)).of("openai/gpt-9", None)
    assert (facts.price, facts.price_from) == (PRICE, Origin.LIST)


@pytest.mark.parametrize(
    ("name", "address", "is_local"),
    [
        ("ollama/llama3", None, True),
        ("ollama/llama3", "http://192.168.1.5:11434", False),
        ("llama_cpp/model.gguf", None, True),
        ("llama_cpp/model.gguf", "anything", True),
        ("openai/x", None, False),
        ("openai/x", "localhost:8080", True),
        ("openai/x", "http://[::1]:8080/v1", True),
        ("openai/x", "https://localhost.example/v1", False),
        ("openai/x", "http://[broken", False),
    ],
)
def test_where_a_model_answers(name: str, address: str | None, is_local: bool) -> None:
    assert is_on_this_computer(name, address) is is_local


def test_new_facts_take_the_place_of_earlier_ones() -> None:
    old, other, new = OwnFacts("a/b", context=1), OwnFacts("c/d", context=2), OwnFacts("a/b", context=3)
    assert with_own((old, other), new) == (other, new)
