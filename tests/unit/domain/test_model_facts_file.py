import pytest

from reviewer import assets
from reviewer.domain.errors import ConfigError
from reviewer.domain.model_facts_file import read_models
from reviewer.domain.money import Price

ROW = """
currency = "EUR"
[[models]]
name = "a/b"
host = "api.a.example"
context = 1000
price_in = 1.5
price_cached = 0.15
price_out = 6
source = "https://a.example"
date = "2026-10-01"
"""


def test_list_gives_models_and_currency() -> None:
    (model,), currency = read_models(ROW, "models.toml")
    assert (model.name, model.host, model.context, model.price, model.date, currency) == (
        "a/b",
        "api.a.example",
        1000,
        Price(1.5, 6.0, 0.15),
        "2026-10-01",
        "EUR",
    )


@pytest.mark.parametrize("line", ["context = 1000\n", "price_cached = 0.15\n"])
def test_what_a_page_does_not_say_may_be_left_out(line: str) -> None:
    (model,), _ = read_models(ROW.replace(line, ""), "models.toml")
    assert None in (model.context, model.price.tokens_cached)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("price_in = 1.5\n", ""),
        ("price_out = 6", "price_out = -1"),
        ("price_out = 6", "price_out = true"),
        ('source = "https://a.example"\n', ""),
        ("host", "hots"),
    ],
)
def test_row_that_is_wrong_is_refused(before: str, after: str) -> None:
    with pytest.raises(ConfigError, match=r"models\.toml, line"):
        read_models(ROW.replace(before, after), "models.toml")


def test_bundled_list_is_in_order() -> None:
    models, currency = read_models(assets.asset_text("models", "models.toml"), "models.toml")
    assert currency == "USD"
    assert len({each.name for each in models}) == len(models) > 10
    for each in models:
        assert each.name.startswith(("openai/", "anthropic/"))
        assert each.source.startswith("https://")
        assert (each.price.tokens_cached or 0) < each.price.tokens_in < each.price.tokens_out
