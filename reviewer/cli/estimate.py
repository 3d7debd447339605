"""What a review would take, before anything is spent."""

import argparse
import asyncio
from dataclasses import replace
from typing import Any

from reviewer.bootstrap import open_services
from reviewer.cli.asked import questions_of
from reviewer.cli.codes import ExitCode
from reviewer.cli.consent import departure_line
from reviewer.cli.console import Console
from reviewer.cli.redact import redaction_of
from reviewer.cli.review import workflow_of
from reviewer.cli.settings import allowance_of, effective, models_of
from reviewer.domain.estimate import Departure, Estimate, ModelEstimate, PlannedRequest
from reviewer.domain.money import money
from reviewer.export import words
from reviewer.services.requests import of_settings


def estimate(namespace: argparse.Namespace, console: Console) -> ExitCode:
    """``reviewer estimate``."""
    found = effective(namespace, console)
    request = replace(
        of_settings(found.settings, namespace.paths),
        workflow=workflow_of(found.settings.workflow),
        playbook=namespace.playbook,
        models=models_of(found, console),
        allowance=allowance_of(namespace, found),
        redaction=redaction_of(namespace, found),
        questions=questions_of(namespace),
    )
    with open_services(found.settings.workspace, console.password_asker, purpose="estimate") as services:
        if namespace.matter:
            request = replace(request, matter=asyncio.run(services.matters.get(namespace.matter)).id)
        result = asyncio.run(services.runs.estimate(request, with_bodies=namespace.show_requests))
    for failure in result.failed:
        console.warn(f"reviewer: {failure.code}: {failure.name}: {failure.message} {failure.hint}".rstrip())
    if console.as_json:
        console.data(estimate_json(result, with_requests=namespace.show_requests))
    else:
        for line in (*_lines(result), *(_shown(result) if namespace.show_requests else ())):
            console.text(line)
    return ExitCode.PARTIAL if result.failed else ExitCode.OK


def estimate_json(result: Estimate, *, with_requests: bool = False) -> dict[str, Any]:
    """An estimate as ``reviewer.estimate/1``."""
    requests = {"requests": [_request_json(each) for each in result.planned]} if with_requests else {}
    return {
        "schema": "reviewer.estimate/1",
        "documents": result.documents,
        "parts": result.parts,
        "calls": result.calls,
        "stored": result.stored,
        "tokens_in": sum(each.tokens_in for each in result.models),
        "tokens_in_most": sum(each.tokens_in_most for each in result.models),
        "tokens_out": sum(each.tokens_out for each in result.models),
        "tokens_out_most": sum(each.tokens_out_most for each in result.models),
        "cost": result.cost,
        "cost_most": result.cost_most,
        "currency": result.currency,
        "seconds": result.seconds,
        "seconds_from": result.basis or None,
        "models": [_model_json(each) for each in result.models],
        "destinations": [_departure_json(each) for each in result.departures],
        "plan": [
            {"workflow": each.title, "stages": [[name, list(said)] for name, said in each.stages]}
            for each in result.pictures
        ],
        **requests,
        "failed": [{"name": each.name, "code": each.code, "message": each.message} for each in result.failed],
    }


def _departure_json(departure: Departure) -> dict[str, Any]:
    return {
        "destination": str(departure.destination) if departure.destination else None,
        "local": departure.destination is None,
        "requests": departure.requests,
        "documents": departure.documents,
        "sections": departure.sections,
        "bytes": departure.size_bytes,
    }


def _request_json(planned: PlannedRequest) -> dict[str, Any]:
    return {
        "destination": str(planned.destination) if planned.destination else None,
        "model": planned.model,
        "document": planned.document or None,
        "section": planned.section or None,
        "bytes": planned.size_bytes,
        "text": planned.body.decode("utf-8", "replace") if planned.body else None,
    }


def _shown(result: Estimate) -> list[str]:
    lines = []
    for each in result.planned:
        where = f"to {each.destination}" if each.destination else "on this computer"
        about = " ".join(filter(None, (each.document, each.section))) or "results of several sections"
        text = each.body.decode("utf-8", "replace") or "(what is asked there is not known before)"
        lines.append(f"\n--- {each.model} {where}: {about}, {each.size_bytes} bytes\n{text}")
    return lines


def _model_json(model: ModelEstimate) -> dict[str, Any]:
    return {
        "name": model.facts.name,
        "local": model.facts.is_local,
        "calls": model.calls,
        "tokens_in": model.tokens_in,
        "tokens_in_most": model.tokens_in_most,
        "tokens_out": model.tokens_out,
        "tokens_out_most": model.tokens_out_most,
        "cost": model.cost,
        "cost_most": model.cost_most,
        "price_from": model.facts.price_from.value,
        "source": model.facts.source or None,
    }


def _lines(result: Estimate) -> list[str]:
    stored = f"; {words.number(result.stored, 'step')} stored already" if result.stored else ""
    lines = [f"{words.number(result.documents, 'document')}, {words.number(result.parts, 'part')}{stored}."]
    for picture in result.pictures:
        lines += [f"{picture.title}:", *(f"  {name}: {'; '.join(said)}" for name, said in picture.stages)]
    if not result.models:
        return [*lines, "The built-in checks answer: no model is called, and nothing is to be paid."]
    for each in result.models:
        tokens = (
            f"about {each.tokens_in:,} tokens read and {each.tokens_out:,} written (at most {each.tokens_out_most:,})"
        )
        lines.append(f"{each.facts.name}: {words.number(each.calls, 'call')}, {tokens}; {_cost(each, result.currency)}")
    lines += [departure_line(each, result) for each in result.departures]
    if result.calls:
        lines.append(f"Time: about {_duration(result.seconds)}, from {result.basis}.")
        lines.append("A reply that cannot be read is asked for once more; savings by prompt caches are not counted.")
    return lines


def _cost(model: ModelEstimate, currency: str) -> str:
    if model.cost is None or model.cost_most is None:
        return f"price not known (set it: reviewer models set {model.facts.name} --price-in X --price-out Y)"
    if model.cost_most == 0:
        return f"nothing to pay ({model.facts.price_from})"
    source = f"list price: {model.facts.source}" if model.facts.source else f"price from {model.facts.price_from}"
    return f"about {money(model.cost, currency)}, at most {money(model.cost_most, currency)} ({source})"


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    return words.number(minutes, "minute") if minutes > 1 else words.number(max(1, round(seconds)), "second")


COMMANDS = {"estimate": estimate}
