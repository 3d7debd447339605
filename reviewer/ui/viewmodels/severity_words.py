"""The words for severities and counts of findings."""

from PySide6.QtCore import QCoreApplication

from reviewer.domain.outcome import Severity
from reviewer.ui import words


def severity_word(severity: Severity) -> str:
    """A severity as a word within a sentence."""
    return words.word(severity)


def findings_words(count: int) -> str:
    """How many findings: ``1 finding``, ``12 findings``; *no findings* for none."""
    if not count:
        return QCoreApplication.translate("Severity", "no findings")
    if count == 1:
        return QCoreApplication.translate("Severity", "1 finding")
    return QCoreApplication.translate("Severity", "%1 findings").replace("%1", str(count))


def worst_words(count: int, worst: Severity | None) -> list[str]:
    """Findings and the worst of them, part by part; nothing where there are none."""
    if not count:
        return []
    parts = [findings_words(count)]
    if worst is not None:
        parts.append(QCoreApplication.translate("Severity", "worst %1").replace("%1", severity_word(worst)))
    return parts
