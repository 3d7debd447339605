"""A button of a dialog."""

from PySide6.QtWidgets import QPushButton


def named_button(name: str, text: str, slot: object) -> QPushButton:
    """A button that tests find by its name, screen readers read without its letter, and Return does not press.

    Args:
        name: of the object.
        text: with ``&`` before the letter that presses it, where it has one.
        slot: what a click calls.
    """
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAccessibleName(text.replace("&", ""))
    button.setAutoDefault(False)
    button.clicked.connect(slot)
    return button
