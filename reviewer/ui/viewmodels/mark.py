"""Marks: cited words as the source view highlights them."""

from dataclasses import dataclass

from reviewer.domain.anchor import Box, TextSpan
from reviewer.domain.outcome import Severity


@dataclass(frozen=True, slots=True)
class PageBoxes:
    """Where words stand on one page: page number from 1, one box per line of text in PDF points, origin top left."""

    page: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Words to highlight.

    Attributes:
        id: what the mark belongs to: a finding's id, or of another citation.
        span: offsets into ``Document.text``.
        places: the same on pages, in order; empty where the source has no geometry.
        label: what to say of it in a tool tip and to a screen reader.
    """

    id: str
    span: TextSpan
    places: tuple[PageBoxes, ...]
    severity: Severity
    label: str
