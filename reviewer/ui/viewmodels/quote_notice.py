"""What to know about a report whose quotes are not in its documents, or whose replies were set aside, in a sentence."""

from PySide6.QtCore import QCoreApplication

from reviewer.domain.quote_tally import tally
from reviewer.domain.report import Report


def unfounded_sentence(report: Report) -> str:
    """That no quote of a model is in the documents; empty where one is, or none was given."""
    counted = tally(report)
    if not counted.is_unfounded:
        return ""
    text = QCoreApplication.translate(
        "QuoteNotice",
        "None of the quotes that the models gave (%1) is in the documents: nothing that they say rests on the "
        "documents' words. Check every finding there.",
    )
    return text.replace("%1", str(counted.total))


def compromised_sentence(report: Report) -> str:
    """That replies held what they had not been given; empty where none did."""
    count = report.compromised
    text = QCoreApplication.translate(
        "QuoteNotice",
        "%1 replies of models held links, addresses or other content that the document does not: they are neither "
        "shown nor counted.",
    )
    if count == 1:
        text = QCoreApplication.translate(
            "QuoteNotice",
            "One reply of a model held a link, an address or other content that the document does not: it is neither "
            "shown nor counted.",
        )
    return text.replace("%1", str(count)) if count else ""
