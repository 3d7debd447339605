"""What may leave this computer, in words: the badge beside Run, the question before a run, a matter's policy."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from reviewer.domain.destination import Destination, places
from reviewer.domain.matter import Egress, Matter
from reviewer.ui.translation import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    # The badge is there before the first paint; what these are made of comes after it.
    from reviewer.domain.estimate import Departure, Estimate
    from reviewer.services.models import ModelPlace

_POLICIES = {
    Egress.HERE: QT_TRANSLATE_NOOP("Egress", "stays on this computer"),
    Egress.LISTED: QT_TRANSLATE_NOOP("Egress", "goes to listed endpoints only"),
    Egress.ASK: QT_TRANSLATE_NOOP("Egress", "leaves only when you say yes"),
}
_KB = 1000


@dataclass(frozen=True, slots=True)
class Badge:
    """Where the text of the next run goes.

    Attributes:
        text: a few words.
        icon: its name.
        why: whose word that is, and what else holds; for the tooltip.
        is_private: nothing leaves.
    """

    text: str
    icon: str
    why: str
    is_private: bool = False


def _tr(text: str) -> str:
    return QCoreApplication.translate("Egress", text)


def policy_words(egress: Egress) -> str:
    """What may happen to a matter's text."""
    return _tr(_POLICIES[egress])


def away(models: "Sequence[ModelPlace]") -> tuple[Destination, ...]:
    """Where the text goes beyond this computer, each place once."""
    found = (each.destination for each in models if not each.is_local)
    return tuple(dict.fromkeys(each for each in found if each is not None))


def badge(models: "Sequence[ModelPlace]", matter: Matter | None, *, is_offline: bool) -> Badge:
    """The truth about the next run: from its models, its matter's policy and offline mode."""
    policy = _policy(matter)
    where = away(models)
    if not where:
        return _private(policy)
    hosts = places(where)
    if is_offline:
        return _private(_with(_tr("Offline: %1 is not contacted."), hosts, policy))
    if matter is not None and matter.egress is Egress.HERE:
        return _private(_with(_tr("A run with the model at %1 is refused."), hosts, policy))
    if matter is not None and matter.egress is Egress.LISTED:
        outside = [each for each in where if each not in matter.endpoints]
        if outside:
            text = _tr("A run with the model at %1 is refused: it is not listed.")
            return _private(_with(text, places(outside), policy))
        return Badge(_tr("Sends to %1").replace("%1", hosts), "cloud", policy)
    return Badge(_tr("Asks before sending to %1").replace("%1", hosts), "help", policy)


def question(estimate: "Estimate", missing: Sequence[Destination]) -> str:
    """What is asked before a run: how much of what goes where."""
    lines = [departure_line(each, estimate) for each in estimate.departures if each.destination in missing]
    return "\n".join(lines)


def departure_line(departure: "Departure", estimate: "Estimate") -> str:
    """How much of a run goes to one place."""
    text = (
        _tr("To %1: %2 of %3, %4, %5 KB.") if departure.destination else _tr("On this computer: %2 of %3, %4, %5 KB.")
    )
    text = text.replace("%1", str(departure.destination))
    text = text.replace("%2", _counted(_tr("1 section"), _tr("%1 sections"), departure.sections))
    documents = departure.documents or estimate.documents
    text = text.replace("%3", _counted(_tr("1 document"), _tr("%1 documents"), documents))
    text = text.replace("%4", _counted(_tr("1 request"), _tr("%1 requests"), departure.requests))
    return text.replace("%5", f"{max(0.1, departure.size_bytes / _KB):,.1f}")


def _private(why: str) -> Badge:
    return Badge(_tr("This computer only"), "lock", why, is_private=True)


def _with(text: str, hosts: str, policy: str) -> str:
    return f"{text.replace('%1', hosts)}\n{policy}"


def _policy(matter: Matter | None) -> str:
    if matter is None:
        return _tr("Without a matter, Reviewer asks before any text leaves this computer.")
    text = _tr("The text of %1 %2.").replace("%1", matter.name).replace("%2", policy_words(matter.egress))
    if matter.egress is Egress.LISTED:
        text += f" {', '.join(map(str, matter.endpoints))}"
    return text


def _counted(one: str, many: str, count: int) -> str:
    return one if count == 1 else many.replace("%1", f"{count:,}")
