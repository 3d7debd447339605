"""What is known of models, and which servers are on this computer."""

import argparse
import asyncio
from typing import Any

from reviewer import bootstrap
from reviewer.cli.codes import ExitCode
from reviewer.cli.console import Console
from reviewer.cli.settings import effective, flag_layer
from reviewer.domain.errors import ConfigError
from reviewer.domain.model_facts import ModelFacts, OwnFacts
from reviewer.services.local_servers import LocalServer
from reviewer.services.model_facts import ListedModel


def models(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer models list|set|detect``."""
    match namespace.action:
        case "list":
            _list(namespace, console)
        case "set":
            _set(namespace, console)
        case _:
            _detect(namespace, console)
    return ExitCode.OK


def _list(namespace: argparse.Namespace, console: Console) -> None:
    panel = effective(namespace, console).settings.panel
    found = bootstrap.fact_service(namespace.config).list(panel, flag_layer(namespace))
    if console.as_json:
        listed = [_json(each) for each in found.models]
        console.data({"schema": "reviewer.models/1", "currency": found.currency, "models": listed})
        return
    console.text(f"Prices in {found.currency} per million tokens: read, read from the prompt cache, written.")
    width = max((len(each.facts.name) for each in found.models), default=0)
    for each in found.models:
        facts = each.facts
        context = f"{facts.context:,} tokens ({facts.context_from})" if facts.context else "context not known"
        where = "on this computer" if facts.is_local else each.base_url or ""
        said = [
            each.facts.name.ljust(width),
            "*" if each.in_panel else " ",
            context,
            _price(facts),
            where,
            facts.source,
        ]
        console.text("  ".join(filter(None, said)).rstrip())
    if panel:
        console.note("* asked by runs, as set in models.panel")
    console.note("To put a figure right: reviewer models set PROVIDER/NAME --context N --price-in X --price-out Y")


def _price(facts: ModelFacts) -> str:
    price = facts.price
    if price is None:
        return "price not known"
    cached = price.tokens_in if price.tokens_cached is None else price.tokens_cached
    return f"{price.tokens_in:g} / {cached:g} / {price.tokens_out:g} ({facts.price_from})"


def _json(model: ListedModel) -> dict[str, Any]:
    facts = model.facts
    price = facts.price
    prices = price and {"in": price.tokens_in, "cached": price.tokens_cached, "out": price.tokens_out}
    return {
        "name": facts.name,
        "in_panel": model.in_panel,
        "base_url": model.base_url,
        "local": facts.is_local,
        "context": facts.context,
        "context_from": facts.context_from.value,
        "price": prices,
        "price_from": facts.price_from.value,
        "tokens_per_s": facts.tokens_per_s,
        "source": facts.source or None,
    }


def _set(namespace: argparse.Namespace, console: Console) -> None:
    facts = OwnFacts(
        namespace.name,
        namespace.context,
        namespace.price_in,
        namespace.price_out,
        namespace.price_cached,
        namespace.tokens_per_s,
    )
    if facts == OwnFacts(namespace.name):
        raise ConfigError("usage", "Nothing was said of the model.", "See: reviewer models set --help")
    winner = bootstrap.fact_service(namespace.config).set(facts, flag_layer(namespace))
    console.note(f"Kept for {namespace.name}. See: reviewer models list")
    if winner:
        console.note(f"Note: other figures still hold: {winner.origin}.")


def _detect(namespace: argparse.Namespace, console: Console) -> None:
    found = asyncio.run(bootstrap.model_service().detect(namespace.port))
    if console.as_json:
        console.data({"schema": "reviewer.servers/1", "servers": [_server_json(each) for each in found]})
        return
    for server in found:
        console.text(f"{server.title} at {server.base_url}")
        for each in server.models:
            console.text(f"  --model {each.spec} --base-url {each.base_url}")
        if not server.models:
            console.text("  It offers no model yet.")
    if not found:
        console.note(
            "No model server answers on this computer at the usual ports. Start one, or name its port: --port N"
        )


def _server_json(server: LocalServer) -> dict[str, Any]:
    models = [{"model": each.spec, "base_url": each.base_url} for each in server.models]
    return {"title": server.title, "base_url": server.base_url, "models": models}
