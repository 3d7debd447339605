"""Reading the bundled list of models."""

from reviewer.domain.model_facts import KnownModel
from reviewer.domain.money import Price
from reviewer.domain.toml_fields import TomlFile, TomlTable

MOST_PRICE = 1e6
"""Per million tokens: a unit each."""
_MOST_CONTEXT = 1_000_000_000
_FIELDS = ("name", "host", "context", "price_in", "price_cached", "price_out", "source", "date")


def read_models(text: str, name: str) -> tuple[tuple[KnownModel, ...], str]:
    """The models of a list, and the currency of its prices.

    Args:
        text: the whole file.
        name: the file's, for messages.

    Raises:
        ConfigError: ``bad_models``: it is wrong; names file, line and field.
    """
    file = TomlFile(text, name, "bad_models")
    file.root.allow("currency", "models")
    currency = file.root.text("currency")
    models = tuple(_model(each) for each in file.root.tables("models"))
    file.finish("Correct it there.")
    return models, currency


def _model(table: TomlTable) -> KnownModel:
    table.allow(*_FIELDS)
    return KnownModel(
        name=table.text("name"),
        host=table.text("host"),
        context=table.whole("context", 1, _MOST_CONTEXT, default=0) or None,
        price=Price(
            _amount(table, "price_in"),
            _amount(table, "price_out"),
            _amount(table, "price_cached") if "price_cached" in table.values else None,
        ),
        source=table.text("source"),
        date=table.text("date"),
    )


def _amount(table: TomlTable, key: str) -> float:
    """A price; needed, for a model without one would pass for free."""
    amount = table.amount(key)
    if amount is None or not 0 <= amount <= MOST_PRICE:
        table.must(key, f"a number from 0 to {MOST_PRICE:g}")
        return 0.0
    return amount
