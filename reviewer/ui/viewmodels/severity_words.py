"""The words for severities and counts of findings."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from reviewer.domain.outcome import Severity

_SEVERITIES = {
    Severity.CRITICAL: QT_TRANSLATE_NOOP("Severity", "critical"),
    Severity.HIGH: QT_TRANSLATE_NOOP("Severity", "high"),
    Severity.MEDIUM: QT_TRANSLATE_NOOP("Severity", "medium"),
    Severity.LOW: QT_TRANSLATE_NOOP("Severity", "low"),
    Severity.INFO: QT_TRANSLATE_NOOP("Severity", "info"),
}


def severity_word(severity: Severity) -> str:
    """A severity as a word within a sentence."""
    return QCoreApplication.translate("Severity", str(_SEVERITIES[severity]))


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
    words = [findings_words(count)]
    if worst is not None:
        words.append(QCoreApplication.translate("Severity", "worst %1").replace("%1", severity_word(worst)))
    return words
