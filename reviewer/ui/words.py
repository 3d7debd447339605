"""The plain words for what a finding is, says and became. Those of states are the glossary's, as in exports."""

from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from reviewer.assets import glossary, label_titles
from reviewer.domain.citation import QuoteStatus
from reviewer.domain.decision import CLAUSE_CHANGED, DismissReason, Standing, Status
from reviewer.domain.finding import Finding, RaterVote
from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.run import RunStatus
from reviewer.domain.vote import VerdictStatus, VoteState
from reviewer.ui.translation import QT_TRANSLATE_NOOP

QUOTE_ICONS = {
    QuoteStatus.VERIFIED: "exact",
    QuoteStatus.MOVED: "search",
    QuoteStatus.NEAR: "warning",
    QuoteStatus.UNVERIFIED: "failed",
}
"""The icon of each quote state."""
STATUS_ICONS = {Status.OPEN: "", Status.AGREED: "agree", Status.DISMISSED: "dismiss"}
"""The icon of each decision; none while there is none."""
_CLAUSE_CHANGED = QT_TRANSLATE_NOOP("Words", "To review again: the clause changed")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Words", text) if text else ""


def word(state: StrEnum) -> str:
    """A state in the words of the glossary, as it stands in the middle of a sentence.

    The language is the one that the window's own translation names; English where there is none.
    """
    return glossary().word(state, _tr("en"))


def alone(state: StrEnum) -> str:
    """A state as it stands alone: with a capital."""
    said = word(state)
    return said[:1].upper() + said[1:]


def label(name: str) -> str:
    """What people read for a category of clauses."""
    return label_titles().get(name, name)


def severity(value: Severity) -> str:
    """How much it matters."""
    return alone(value)


def outcome(finding: Finding) -> str:
    """What the contract does; a fallback with its rank."""
    rank = f" {finding.fallback_rank}" if finding.outcome is Outcome.FALLBACK and finding.fallback_rank else ""
    return outcome_word(finding.outcome) + rank


def outcome_word(value: Outcome) -> str:
    """An outcome without a rank."""
    return word(value)


def said(vote: RaterVote) -> str:
    """What a vote says, or what it is. A word that is none that is known is shown as it is."""
    for states in (Outcome, VoteState):
        if vote.outcome in set(states):
            return word(states(vote.outcome))
    return vote.outcome.replace("_", " ")


def quote_state(value: QuoteStatus) -> str:
    """What the quote gate found. Never the word *verified*: it would read as if the finding were right."""
    return word(value)


def votes(finding: Finding) -> str:
    """*rule*, or how the votes fell: ``2 of 3 votes``; what needs a person is said."""
    if finding.support is None:
        return _tr("rule")
    text = _tr("%1 of %2 votes").replace("%1", str(winners(finding))).replace("%2", str(len(finding.votes)))
    state = verdict(finding.status)
    return f"{text}, {state}" if state else text


def verdict(value: VerdictStatus) -> str:
    """Why a person must look at the votes; empty where they decide."""
    return "" if value is VerdictStatus.DECIDED else word(value)


def winners(finding: Finding) -> int:
    """How many votes say what won."""
    return round((finding.support or 0.0) * sum(vote.counted for vote in finding.votes))


def why_open(standing: Standing) -> str:
    """Why a finding that was decided about is open again; empty for any other."""
    return _tr(_CLAUSE_CHANGED) if standing.why_open == CLAUSE_CHANGED else ""


def status(standing: Standing) -> str:
    """What a person decided; a dismissal with its reason."""
    if standing.status is Status.DISMISSED and standing.reason is not None:
        return f"{alone(standing.status)}: {dismiss_reason(standing.reason)}"
    return alone(standing.status)


def status_word(value: Status) -> str:
    """A decision without its reason."""
    return alone(value)


def dismiss_reason(value: DismissReason) -> str:
    """Why a finding was set aside."""
    return alone(value)


def run_status(value: RunStatus) -> str:
    """How a run stands."""
    return word(value)
