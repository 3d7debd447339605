"""Marking texts that are translated later, where they are shown."""


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """The text as it is; Qt's tools find it by this name. PySide6's own gives it back without a type."""
    del context
    return text
