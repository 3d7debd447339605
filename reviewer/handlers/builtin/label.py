"""Categories of contract clauses by transparent signs."""

from reviewer.domain.category import Match, match
from reviewer.domain.category_file import read_categories
from reviewer.domain.citation import Evidence
from reviewer.domain.clause import Clause
from reviewer.domain.ids import sha256_hex
from reviewer.domain.occurrences import whole_words
from reviewer.domain.task import Item, Task
from reviewer.domain.vote import Judgement, label_criterion

SHOWN_WORDS = 3


class LabelHandler:
    """Implements `reviewer.ports.handling.RuleHandler`.

    Args:
        table: the text of ``resources/labels/labels.toml``.
    """

    version = "2"

    def __init__(self, table: str) -> None:
        self._categories = read_categories(table)
        self.fingerprint = sha256_hex(table)

    def answer(self, task: Task) -> tuple[Judgement, ...]:
        """One judgement with the value *yes* per clause of the item and category that the clause is of."""
        item = task.item
        clauses = item.clauses or (Clause(item.text, item.heading, _above(item), item.kind, span=item.span),)
        return tuple(_judgement(found, clause, item) for clause in clauses for found in match(clause, self._categories))


def _above(item: Item) -> tuple[str, ...]:
    return tuple(reversed(item.path.split(" > ")[:-1]))


def _judgement(found: Match, clause: Clause, item: Item) -> Judgement:
    """The words are widened to whole ones, as a quote is only exact at the borders of words."""
    at = clause.span.start - item.span.start
    spans = [whole_words(clause.text, span) for span in found.words[:SHOWN_WORDS]]
    evidence = tuple(Evidence(span.of(clause.text), at + span.start) for span in spans)
    criterion = label_criterion(found.category, clause.section or item.section)
    return Judgement(criterion, "yes", f"because: {found.reason}", evidence, confidence=found.confidence)
