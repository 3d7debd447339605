"""Estimates: what a run would take, from a rehearsal of it."""

from collections.abc import Sequence

from reviewer.domain.destination import destination_of
from reviewer.domain.estimate import REPLY_SHARE, Estimate, ModelEstimate, PlannedRequest
from reviewer.domain.events import DocumentFailed
from reviewer.domain.model_facts import ModelFacts
from reviewer.engine.picture import pictures_of
from reviewer.engine.plan import DocumentPlan, Panel
from reviewer.engine.rehearsal import SYNTHESIS, Rehearsal, RehearsedCall
from reviewer.ports.models import ChatModel

SUMMARY_TOKENS = 240
"""What an unwritten summary adds to the second pass: four sentences, each with its document's title. Assumed."""
MOST_SUMMARY_TOKENS = 2800
"""Eight sentences of 600 characters with their titles: more than a summary may have."""


def estimate_of(
    plans: Sequence[DocumentPlan],
    failed: Sequence[DocumentFailed],
    models: Sequence[tuple[ChatModel, ModelFacts]],
    rehearsal: Rehearsal,
    connections: int,
    currency: str,
    *,
    with_bodies: bool = False,
    panel: Panel | None = None,
) -> Estimate:
    """The estimate that a rehearsal gives.

    Args:
        plans: what was rehearsed.
        failed: files that cannot be read.
        models: those that would be asked, with what is known of them.
        rehearsal: the calls that would be made.
        connections: calls at once.
        currency: of the prices.
        with_bodies: keep every request as it would be sent; some kilobytes each.
        panel: who would vote, and how often; None: nobody but the built-in checks.
    """
    return Estimate(
        documents=len(plans),
        parts=sum(len(plan.items) for plan in plans),
        failed=tuple(failed),
        stored=rehearsal.stored,
        models=tuple(_of_model(model, facts, rehearsal) for model, facts in models),
        connections=connections,
        currency=currency,
        planned=tuple(_planned(each, with_bodies=with_bodies) for each in rehearsal.calls),
        pictures=pictures_of(plans, panel or Panel()),
    )


def _planned(call: RehearsedCall, *, with_bodies: bool) -> PlannedRequest:
    destination, about = destination_of(call.endpoint), call.subject
    if destination is not None and destination.is_here:
        destination = None
    # What is about no one document reads results that nobody has written yet: it cannot be shown before.
    is_known = with_bodies and bool(about.document)
    body = (call.body or b"") if is_known else b""
    return PlannedRequest(call.model, destination, about.document, about.section, call.size_bytes, body)


def _of_model(model: ChatModel, facts: ModelFacts, rehearsal: Rehearsal) -> ModelEstimate:
    calls = [each for each in rehearsal.calls if (each.model, each.endpoint) == (model.name, model.endpoint)]
    second_passes = sum(each.schema == SYNTHESIS for each in calls)
    unwritten = second_passes * rehearsal.unwritten
    return ModelEstimate(
        facts=facts,
        calls=len(calls),
        tokens_in=sum(each.tokens_in for each in calls) + unwritten * SUMMARY_TOKENS,
        tokens_in_most=sum(each.most_in for each in calls) + unwritten * MOST_SUMMARY_TOKENS,
        tokens_out=sum(map(_usual_reply, calls)),
        tokens_out_most=sum(each.most_out for each in calls),
    )


def _usual_reply(call: RehearsedCall) -> int:
    return round(call.most_out * REPLY_SHARE)
