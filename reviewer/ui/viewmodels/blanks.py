"""What a panel says where it has nothing to show: why, and what to do."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from reviewer.domain.finding import Synthesis
from reviewer.domain.report import DocumentReport
from reviewer.services.comparing import ComparedVersions
from reviewer.ui.viewmodels import wording
from reviewer.ui.viewmodels.matrix import Matrix

_OWN_LANGUAGE = "en"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Blanks", text)


def summary_blank(report: DocumentReport | None) -> str:
    """Why there is no summary; empty where there is one, an answer, or something that findings mean together."""
    if report is None:
        return _tr("Press Run to see this document in short.")
    if report.summaries or report.answers or report.interactions or report.checks or report.particulars:
        return ""
    if not report.is_finished:
        return _tr("Nothing yet. Each part appears here as soon as it is summarized.")
    if report.playbook:
        return _tr("Nothing was summarized here. Contracts are assessed: see Findings.")
    return _tr("Nothing was summarized here. The panel Where parts went tells why.")


def answers_blank(matrix: Matrix) -> str:
    """Why there are no answers; empty where there are some."""
    return "" if matrix.rows else _tr("Press Run. The answers stand here: a row a document, a column a question.")


def changes_blank(compared: ComparedVersions | None, count: int) -> str:
    """Why there are no changes; empty where there are some."""
    if compared is None:
        return _tr("Press Run. What the later version changes stands here.")
    return "" if count else _tr("Nothing differs.")


def translation_blank(report: DocumentReport | None) -> str:
    """Why there is no translation; empty where there is one, or a part that waits for a model."""
    if report is None:
        return _tr("Press Run. Parts in another language are translated here.")
    if report.translations:
        return ""
    if not report.is_finished:
        return _tr("Nothing yet. Parts in another language appear here as soon as they are translated.")
    if _is_own({routed.language for routed in report.routes if routed.language}):
        return _tr("Everything is in {language}; nothing to translate.").format(
            language=wording.language(_OWN_LANGUAGE)
        )
    return _tr("Nothing was translated here. The panel Where parts went tells why.")


def synthesis_blank(synthesis: Synthesis | None) -> str:
    """Why there is no synthesis; empty where there is one."""
    if synthesis and synthesis.statements:
        return ""
    return _tr("A synthesis needs two or more papers in one run.")


def routes_blank(report: DocumentReport | None) -> str:
    """Why there are no routes; empty where there are some."""
    if report is None:
        return _tr("Press Run. Each part is then sent to the checks made for its kind, and you see why.")
    return "" if report.routes or report.failures else _tr("Finding where each part goes …")


def _is_own(languages: Iterable[str]) -> bool:
    """True when all is in the language results are wanted in, or in none."""
    return set(languages) <= {_OWN_LANGUAGE}
