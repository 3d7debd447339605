"""When votes are enough, as the dialog about models offers it."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from reviewer.domain.policy import Adaptive


@dataclass(frozen=True, slots=True)
class EarlyChoice:
    """A line of the list; None for what the workflow says."""

    adaptive: Adaptive | None
    name: str
    why: str


def _tr(text: str) -> str:
    return QCoreApplication.translate("EarlyChoices", text)


def early_choices() -> tuple[EarlyChoice, ...]:
    """From what the workflow says to what saves most."""
    return (
        EarlyChoice(None, _tr("stop early where the workflow says so"), ""),
        EarlyChoice(
            Adaptive.OFF, _tr("ask for all votes"), _tr("Every vote is asked for, also where the result is clear.")
        ),
        EarlyChoice(
            Adaptive.EXACT,
            _tr("stop when nothing can change"),
            _tr("Votes that cannot change the result are not asked for. The results stay the same."),
        ),
        EarlyChoice(
            Adaptive.FAST,
            _tr("stop when two agree"),
            _tr("Saves most. Where the first two differ, up to five are asked; two can share a mistake."),
        ),
    )
