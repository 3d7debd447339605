"""What is known of a model, in one line, with where that is known from."""

from PySide6.QtCore import QCoreApplication

from reviewer.domain.model_facts import ModelFacts, Origin


def _tr(text: str) -> str:
    return QCoreApplication.translate("KnownFacts", text)


def facts_line(facts: ModelFacts, currency: str) -> str:
    """Place, context and price of a model: ``On this computer · reads 8,192 tokens (set by you) · nothing to pay``."""
    place = _tr("On this computer") if facts.is_local else _tr("Text leaves this computer")
    parts = [place, _context(facts), _price(facts, currency)]
    if facts.source:
        parts.append(_tr("list: %1").replace("%1", facts.source))
    return " · ".join(parts)


def origin_words(origin: Origin) -> str:
    """Who says so."""
    match origin:
        case Origin.SETTINGS:
            return _tr("set by you")
        case Origin.LIST:
            return _tr("list")
        case Origin.LOCAL:
            return _tr("on this computer")
        case Origin.UNKNOWN:
            return _tr("not known")


def _context(facts: ModelFacts) -> str:
    if facts.context is None:
        return _tr("context not known")
    text = _tr("reads up to %1 tokens (%2)").replace("%1", f"{facts.context:,}")
    return text.replace("%2", origin_words(facts.context_from))


def _price(facts: ModelFacts, currency: str) -> str:
    price = facts.price
    if price is None:
        return _tr("price not known")
    if not price.tokens_in and not price.tokens_out:
        text = _tr("nothing to pay")
        return text if facts.price_from is Origin.LOCAL else f"{text} ({origin_words(facts.price_from)})"
    text = _tr("%1 read and %2 written, %3 per million tokens (%4)")
    figures = (f"{price.tokens_in:g}", f"{price.tokens_out:g}", currency, origin_words(facts.price_from))
    for place, figure in enumerate(figures, start=1):
        text = text.replace(f"%{place}", figure)
    return text
