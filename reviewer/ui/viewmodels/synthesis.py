"""The synthesis panel's content: what several documents say together, and where."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject

from reviewer.domain.finding import SourceCitation, Statement, Synthesis
from reviewer.domain.ids import DocumentId
from reviewer.ui.viewmodels import wording
from reviewer.ui.viewmodels.prose import Cell, Place, Row, Tone, one_line
from reviewer.ui.viewmodels.prose_tree import ProseTree


class SynthesisModel(ProseTree):
    """What statements are about; under it the statements; under each the words it rests on, document by document."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._statements = 0

    @property
    def statement_count(self) -> int:
        """How many statements there are."""
        return self._statements

    def show(self, synthesis: Synthesis | None, names: Mapping[DocumentId, str]) -> None:
        """Shows a synthesis, documents by their names; nothing for None. The same one again keeps what is selected."""
        self._statements = len(synthesis.statements) if synthesis else 0
        self.grow(self._rows(synthesis, names) if synthesis else ())

    def _rows(self, synthesis: Synthesis, names: Mapping[DocumentId, str]) -> list[Row]:
        facets: dict[str, list[Statement]] = {}
        for statement in synthesis.statements:
            facets.setdefault(statement.facet, []).append(statement)
        return [self._facet(synthesis.rater, facet, statements, names) for facet, statements in facets.items()]

    def _facet(self, rater: str, facet: str, statements: Sequence[Statement], names: Mapping[DocumentId, str]) -> Row:
        title = wording.route_name(facet) if facet else self.tr("What they say")
        aside = self.tr("by {rater}").format(rater=wording.rater(rater))
        rows = tuple(self._statement(at, each, names) for at, each in enumerate(statements))
        return Row((rater, facet), (Cell(title, aside=aside),), Tone.HEADING, None, rows)

    def _statement(self, position: int, statement: Statement, names: Mapping[DocumentId, str]) -> Row:
        cited = statement.citations
        first = next(iter(cited), None)
        documents = len({each.document for each in cited})
        # Where each document is named below, counting them is all that is left to say here.
        note = self.tr("{count} documents").format(count=documents) if documents > 1 else ""
        cell = Cell(one_line(statement.text), note=note if cited else self.tr("No quote"), needs_look=not cited)
        place = Place(first.document, first.section, first.citation) if first else None
        rows = tuple(_citation(at, each, statement, names) for at, each in enumerate(cited))
        return Row((position, statement.text), (cell,), Tone.BODY, place, rows)


def _citation(position: int, cited: SourceCitation, statement: Statement, names: Mapping[DocumentId, str]) -> Row:
    """The document's name, page and state; the words below, unless the statement is just these words."""
    quote = one_line(cited.citation.quote)
    name = names.get(cited.document, cited.document)
    cell = Cell(
        name,
        aside=wording.citation_line(cited.citation),
        note="" if quote == one_line(statement.text) else wording.quoted(quote),
        needs_look=not cited.citation.is_evidence,
        tip=f"{name}\n{wording.quoted(quote)}",
    )
    return Row(position, (cell,), place=Place(cited.document, cited.section, cited.citation))
