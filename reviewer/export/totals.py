"""What a run comes to, in plain words."""

from reviewer.domain.money import money
from reviewer.domain.report import Report, sorted_for_reading
from reviewer.export import words


def sentence(report: Report, again: str = "") -> str:
    """How much was found, asked, spared and spent, and what failed; ``again``: how to try that once more."""
    findings = sum(len(sorted_for_reading(document).findings) for document in report.documents.values())
    failures = sum(len(each.failures) for each in report.documents.values()) + len(report.failures)
    used = report.usage
    said = [f"{words.number(len(report.documents), 'document')}, {words.number(findings, 'finding')}."]
    if used.calls or used.cached:
        said.append(
            f"{words.number(used.calls, 'model call')}, {words.number(used.cached, 'step')} from the workspace."
        )
    if saved := sum(document.saved for document in report.documents.values()):
        said.append(f"{words.number(saved, 'call')} saved: the votes before had decided.")
    if used.cost:
        cached = f", {money(used.saved)} saved by the prompt cache" if used.saved else ""
        said.append(f"Cost: {money(used.cost)}{cached}.")
    if failures:
        said.append(f"{words.number(failures, 'step')} failed{again}.")
    return " ".join(said)
