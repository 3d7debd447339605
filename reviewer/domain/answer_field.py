"""Fields of an answer: what a general handler asks for, as its workflow file says."""

from dataclasses import dataclass
from enum import StrEnum

NOT_STATED = "not_stated"
"""The value of a field that a rater says the text does not give."""


class FieldType(StrEnum):
    """What a field holds. *date* and *money* are texts that are brought to one form before they are compared."""

    TEXT = "text"
    NUMBER = "number"
    BOOL = "bool"
    CHOICE = "choice"
    LIST = "list"
    DATE = "date"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class AnswerField:
    """One field.

    Attributes:
        name: small letters, digits and ``_``; the field's criterion, and its name in exports.
        description: one sentence that tells a model what belongs there.
        is_required: False lets a model answer that the text does not say.
        is_quoted: the model copies the words of the document that it rests on; the quote gate checks them.
        choices: for *choice*: the values there are.
        max_chars: of a text, or of each entry of a list.
        max_items: for *list*: entries at most.
    """

    name: str
    type: FieldType = FieldType.TEXT
    description: str = ""
    is_required: bool = True
    is_quoted: bool = False
    choices: tuple[str, ...] = ()
    max_chars: int = 600
    max_items: int = 20

    @property
    def most_chars(self) -> int:
        """About how many characters of a reply the field may take, its quotes included."""
        quote = QUOTE_CHARS if self.is_quoted else 0
        return self.max_items * (self.max_chars + quote) if self.type is FieldType.LIST else self.max_chars + quote


QUOTE_CHARS = 400
"""What a quote takes of a reply, as a rule; it may have more."""
