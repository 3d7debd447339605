"""Two versions of a document compared: what became of each section, and which words changed."""

from dataclasses import dataclass, field
from enum import StrEnum

from reviewer.domain.anchor import TextSpan
from reviewer.domain.section import Section


class ChangeKind(StrEnum):
    """What happened to words."""

    REPLACED = "replaced"
    INSERTED = "inserted"
    DELETED = "deleted"


class Weight(StrEnum):
    """Why a change of words is worth a look of its own: what kind of word is another one now."""

    NUMBER = "number"
    DATE = "date"
    NEGATION = "negation"
    MODAL = "modal"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Change:
    """Words that are others now.

    Attributes:
        old, new: offsets into the ``text`` of the old and the new document; empty spans where nothing stands there.
        old_words, new_words: the words, white space made single.
        old_section, new_section: the sections they are in; None outside of any.
        weights: what makes the change weighty; empty for a change of plain words.
        follows_numbers: a reference that only follows the new numbers of sections.
        is_doubtful: the words were recognised in a picture, on one side at least.
    """

    kind: ChangeKind
    old: TextSpan
    new: TextSpan
    old_words: str
    new_words: str
    old_section: Section | None = None
    new_section: Section | None = None
    weights: tuple[Weight, ...] = ()
    follows_numbers: bool = False
    is_doubtful: bool = False

    @property
    def is_weighty(self) -> bool:
        """Worth a look of its own, and not merely a reference that follows new numbers."""
        return bool(self.weights) and not self.follows_numbers


@dataclass(frozen=True, slots=True)
class SectionFate:
    """What became of a section; ``old`` is None for one that is new, ``new`` for one that is gone.

    Attributes:
        is_changed: words of its own part changed.
        is_moved: it stands in another order; what is inside of a moved section does not count as moved again.
        is_renumbered: its printed number is another one.
    """

    old: Section | None
    new: Section | None
    is_changed: bool = False
    is_moved: bool = False
    is_renumbered: bool = False

    @property
    def is_inserted(self) -> bool:
        """Only the new version has it."""
        return self.old is None

    @property
    def is_deleted(self) -> bool:
        """Only the old version has it."""
        return self.new is None

    @property
    def is_same(self) -> bool:
        """In both versions, with the same words, number and place."""
        return not (self.is_inserted or self.is_deleted or self.is_changed or self.is_moved or self.is_renumbered)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The old version against the new one.

    Attributes:
        sections: what became of each, in the order of the new version; what is gone stands where it was.
        changes: of words in sections that both versions have, in the order of the new version.
    """

    sections: tuple[SectionFate, ...] = ()
    changes: tuple[Change, ...] = field(default=())

    @property
    def is_same(self) -> bool:
        """Nothing differs."""
        return not self.changes and all(fate.is_same for fate in self.sections)
