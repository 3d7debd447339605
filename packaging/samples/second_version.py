"""The services agreement as the other side sends it back: some words that weigh, one clause less, one more."""

from samples.source import Line

_CHANGES = (
    ("within 30 days of receiving it", "within 14 days of receiving it"),
    ("by giving the Customer 30 days’ written notice", "by giving the Customer 10 days’ written notice"),
    ("The Supplier shall tell the Customer without delay", "The Supplier may tell the Customer without delay"),
    ("with reasonable skill and care", "with skill and care"),
)
_GONE = "The Customer keeps all rights in the figures and other material it supplies."
_AFTER = "All sums are stated without value added tax"
_NEW = "The Customer shall pay a deposit of £8,000 on the Commencement Date."


def second_version(lines: list[Line]) -> list[Line]:
    """The paragraphs of the second version, numbered as the first one."""
    found = []
    for line in lines:
        text = line.text
        for old, new in _CHANGES:
            text = text.replace(old, new)
        if text != _GONE:
            found.append(line._replace(text=text))
        if text.startswith(_AFTER):
            found.append(Line("2", _NEW, line.number))
    return found
