"""What a run would take, in words."""

from PySide6.QtCore import QCoreApplication

from reviewer.domain.estimate import Estimate, ModelEstimate
from reviewer.domain.money import money
from reviewer.ui.viewmodels.egress import Badge, departure_line
from reviewer.ui.viewmodels.known_facts import origin_words

_MINUTE_S, _LONG_S = 60, 90


def _tr(text: str) -> str:
    return QCoreApplication.translate("EstimateLines", text)


def estimate_lines(estimate: Estimate, badge: Badge) -> list[str]:
    """Calls, tokens, cost, time, and where the text goes: a sentence each.

    Args:
        estimate: of the run that would be started now.
        badge: where its text goes.
    """
    lines = [_size(estimate), *(f"{each.name}: {each.message}" for each in estimate.failed)]
    if not estimate.models:
        return [*lines, _tr("The built-in checks answer: no model is called, and nothing is to be paid.")]
    lines += [_model(each, estimate.currency) for each in estimate.models]
    if len(estimate.models) > 1:
        lines.append(_total(estimate))
    if estimate.calls:
        text = _tr("Time: about %1, from %2.").replace("%1", _duration(estimate.seconds))
        lines.append(text.replace("%2", estimate.basis))
    where = "\n".join(departure_line(each, estimate) for each in estimate.departures)
    return [*lines, *filter(None, (where, f"{badge.text}. {badge.why}"))]


def unpriced(estimate: Estimate) -> list[str]:
    """Names of the models whose price is not known."""
    return [each.facts.name for each in estimate.models if each.cost is None]


def _size(estimate: Estimate) -> str:
    text = _counted(_tr("1 document"), _tr("%1 documents"), estimate.documents)
    text += ", " + _counted(_tr("1 part"), _tr("%1 parts"), estimate.parts)
    if estimate.stored:
        stored = _counted(_tr("1 answer is kept already"), _tr("%1 answers are kept already"), estimate.stored)
        text += f"; {stored}"
    return f"{text}."


def _model(model: ModelEstimate, currency: str) -> str:
    calls = _counted(_tr("1 call"), _tr("%1 calls"), model.calls)
    tokens = _tr("about %1 tokens read and %2 written").replace("%1", f"{model.tokens_in:,}")
    tokens = tokens.replace("%2", f"{model.tokens_out:,}")
    return f"{model.facts.name}: {calls}, {tokens}; {_cost(model, currency)}."


def _cost(model: ModelEstimate, currency: str) -> str:
    if model.cost is None or model.cost_most is None:
        return _tr("its price is not known")
    if not model.cost_most and not model.calls:
        return _tr("nothing to pay")
    if not model.cost_most:
        return _tr("nothing to pay (%1)").replace("%1", origin_words(model.facts.price_from))
    text = _tr("about %1, at most %2 (price: %3)").replace("%1", money(model.cost, currency))
    text = text.replace("%2", money(model.cost_most, currency))
    return text.replace("%3", model.facts.source or origin_words(model.facts.price_from))


def _total(estimate: Estimate) -> str:
    calls = _counted(_tr("1 call"), _tr("%1 calls"), estimate.calls)
    if estimate.cost is None or estimate.cost_most is None:
        return _tr("Together: %1; what they cost is not known.").replace("%1", calls)
    text = _tr("Together: %1, about %2, at most %3.").replace("%1", calls)
    text = text.replace("%2", money(estimate.cost, estimate.currency))
    return text.replace("%3", money(estimate.cost_most, estimate.currency))


def _duration(seconds: float) -> str:
    if seconds < _LONG_S:
        return _counted(_tr("1 second"), _tr("%1 seconds"), max(1, round(seconds)))
    return _counted(_tr("1 minute"), _tr("%1 minutes"), round(seconds / _MINUTE_S))


def _counted(one: str, many: str, count: int) -> str:
    return one if count == 1 else many.replace("%1", f"{count:,}")
