"""Documents to sections: the splitter the rest of the program is given."""

from reviewer.domain.document import Document
from reviewer.domain.projection import project
from reviewer.domain.section import Section, SplitAs
from reviewer.domain.section_tree import build_tree
from reviewer.parsing.clauses import split_contract
from reviewer.parsing.doc_kind import detect_kind
from reviewer.parsing.papers import split_paper
from reviewer.parsing.paragraphs import read_paragraphs


class TreeSplitter:
    """Cuts contracts by their numbering and headings, and papers by their headings.

    Reads the visible projection only. Pure and linear; safe from several threads.
    """

    def split(self, document: Document, split_as: SplitAs) -> tuple[Section, ...]:
        """Sections in order, a tree whose ``own`` parts tile the visible projection.

        Empty only where nothing of the document is visible.
        """
        chosen = self.detect(document) if split_as is SplitAs.AUTO else split_as
        projection = project(document)
        paragraphs = read_paragraphs(document, projection)
        cut = split_paper if chosen is SplitAs.PAPER else split_contract
        return build_tree(document, projection, cut(projection.text, paragraphs))

    def detect(self, document: Document) -> SplitAs:
        """Whether a document reads like a contract or like a paper; never *auto*."""
        return detect_kind(project(document).text)
