"""The plain words for what a finding is, says and became. The English is that of `reviewer.export.words`."""

from PySide6.QtCore import QCoreApplication

from reviewer.domain.citation import QuoteStatus
from reviewer.domain.decision import CLAUSE_CHANGED, DismissReason, Standing, Status
from reviewer.domain.finding import Finding, RaterVote
from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.run import RunStatus
from reviewer.domain.vote import VerdictStatus
from reviewer.ui.translation import QT_TRANSLATE_NOOP

_SEVERITIES = {
    Severity.CRITICAL: QT_TRANSLATE_NOOP("Words", "Critical"),
    Severity.HIGH: QT_TRANSLATE_NOOP("Words", "High"),
    Severity.MEDIUM: QT_TRANSLATE_NOOP("Words", "Medium"),
    Severity.LOW: QT_TRANSLATE_NOOP("Words", "Low"),
    Severity.INFO: QT_TRANSLATE_NOOP("Words", "Info"),
}
_OUTCOMES = {
    Outcome.PREFERRED: QT_TRANSLATE_NOOP("Words", "as wanted"),
    Outcome.FALLBACK: QT_TRANSLATE_NOOP("Words", "acceptable fallback"),
    Outcome.DEVIATES: QT_TRANSLATE_NOOP("Words", "deviates"),
    Outcome.WALK_AWAY: QT_TRANSLATE_NOOP("Words", "walk away"),
    Outcome.MISSING: QT_TRANSLATE_NOOP("Words", "missing"),
    Outcome.PRESENT_ELSEWHERE: QT_TRANSLATE_NOOP("Words", "present elsewhere"),
    Outcome.INCORPORATED_UNREAD: QT_TRANSLATE_NOOP("Words", "in a document not read"),
    Outcome.NOT_APPLICABLE: QT_TRANSLATE_NOOP("Words", "not applicable"),
    Outcome.NOT_ASSESSED: QT_TRANSLATE_NOOP("Words", "not assessed"),
    Outcome.UNCERTAIN: QT_TRANSLATE_NOOP("Words", "uncertain"),
    Outcome.ERROR: QT_TRANSLATE_NOOP("Words", "could not be assessed"),
}
_QUOTES = {
    QuoteStatus.VERIFIED: QT_TRANSLATE_NOOP("Words", "exact"),
    QuoteStatus.MOVED: QT_TRANSLATE_NOOP("Words", "found elsewhere"),
    QuoteStatus.NEAR: QT_TRANSLATE_NOOP("Words", "differs"),
    QuoteStatus.UNVERIFIED: QT_TRANSLATE_NOOP("Words", "not in the document"),
}
QUOTE_ICONS = {
    QuoteStatus.VERIFIED: "exact",
    QuoteStatus.MOVED: "search",
    QuoteStatus.NEAR: "warning",
    QuoteStatus.UNVERIFIED: "failed",
}
"""The icon of each quote state."""
STATUS_ICONS = {Status.OPEN: "", Status.AGREED: "agree", Status.DISMISSED: "dismiss"}
"""The icon of each decision; none while there is none."""
_STATUSES = {
    Status.OPEN: QT_TRANSLATE_NOOP("Words", "To review"),
    Status.AGREED: QT_TRANSLATE_NOOP("Words", "Agreed"),
    Status.DISMISSED: QT_TRANSLATE_NOOP("Words", "Dismissed"),
}
_CLAUSE_CHANGED = QT_TRANSLATE_NOOP("Words", "To review again: the clause changed")
_REASONS = {
    DismissReason.WRONG: QT_TRANSLATE_NOOP("Words", "Wrong"),
    DismissReason.NOT_OUR_POSITION: QT_TRANSLATE_NOOP("Words", "Not our position"),
    DismissReason.TRIVIAL: QT_TRANSLATE_NOOP("Words", "Trivial"),
}
_RUNS = {
    RunStatus.RUNNING: QT_TRANSLATE_NOOP("Words", "not finished"),
    RunStatus.DONE: QT_TRANSLATE_NOOP("Words", "done"),
    RunStatus.PARTIAL: QT_TRANSLATE_NOOP("Words", "done in part"),
    RunStatus.INTERRUPTED: QT_TRANSLATE_NOOP("Words", "stopped"),
    RunStatus.FAILED: QT_TRANSLATE_NOOP("Words", "failed"),
}
_VERDICTS = {
    VerdictStatus.DECIDED: "",
    VerdictStatus.TIED: QT_TRANSLATE_NOOP("Words", "tied"),
    VerdictStatus.NO_QUORUM: QT_TRANSLATE_NOOP("Words", "no quorum"),
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Words", text) if text else ""


def severity(value: Severity) -> str:
    """How much it matters."""
    return _tr(_SEVERITIES[value])


def outcome(finding: Finding) -> str:
    """What the contract does; a fallback with its rank."""
    rank = f" {finding.fallback_rank}" if finding.outcome is Outcome.FALLBACK and finding.fallback_rank else ""
    return outcome_word(finding.outcome) + rank


def outcome_word(value: Outcome) -> str:
    """An outcome without a rank."""
    return _tr(_OUTCOMES[value])


def said(vote: RaterVote) -> str:
    """What a vote says. A word that is none of the known outcomes, such as *not addressed*, is shown as it is."""
    try:
        return outcome_word(Outcome(vote.outcome))
    except ValueError:
        return vote.outcome.replace("_", " ")


def quote_state(value: QuoteStatus) -> str:
    """What the quote gate found. Never the word *verified*: it would read as if the finding were right."""
    return _tr(_QUOTES[value])


def votes(finding: Finding) -> str:
    """*rule*, or how the votes fell: ``2 of 3 votes``; what needs a person is said."""
    if finding.support is None:
        return _tr("rule")
    text = _tr("%1 of %2 votes").replace("%1", str(winners(finding))).replace("%2", str(len(finding.votes)))
    state = verdict(finding.status)
    return f"{text}, {state}" if state else text


def verdict(value: VerdictStatus) -> str:
    """Why a person must look at the votes; empty where they decide."""
    return _tr(_VERDICTS[value])


def winners(finding: Finding) -> int:
    """How many votes say what won."""
    return round((finding.support or 0.0) * sum(vote.counted for vote in finding.votes))


def why_open(standing: Standing) -> str:
    """Why a finding that was decided about is open again; empty for any other."""
    return _tr(_CLAUSE_CHANGED) if standing.why_open == CLAUSE_CHANGED else ""


def status(standing: Standing) -> str:
    """What a person decided; a dismissal with its reason."""
    if standing.status is Status.DISMISSED and standing.reason is not None:
        return f"{_tr(_STATUSES[standing.status])}: {dismiss_reason(standing.reason)}"
    return _tr(_STATUSES[standing.status])


def status_word(value: Status) -> str:
    """A decision without its reason."""
    return _tr(_STATUSES[value])


def dismiss_reason(value: DismissReason) -> str:
    """Why a finding was set aside."""
    return _tr(_REASONS[value])


def run_status(value: RunStatus) -> str:
    """How a run stands."""
    return _tr(_RUNS[value])
