"""A cell of the tables under the source: what it says, and on a quiet line below what is to be known about that."""

from dataclasses import dataclass

from PySide6.QtCore import Qt

CELL_ROLE = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class TableCell:
    """What the delegate paints. Plain text: markup in it is shown, never followed.

    Attributes:
        state: the quiet line; ``needs_look``: it says something a person should look at.
    """

    value: str
    state: str = ""
    needs_look: bool = False
